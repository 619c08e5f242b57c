// Numbers from a seed, the same on every machine: the corpus of `npm run bench:scan` is made of them.
export type Dice = {
  /** A whole number from 0 up to, and without, `below`. */
  readonly below: (below: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
  readonly text: (alphabet: string, length: number) => string;
};

/** Source: the mulberry32 generator of Tommy Ettinger, public domain. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[below(choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return {
    below,
    pick,
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
    text: (alphabet, length) => Array.from({ length }, () => pick([...alphabet])).join(''),
  };
};
