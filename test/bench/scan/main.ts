// `npm run bench:scan`: speed, recall and false findings of the scanner on a corpus made from a seed, beside the peers that are
// installed, in one run on the same warm files. `--quick` makes a small corpus; `--json FILE` keeps the numbers; `--git FOLDER` measures
// the history of a repository as well.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable, measure, measureBeside, ofOthers, type Measured } from '../measure.ts';
import { say, startReport } from '../report.ts';
import { buildCold } from './cold.ts';
import { makeCorpus, type Corpus } from './corpus.ts';
import { measureFloor } from './floor.ts';
import { measureGuard } from './guard.ts';
import { measureHistory } from './history.ts';
import { startScanner, type Scanner } from './ours.ts';
import { otherPeers, ripgrep } from './peers.ts';
import { recallBy, scoreOf, type Score } from './score.ts';
import { plantedValues } from './values.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    git: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const seed = Number(options.seed);
const folder = mkdtempSync(join(tmpdir(), 'keyturn-scan-bench-'));
const installed = resolve(import.meta.dirname, '../../../node_modules');
const runs = options.quick ? 3 : 7;
const report = startReport();

const makeOne = (): Corpus => {
  mkdirSync(join(folder, 'corpus'));
  const size = options.quick
    ? { placementsPerPair: 2, quietFiles: 3_000, logMegabytes: 64 }
    : { placementsPerPair: 8, quietFiles: 40_000, logMegabytes: 256 };
  return makeCorpus(join(folder, 'corpus'), plantedValues(200, seed), size, installed, seed);
};

const percent = (found: number, all: number): string => `${((100 * found) / all).toFixed(1)} %`;

const tellScore = (corpus: Corpus, score: Score): void => {
  const perGigabyte = (count: number): string => ((count * 1e9) / Math.max(1, score.quietBytes)).toFixed(2);
  const rows = (key: 'disguise' | 'place'): string =>
    markdownTable(
      [key, 'found', 'recall'],
      recallBy(corpus, score, key).map(([name, found, all]) => [
        name,
        `${String(found)} of ${String(all)}`,
        percent(found, all),
      ]),
    );
  report.tell(
    'Recall of known values',
    [],
    [
      `${String(score.found)} of ${String(score.planted)} found: ${percent(score.found, score.planted)}. Known values where none was planted: ${String(score.falseKnown)}.`,
      `Unknown values in ${(score.quietBytes / 1e6).toFixed(0)} MB of installed code and logs: ${String(score.unknownInQuiet)}, ${perGigabyte(score.unknownInQuiet)} for each GB.`,
      rows('disguise'),
      rows('place'),
      ...score.missed
        .slice(0, 40)
        .map(({ path, disguise, place }) => `missed: ${disguise} in ${place}, ${path}`),
    ],
  );
};

/** A tenth of the corpus is planted, a thousand hits in it, and archives that ripgrep does not look into: this is without it. */
const measureQuiet = async (
  corpus: Corpus,
  scanner: Scanner,
  peer: ReturnType<typeof ripgrep>,
): Promise<readonly Measured[]> => {
  const quiet = join(corpus.folder, 'quiet');
  return measureAll(peer, quiet, [
    ['own keys in all disguises, threads alive', scanner, 'none'],
    ['own keys and all prefixed patterns, threads alive', scanner, 'prefixed'],
  ]);
};

type Way = readonly [name: string, scanner: Scanner, patterns: 'none' | 'prefixed' | 'all'];

/** Each way of scanning in turn with ripgrep: threads that have met a key are replaced once they had nothing to do for a while. */
const measureAll = async (
  peer: ReturnType<typeof ripgrep>,
  where: string,
  ways: readonly Way[],
): Promise<readonly Measured[]> => {
  const rows: Measured[] = [];
  for (const [name, scanner, patterns] of ways) {
    const run = async (): Promise<void> => void (await scanner.files([where], patterns));
    if (peer === null) rows.push(await measure(name, runs, run));
    else {
      const limit = { name: peer.name, run: () => void peer.run(where) };
      const [base, other] = await measureBeside(limit, { name, run }, runs);
      rows.push(...(rows.length === 0 ? [base, other] : [other]));
    }
  }
  return rows;
};

try {
  const corpus = makeOne();
  const known = plantedValues(200, seed);
  say(
    `corpus: ${String(corpus.files)} files, ${(corpus.bytes / 1e6).toFixed(0)} MB, ${String(corpus.planted.length)} planted`,
  );
  const limit = ripgrep(known, folder);
  const scanner = startScanner(known);
  const many = startScanner(plantedValues(10_000, seed + 1));
  const timed = [
    ...(await measureAll(limit, corpus.folder, [
      ['own keys in all disguises, threads alive', scanner, 'none'],
      ['own keys and all prefixed patterns, threads alive', scanner, 'prefixed'],
      ['own keys, prefixed patterns and the generic rule, threads alive', scanner, 'all'],
      ['10,000 own keys, threads alive', many, 'none'],
    ])),
  ];
  await many.end();
  const cold = await buildCold(folder, known);
  timed.push(
    await measure(
      'own keys, cold process',
      runs,
      ofOthers(() => cold.scan(corpus.folder)),
      limit?.name,
    ),
  );
  report.tell('Scanning files, wall time', timed);
  report.tell(
    'The same without the planted files: what most of a disk is',
    await measureQuiet(corpus, scanner, limit),
  );
  if (limit !== null)
    report.tell(
      'What Node takes for it at least, without the planted files',
      await measureFloor(limit, join(corpus.folder, 'quiet'), runs),
    );
  tellScore(corpus, scoreOf(corpus, await scanner.files([corpus.folder], 'prefixed')));
  await scanner.end();
  report.tell(
    'Memory',
    [],
    [
      `Scanner with 200 own keys and patterns, after the corpus: ${String(cold.heldAfter(corpus.folder))} MB (PSS); 200 is the most that is wanted.`,
    ],
  );
  report.tell('The git hook, cold process', await measureGuard(folder, known));
  for (const repo of options.git) {
    const { measured, notes } = await measureHistory(resolve(repo), known);
    report.tell(`History of ${resolve(repo).split('/').slice(-2).join('/')}`, measured, notes);
  }
  if (options.peers) {
    const rows = otherPeers(folder).map((peer): readonly string[] => {
      const startedMs = performance.now();
      const found = peer.run(join(corpus.folder, 'planted'));
      const met = corpus.planted.filter(({ path }) => (found.get(join(corpus.folder, path)) ?? 0) > 0);
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      return [peer.name, `${seconds} s`, percent(met.length, corpus.planted.length)];
    });
    report.tell(
      'Peers, on the planted files alone (one run)',
      [],
      [markdownTable(['peer', 'time', 'files with a planted value in which it found anything'], rows)],
    );
  }
  if (options.json !== undefined) report.save(options.json);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
