// The git hook on a usual commit, as it is built and as git would run it: five files of source staged among three hundred, fingerprints of 200 keys.
// Beside it what it cannot be quicker than: Node that does nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { hookScript } from '../../../src/node/guard/hook-script.ts';
import { writeLasting } from '../../../src/node/scan/lasting-file.ts';
import { buildLastingTables } from '../../../src/node/scan/lasting-tables.ts';
import { measure, withGoal, type Measured } from '../measure.ts';
import type { KnownValue } from './ours.ts';

const root = resolve(import.meta.dirname, '../../..');
const quietFiles = 300;
const stagedFiles = 5;
const runs = 21;
const goalMs = 100;

const makeHome = (home: string, values: readonly KnownValue[]): void => {
  const wanted = values.map(({ slot, value, publicLength }) => ({
    ...{ slot, publicLength, estimateBits: 120 },
    bytes: new TextEncoder().encode(value),
  }));
  const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };
  mkdirSync(home);
  writeFileSync(
    join(home, 'guard.fingerprints'),
    writeLasting(buildLastingTables(wanted, random, 'bench').tables),
  );
};

const makeRepository = (repo: string): void => {
  const git = (...words: readonly string[]): void =>
    void execFileSync('git', words, { cwd: repo, stdio: 'ignore' });
  mkdirSync(repo);
  git('init', '-q');
  for (let file = 0; file < quietFiles; file += 1) {
    mkdirSync(join(repo, String(file % 10)), { recursive: true });
    writeFileSync(
      join(repo, String(file % 10), `${String(file)}.txt`),
      randomBytes(3_000).toString('base64'),
    );
  }
  git('add', '-A');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'all');
  const sources = join(root, 'src/node/scan');
  const names = readdirSync(sources).filter((name) => name.endsWith('.ts') && name !== 'engine-bytes.ts');
  for (const name of names.slice(0, stagedFiles))
    writeFileSync(join(repo, name), readFileSync(join(sources, name)));
  git('add', '-A');
};

/** @param folder of the bench, in which everything lies */
export const measureGuard = async (
  folder: string,
  values: readonly KnownValue[],
): Promise<readonly Measured[]> => {
  const [home, repo, outDir] = [
    join(folder, 'guard-home'),
    join(folder, 'guard-repo'),
    join(folder, 'guard'),
  ];
  makeHome(home, values);
  makeRepository(repo);
  await build({
    ...{ root, configFile: join(root, 'vite.guard.config.ts'), logLevel: 'error' as const },
    build: { outDir },
  });
  const [node, program, hook] = [process.execPath, join(outDir, 'guard.cjs'), join(folder, 'pre-commit')];
  writeFileSync(hook, hookScript({ hook: 'pre-commit', node, program, home, chained: null }), {
    mode: 0o755,
  });
  const run = (words: readonly string[]) => (): void => {
    const [command = '', ...rest] = words;
    const { status, stderr } = spawnSync(command, rest, { cwd: repo, encoding: 'utf8' });
    if (status !== 0 || stderr !== '')
      throw new Error(`the hook of a usual commit said something: ${stderr}`);
  };
  const bare = 'Node that does nothing';
  return [
    await measure(bare, runs, run([node, '-e', '0'])),
    withGoal(await measure('guard, a usual commit', runs, run(['sh', hook]), bare), goalMs),
  ];
};
