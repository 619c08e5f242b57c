// Builds the window's two pages alone, once per run, into a folder of the system's own for temporary files, and answers
// requests for them with the shell's own security headers. For tests of the pages without the app around them.
import { mkdtempSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../../src/main/security/protocol.ts';

const root = resolve(import.meta.dirname, '../../../src/renderer');

export const origin = 'https://keyturn.test';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

let built: Promise<string> | null = null;

const buildOnce = async (): Promise<string> => {
  const given = process.env['KEYTURN_BUILT_WINDOW'];
  if (given !== undefined) return given;
  // As `npm test` has just built it, for the app.
  if (process.env['KEYTURN_TEST_BUILT'] === '1') return resolve(root, '../../out/renderer');
  const outDir = mkdtempSync(join(tmpdir(), 'keyturn-window-'));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: [join(root, 'index.html'), join(root, 'about.html')] },
    },
  });
  return outDir;
};

/** The folder of the built pages. */
export const builtWindow = (): Promise<string> => (built ??= buildOnce());

/** Lets a browser page load the built window from {@link origin}; every other address is refused. */
export const serveWindow = async (page: Page): Promise<void> => {
  const folder = await builtWindow();
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = join(folder, url.pathname);
    if (url.origin !== origin || !file.startsWith(folder) || !existsSync(file)) {
      await route.abort();
      return;
    }
    await route.fulfill({
      body: readFileSync(file),
      contentType: types[extname(file)] ?? 'application/octet-stream',
      headers: { 'Content-Security-Policy': contentSecurityPolicy },
    });
  });
};
