// docs/security.md names a test beside each promise. A page that names tests which are gone promises nothing.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** What a page says of tests: a path in back quotes, then titles in curly quotes. A path may stand for several titles. */
const namedTests = (text: string): readonly (readonly [file: string, title: string])[] => {
  const named: (readonly [string, string])[] = [];
  for (const line of text.split('\n')) {
    let file: string | null = null;
    for (const [, path, title] of line.matchAll(/`(test\/[^`]+)`|“([^”]+)”/g)) {
      if (path !== undefined) file = path;
      else if (file !== null && title !== undefined) named.push([file, title]);
    }
  }
  return named;
};

/** The words of a test's title as they stand in its file: whole, or as the end of a title that begins with a name. */
const hasTitle = (source: string, title: string): boolean =>
  new RegExp(`['"\`](?:[^'"\`\\n]*[ )}"])?${title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`],`).test(
    source,
  );

describe('the page of promises', () => {
  const named = namedTests(page);

  it('names a test for every promise', () => {
    expect(named.length).toBeGreaterThan(100);
    const promises = page.slice(page.indexOf('## Promises'), page.indexOf('## What happened'));
    const rows = promises
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (promise|-)/.test(line));
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => namedTests(row).length === 0)).toEqual([]);
  });

  it('names only tests that are there', () => {
    const missing = named.filter(([file, title]) => {
      const path = join(root, file);
      return !existsSync(path) || !hasTitle(readFileSync(path, 'utf8'), title);
    });
    expect(missing.map(([file, title]) => `${file}: ${title}`)).toEqual([]);
  });

  it('would notice a test that is gone', () => {
    expect(namedTests('| x | `test/a.test.ts` “does this”, “and that” |')).toEqual([
      ['test/a.test.ts', 'does this'],
      ['test/a.test.ts', 'and that'],
    ]);
    expect(hasTitle("it('does this', () => {})", 'does this')).toBe(true);
    expect(hasTitle('it(`${name} does this`, () => {})', 'does this')).toBe(true);
    expect(hasTitle("it('does this not', () => {})", 'does this')).toBe(false);
  });

  it('leads only to pages that are there', () => {
    for (const name of readdirSync(join(root, 'docs')).filter((each) => each.endsWith('.md'))) {
      const text = readFileSync(join(root, 'docs', name), 'utf8');
      for (const [, target] of text.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]*)?\)/g)) {
        expect(existsSync(join(root, 'docs', target ?? '')), `${name} → ${target ?? ''}`).toBe(true);
      }
    }
  });
});
