// Where things lie in a checkout. Plain Node 20 with nothing installed must be able to load every file of scripts/.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const fromRoot = (...parts) => path.join(root, ...parts);
export const cacheFolder = fromRoot('node_modules', '.cache', 'keyturn');

/** What a whole build leaves; the set-up builds again when one of them is gone. */
export const builtFiles = [
  'out/main/index.js',
  'out/main/agent.js',
  'out/preload/index.cjs',
  'out/preload/about.cjs',
  'out/renderer/index.html',
  'out/renderer/about.html',
  'out/main/scanner.js',
  'out/cli/main.js',
  'out/cli/scanner.js',
  'out/cli/guard.cjs',
  'out/licences.json',
].map((file) => fromRoot(file));
