// What else finds keys and is installed here: ripgrep with the plain values, gitleaks, secretlint. Each is run as its own documentation says, on the
// same warm files. Values reach ripgrep by a file of the bench's own folder, made-up as they are.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlantedValue } from './values.ts';

export type Peer = {
  readonly name: string;
  /** Runs once over the folder and gives the paths in which it found something, with how much it found. */
  readonly run: (folder: string) => ReadonlyMap<string, number>;
};

const mostOutput = 1 << 30;
const longestMs = 20 * 60_000;
const load = createRequire(import.meta.url);

const output = (program: string, words: readonly string[]): string => {
  const { stdout, error } = spawnSync(program, words, {
    encoding: 'utf8',
    maxBuffer: mostOutput,
    timeout: longestMs,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error !== undefined) throw error;
  return stdout;
};

const counted = (paths: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
};

const ripgrepBinary = (): string | null => {
  try {
    const path = load.resolve(`@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
};

const isInstalled = (program: string): boolean =>
  spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;

/**
 * ripgrep with the plain values: the limit, though it can find no more than a third of the disguises. Asked for what the scanner tells of
 * a match as well: file, line and column of each.
 */
export const ripgrep = (values: readonly PlantedValue[], folder: string): Peer | null => {
  const program = ripgrepBinary();
  if (program === null) return null;
  const list = join(folder, 'values.txt');
  writeFileSync(list, values.map(({ value }) => `${value}\n`).join(''));
  const words = [
    '-F',
    '-f',
    list,
    '--no-ignore',
    '--hidden',
    '--text',
    '--threads',
    '2',
    ...['--only-matching', '--line-number', '--column', '--no-heading', '--null'],
  ];
  return {
    name: 'ripgrep -F -f with the plain values',
    run: (where) =>
      counted(
        output(program, [...words, where])
          .split('\n')
          .map((line) => line.slice(0, Math.max(0, line.indexOf('\0'))))
          .filter(Boolean),
      ),
  };
};

/** gitleaks, where the machine has it. */
const gitleaks = (folder: string): Peer | null =>
  isInstalled('gitleaks')
    ? {
        name: 'gitleaks',
        run: (where) => {
          const report = join(folder, 'gitleaks.json');
          output('gitleaks', ['dir', where, '--no-banner', '--exit-code', '0', '-f', 'json', '-r', report]);
          const found = JSON.parse(readFileSync(report, 'utf8')) as readonly { readonly File: string }[];
          return counted(found.map(({ File }) => File));
        },
      }
    : null;

/** secretlint with its recommended rules, in a process of its own. */
const secretlint: Peer = {
  name: 'secretlint, recommended rules',
  run: (where) => {
    const program = join(import.meta.dirname, 'secretlint-child.ts');
    return counted(JSON.parse(output(process.execPath, [program, where])) as string[]);
  },
};

/** Those that are installed. */
export const otherPeers = (folder: string): readonly Peer[] =>
  [gitleaks(folder), secretlint].filter((peer) => peer !== null);
