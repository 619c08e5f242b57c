// Builds the git hook's program, out/cli/guard.cjs, beside the command line and after it: one file, since a commit waits for it, and
// nothing of the vault, and no package, in it (test/unit/leaks/guard-bundle.test.ts). What can be worked out here is.
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { slimCatalogue } from './src/agent/guard/slim-catalogue.ts';
import { patternsFor } from './src/core/leaks/patterns/patterns.ts';
import { builtInProviders } from './src/core/providers/provider-list.ts';
import { prefixTableAt } from './src/node/guard/guard-matcher.ts';
import { prefixTable } from './src/node/scan/prefix-table.ts';
import { windowsFor } from './src/node/scan/prefix-windows.ts';

const { prefixes } = patternsFor(builtInProviders, { generic: false });
const table = prefixTable(prefixes, prefixTableAt, windowsFor(prefixes));

const asText = (value: unknown): string => JSON.stringify(JSON.stringify(value));

/** The list of providers as text, and of each what looking for keys needs. */
const slimProviders: Plugin = {
  name: 'keyturn:slim-providers',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('agent/guard/guard-catalogue.ts')
      ? `let made; export const guardCatalogue = () => (made ??= JSON.parse(${asText(slimCatalogue(builtInProviders))}));`
      : undefined,
};

/** Parts of Node that a usual commit needs nothing of, and what is used of each: loaded with the first call, since loading takes longer than all else. */
const late: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['spawnSync'],
  'node:crypto': ['hash'],
};
const lateMark = '\0late:';

const lateModules: Plugin = {
  name: 'keyturn:late-modules',
  enforce: 'pre',
  resolveId: (id) => (id in late ? lateMark + id : undefined),
  load: (id) => {
    const name = id.startsWith(lateMark) ? id.slice(lateMark.length) : '';
    return late[name]
      ?.map(
        (each) =>
          `export const ${each} = (...words) => process.getBuiltinModule('${name}').${each}(...words);`,
      )
      .join('\n');
  },
};

export default defineConfig({
  publicDir: false,
  plugins: [slimProviders, lateModules],
  define: { keyturnGuardTable: JSON.stringify(Buffer.from(table).toString('base64')) },
  build: {
    ssr: resolve(import.meta.dirname, 'src/cli/guard.ts'),
    target: 'node22',
    outDir: 'out/cli',
    emptyOutDir: false,
    minify: true,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'guard.cjs' } },
  },
});
