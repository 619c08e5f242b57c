// How fast unknown keys are looked for, and how many places that takes: `node test/bench/pattern-bench.ts [folder]`, by default this
// checkout's node_modules. In memory and on one thread: reading files is measured by bench:scan. Processor time, best of several rounds,
// since what else runs on a machine only ever makes it slower; beside it one needle by Buffer.indexOf, to tell how busy the machine is.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { patternsFor } from '../../src/core/leaks/patterns/patterns.ts';
import { builtInProviders } from '../../src/core/providers/provider-list.ts';
import { createEngineMemory, createRoom, startEngine } from '../../src/node/scan/engine.ts';
import { startWatch } from './measure.ts';
import { createPrefixSearch, prefixSlack, writePrefixTable } from '../../src/node/scan/prefix-search.ts';

const mostBytes = 100e6;
const largestFile = 4e6;
const rounds = 15;
const needle = Buffer.from('no such text anywhere');
/** A prime: files are taken from all over the folder, the same each time. */
const step = 7919;

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** A sample of the files that fits into memory. */
const sampleOf = (folder: string): readonly Uint8Array[] => {
  const files = filesBelow(folder);
  const sample: Uint8Array[] = [];
  let total = 0;
  for (let index = 0; index < files.length && total < mostBytes; index += 1) {
    const file = files[(index * step) % files.length] ?? '';
    const { size } = statSync(file);
    if (size === 0 || size > largestFile || total + size > mostBytes) continue;
    sample.push(readFileSync(file));
    total += size;
  }
  return sample;
};

export type PatternMeasure = {
  readonly megabytes: number;
  readonly files: number;
  readonly literals: number;
  readonly tableMs: number;
  /** Megabytes for each second: the engine's search alone, and with the judge of what it finds. */
  readonly searched: number;
  readonly judged: number;
  /** One needle that is not there, by Buffer.indexOf. */
  readonly indexOf: number;
  readonly candidatesPerMegabyte: number;
  readonly matches: Readonly<Record<string, number>>;
};

const best = (run: () => void): number => {
  let least = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const watch = startWatch();
    run();
    least = Math.min(least, watch().cpuMs);
  }
  return least;
};

/** Measures on a sample of a folder's files. */
export const measurePatterns = (folder: string, generic: boolean): PatternMeasure => {
  const sample = sampleOf(folder);
  const bytes = sample.reduce((sum, { length }) => sum + length, 0);
  const memory = createEngineMemory();
  const engine = startEngine(memory);
  const { take } = createRoom(memory);
  const judge = patternsFor(builtInProviders, { generic, encoded: !process.argv.includes('--plain') });
  const started = performance.now();
  const table = writePrefixTable(memory, take, judge);
  const tableMs = performance.now() - started;
  const parts = { engine, memory, take, table };
  const search = createPrefixSearch({ ...parts, judge });
  const searchAlone = createPrefixSearch({ ...parts, judge: { ...judge, judge: () => null } });
  let next = take(bytes + prefixSlack);
  const places = sample.map((file) => {
    new Uint8Array(memory.buffer).set(file, next);
    const begin = next;
    next += file.length;
    return { begin, end: next, until: next };
  });
  const matches: Record<string, number> = {};
  let candidates = 0;
  for (const place of places) {
    for (const { pattern } of search.search(place)) matches[pattern] = (matches[pattern] ?? 0) + 1;
    candidates += search.counts().candidates;
  }
  const megabytes = bytes / 1e6;
  const rate = (run: () => void): number => megabytes / (best(run) / 1e3);
  return {
    megabytes,
    files: sample.length,
    literals: judge.prefixes.length,
    tableMs,
    searched: rate(() => places.forEach((place) => searchAlone.search(place))),
    judged: rate(() => places.forEach((place) => search.search(place))),
    indexOf: rate(() =>
      places.forEach(({ begin, end }) => Buffer.from(memory.buffer, begin, end - begin).indexOf(needle)),
    ),
    candidatesPerMegabyte: candidates / megabytes,
    matches,
  };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = resolve(
    process.argv.slice(2).find((word) => !word.startsWith('--')) ??
      join(import.meta.dirname, '../../node_modules'),
  );
  for (const generic of [false, true]) {
    const measured = measurePatterns(folder, generic);
    process.stdout.write(
      [
        `${generic ? 'All patterns' : 'Without the generic rule'}: ${measured.megabytes.toFixed(0)} MB in ${measured.files} files, ${measured.literals} literals`,
        `  table ${measured.tableMs.toFixed(0)} ms, search ${measured.searched.toFixed(0)} MB/s, with the judge ${measured.judged.toFixed(0)} MB/s, Buffer.indexOf ${measured.indexOf.toFixed(0)} MB/s`,
        `  ${measured.candidatesPerMegabyte.toFixed(1)} candidates for each MB, matches ${JSON.stringify(measured.matches)}`,
        '',
      ].join('\n'),
    );
  }
}
