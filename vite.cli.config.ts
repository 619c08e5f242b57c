// Builds the command line, out/cli/main.js. It stands apart from the app's build so that the two share no chunk and
// `keyturn --help` loads nothing of Electron's side. What a command may not need lies in chunks of its own, beside main.js: code
// that finds files by its own address must not lie deeper.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { noteLicences } from './scripts/lib/licences-plugin.mjs';

export default defineConfig({
  publicDir: false,
  plugins: [noteLicences('cli', resolve(import.meta.dirname, 'out/licences'))],
  build: {
    ssr: resolve(import.meta.dirname, 'src/cli/main.ts'),
    target: 'node24',
    outDir: 'out/cli',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      output: { format: 'es', entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
