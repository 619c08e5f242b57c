// `.keyturnignore` speaks gitignore's language: whatever git says of a pattern and a path, we say. The judge is the installed git.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitsPattern, parseIgnoreLine } from '../../src/core/leaks/ignore-pattern.ts';
import { isLeftOut, parseIgnoreFile, type IgnoreScope } from '../../src/core/leaks/ignore.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-ignore-'));
  execFileSync('git', ['init', '--quiet', folder], { env: { ...process.env, GIT_TEMPLATE_DIR: '' } });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What git says of paths (a folder ends with `/`) under the rules, in a work tree where nothing exists. */
const askGit = (rules: string, paths: readonly string[]): ReadonlySet<string> => {
  writeFileSync(join(folder, '.gitignore'), rules);
  const answer = spawnSync('git', ['-C', folder, 'check-ignore', '--no-index', '--stdin', '-z'], {
    input: paths.join('\0'),
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  expect(answer.stderr).toBe('');
  return new Set(answer.stdout.split('\0'));
};

/** Like a walk: a folder that is left out takes with it what is in it. */
const leftOut = (rules: string, path: string): boolean => {
  const scope: IgnoreScope = { rules: parseIgnoreFile(rules), depth: 0, above: null };
  const names = path.split('/').filter((name) => name !== '');
  return names.some((_name, at) => {
    const isFolder = at < names.length - 1 || path.endsWith('/');
    return isLeftOut(scope, names.slice(0, at + 1), isFolder);
  });
};

const name = fc.stringMatching(/^[ab.c]{1,3}$/).filter((text) => text !== '.' && text !== '..');
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c', '.', 'ab') },
  { weight: 4, arbitrary: fc.constantFrom('*', '?', '**', '/') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '[ab]',
      '[!a]',
      '[a-c]',
      '[[:alpha:]]',
      '[^.]',
      '[]a]',
      '[a',
      '\\a',
      '\\*',
      ' ',
      '\\ ',
    ),
  },
);
const line = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '/', '**/'),
    fc.array(piece, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', '', '/', '/**'),
  )
  .map(([before, pieces, after]) => before + pieces.join('') + after)
  // git takes what is literal off the front before it looks at stars, so that `a**/b` fits `ab`; its documentation has it as we have.
  .filter((text) => !/[^*/]\*\*/.test(text.replace(/^!/, '')));
const path = fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 })).map(([names]) => names.join('/'));

describe('ignore rules', () => {
  it('agree with git on random rules and paths', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.uniqueArray(path, { minLength: 1, maxLength: 60 }),
        (lines, paths) => {
          const rules = lines.join('\n');
          const said = askGit(rules, paths);
          for (const each of paths)
            expect(`${each} ${String(leftOut(rules, each))}`).toBe(`${each} ${String(said.has(each))}`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('agree with git on folders that exist', () => {
    mkdirSync(join(folder, 'build', 'deep'), { recursive: true });
    const rules = 'build/\n!build/deep\n';
    expect(askGit(rules, ['build/', 'build', 'build/deep/x', 'src/build']).has('build')).toBe(true);
    expect(leftOut(rules, 'build/')).toBe(true);
    expect(leftOut(rules, 'build/deep/x')).toBe(true);
    expect(leftOut(rules, 'src/build')).toBe(false);
  });

  it('of an inner file come before those of an outer one', () => {
    const outer: IgnoreScope = { rules: parseIgnoreFile('*.log\n!keep.log\n'), depth: 0, above: null };
    const inner: IgnoreScope = { rules: parseIgnoreFile('!*.log\n/top\r\n# x\n\n'), depth: 1, above: outer };
    expect(isLeftOut(outer, ['a.log'], false)).toBe(true);
    expect(isLeftOut(outer, ['keep.log'], false)).toBe(false);
    expect(isLeftOut(inner, ['sub', 'a.log'], false)).toBe(false);
    expect(isLeftOut(inner, ['sub', 'top'], false)).toBe(true);
    expect(isLeftOut(inner, ['sub', 'x', 'top'], false)).toBe(false);
  });

  it('take no more than pattern times path, whatever the pattern', () => {
    const stars = parseIgnoreLine(`${'*a'.repeat(2_000)}b`);
    const deep = parseIgnoreLine(`${'**/a/'.repeat(300)}b`);
    if (stars === null || deep === null) throw new Error('no rule');
    const began = performance.now();
    expect(fitsPattern(stars, ['a'.repeat(4_000)], false)).toBe(false);
    expect(
      fitsPattern(
        deep,
        Array.from({ length: 600 }, () => 'a'),
        false,
      ),
    ).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
