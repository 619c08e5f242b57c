// Builds the app: shell, agent and scanner (ES modules on Node), the two preload bridges (single CommonJS files, since a sandboxed
// preload cannot require packages) and the two pages. The command line has a build of its own: vite.cli.config.ts.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { noteLicences } from './scripts/lib/licences-plugin.mjs';

const fromRoot = (path: string): string => resolve(import.meta.dirname, path);
const notes = fromRoot('out/licences');

export default defineConfig({
  main: {
    plugins: [noteLicences('main', notes)],
    build: {
      sourcemap: true,
      rollupOptions: {
        input: {
          index: fromRoot('src/main/index.ts'),
          agent: fromRoot('src/agent/index.ts'),
          scanner: fromRoot('src/agent/scanner.ts'),
          'scan-thread': fromRoot('src/agent/scan-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [noteLicences('preload', notes)],
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { index: fromRoot('src/preload/index.ts'), about: fromRoot('src/preload/about.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('src/renderer'),
    plugins: [react(), noteLicences('renderer', notes)],
    build: {
      // The pages run under `script-src 'self'; font-src 'self'`: no polyfill that fetches, no font or script in a data: URL.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: [fromRoot('src/renderer/index.html'), fromRoot('src/renderer/about.html')] },
    },
  },
});
