// House rules about the text of the repository that no linter knows: nothing of the machine it was written on, no test
// that is left out, no work left for later. The patterns are put together here so that this file does not match itself.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const ignored = new Set(['node_modules', 'out', 'dist', 'test-results', '.git', '.cache']);
const isText = /(^\.[a-z]+|\.(ts|tsx|mjs|cjs|js|json|jsonc|md|css|html|yml|yaml|sh|txt|svg))$|^run$/;

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignored.has(entry.name) ? [] : filesBelow(name);
    return entry.isFile() && isText.test(entry.name) ? [name] : [];
  });

const files = filesBelow('').map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
const linesThatMatch = (pattern: RegExp, among = files): string[] =>
  among.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${name}:${String(index + 1)}`] : [])),
  );

describe('the text of the repository', () => {
  it('is found', () => {
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'package.json',
        '.ci/run',
        'src/core/ports.ts',
        'test/unit/repository.test.ts',
      ]),
    );
  });

  it.each([
    [
      'path of the machine it was written on',
      new RegExp(['(^|[^\\w.])/work/', '(main|shared|\\.)'].join('')),
    ],
    ['work left for later', /\b(T[O]DO|F[I]XME|X[X]X)\b/],
  ])('has no %s', (_name, pattern) => {
    expect(linesThatMatch(pattern)).toEqual([]);
  });

  it('has no test that is left out or runs alone', () => {
    const tests = files.filter(({ name }) => /^test\/.*\.tsx?$/.test(name));
    expect(linesThatMatch(/\b(it|test|describe)\.(skip|only|todo|fixme)\b(?!If)/, tests)).toEqual([]);
  });

  it('takes packages from whichever registry the machine is set to', () => {
    const lock = files.filter(({ name }) => name === 'package-lock.json' || name === '.npmrc');
    expect(lock).toHaveLength(2);
    expect(linesThatMatch(/"resolved"|registry\s*=|_auth/i, lock)).toEqual([]);
  });
});
