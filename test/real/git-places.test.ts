// From objects to places, staged and unpushed changes, and what git knows of files: asked of the real git.
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '../../src/core/model/finding.ts';
import { ignoredFiles, readStaged, readUnpushed, trackedFiles } from '../../src/node/scan/git/changes.ts';
import { pushedOf, readObjects, resolveObjects } from '../../src/node/scan/git/objects.ts';
import { readObjectAt } from '../../src/node/scan/git/object-at.ts';
import { hasPublicRemote, hostOf } from '../../src/node/scan/git/remotes.ts';
import { findRepository, openRepository, type Repository } from '../../src/node/scan/git/repository.ts';
import { collectingSink } from '../support/git/collecting-sink.ts';
import { scratchFolder, scratchRepository, type Scratch } from '../support/git/scratch-repository.ts';

const made: Scratch[] = [];
const scratchAt = (at?: string, init: readonly string[] = []): Scratch => {
  const scratch = scratchRepository(init, at);
  made.push(scratch);
  return scratch;
};
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove();
});

const opened = ({ folder }: Scratch): Repository => {
  const repository = openRepository(folder);
  if (repository === null) throw new Error('no repository');
  return repository;
};

const idOf = (scratch: Scratch, what: string): string => scratch.git('rev-parse', what).trim();
const valueOf = <T>(result: { readonly ok: boolean; readonly value?: T }): T => {
  expect(result.ok).toBe(true);
  return result.value as T;
};

describe('places of objects', () => {
  it('names path and oldest commit, and tells stash and unreachable from commits', () => {
    const scratch = scratchAt();
    scratch.commit('a/b c.txt', 'first\n');
    const brought = scratch.commit('a/b c.txt', 'the one\n', 'brings it');
    const blob = idOf(scratch, 'HEAD:a/b c.txt');
    scratch.commit('other\nname', 'the one\n');
    scratch.commit('a/b c.txt', 'third\n');
    scratch.write('a/b c.txt', 'stashed\n');
    scratch.git('stash');
    const stashed = idOf(scratch, 'stash@{0}:a/b c.txt');
    scratch.write('a/b c.txt', 'stashed second\n');
    scratch.git('stash');
    const lost = scratch.commit('lost', 'lost\n', 'is lost');
    const lostBlob = idOf(scratch, 'HEAD:lost');
    scratch.git('reset', '-q', '--hard', 'HEAD~1');
    scratch.git('tag', '-a', 'v1', '-m', 'tagged');
    const tag = idOf(scratch, 'v1');
    scratch.write('never', 'never committed\n');
    const never = scratch.git('hash-object', '-w', 'never').trim();
    const found = new Map(
      valueOf(
        resolveObjects(opened(scratch), [
          blob,
          stashed,
          lostBlob,
          brought,
          lost,
          tag,
          never,
          'f'.repeat(40),
          'HEAD',
        ]),
      ).map((each) => [each.id, each]),
    );
    expect(found.get(blob)).toMatchObject({ place: 'commit', commit: brought, path: 'a/b c.txt' });
    // The older of two stashes is held by the stash's log alone.
    expect(found.get(stashed)).toMatchObject({ place: 'stash', path: 'a/b c.txt' });
    expect(found.get(lostBlob)).toMatchObject({ place: 'unreachable', commit: lost, path: 'lost' });
    expect(found.get(brought)).toMatchObject({ place: 'commit', commit: brought, path: '' });
    expect(found.get(lost)).toMatchObject({ place: 'unreachable' });
    expect(found.get(tag)).toMatchObject({ place: 'commit', kind: 'tag' });
    expect(found.get(never)).toMatchObject({ place: 'unreachable', commit: null, path: '' });
    expect(found.size).toBe(7);
  });

  it('gives an object again under its place, for lines', () => {
    const scratch = scratchAt();
    const commit = scratch.commit('bad\u001b[31m', 'one\ntwo\n');
    const blob = idOf(scratch, 'HEAD:bad\u001b[31m');
    const sink = collectingSink();
    valueOf(readObjects(opened(scratch), [blob, commit], sink));
    expect(sink.pieces.map(({ label }) => label)).toEqual([
      { kind: 'commit', path: scratch.folder, inside: 'bad\\x1b[31m', commit, hasLines: true },
      { kind: 'commit', path: scratch.folder, inside: '', commit, hasLines: true },
    ]);
    expect(sink.pieces[0]?.bytes.toString()).toBe('one\ntwo\n');
    expect(sink.pieces[1]?.bytes.toString()).toContain('change bad');
  });

  it('gives the bytes of what stands at a place, and nothing for what it cannot name', () => {
    const scratch = scratchAt();
    const commit = scratch.commit('a b', 'committed\n');
    scratch.write('a b', 'staged\n');
    scratch.git('add', 'a b');
    scratch.write('a b', 'in the folder\n');
    const at = (part: Partial<Place>): string | undefined => {
      const place: Place = {
        ...{ kind: 'commit', path: scratch.folder, inside: '', commit: null, line: 1, column: 1 },
        ...part,
      };
      const bytes = readObjectAt(place, 1_000);
      return bytes === null ? undefined : Buffer.from(bytes).toString();
    };
    expect(at({ commit, inside: 'a b' })).toBe('committed\n');
    expect(at({ commit })).toContain('change a b');
    expect(at({ commit: idOf(scratch, 'HEAD:a b'), kind: 'unreachable' })).toBe('committed\n');
    expect(at({ kind: 'staged', path: join(scratch.folder, 'a b') })).toBe('staged\n');
    for (const part of [
      { commit: 'HEAD' },
      { commit: '--help' },
      { commit, inside: 'gone' },
      { commit, inside: 'a\\x1b' },
      { commit: idOf(scratch, 'HEAD^{tree}') },
    ])
      expect(at(part)).toBeUndefined();
  });

  it('says whether a commit was pushed, and whether a remote looks public', () => {
    const base = scratchFolder();
    const server = scratchAt(join(base, 'server'), ['--bare']);
    const scratch = scratchAt(join(base, 'work'));
    const first = scratch.commit('a', '1\n');
    scratch.git('remote', 'add', 'origin', server.folder);
    scratch.git('push', '-q', 'origin', 'main');
    const second = scratch.commit('a', '2\n');
    const repository = opened(scratch);
    expect([...pushedOf(repository, [first, second, '--all'])]).toEqual([
      [first, true],
      [second, false],
    ]);
    expect(hasPublicRemote(repository)).toBe(false);
    scratch.git('remote', 'add', 'hub', 'git@github.com:someone/thing.git');
    expect(hasPublicRemote(repository)).toBe(true);
  });

  it('reads the host of every form of address', () => {
    const hosts = {
      'https://github.com/a/b': 'github.com',
      'https://user@GitHub.com:443/a/b.git': 'github.com',
      'ssh://git@ssh.github.com:443/a/b.git': 'ssh.github.com',
      'git@gitlab.com:a/b.git': 'gitlab.com',
      'codeberg.org:a/b': 'codeberg.org',
      'git://git.kernel.org/pub/a': 'git.kernel.org',
      'https://www.bitbucket.org/a': 'bitbucket.org',
      '/srv/git/github.com/a': null,
      'file:///github.com/a': null,
      'C:\\github.com\\a': null,
      'https://github.com.evil.example/a': 'github.com.evil.example',
    };
    for (const [url, host] of Object.entries(hosts)) expect(hostOf(url), url).toBe(host);
  });
});

describe('changes', () => {
  it('gives what is staged, and not what stands in the folder', () => {
    const scratch = scratchAt();
    // Before the first commit.
    scratch.write('new', 'staged at first\n');
    scratch.git('add', 'new');
    const first = collectingSink();
    valueOf(readStaged(opened(scratch), first));
    expect(first.pieces.map(({ bytes }) => bytes.toString())).toEqual(['staged at first\n']);
    scratch.commit('keep', 'kept\n');
    scratch.write('keep', 'staged\n');
    scratch.write('nl\nname', 'with a line break\n');
    scratch.git('add', '-A');
    scratch.write('keep', 'not staged\n');
    scratch.git('rm', '-q', '--cached', 'new');
    const sink = collectingSink();
    valueOf(readStaged(opened(scratch), sink));
    expect(sink.pieces.map(({ label, bytes }) => [label.kind, label.path, bytes.toString()])).toEqual([
      ['staged', join(scratch.folder, 'keep'), 'staged\n'],
      ['staged', join(scratch.folder, 'nl\\x0aname'), 'with a line break\n'],
    ]);
  });

  it('gives commits that no remote has: their messages, and each blob under its path and commit', () => {
    const base = scratchFolder();
    const server = scratchAt(join(base, 'server'), ['--bare']);
    const scratch = scratchAt(join(base, 'work'));
    scratch.commit('a', 'pushed\n');
    scratch.git('remote', 'add', 'origin', server.folder);
    scratch.git('push', '-q', 'origin', 'main');
    const second = scratch.commit('a', 'second\n');
    scratch.git('switch', '-q', '-c', 'side', 'HEAD~1');
    const third = scratch.commit('b', 'on the side\n', 'side message');
    scratch.git('switch', '-q', 'main');
    scratch.git('merge', '-q', '--no-ff', '--no-commit', 'side');
    const merged = scratch.commit('c', 'only in the merge\n', 'merged');
    const sink = collectingSink();
    valueOf(readUnpushed(opened(scratch), sink));
    const blobs = sink.pieces
      .filter(({ label }) => label.inside !== '')
      .map(({ label, bytes }) => [label.inside, label.commit, bytes.toString()]);
    expect(new Set(blobs.map((blob) => blob.join('|')))).toEqual(
      new Set([`a|${second}|second\n`, `b|${third}|on the side\n`, `c|${merged}|only in the merge\n`]),
    );
    const messages = sink.pieces.filter(({ label }) => label.inside === '');
    expect(new Set(messages.map(({ label }) => label.commit))).toEqual(new Set([second, third, merged]));
    expect(messages.some(({ bytes }) => bytes.includes('side message'))).toBe(true);
  });

  it('says which files git ignores and which it tracks', () => {
    const scratch = scratchAt();
    scratch.write('.gitignore', '*.env\n');
    scratch.git('add', '-f', scratch.write('tracked.env', 'x'));
    scratch.git('commit', '-qm', 'one');
    scratch.write('free.env', 'x');
    scratch.write('sub/plain', 'x');
    const repository = findRepository(join(scratch.folder, 'sub'));
    if (repository === null) throw new Error('not found from below');
    const paths = ['tracked.env', 'free.env', 'sub/plain', '.gitignore'].map((name) =>
      join(scratch.folder, name),
    );
    expect([...valueOf(ignoredFiles(repository, paths))]).toEqual([join(scratch.folder, 'free.env')]);
    expect([...valueOf(trackedFiles(repository, paths))]).toEqual([join(scratch.folder, 'tracked.env')]);
  });
});
