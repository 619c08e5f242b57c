// Makes the corpus of `npm run bench:scan` in a folder, from a seed: source trees, logs, histories, transcripts, bundles, notebooks,
// binaries, archives and databases, with planted values in every disguise. Nothing of it is kept in the repository.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { disguises, type Disguise } from './disguises.ts';
import { tarOf, zipOf } from './pack.ts';
import { diceOf, type Dice } from './random.ts';
import type { PlantedValue } from './values.ts';

export type Planted = {
  readonly slot: number;
  readonly disguise: string;
  readonly place: string;
  readonly plain: boolean;
  /** Of the file on disk, below the corpus' folder. */
  readonly path: string;
};

export type Corpus = {
  readonly folder: string;
  readonly planted: readonly Planted[];
  readonly files: number;
  readonly bytes: number;
  /** Of files in which nothing was planted. */
  readonly quietBytes: number;
};

type Host = {
  readonly name: string;
  readonly extension: string;
  /** Makes a file of this place that holds the text. */
  readonly make: (text: string, dice: Dice, source: () => string) => Uint8Array;
};

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const words = [
  'GET',
  'user',
  'request',
  'done',
  'cache',
  'worker',
  'timeout',
  'retry',
  'index',
  'build',
  'ok',
];
const sentence = (dice: Dice, count = 12): string =>
  Array.from({ length: count }, () => dice.pick(words)).join(' ');
const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const stamp = (index: number): string => new Date(1_780_000_000_000 + index * 1_000).toISOString();

/** Puts the text on lines of its own somewhere in a text of lines. */
const amidst = (lines: string, text: string, dice: Dice): string => {
  const rows = lines.split('\n');
  rows.splice(dice.below(rows.length + 1), 0, text);
  return rows.join('\n');
};

const message = (content: string): string =>
  JSON.stringify({ type: 'user', message: { role: 'user', content } });

const database = (text: string, dice: Dice): Uint8Array => {
  const held = new Database(':memory:');
  held.exec('create table ItemTable (key text primary key, value blob)');
  const put = held.prepare('insert into ItemTable values (?, ?)');
  for (let index = 0; index < 40; index += 1) put.run(`chat.${String(index)}`, sentence(dice, 60));
  put.run('chat.planted', text);
  const bytes = held.serialize();
  held.close();
  return bytes;
};

export const hosts: readonly Host[] = [
  { name: 'source', extension: 'ts', make: (text, dice, source) => latin(amidst(source(), text, dice)) },
  {
    name: 'env file',
    extension: 'env',
    make: (text, dice) =>
      latin(
        amidst(
          times(20, (index) => `VALUE_${String(index)}=${sentence(dice, 2)}`),
          text,
          dice,
        ),
      ),
  },
  {
    name: 'shell history',
    extension: 'bash_history',
    make: (text, dice) =>
      latin(
        amidst(
          times(200, (index) => `#${String(1_780_000_000 + index)}\n${sentence(dice, 5)}`),
          text,
          dice,
        ),
      ),
  },
  {
    name: 'transcript',
    extension: 'jsonl',
    make: (text, dice) =>
      latin(
        amidst(
          times(60, () => message(sentence(dice, 80))),
          message(`${sentence(dice)}\n${text}\n`),
          dice,
        ),
      ),
  },
  {
    name: 'log',
    extension: 'log',
    make: (text, dice) =>
      latin(
        amidst(
          times(400, (index) => `${stamp(index)} INFO ${sentence(dice)}`),
          text,
          dice,
        ),
      ),
  },
  {
    name: 'bundle',
    extension: 'min.js',
    make: (text, dice, source) => latin(`${source().replace(/\s+/g, ' ')};${text};${sentence(dice, 40)}`),
  },
  {
    name: 'notebook',
    extension: 'ipynb',
    make: (text, dice) =>
      latin(
        JSON.stringify(
          {
            cells: [
              {
                cell_type: 'code',
                source: times(8, () => sentence(dice))
                  .split('\n')
                  .map((row) => `${row}\n`),
              },
              { cell_type: 'code', source: text.split('\n').map((row) => `${row}\n`), outputs: [] },
            ],
          },
          null,
          1,
        ),
      ),
  },
  {
    name: 'source map',
    extension: 'js.map',
    make: (text, dice, source) =>
      latin(
        JSON.stringify({
          version: 3,
          sources: ['a.ts'],
          sourcesContent: [amidst(source(), text, dice)],
          mappings: dice.text('ABCDEFGHIJ;,', 4_000),
        }),
      ),
  },
  {
    name: 'binary',
    extension: 'bin',
    make: (text, dice) =>
      Buffer.concat([dice.bytes(4_000 + dice.below(64)), latin(`\0${text}\0`), dice.bytes(4_000)]),
  },
  {
    name: 'zip',
    extension: 'zip',
    make: (text, dice, source) =>
      zipOf([
        { name: 'readme.txt', bytes: latin(sentence(dice, 60)) },
        { name: 'src/config.js', bytes: latin(amidst(source(), text, dice)) },
      ]),
  },
  {
    name: 'tar.gz',
    extension: 'tar.gz',
    make: (text, dice, source) =>
      gzipSync(tarOf([{ name: 'src/config.js', bytes: latin(amidst(source(), text, dice)) }])),
  },
  {
    name: 'archive in an archive',
    extension: 'zip',
    make: (text, dice, source) => {
      const inner = tarOf([{ name: 'src/config.js', bytes: latin(amidst(source(), text, dice)) }]);
      return zipOf([{ name: 'backup/inner.tar.zst', bytes: zstdCompressSync(inner) }]);
    },
  },
  { name: 'database', extension: 'vscdb', make: (text, dice) => database(text, dice) },
];

/** Places whose text is JSON. */
const textHosts: readonly string[] = ['transcript', 'notebook', 'source map'];

/** Texts of real code, for hosts to be made of: what is installed here. */
const sourcesOf = (folder: string, most: number): readonly string[] => {
  const found: string[] = [];
  const folders = [folder];
  while (folders.length > 0 && found.length < most) {
    const here = folders.shift() ?? '';
    for (const entry of readdirSync(here, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && /\.(?:js|ts|mjs|cjs|css|md|json)$/.test(entry.name)) found.push(path);
    }
  }
  return found.slice(0, most);
};

const write = (path: string, bytes: Uint8Array): number => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return bytes.length;
};

export type CorpusSize = {
  readonly placementsPerPair: number;
  /** Files without anything planted, made of installed code. */
  readonly quietFiles: number;
  readonly logMegabytes: number;
};

const plant = (
  folder: string,
  values: readonly PlantedValue[],
  count: number,
  seed: number,
  sources: readonly string[],
): readonly Planted[] => {
  const planted: Planted[] = [];
  let number = 0;
  const add = (host: Host, disguise: Disguise): void => {
    const dice = diceOf(seed * 7_919 + number);
    const held = values[number % values.length];
    if (held === undefined) throw new Error('no value');
    const path = `planted/${String(number % 97)}/${String(number)}.${host.extension}`;
    const source = (): string => readFileSync(dice.pick(sources), 'latin1').slice(0, 20_000);
    write(join(folder, path), host.make(disguise.dress(held.value, dice), dice, source));
    planted.push({ slot: held.slot, disguise: disguise.name, place: host.name, plain: disguise.plain, path });
    number += 1;
  };
  for (const host of hosts)
    for (const disguise of disguises)
      if (disguise.raw !== true || !textHosts.includes(host.name))
        for (let time = 0; time < count; time += 1) add(host, disguise);
  return planted;
};

const quiet = (folder: string, size: CorpusSize, seed: number, sources: readonly string[]): number => {
  let bytes = 0;
  for (let index = 0; index < size.quietFiles; index += 1) {
    const from = sources[index % sources.length] ?? '';
    bytes += write(
      join(folder, `quiet/${String(index % 311)}/${String(index)}.js`),
      readFileSync(from).subarray(0, 400_000),
    );
  }
  for (let index = 0; index < size.logMegabytes / 8; index += 1) {
    const dice = diceOf(seed + 31 * index);
    const rows = Array.from(
      { length: 512 },
      (_, row) => `${stamp(row)} INFO ${sentence(dice, 14)} ${dice.text('0123456789abcdef', 32)}`,
    );
    const block = `${rows.join('\n')}\n`;
    const whole = Buffer.from(block.repeat(Math.ceil((8 * 1_048_576) / block.length)));
    bytes += write(join(folder, `quiet/logs/${String(index)}.log`), whole);
  }
  return bytes;
};

const measured = (folder: string): { files: number; bytes: number } => {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += readFileSync(join(entry.parentPath, entry.name)).length;
  }
  return { files, bytes };
};

/** @param installed a folder of real code to take texts from, such as node_modules */
export const makeCorpus = (
  folder: string,
  values: readonly PlantedValue[],
  size: CorpusSize,
  installed: string,
  seed: number,
): Corpus => {
  const sources = sourcesOf(installed, 6_000);
  const planted = plant(folder, values, size.placementsPerPair, seed, sources);
  const quietBytes = quiet(folder, size, seed, sources);
  return { folder, planted, quietBytes, ...measured(folder) };
};
