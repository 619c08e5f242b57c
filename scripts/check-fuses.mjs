// Reads the nine fuses of packed apps back and fails by name where one is wrong:
//   node scripts/check-fuses.mjs <program, or bundle that ends in .app>… [--platform darwin|win32|linux]
import { existsSync } from 'node:fs';
import { checkFuses } from '../packaging/check-wires.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

const platforms = ['darwin', 'win32', 'linux'];

function platformOf(app) {
  if (/\.app([\\/]|$)/.test(app)) return 'darwin';
  return app.endsWith('.exe') ? 'win32' : 'linux';
}

function parseArguments(args) {
  const at = args.indexOf('--platform');
  const platform = at === -1 ? undefined : args[at + 1];
  if (at !== -1 && !platforms.includes(platform)) {
    throw new SetupError(`--platform takes one of ${platforms.join(', ')}.`);
  }
  const apps = at === -1 ? args : args.toSpliced(at, 2);
  if (apps.length === 0) throw new SetupError('Name the packed app: node scripts/check-fuses.mjs <app>.');
  return { apps, platform };
}

await runMain(async (args) => {
  const { apps, platform } = parseArguments(args);
  let faults = 0;
  for (const app of apps) {
    if (!existsSync(app)) throw new SetupError(`There is no ${app}: pack the app first.`);
    const wrong = await checkFuses(app, platform ?? platformOf(app));
    for (const words of wrong) say(`${app}: ${words}`);
    if (wrong.length === 0) say(`${app}: all nine fuses are as they must be`);
    faults += wrong.length;
  }
  return faults === 0 ? 0 : 1;
});
