// How much of a value a stretch of it carries, in bits, as somebody has to guess who knows what kind of value it is. A lower bound: by
// the smallest alphabet that the whole secret part fits, and by no more than what an estimate of the whole value grants.

/** What outlives a lock is guessed at 2^80 tries per window or more. */
export const lastingBits = 80;

const alphabets: readonly (readonly [number, RegExp])[] = [
  [10, /^[0-9]*$/],
  [16, /^[0-9a-f]*$/],
  [16, /^[0-9A-F]*$/],
  [26, /^[a-z]*$/],
  [26, /^[A-Z]*$/],
  [32, /^[A-Z2-7]*$/],
  [36, /^[0-9a-z]*$/],
  [36, /^[0-9A-Z]*$/],
  [52, /^[A-Za-z]*$/],
  [62, /^[0-9A-Za-z]*$/],
];

/** Signs add to the alphabet only where they are frequent enough not to be separators: a UUID is no more than its digits. */
const isSign = /[^0-9A-Za-z]/g;
const leastSigns = 0.05;

/**
 * Bits that each character carries.
 * @param secret the value without its public prefix
 * @param estimate bits of the whole value by an estimate such as zxcvbn's; null where a provider's format says that it is random
 */
export const bitsPerCharacter = (secret: string, estimate: number | null): number => {
  if (secret === '') return 0;
  const bare = secret.replace(isSign, '');
  const [size = 62] = alphabets.find(([, pattern]) => pattern.test(bare)) ?? [];
  const signs = secret.length - bare.length;
  const withSigns = size === 62 && signs / secret.length >= leastSigns ? 64 : size;
  // Separators carry nothing.
  const counted = size === 62 && withSigns === 64 ? secret.length : bare.length;
  const bits = (Math.log2(withSigns) * counted) / secret.length;
  return estimate === null ? bits : Math.min(bits, estimate / secret.length);
};
