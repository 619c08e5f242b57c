// A tiny fingerprint by which a value that a provider's documentation publishes is known again without standing in this
// repository. Not a cryptographic hash and never used on a person's key for storage: the values it names are public.

const offset = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** FNV-1a, 64 bits, over the UTF-16 code units of `text`; 16 hex digits. Source: RFC draft eastlake-fnv. */
export const publicFingerprint = (text: string): string => {
  let hash = offset;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * prime);
  }
  return hash.toString(16).padStart(16, '0');
};
