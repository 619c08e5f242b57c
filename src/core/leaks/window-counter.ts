// Counts in how many values a window of eight bytes stands, so that what several values share, such as a prefix or a host, is told
// from what is one value's own. Holds plain windows; wiped as soon as the tables are made.

export type WindowCounter = {
  /** Counts every window of a value once. */
  readonly addAll: (value: Uint8Array) => void;
  /** Whether a window stands in more than one of the values. */
  readonly isShared: (value: Uint8Array, at: number) => boolean;
  readonly wipe: () => void;
};

const mix = (low: number, high: number): number => {
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

/** @param windows how many at most */
export const createWindowCounter = (windows: number): WindowCounter => {
  const size = 2 ** Math.max(4, Math.ceil(Math.log2(2 * windows + 1)));
  const words = new Int32Array(2 * size);
  // Number of the value that a window was seen in last, 0 where it was in none, and whether in another one as well.
  const seenIn = new Int32Array(size);
  const shared = new Uint8Array(size);
  let value = 0;
  const find = (low: number, high: number): number => {
    let at = mix(low, high) & (size - 1);
    while (seenIn[at] !== 0 && (words[2 * at] !== low || words[2 * at + 1] !== high))
      at = (at + 1) & (size - 1);
    return at;
  };
  return {
    addAll: (bytes) => {
      value += 1;
      for (let at = 0; at + 8 <= bytes.length; at += 1) {
        const low = word(bytes, at);
        const high = word(bytes, at + 4);
        const place = find(low, high);
        if (seenIn[place] !== 0 && seenIn[place] !== value) shared[place] = 1;
        words[2 * place] = low;
        words[2 * place + 1] = high;
        seenIn[place] = value;
      }
    },
    isShared: (bytes, at) => shared[find(word(bytes, at), word(bytes, at + 4))] === 1,
    wipe: () => {
      words.fill(0);
      seenIn.fill(0);
      shared.fill(0);
    },
  };
};
