// Starts a built app on the stand-in: node launch.ts <out/main/index.js> [arguments…]. The app imports `electron` and
// gets the stand-in; nothing of the app is changed.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSwitches } from './command-line.ts';
import { openControl } from './control.ts';
import { linkedBinding } from './linked-binding.ts';
import { shared, type AppFacts } from './state.ts';

const findPackage = (folder: string): string => {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The app has no package.json above its main file');
  return findPackage(parent);
};

const readPackage = (folder: string): Record<string, string | undefined> =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string | undefined>;

/** The version of the Electron whose API is stood in for. */
const electronVersion = (): string => {
  const file = join(import.meta.dirname, '../../../node_modules/electron/package.json');
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
    : '45.0.0';
};

const readFacts = (main: string): AppFacts => {
  const file = resolve(main);
  const appPath = findPackage(existsSync(join(file, 'package.json')) ? file : dirname(file));
  const about = readPackage(appPath);
  const mainFile = file === appPath ? join(appPath, about['main'] ?? 'index.js') : file;
  return {
    mainFile,
    appPath,
    name: about['productName'] ?? about['name'] ?? 'Electron',
    version: about['version'] ?? '0.0.0',
    electronVersion: electronVersion(),
    preloads: [],
  };
};

const list = process.argv.slice(2);
/** `-r file`: loaded before the app, as Electron's own option does. */
const hooks: string[] = [];
while (list[0] === '-r' || list[0] === '--require') hooks.push(...list.splice(0, 2).slice(1));
const [main, ...rest] = list;
if (main === undefined) {
  console.error('Usage: node launch.ts [-r hook] <built main file> [arguments…]');
  process.exit(2);
}
const facts = readFacts(main);
shared.facts = facts;
process.argv = [process.execPath, facts.mainFile, ...rest];
readSwitches(rest);
Object.assign(process, {
  type: 'browser',
  defaultApp: true,
  resourcesPath: facts.appPath,
  _linkedBinding: linkedBinding,
});
for (const [name, value] of [
  ['electron', facts.electronVersion],
  ['chrome', '156.0.0.0'],
]) {
  Object.defineProperty(process.versions, name as string, { value, enumerable: true, configurable: true });
}

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

const { default: electron } = await import('./electron.ts');
const { app } = electron;
const requireFrom = createRequire(facts.mainFile);
for (const hook of hooks) requireFrom(resolve(hook));
openControl(electron);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
// As Electron does: a rejection that nobody handles is a warning and an exit code, an exception a box on the screen.
process.on('unhandledRejection', (error) => {
  process.exitCode = 1;
  console.error('(electron) UnhandledPromiseRejectionWarning:', error);
});
await import(pathToFileURL(facts.mainFile).href);
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return;
  electron.dialog.showErrorBox(
    'A JavaScript error occurred in the main process',
    `Uncaught Exception:\n${error.stack ?? error.message}`,
  );
});
await app.start();
