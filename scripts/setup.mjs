// All that a fresh machine with only Node ≥ 20 and npm needs before the app can start or its tests can run. Each step says
// one line and is skipped when it is done. Loads on Node 20 with nothing installed.
import { pathToFileURL } from 'node:url';
import { provideBuild } from './lib/build.mjs';
import { provideElectron } from './lib/electron.mjs';
import { requireNode24 } from './lib/node24.mjs';
import { installPackages } from './lib/packages.mjs';
import { runMain, say } from './lib/say.mjs';
import { provideSystemPackages } from './lib/system.mjs';

/**
 * Sets everything up. `tests`: also what only the tests need; `retryElectron`: try a download that failed before.
 * Gives the Node ≥ 24 to run things with, and Electron's binary where there is one.
 */
export async function setUp({ tests = false, build = true, retryElectron = false } = {}) {
  installPackages();
  const node24 = requireNode24();
  const electron = await provideElectron(node24, { retry: retryElectron });
  provideSystemPackages({ electron: electron !== undefined, tests });
  if (build) await provideBuild(node24);
  return { node24, electron };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async (args) => {
    await setUp({ tests: true, retryElectron: args.includes('--retry-electron') });
    say(
      'all is set up: `npm start` opens the app, `npm test` runs the tests, `npx keyturn` is the command line',
    );
    return 0;
  });
}
