// One walk over a text for the fixed beginnings of every format: a hundred formats must not cost a hundred searches. Says where
// literals stand; whether a value stands there is decided elsewhere.

/** Places of a literal, ascending; overlapping ones included. */
export type AnchorPlaces = (literal: string) => readonly number[];

/** Two characters of ASCII as one number. */
const pairCount = 128 * 128;
const pairOf = (first: number, second: number): number => first * 128 + second;

export type AnchorScanner = (text: string) => AnchorPlaces;

const none: readonly number[] = [];

const searchAll = (text: string, literal: string): readonly number[] => {
  const places: number[] = [];
  if (literal === '') return places;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) places.push(at);
  return places;
};

const isPaired = (literal: string): boolean =>
  literal.length >= 2 && literal.charCodeAt(0) < 128 && literal.charCodeAt(1) < 128;

/** Literals by their first two characters. */
const bucketsOf = (literals: readonly string[]): readonly (readonly string[] | undefined)[] => {
  const buckets = Array.from<string[] | undefined>({ length: pairCount });
  for (const literal of literals) {
    const pair = pairOf(literal.charCodeAt(0), literal.charCodeAt(1));
    const bucket = buckets[pair] ?? [];
    bucket.push(literal);
    buckets[pair] = bucket;
  }
  return buckets;
};

/** Prepares the walk for a set of literals. What is not in the set is searched for on its own when asked about. */
export const anchorScanner = (literals: Iterable<string>): AnchorScanner => {
  const paired = [...new Set(literals)].filter(isPaired);
  const known = new Set(paired);
  const buckets = bucketsOf(paired);
  return (text) => {
    const found = new Map<string, number[]>();
    let first = text.charCodeAt(0);
    for (let index = 1; index < text.length; index += 1) {
      const second = text.charCodeAt(index);
      const bucket = first < 128 && second < 128 ? buckets[pairOf(first, second)] : undefined;
      first = second;
      if (bucket === undefined) continue;
      for (const literal of bucket) {
        if (!text.startsWith(literal, index - 1)) continue;
        const places = found.get(literal);
        if (places) places.push(index - 1);
        else found.set(literal, [index - 1]);
      }
    }
    return (literal) => found.get(literal) ?? (known.has(literal) ? none : searchAll(text, literal));
  };
};
