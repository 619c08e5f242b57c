// As much of WebAssembly's JavaScript API as is used: TypeScript has it only together with the DOM, which no Node code may see.
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum: number; readonly shared: true });
    readonly buffer: SharedArrayBuffer;
    /** Grows by so many pages of 64 KiB; throws a RangeError beyond the maximum. */
    grow(pages: number): number;
  }
  /** Compiled code; opaque. */
  type Module = object;
  const Module: new (bytes: Uint8Array) => Module;
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
