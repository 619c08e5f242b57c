// What is started as a process of its own: as built where `npm test` has just built it, since that is what a person runs and it starts in half the
// time; else the source, which Node strips itself.
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const isBuilt = process.env['KEYTURN_TEST_BUILT'] === '1';

/** For processes into which a test loads something that stands in for a file of the source. */
export const sourceEntries = {
  agent: join(root, 'src/agent/index.ts'),
  commandLine: join(root, 'src/cli/main.ts'),
  scanner: join(root, 'src/agent/scanner.ts'),
} as const;

export const entries: Readonly<Record<keyof typeof sourceEntries, string>> = isBuilt
  ? {
      agent: join(root, 'out/main/agent.js'),
      commandLine: join(root, 'out/cli/main.js'),
      scanner: join(root, 'out/main/scanner.js'),
    }
  : sourceEntries;
