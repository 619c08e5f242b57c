#!/usr/bin/env node
// The command line of a checkout: runs out/cli/main.js on Node ≥ 24, in this process where it is new enough, else in a child
// that gets the terminal and the signals and whose exit code is ours.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { become } from '../scripts/lib/child.mjs';
import { findNode24 } from '../scripts/lib/node24.mjs';
import { fromRoot } from '../scripts/lib/paths.mjs';

const main = fromRoot('out', 'cli', 'main.js');
const node = findNode24();

if (node === undefined || !existsSync(main)) {
  console.error(
    'keyturn: this checkout is not set up yet. Run `npm run setup` in its folder, then this again.',
  );
  process.exitCode = 70;
} else if (node === process.execPath) {
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else {
  process.exitCode = await become(node, [main, ...process.argv.slice(2)]);
}
