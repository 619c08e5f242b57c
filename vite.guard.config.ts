// Builds the git hook's program, out/cli/guard.cjs, beside the command line and after it: one file, since a commit waits for it, and
// nothing of the vault, and no package, in it (test/unit/leaks/guard-bundle.test.ts). What can be worked out here is.
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { slimCatalogue } from './src/agent/guard/slim-catalogue.ts';
import { patternsFor } from './src/core/leaks/patterns/patterns.ts';
import { builtInProviders } from './src/core/providers/provider-list.ts';
import { windowsFor } from './src/node/scan/prefix-windows.ts';

const { prefixes } = patternsFor(builtInProviders, { generic: false });

const asData = (value: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/** The list of providers as plain data, and of each what looking for keys needs. */
const slimProviders: Plugin = {
  name: 'keyturn:slim-providers',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('core/providers/provider-list.ts')
      ? `export const builtInProviders = ${asData(slimCatalogue(builtInProviders))};`
      : undefined,
};

export default defineConfig({
  publicDir: false,
  plugins: [slimProviders],
  define: { keyturnGuardWindows: asData(windowsFor(prefixes)) },
  build: {
    ssr: resolve(import.meta.dirname, 'src/cli/guard.ts'),
    target: 'node22',
    outDir: 'out/cli',
    emptyOutDir: false,
    minify: true,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'guard.cjs' } },
  },
});
