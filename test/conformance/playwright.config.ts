// The stand-in for Electron is held against Electron: the same tests run on both, on whichever is found here. One worker,
// since the clipboard and the display belong to everyone.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: /.*\.spec\.ts$/,
  outputDir: '../../test-results/conformance',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 5000 },
  reporter: [['list']],
});
