// The same scan as a cold process, bundled as the product is built: node's start, tables, threads, the scan, the end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { KnownValue } from './ours.ts';

const root = resolve(import.meta.dirname, '../../..');

export type ColdProgram = {
  readonly scan: (folder: string) => void;
  /** Megabytes, as the kernel shares them out (PSS), at the end of a scan with prefixed patterns; NaN elsewhere than on Linux. */
  readonly heldAfter: (folder: string) => number;
  readonly remove: () => void;
};

/** @param folder where its list of values is put */
export const buildCold = async (folder: string, values: readonly KnownValue[]): Promise<ColdProgram> => {
  // Within the checkout: packages stay outside of the file and are found from where it lies.
  const cache = join(root, 'node_modules/.cache/keyturn');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'cold-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      target: 'node24',
      rollupOptions: {
        input: {
          'cold-child': join(import.meta.dirname, 'cold-child.ts'),
          'scan-thread': join(root, 'src/agent/scan-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(outDir, 'package.json'), '{"type":"module"}');
  const list = join(folder, 'known.json');
  writeFileSync(list, JSON.stringify(values));
  const run = (words: readonly string[]): string => {
    const program = join(outDir, 'cold-child.js');
    const { status, stdout } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
    if (status !== 0) throw new Error('the cold process failed');
    return stdout;
  };
  return {
    scan: (where) => void run([where, list]),
    heldAfter: (where) => (process.platform === 'linux' ? Number(run([where, list, '--pss'])) : Number.NaN),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
};
