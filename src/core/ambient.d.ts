// The two globals outside ECMAScript that every host we run on has (WHATWG Encoding Standard). Declared here so that the
// core compiles without DOM and without Node types: anything else from a host must arrive as a port.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
