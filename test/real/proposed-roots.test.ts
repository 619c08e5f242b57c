// What is proposed to be read at the first run, from a home that is really there; and that looking for it opens nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { proposeRoots, type Proposal } from '../../src/node/scan/walk-proposal.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyturn-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const put = (path: string, text = 'text\n'): void => {
  mkdirSync(join(home, path, '..'), { recursive: true });
  writeFileSync(join(home, path), text);
};
const propose = (): ReadonlyMap<string, Proposal> =>
  new Map(
    proposeRoots({ home, platform: 'linux', environment: {} })
      .filter(({ path }) => path.startsWith(home))
      .map((proposal) => [proposal.path.slice(home.length + 1), proposal]),
  );

it('names places that are there, by kind, with what reading them means', () => {
  put('.bash_history', 'x'.repeat(2_500));
  put('.claude/projects/-a/1.jsonl');
  put('.claude/projects/-a/2.jsonl');
  put('.codex/sessions/2026/11/28/rollout-1.jsonl');
  put('.codex/auth.json');
  put('.cache/JetBrains/PyCharm2026.1/LocalHistory/changes.storageData');
  put('.cache/JetBrains/GoLand2026.2/LocalHistory/changes.storageData');
  put('.config/Code/User/History/a/b.ts');
  const found = propose();
  expect([...found.keys()].toSorted()).toEqual([
    '.bash_history',
    '.cache/JetBrains/GoLand2026.2/LocalHistory',
    '.cache/JetBrains/PyCharm2026.1/LocalHistory',
    '.claude/projects',
    '.codex',
    '.config/Code/User/History',
  ]);
  expect(found.get('.bash_history')).toMatchObject({
    origin: 'place',
    kind: 'shell-history',
    chosen: true,
    history: false,
  });
  expect(found.get('.bash_history')?.reads).toBe(
    'Bash: what was typed at a prompt, with every key that was part of a command. 1 file, 2.5 kB.',
  );
  expect(found.get('.claude/projects')?.reads).toMatch(/^Claude Code: conversations .* 2 files, 10 bytes\.$/);
});

it('names folders with code, each once, and general ones without choosing them', () => {
  execFileSync('git', ['init', '--quiet', join(home, 'code/shop')]);
  execFileSync('git', ['init', '--quiet', join(home, 'code/group/site')]);
  execFileSync('git', ['init', '--quiet', join(home, 'odd place/thing')]);
  put('notes/a.txt');
  put('Documents/b.txt');
  symlinkSync(join(home, 'code'), join(home, 'src'));
  const found = propose();
  expect([...found.keys()].toSorted()).toEqual(['Documents', 'code', 'odd place']);
  expect(found.get('code')).toMatchObject({ origin: 'proposed', kind: null, chosen: true, history: true });
  expect(found.get('code')?.reads).toContain('2 repositories');
  expect(found.get('Documents')).toMatchObject({ chosen: false, history: false });
});

it('is done at once with a home that is large, and with one that is not there', () => {
  for (let at = 0; at < 3_000; at += 1) put(`.claude/projects/p/${String(at)}.jsonl`, '');
  const began = performance.now();
  expect(propose().get('.claude/projects')?.reads).toContain('More than ');
  expect(performance.now() - began).toBeLessThan(5_000);
  rmSync(home, { recursive: true });
  expect(propose().size).toBe(0);
});
