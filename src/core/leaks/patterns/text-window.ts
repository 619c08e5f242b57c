// A stretch of a buffer as a string of bytes (latin-1), which is all that tokens need and costs no decoding of what is no UTF-8.

/** Text at a place of a buffer. `from` is where its first character stands in the buffer. */
export type TextWindow = { readonly text: string; readonly from: number };

/** Arguments of one call: engines allow some ten thousand. */
const step = 8192;

/** Spreading a view goes element by element; this does not, and is ten times as fast. */
const fromCodes = (codes: Uint8Array): string =>
  Reflect.apply(String.fromCharCode, undefined, codes) as string;

/** Bytes `from` to `to`, as far as there are any; may lie in shared memory. */
export const textWindow = (bytes: Uint8Array, from: number, to: number): TextWindow => {
  const start = Math.max(0, from);
  const end = Math.min(bytes.length, to);
  let text = '';
  for (let at = start; at < end; at += step) text += fromCodes(bytes.subarray(at, Math.min(at + step, end)));
  return { text, from: start };
};
