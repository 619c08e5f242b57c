// The first step: npm packages as the lock file has them. Done when npm's own record of what it installed agrees with the lock.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { fromRoot, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
};

/** Whether every package of the lock is installed in its version; optional ones may be missing (other platforms). */
export function packagesAreInstalled(folder = root) {
  const installed = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  const locked = Object.entries(readPackages(path.join(folder, 'package-lock.json'))).filter(
    ([name]) => name !== '',
  );
  return (
    locked.length > 0 &&
    locked.every(([name, wanted]) => {
      const found = installed[name];
      if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
      return found.version === wanted.version && existsSync(path.join(folder, name));
    })
  );
}

/** npm as a command and its first arguments: the very npm that started us, else the one on the PATH. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli))
    return { command: node, first: [cli], shell: false };
  return { command: 'npm', first: [], shell: process.platform === 'win32' };
}

/** Installs what the lock file names. No package's script runs (.npmrc). */
export function installPackages() {
  if (packagesAreInstalled()) {
    say('packages are installed, skipped');
    return;
  }
  if (process.platform === 'win32' && process.execPath.startsWith(fromRoot('node_modules') + path.sep)) {
    throw new SetupError(
      'The packages changed and this Node is one of them. Run `npm ci` yourself, then this again.',
    );
  }
  say('installing packages (npm ci), about a minute');
  const { command, first, shell } = npmCommand();
  const code = run(
    command,
    [
      ...first,
      'ci',
      // Said here too: the environment of whoever calls goes before .npmrc.
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { shell },
  );
  if (code !== 0) {
    throw new SetupError(
      `npm ci ended with code ${code}: read its words above, mend that and run this again.`,
    );
  }
}
