// The activity screen has a word for every event that the agent writes, and none for events that nobody writes.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { auditEvents, auditWords } from '../../../src/renderer/lib/audit-words.ts';

const root = resolve(import.meta.dirname, '../../../src');
const sources = ['core', 'agent']
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true }).map((name) => join(root, room, String(name))),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
/** What is written as the first argument of a note, or as the event of a line. */
const written = new Set(
  [
    ...sources.matchAll(
      /(?:\bnote(?:Key|d)?\(\s*|\bevent: |noteUse\([^)]*?)'([a-z]+(?:-[a-z]+)+|unreadable)'/g,
    ),
  ].map(([, event]) => event!),
);

test('each event that is written has words', () => {
  expect(written.size).toBeGreaterThan(30);
  expect([...written].filter((event) => !(event in auditEvents))).toEqual([]);
});

test('each word belongs to an event that stands in the sources', () => {
  expect(Object.keys(auditEvents).filter((event) => !sources.includes(`'${event}'`))).toEqual([]);
});

test('an event of a later version is shown by its own name', () => {
  expect(auditWords('key-copied')).toBe('Copied');
  expect(auditWords('moon-landed')).toBe('Moon landed');
});
