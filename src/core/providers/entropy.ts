// How evenly the characters of a text are spread, the cheapest sign of randomness.

/** Shannon entropy in bits for one character. */
export const entropyPerCharacter = (value: string): number => {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
};
