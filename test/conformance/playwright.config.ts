// The stand-in for Electron is held against Electron: the same tests run on both, on whichever is found here. Two workers
// where each can have a display of its own, since that and its clipboard belong to everyone on it.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: /.*\.spec\.ts$/,
  outputDir: '../../test-results/conformance',
  fullyParallel: false,
  workers: process.env['KEYTURN_DISPLAY_EACH'] === '1' ? 2 : 1,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 5000 },
  reporter: [['list']],
});
