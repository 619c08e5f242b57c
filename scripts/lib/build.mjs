// Builds the app and the command line into out/ when a source changed. Two runs at once (npm start beside npm test) wait
// for each other, since both write to out/.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './child.mjs';
import { builtFiles, cacheFolder, fromRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';
import { hashFiles, readStamp, writeStamp } from './stamp.mjs';

const inputs = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
  'vite.guard.config.ts',
  'scripts/licences.mjs',
  'scripts/lib/licences.mjs',
  'scripts/lib/licences-plugin.mjs',
  'packaging/left-out.mjs',
  'tsconfig.base.json',
  'package-lock.json',
];
const lock = path.join(cacheFolder, 'build.lock');
const staleMs = 600_000;

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function takeLock() {
  mkdirSync(cacheFolder, { recursive: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since === undefined) return false;
    const owner = Number(readFileSync(lock, 'utf8'));
    // An owner that died left its lock behind; after ten minutes its number may belong to another program.
    if ((owner > 0 && !isAlive(owner)) || Date.now() - since > staleMs) rmSync(lock, { force: true });
    return false;
  }
}

const isCurrent = (hash) => readStamp('build')?.hash === hash && builtFiles.every((file) => existsSync(file));

function buildAll(node24) {
  const steps = [
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'],
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.guard.config.ts', '--logLevel', 'warn'],
    ['scripts/licences.mjs'],
  ];
  for (const [script, ...args] of steps) {
    if (run(node24, [fromRoot(script), ...args]) !== 0) {
      throw new SetupError('The build failed: read the words above.');
    }
  }
}

/** Brings out/ up to date with the sources. */
export async function provideBuild(node24) {
  let hash = hashFiles(inputs);
  if (isCurrent(hash)) {
    say('the build is up to date, skipped');
    return;
  }
  while (!takeLock()) await wait(200);
  try {
    hash = hashFiles(inputs);
    if (isCurrent(hash)) return;
    say('building the app and the command line');
    buildAll(node24);
    writeStamp('build', { hash });
  } finally {
    rmSync(lock, { force: true });
  }
}
