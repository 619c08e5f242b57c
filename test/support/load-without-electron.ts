// Loads a built module in plain Node where nothing of Electron can be resolved: the third boundary proof runs it as a process
// of its own. Prints `loaded` and ends at once, whatever the module has started; fails when an import asks for Electron.
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (/^(node:)?electron($|\/)|^@electron\//.test(specifier))
      throw new Error(`${specifier} cannot be had here`);
    return next(specifier, context);
  },
});

await import(pathToFileURL(resolve(process.argv[2] ?? '')).href);
process.stdout.write('loaded\n', () => process.exit(0));
