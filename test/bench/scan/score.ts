// Holds what was seen against what was planted: recall by form and by place, and what was found where nothing was planted.
import { join } from 'node:path';
import type { ThreadSeen } from '../../../src/agent/scanning/thread-words.ts';
import type { Corpus, Planted } from './corpus.ts';

export type Score = {
  readonly planted: number;
  readonly found: number;
  readonly missed: readonly Planted[];
  /** Known values said to stand where none was planted. */
  readonly falseKnown: number;
  /** Unknown values said to stand in files in which nothing was planted. */
  readonly unknownInQuiet: number;
  readonly quietBytes: number;
};

export const scoreOf = (corpus: Corpus, seen: readonly ThreadSeen[]): Score => {
  const wanted = new Set(corpus.planted.map(({ path, slot }) => `${join(corpus.folder, path)} ${slot}`));
  const met = new Set<string>();
  let [falseKnown, unknownInQuiet] = [0, 0];
  for (const { path, list } of seen)
    for (const { slot } of list) {
      if (slot === null) unknownInQuiet += path.startsWith(join(corpus.folder, 'quiet')) ? 1 : 0;
      else if (wanted.has(`${path} ${slot}`)) met.add(`${path} ${slot}`);
      else falseKnown += 1;
    }
  const missed = corpus.planted.filter(({ path, slot }) => !met.has(`${join(corpus.folder, path)} ${slot}`));
  const { length } = corpus.planted;
  const { quietBytes } = corpus;
  return { planted: length, found: length - missed.length, missed, falseKnown, unknownInQuiet, quietBytes };
};

/** Share of the planted values, by what they have in common. */
export const recallBy = (
  corpus: Corpus,
  { missed }: Score,
  key: 'disguise' | 'place',
): readonly (readonly [string, number, number])[] => {
  const rows = new Map<string, [number, number]>();
  for (const entry of corpus.planted) {
    const row = rows.get(entry[key]) ?? [0, 0];
    row[1] += 1;
    rows.set(entry[key], row);
  }
  for (const [name, row] of rows) row[0] = row[1] - missed.filter((entry) => entry[key] === name).length;
  return [...rows].map(([name, [found, all]]) => [name, found, all]);
};
