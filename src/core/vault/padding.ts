// Hides the length of what is sealed (docs/vault-format-v1.md §5): ISO/IEC 7816-4 marker and zeros up to a step of 64,
// above 1 KiB up to Padmé (Nikitin et al., PURBs, 2019), which costs at most 12 % and leaks O(log log) bits.

const smallest = 128;
const step = 64;
const stepsUpTo = 1024;
const marker = 0x80;

/**
 * Length of the padded form.
 * @param contentLength bytes of content, without the marker
 */
export const paddedLength = (contentLength: number): number => {
  const length = contentLength + 1;
  if (length <= smallest) return smallest;
  if (length <= stepsUpTo) return Math.ceil(length / step) * step;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** (exponent - kept);
  return Math.ceil(length / unit) * unit;
};

/** A new array: content, marker, zeros. The caller wipes it if the content is secret. */
export const pad = (content: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(paddedLength(content.length));
  padded.set(content);
  padded[content.length] = marker;
  return padded;
};

/** A view on the content inside `padded`, or null where the padding is not exactly what {@link pad} writes. */
export const unpad = (padded: Uint8Array): Uint8Array | null => {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== marker || paddedLength(end) !== padded.length) return null;
  return padded.subarray(0, end);
};
