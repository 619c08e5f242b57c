// A name for a value where the provider knows a key by nothing else (Algolia, Unleash): six hex digits that tell the keys of one list
// apart and are no use to anybody who wants the value. Short on purpose: of a value of 128 bits they tell 24.

const offset = 0x811c9dc5;
const prime = 0x01000193;

/** FNV-1a, 32 bits, over the UTF-16 code units, folded to 24: `#` and six hex digits. */
export const secretHandle = (value: string): string => {
  let hash = offset;
  for (let index = 0; index < value.length; index += 1)
    hash = Math.imul(hash ^ value.charCodeAt(index), prime) >>> 0;
  const folded = (hash >>> 24) ^ (hash & 0xff_ff_ff);
  return `#${folded.toString(16).padStart(6, '0')}`;
};
