// End-to-end tests drive the built app in a real window: real Electron where its binary is found, else the stand-in
// beside the test support. Two workers where each can have a display of its own, since a clipboard belongs to everyone on it.
import { defineConfig } from '@playwright/test';
import { findElectron } from '../support/app.ts';

export default defineConfig({
  testDir: '.',
  testMatch: /.*\.(test|spec|e2e)\.ts$/,
  testIgnore: [
    // Reads the memory of processes through /proc, which other systems do not have.
    ...(process.platform === 'linux' ? [] : ['memory.spec.ts', 'memory-keychain.spec.ts']),
    // Real Electron is packed or not by the name of its own file.
    ...(findElectron() === undefined ? [] : ['packed.spec.ts']),
  ],
  outputDir: '../../test-results/e2e',
  fullyParallel: false,
  workers: process.env['KEYTURN_DISPLAY_EACH'] === '1' ? 2 : 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
