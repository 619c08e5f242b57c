// Runs crash-child.ts and kills it: at every boundary of one action, or from outside at some moment.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { bundle, type Bundled } from '../bundled.ts';
import { copyVault, temporaryFolder } from './vault-kit.ts';

/** `npm run test:long` stops at every boundary, however many. */
export const isLong = process.env['KEYTURN_LONG'] === '1';
const lastOnes = 8;

let child: Bundled;
beforeAll(async () => {
  child = await bundle(resolve(import.meta.dirname, 'crash-child.ts'));
});
afterAll(() => child.remove());

export type Ended = {
  readonly said: readonly string[];
  readonly statements: number;
  readonly signal: string | null;
};

/** @param killAfterMs kills from outside at that time; 0 leaves it to the child */
export const run = (action: string, path: string, stopAt: number, killAfterMs = 0): Promise<Ended> =>
  new Promise((resolveRun, reject) => {
    const running = spawn(process.execPath, [child.file, action, path, String(stopAt)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'keyturn-crash-cache'),
      },
    });
    let out = '';
    let problem = '';
    running.stdout.on('data', (chunk: Buffer) => {
      if (out === '' && killAfterMs > 0) setTimeout(() => running.kill('SIGKILL'), killAfterMs);
      out += chunk.toString();
    });
    running.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    running.on('error', reject);
    running.on('close', (code, signal) => {
      if (code !== 0 && signal === null) {
        reject(new Error(problem));
        return;
      }
      const said = out.split('\n').filter((line) => line !== '');
      const counted = said.find((line) => line.startsWith('statements '));
      const statements = Number(counted?.split(' ')[1] ?? 0);
      resolveRun({ said: said.filter((line) => line !== counted), statements, signal });
    });
  });

/** All of them, or so many of them at even distances, the last ones always: there the write is committed. */
const chosen = (statements: number, most: number): readonly number[] => {
  const all = Array.from({ length: statements }, (_, at) => at + 1);
  if (statements <= most) return all;
  const every = Math.ceil(statements / (most - lastOnes));
  return all.filter((at) => at % every === 1 || at > statements - lastOnes);
};

/** Runs the action once to count its statements, then once for each boundary, two at a time. */
export const atEveryBoundary = async (
  action: string,
  template: string | null,
  check: (path: string, ended: Ended) => Promise<void>,
  most = Number.POSITIVE_INFINITY,
): Promise<number> => {
  const folder = temporaryFolder();
  const pathOf = (at: number): string => {
    const path = join(folder, `at-${at}`);
    if (template !== null) copyVault(template, path);
    return path;
  };
  const { statements } = await run(action, pathOf(0), 0);
  const boundaries = [...chosen(statements, isLong ? Number.POSITIVE_INFINITY : most)];
  const worker = async (): Promise<void> => {
    for (let at = boundaries.shift(); at !== undefined; at = boundaries.shift()) {
      const path = pathOf(at);
      const ended = await run(action, path, at);
      expect(ended.signal).toBe('SIGKILL');
      await check(path, ended);
    }
  };
  await Promise.all([worker(), worker()]);
  return statements;
};
