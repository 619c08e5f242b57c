// What a value is looked for as: itself; where it has lines, also without its white space, and a key file's body alone.

export type Target = { readonly bytes: Uint8Array; readonly squeezed: boolean };

const isWhite = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const withoutWhite = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(bytes).filter((byte) => !isWhite(byte));

const dash = 0x2d;
const isRule = (bytes: Uint8Array, at: number): boolean =>
  bytes.subarray(at, at + 5).every((byte) => byte === dash);

/** Between the lines of dashes of PEM (RFC 7468): the key itself. */
const bodyOf = (bytes: Uint8Array): Uint8Array | null => {
  if (bytes.length < 64 || !isRule(bytes, 0)) return null;
  const first = bytes.indexOf(0x0a);
  let last = bytes.length - 1;
  while (last > first && !(bytes[last - 1] === 0x0a && isRule(bytes, last))) last -= 1;
  return first < 0 || last <= first ? null : withoutWhite(bytes.subarray(first, last));
};

/** Copies; the caller wipes them. */
export const targetsOf = (value: Uint8Array): readonly Target[] => {
  // Not slice: of a Buffer that is the same bytes, which would be wiped.
  const exact = { bytes: Uint8Array.from(value), squeezed: false };
  if (!value.includes(0x0a) && !value.includes(0x0d)) return [exact];
  const body = bodyOf(value);
  return [
    exact,
    { bytes: withoutWhite(value), squeezed: true },
    ...(body === null ? [] : [{ bytes: body, squeezed: true }]),
  ];
};
