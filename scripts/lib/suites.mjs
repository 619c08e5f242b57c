// The suites of `npm test` as a table, and how each one's counts are read. A suite is what a developer can name with --only.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from './paths.mjs';
import { playwrightCounts, vitestCounts } from './tally.mjs';

const minute = 60_000;
const bin = (name) => fromRoot('node_modules', name);

/** Kinds of vitest tests that must exist; further folders of test/ join when they hold tests. */
const requiredKinds = ['unit', 'property', 'golden', 'contract'];
const otherFolders = new Set([
  ...requiredKinds,
  'e2e',
  'support',
  'fixtures',
  'bench',
  'long',
  'conformance',
]);

const hasTests = (folder) =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(String(name)));

export function vitestKinds({ long }) {
  const more = readdirSync(fromRoot('test'), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && !otherFolders.has(entry.name) && hasTests(fromRoot('test', entry.name)),
    )
    .map((entry) => entry.name);
  return [...requiredKinds, ...more, ...(long ? ['long'] : [])];
}

const one = (name, script, args, timeoutMs = 5 * minute) => ({
  name,
  covers: [name],
  args: [bin(script), ...args],
  timeoutMs,
  // A checker has no tests to count: it passes or it fails.
  count: (code) => ({ [name]: code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 } }),
});

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function vitestSuite(kinds, reportFolder, { long }) {
  const report = path.join(reportFolder, 'vitest.json');
  return {
    name: kinds.join(', '),
    covers: kinds,
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      // A folder that is missing is no project of vitest's; it is still counted, as a kind without tests.
      ...kinds.flatMap((kind) => (existsSync(fromRoot('test', kind)) ? ['--project', kind] : [])),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    timeoutMs: (long ? 240 : 25) * minute,
    count: () => vitestCounts(readJson(report), kinds, fromRoot('test')),
  };
}

function playwrightSuite(name, config, reportFolder, timeoutMs) {
  const report = path.join(reportFolder, `${name}.json`);
  return {
    name,
    covers: [name],
    args: [bin('@playwright/test/cli.js'), 'test', '--config', config, '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    timeoutMs,
    count: () => ({ [name]: playwrightCounts(readJson(report)) }),
  };
}

const compilers = ['core', 'node', 'preload', 'renderer', 'test'];

/** The suites in the order in which they run, the quick ones first. `only`: names to keep, or none for all. */
export function planSuites({ only, long, reportFolder }) {
  const isWanted = (name) => only.length === 0 || only.includes(name);
  const kinds = vitestKinds({ long }).filter(isWanted);
  return [
    one('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
    one('lint', 'oxlint/bin/oxlint', []),
    ...compilers.map((each) => one(`types:${each}`, 'typescript/bin/tsc', ['-p', `tsconfig.${each}.json`])),
    ...(kinds.length > 0 ? [vitestSuite(kinds, reportFolder, { long })] : []),
    playwrightSuite('conformance', 'test/conformance/playwright.config.ts', reportFolder, 10 * minute),
    playwrightSuite('e2e', 'test/e2e/playwright.config.ts', reportFolder, 25 * minute),
  ].filter((suite) => suite.covers.some(isWanted));
}
