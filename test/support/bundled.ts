// A program of the tests that is started a hundred times, as one file of plain JavaScript, as the product's own are built: Node then neither
// strips types nor looks for a hundred files each time.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
// Within the checkout: packages stay outside of the file and are found from where it lies.
const cache = join(root, 'node_modules/.cache/keyturn');

export type Bundled = { readonly file: string; readonly remove: () => void };

/** @param entry a TypeScript file that is run by itself */
export const bundle = async (entry: string): Promise<Bundled> => {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'program-'));
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return {
    file: join(outDir, basename(entry).replace(/\.ts$/, '.mjs')),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
};
