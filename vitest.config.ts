// One project per kind of test, so that each can be run alone (`npx vitest run --project unit`) and scripts/test.mjs can
// tell a kind that has no tests at all. Windows are Playwright's: test/e2e/playwright.config.ts.
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const notVitest = new Set(['e2e', 'support', 'fixtures', 'bench', 'long', 'conformance']);
const folders = readdirSync(resolve(root, 'test'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !notVitest.has(entry.name))
  .map((entry) => entry.name);
const isLong = process.env['KEYTURN_LONG'] === '1';
const long = isLong && existsSync(resolve(root, 'test/long')) ? ['long'] : [];

export default defineConfig({
  test: {
    projects: [...folders, ...long].map((name) => ({
      extends: true as const,
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        environment: 'node',
        // What the product remembers outside a vault must not pile up among the developer's own.
        env: { KEYTURN_STATE: join(tmpdir(), 'keyturn-test-state') },
        testTimeout: isLong ? 1_800_000 : 60_000,
        hookTimeout: 60_000,
        // Native add-ons (SQLite, Argon2) are loaded by many files: a process each keeps a crash to its own file.
        pool: 'forks' as const,
      },
    })),
    allowOnly: false,
    // One more than the cores of the smallest machine: at any moment a file waits for a server, a lock or a disk.
    maxWorkers: 3,
  },
});
