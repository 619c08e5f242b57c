// Builds the command line, out/cli/main.js, and the scanner with its thread beside it. It stands apart from the app's build so that the two share no chunk and
// `keyturn --help` loads nothing of Electron's side. What a command may not need lies in chunks of its own, beside main.js: code
// that finds files by its own address must not lie deeper.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { noteLicences } from './scripts/lib/licences-plugin.mjs';

export default defineConfig({
  publicDir: false,
  plugins: [noteLicences('cli', resolve(import.meta.dirname, 'out/licences'))],
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: resolve(import.meta.dirname, 'src/cli/main.ts'),
        scanner: resolve(import.meta.dirname, 'src/agent/scanner.ts'),
        'scan-thread': resolve(import.meta.dirname, 'src/agent/scan-thread.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
