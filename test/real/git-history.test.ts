// History of real repositories, read without git: whatever git can print of an object that is no tree, a value in it was given to the
// matching whole, and the object is named. The hard ones are keys that a delta cuts.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readHistory } from '../../src/node/scan/git/history.ts';
import { openRepository } from '../../src/node/scan/git/repository.ts';
import { collectingSink, type CollectingSink } from '../support/git/collecting-sink.ts';
import {
  gitEnvironment,
  scratchFolder,
  scratchRepository,
  type Scratch,
} from '../support/git/scratch-repository.ts';

const made: Scratch[] = [];
const repository = (init: readonly string[] = [], at?: string): Scratch => {
  const scratch = scratchRepository(init, at);
  made.push(scratch);
  return scratch;
};
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove();
});

const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 4) / 2 ** 28;
  };
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const valueOf = (random: () => number, length: number): string =>
  Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');

const proseOf = (random: () => number, lines: number): string[] =>
  Array.from({ length: lines }, () =>
    Array.from({ length: 8 }, () => valueOf(random, 2 + Math.floor(random() * 8))).join(' '),
  );

const readAll = (folder: string, threads = 1): CollectingSink => {
  const sink = collectingSink();
  for (let index = 0; index < threads; index += 1)
    expect(readHistory(folder, sink, { share: { index, of: threads } })).toBe(true);
  return sink;
};

/** Every object that is no tree, as git itself prints it. */
const objectsOf = ({ git }: Scratch): ReadonlyMap<string, string> =>
  new Map(
    git('cat-file', '--batch-check', '--batch-all-objects')
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, kind]) => kind !== 'tree')
      .map(([id = '', kind = '']) => [
        id,
        kind === 'blob' ? git('cat-file', 'blob', id) : git('cat-file', '-p', id),
      ]),
  );

/** How many entries of the packs are deltas: a test of deltas without any would prove nothing. */
const deltaCount = ({ folder, git }: Scratch): number => {
  const packs = join(folder, '.git', 'objects', 'pack');
  return readdirSync(packs)
    .filter((name) => name.endsWith('.idx'))
    .flatMap((name) => git('verify-pack', '-v', join(packs, name)).split('\n'))
    .filter((line) => /^[0-9a-f]+ (blob|commit|tag) +\d+ \d+ \d+ \d+ [0-9a-f]+/.test(line)).length;
};

const repack = ({ git }: Scratch, ...more: readonly string[]): void => {
  git('repack', '-adfq', '--depth=50', '--window=50', ...more);
};

describe('history', () => {
  it('gives keys that were edited inside large files, however deltas cut them, in every object that holds them', () => {
    const random = randomFrom(7);
    const scratch = repository();
    const lines = proseOf(random, 1_500);
    scratch.commit('large.txt', lines.join('\n'));
    const keys: string[] = [];
    let previous = valueOf(random, 40);
    for (let round = 0; round < 40; round += 1) {
      const length = 20 + Math.floor(random() * 80);
      const fresh = valueOf(random, length);
      // Some keep a part of the one before, so that the delta copies that part and puts in the rest.
      const cut = Math.floor(random() * previous.length);
      const kind = round % 4;
      const key =
        kind === 0
          ? fresh
          : kind === 1
            ? previous.slice(0, cut) + fresh.slice(0, 5) + previous.slice(cut)
            : kind === 2
              ? previous.slice(0, 24) + fresh + previous.slice(-17)
              : fresh + previous.slice(cut);
      keys.push(key);
      lines[Math.floor(random() * lines.length)] = `api_key = "${key}";`;
      lines[Math.floor(random() * lines.length)] = proseOf(random, 1)[0] ?? '';
      scratch.commit('large.txt', lines.join('\n'));
      previous = key;
    }
    repack(scratch);
    expect(deltaCount(scratch)).toBeGreaterThan(30);
    const sink = readAll(scratch.folder);
    expect(sink.missed).toEqual([]);
    for (const [at, key] of keys.entries())
      expect(sink.objectsWith(key), `key ${String(at)}`).not.toEqual([]);
    // The first object that got a key, by age, is among those that are named.
    const objects = objectsOf(scratch);
    for (const key of keys)
      for (const id of sink.objectsWith(key)) expect(objects.get(id), id).toContain(key);
  });

  it('gives a key that a delta puts together from two places of its base', () => {
    const random = randomFrom(9);
    for (let round = 0; round < 12; round += 1) {
      const scratch = repository();
      const left = valueOf(random, 24 + round);
      const right = valueOf(random, 40 - round);
      const prose = proseOf(random, 400);
      scratch.commit('a.txt', [...prose, left, ...proseOf(random, 50), right, ''].join('\n'));
      const first = scratch.git('hash-object', 'a.txt').trim();
      scratch.commit(
        'a.txt',
        [...prose.slice(0, 100), `x ${left}${right} y`, ...prose.slice(100, 380)].join('\n'),
      );
      repack(scratch);
      const second = scratch.git('hash-object', 'a.txt').trim();
      const sink = readAll(scratch.folder);
      expect(deltaCount(scratch)).toBeGreaterThan(0);
      expect(sink.objectsWith(left + right)).toEqual([second]);
      expect(sink.objectsWith(left)).toContain(first);
    }
  });

  it('gives long values whole, of one line or of many, where a delta changes their middle', () => {
    const random = randomFrom(11);
    const scratch = repository();
    const prose = proseOf(random, 600);
    const token = valueOf(random, 1_400);
    const pem = Array.from({ length: 27 }, () => valueOf(random, 64));
    const text = (a: string, b: readonly string[]): string =>
      [
        ...prose.slice(0, 300),
        `token: ${a}`,
        ...prose.slice(300),
        '-----BEGIN KEY-----',
        ...b,
        'Zm9v=',
        '-----END KEY-----',
        ...prose.slice(0, 20),
      ].join('\n');
    scratch.commit('config.yml', text(token, pem));
    const token2 = `${token.slice(0, 700)}${valueOf(random, 6)}${token.slice(704)}`;
    const pem2 = pem.map((line, at) => (at === 14 ? line.slice(0, 30) + valueOf(random, 34) : line));
    scratch.commit('config.yml', text(token2, pem2));
    repack(scratch);
    expect(deltaCount(scratch)).toBeGreaterThan(0);
    const sink = readAll(scratch.folder);
    for (const whole of [token, token2, [...pem, 'Zm9v='].join('\n'), [...pem2, 'Zm9v='].join('\n')])
      expect(sink.objectsWith(whole)).not.toEqual([]);
  });

  it('gives inserts longer than one instruction of a delta in one run', () => {
    const random = randomFrom(13);
    const scratch = repository();
    const prose = proseOf(random, 300);
    scratch.commit('a', prose.join('\n'));
    const inserted = valueOf(random, 3_000);
    scratch.commit('a', [...prose.slice(0, 100), inserted, ...prose.slice(100)].join('\n'));
    repack(scratch);
    expect(deltaCount(scratch)).toBeGreaterThan(0);
    expect(readAll(scratch.folder).objectsWith(inserted)).not.toEqual([]);
  });

  it('gives every word of every object of a grown repository, packed several times over, in one part or in five', () => {
    const random = randomFrom(17);
    const scratch = repository();
    const files = new Map<string, string[]>();
    for (let round = 0; round < 60; round += 1) {
      const name = `f${String(Math.floor(random() * 6))}.txt`;
      const lines = files.get(name) ?? proseOf(random, 120);
      for (let edits = 0; edits < 4; edits += 1) {
        const at = Math.floor(random() * lines.length);
        const line = lines[at] ?? '';
        const cut = Math.floor(random() * line.length);
        lines[at] =
          line.slice(0, cut) +
          valueOf(random, 1 + Math.floor(random() * 20)) +
          line.slice(cut + Math.floor(random() * 6));
      }
      files.set(name, lines);
      scratch.commit(name, lines.join('\n'), `message ${valueOf(random, 20)}`);
      if (round % 20 === 19) scratch.git('repack', '-dq');
    }
    scratch.git('tag', '-a', 'v1', '-m', `tagged ${valueOf(random, 30)}`);
    const objects = objectsOf(scratch);
    for (const how of ['as it grew', 'packed']) {
      if (how === 'packed') repack(scratch);
      for (const threads of [1, 5]) {
        const sink = readAll(scratch.folder, threads);
        expect(sink.missed).toEqual([]);
        const given = sink.pieces.map(({ bytes }) => bytes.toString('latin1')).join('\n');
        const lines = new Set([...objects.values()].flatMap((text) => text.split('\n')));
        expect(
          [...lines].filter((line) => !given.includes(line)),
          how,
        ).toEqual([]);
      }
    }
  });

  it('reads messages, tags, stashes and what no ref holds, loose and packed', () => {
    const random = randomFrom(19);
    const scratch = repository();
    const [inMessage = '', inTag = '', inStash = '', lost = '', onlyObject = ''] = Array.from(
      { length: 5 },
      () => valueOf(random, 32),
    );
    scratch.commit('a', 'one\n', `says ${inMessage}`);
    scratch.git('tag', '-a', 'v1', '-m', inTag);
    scratch.write('a', `two ${inStash}\n`);
    scratch.git('stash');
    scratch.commit('b', `${lost}\n`);
    scratch.git('reset', '-q', '--hard', 'HEAD~1');
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: scratch.folder,
      env: gitEnvironment(scratch.folder),
      input: onlyObject,
      encoding: 'utf8',
    }).trim();
    const check = (): void => {
      const sink = readAll(scratch.folder);
      for (const text of [inMessage, inTag, inStash, lost]) expect(sink.objectsWith(text)).not.toEqual([]);
      expect(sink.objectsWith(onlyObject)).toEqual([blob]);
      expect(sink.missed).toEqual([]);
    };
    check();
    scratch.git('repack', '-adq', '--keep-unreachable');
    scratch.git('prune-packed', '-q');
    check();
  });

  it('finds the objects of bare, borrowed, linked and contained repositories, and those with ids of SHA-256', () => {
    const random = randomFrom(23);
    const base = scratchFolder();
    const value = valueOf(random, 40);
    const source = repository([], join(base, 'source'));
    source.commit('a', value);
    source.git('clone', '-q', '--bare', source.folder, join(base, 'bare.git'));
    source.git('clone', '-q', '--shared', source.folder, join(base, 'shared'));
    source.git('worktree', 'add', '-q', join(base, 'linked'));
    const outer = repository([], join(base, 'outer'));
    outer.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', source.folder, 'inner/deep');
    outer.commit('x', 'y');
    for (const name of ['bare.git', 'shared', 'linked', 'outer', 'outer/inner/deep', 'source/.git'])
      expect(readAll(join(base, name)).objectsWith(value), name).not.toEqual([]);
    const sha256 = repository(['--object-format=sha256'], join(base, 'sha256'));
    sha256.commit('large', [...proseOf(random, 300), value].join('\n'));
    sha256.commit(
      'large',
      [...proseOf(random, 1), value, valueOf(random, 40), ...proseOf(random, 300)].join('\n'),
    );
    expect(readAll(sha256.folder).objectsWith(value)[0]).toHaveLength(64);
    repack(sha256);
    expect(readAll(sha256.folder).objectsWith(value)[0]).toHaveLength(64);
  });

  it('reads indexes of version 1, deltas that name their base by id, and files stored without compression', () => {
    const random = randomFrom(29);
    const scratch = repository();
    const lines = proseOf(random, 300);
    scratch.commit('a', lines.join('\n'));
    const key = valueOf(random, 60);
    scratch.commit('a', [...lines.slice(0, 50), key, ...lines.slice(50)].join('\n'));
    scratch.git(
      '-c',
      'pack.indexVersion=1',
      '-c',
      'repack.useDeltaBaseOffset=false',
      '-c',
      'core.compression=0',
      'repack',
      '-adfq',
    );
    expect(deltaCount(scratch)).toBeGreaterThan(0);
    const sink = readAll(scratch.folder);
    expect(sink.objectsWith(key)).toEqual([scratch.git('hash-object', 'a').trim()]);
    expect(sink.missed).toEqual([]);
  });

  it('gives objects larger than its rooms, and what hangs on them', () => {
    const random = randomFrom(31);
    const scratch = repository();
    const block = Buffer.from(proseOf(random, 20_000).join('\n'));
    const [atEnd, later] = [valueOf(random, 40), valueOf(random, 40)];
    // Larger than the room for bases, so that its delta is read as it is stored.
    const huge = Buffer.concat([...Array.from({ length: 50 }, () => block), Buffer.from(`\n${atEnd}\n`)]);
    expect(huge.length).toBeGreaterThan(50_331_648);
    scratch.commit('huge.txt', huge);
    appendFileSync(join(scratch.folder, 'huge.txt'), `${later}\n`);
    scratch.git('commit', '-qam', 'more');
    expect(readAll(scratch.folder).objectsWith(atEnd)).toHaveLength(2);
    repack(scratch);
    const sink = readAll(scratch.folder);
    expect(sink.objectsWith(atEnd)).not.toEqual([]);
    expect(sink.objectsWith(later)).not.toEqual([]);
  });

  it('knows no repository where there is none', () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    expect(openRepository(folder)).toBeNull();
    expect(readHistory(folder, collectingSink())).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
