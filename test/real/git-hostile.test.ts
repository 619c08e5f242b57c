// Repositories that attack whoever looks at them. A canary is a file that a program of theirs would make: it must not appear. Packs that
// lie must end, soon, in bounded memory, and be named.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ignoredFiles, readStaged, readUnpushed, trackedFiles } from '../../src/node/scan/git/changes.ts';
import { readHistory } from '../../src/node/scan/git/history.ts';
import { pushedOf, readObjects, resolveObjects } from '../../src/node/scan/git/objects.ts';
import { hasPublicRemote } from '../../src/node/scan/git/remotes.ts';
import { openRepository, type Repository } from '../../src/node/scan/git/repository.ts';
import { collectingSink, type CollectingSink } from '../support/git/collecting-sink.ts';
import { craftPack, idFrom, type CraftedEntry } from '../support/git/crafted-pack.ts';
import {
  gitEnvironment,
  scratchFolder,
  scratchRepository,
  type Scratch,
} from '../support/git/scratch-repository.ts';

const made: Scratch[] = [];
const scratchAt = (at?: string, init: readonly string[] = []): Scratch => {
  const scratch = scratchRepository(init, at);
  made.push(scratch);
  return scratch;
};
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove();
});

const opened = (folder: string): Repository => {
  const repository = openRepository(folder);
  if (repository === null) throw new Error('no repository');
  return repository;
};

/** Everything that is ever asked of a repository. */
const askEverything = (folder: string, ids: readonly string[]): CollectingSink => {
  const sink = collectingSink();
  readHistory(folder, sink);
  const repository = opened(folder);
  readStaged(repository, sink);
  readUnpushed(repository, sink);
  resolveObjects(repository, ids);
  readObjects(repository, ids, sink);
  pushedOf(repository, ids);
  hasPublicRemote(repository);
  const paths = ['a.txt', 'ignored.env', 'sub/b'].map((name) => join(folder, name));
  ignoredFiles(repository, paths);
  trackedFiles(repository, paths);
  return sink;
};

describe('a repository with settings that run programs', () => {
  const settings = (program: string): string =>
    [
      `[core]\n\trepositoryformatversion = 0\n\tbare = false`,
      ...['fsmonitor', 'sshCommand', 'pager', 'editor', 'askPass', 'gitProxy', 'alternateRefsCommand'].map(
        (name) => `\t${name} = ${program}`,
      ),
      `\thooksPath = hooks-of-theirs`,
      `[diff]\n\texternal = ${program}`,
      `[diff "theirs"]\n\ttextconv = ${program}\n\tcommand = ${program}`,
      `[filter "theirs"]\n\tclean = ${program}\n\tsmudge = ${program}\n\tprocess = ${program}\n\trequired = true`,
      `[merge "theirs"]\n\tdriver = ${program}`,
      `[gpg]\n\tprogram = ${program}`,
      `[log]\n\tshowSignature = true`,
      `[pager]\n\tlog = ${program}\n\tcat-file = ${program}`,
      `[interactive]\n\tdiffFilter = ${program}`,
      `[credential]\n\thelper = !${program}`,
      `[alias]\n\tlog = !${program}\n\tcat-file = !${program}\n\tdiff-index = !${program}`,
      `[uploadpack]\n\tpackObjectsHook = ${program}`,
      `[extensions]\n\tpartialClone = theirs`,
      `[remote "theirs"]\n\turl = ext::${program}\n\tpromisor = true\n\tpartialclonefilter = blob:none\n\tuploadpack = ${program}\n\tfetch = +refs/heads/*:refs/remotes/theirs/*`,
      `[protocol]\n\tallow = always`,
      `[include]\n\tpath = included`,
    ].join('\n');

  it('runs none of them, though plain git would', () => {
    const scratch = scratchAt();
    const canary = join(scratch.folder, '..', 'canary');
    const program = join(scratch.folder, '..', 'program');
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${canary}'\nexit 1\n`);
    chmodSync(program, 0o755);
    scratch.commit('a.txt', 'one\n');
    scratch.commit('.gitattributes', '* filter=theirs diff=theirs merge=theirs\n');
    const second = scratch.commit('a.txt', 'two\n');
    const blob = scratch.git('rev-parse', 'HEAD:a.txt').trim();
    scratch.write('.gitignore', '*.env\n');
    scratch.write('ignored.env', 'x');
    scratch.write('a.txt', 'three\n');
    scratch.git('add', 'a.txt');
    const dotGit = join(scratch.folder, '.git');
    mkdirSync(join(dotGit, 'hooks-of-theirs'));
    for (const folder of [
      join(dotGit, 'hooks'),
      join(dotGit, 'hooks-of-theirs'),
      join(scratch.folder, 'hooks-of-theirs'),
    ]) {
      mkdirSync(folder, { recursive: true });
      for (const hook of ['pre-commit', 'post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
        writeFileSync(join(folder, hook), readFileSync(program), { mode: 0o755 });
    }
    writeFileSync(join(dotGit, 'config'), settings(program));
    writeFileSync(join(dotGit, 'included'), `[core]\n\tfsmonitor = ${program}\n\tpager = ${program}\n`);
    // Objects that are missing, for which git would ask the promising remote.
    const missing = idFrom('missing').toString('hex');
    const control = spawnSync('git', ['status'], {
      cwd: scratch.folder,
      env: gitEnvironment(scratch.folder),
    });
    expect(control.error).toBeUndefined();
    expect(existsSync(canary), 'the attack works on plain git').toBe(true);
    rmSync(canary);
    const sink = askEverything(scratch.folder, [blob, second, missing]);
    expect(existsSync(canary) ? readFileSync(canary, 'utf8') : '').toBe('');
    // And what there was to read was read.
    expect(
      sink.pieces.some(({ label, bytes }) => label.kind === 'staged' && bytes.toString() === 'three\n'),
    ).toBe(true);
    expect(sink.pieces.some(({ label }) => label.inside === 'a.txt' && label.commit === second)).toBe(true);
  });

  it('is not pointed elsewhere by the environment', () => {
    const [scratch, other] = [scratchAt(), scratchAt()];
    scratch.commit('a', 'mine\n');
    other.commit('a', 'theirs\n');
    scratch.write('a', 'staged\n');
    scratch.git('add', 'a');
    const before = { ...process.env };
    Object.assign(process.env, {
      GIT_DIR: join(other.folder, '.git'),
      GIT_INDEX_FILE: join(other.folder, '.git', 'index'),
      GIT_OBJECT_DIRECTORY: join(other.folder, '.git', 'objects'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: 'false',
    });
    try {
      const sink = collectingSink();
      readStaged(opened(scratch.folder), sink);
      expect(sink.pieces.map(({ bytes }) => bytes.toString())).toEqual(['staged\n']);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    }
  });

  it('replaces no object by another', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'the real one\n');
    const real = scratch.git('rev-parse', 'HEAD:a').trim();
    scratch.commit('a', 'harmless\n');
    scratch.git('replace', real, scratch.git('rev-parse', 'HEAD:a').trim());
    const sink = collectingSink();
    readObjects(opened(scratch.folder), [real], sink);
    expect(sink.pieces.map(({ bytes }) => bytes.toString())).toEqual(['the real one\n']);
  });

  it('asks git nothing of a repository of another user', () => {
    const scratch = scratchAt();
    const id = scratch.commit('a', 'x\n');
    const repository = { ...opened(scratch.folder), isOurs: false };
    expect(resolveObjects(repository, [id])).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(readStaged(repository, collectingSink()).ok).toBe(false);
  });
});

const placePack = (scratch: Scratch, { pack, index }: ReturnType<typeof craftPack>): void => {
  const folder = join(scratch.folder, '.git', 'objects', 'pack');
  mkdirSync(folder, { recursive: true });
  const name = `pack-${idFrom('crafted').toString('hex')}`;
  writeFileSync(join(folder, `${name}.pack`), pack);
  writeFileSync(join(folder, `${name}.idx`), index);
};

const read = (scratch: Scratch): CollectingSink => {
  const sink = collectingSink();
  readHistory(scratch.folder, sink);
  return sink;
};

const reasons = (sink: CollectingSink): readonly string[] => [
  ...new Set(sink.missed.map(({ reason }) => reason)),
];

/** `size` and `result` as a delta says them, then what it does. */
const delta = (size: number, result: number, ...rest: readonly number[]): Uint8Array => {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) | 0x80, ...varint(Math.floor(value / 128))];
  return Uint8Array.from([...varint(size), ...varint(result), ...rest]);
};

const blob = (text: string): CraftedEntry => ({
  kind: 3,
  size: text.length,
  content: Buffer.from(text),
  id: idFrom(text),
});

describe('packs that lie', () => {
  it('ends where deltas are their own base, and still reads the rest', () => {
    const scratch = scratchAt();
    const body = delta(3, 6, 6, 115, 101, 99, 114, 101, 116);
    const [a, b] = [idFrom('a'), idFrom('b')];
    placePack(
      scratch,
      craftPack([
        { kind: 7, size: body.length, base: b, content: body, id: a },
        { kind: 7, size: body.length, base: a, content: body, id: b },
        { kind: 7, size: body.length, base: idFrom('nowhere'), content: body, id: idFrom('c') },
        blob('what is well'),
      ]),
    );
    const sink = read(scratch);
    expect(sink.objectsWith('what is well')).toEqual([idFrom('what is well').toString('hex')]);
    expect(sink.missed).toEqual([expect.objectContaining({ reason: 'broken-archive', count: 3 })]);
  });

  it('refuses copies from outside the base, results of another size, and instructions that are none', () => {
    const scratch = scratchAt();
    const base = blob('a base of some length');
    const deltas = [
      delta(21, 50, 0x90, 50),
      delta(21, 21, 0x9f, 0xff, 0xff, 0xff, 0xff, 21),
      delta(21, 3, 4, 1, 2, 3, 4),
      delta(21, 9, 3, 1, 2, 3),
      delta(20, 3, 3, 1, 2, 3),
      delta(21, 3, 0),
      delta(21, 300, 200, 1),
      new Uint8Array(),
      Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ];
    const second = (content: Uint8Array, at: number): CraftedEntry[] => [
      { kind: 7, size: content.length, base: base.id, content, id: idFrom(`d${String(at)}`) },
      // So that the delta itself must be made.
      {
        kind: 7,
        size: 5,
        base: idFrom(`d${String(at)}`),
        content: delta(3, 3, 2, 1, 1).slice(0, 5),
        id: idFrom(`e${String(at)}`),
      },
    ];
    placePack(scratch, craftPack([base, ...deltas.flatMap(second)]));
    const sink = read(scratch);
    expect(sink.objectsWith('a base of some length')).toHaveLength(1);
    expect(reasons(sink)).toEqual(['broken-archive']);
  });

  it('bounds what sizes that lie and deltas that grow can cost', () => {
    const scratch = scratchAt();
    const zeros = new Uint8Array(10_000_000);
    const base: CraftedEntry = { kind: 3, size: zeros.length, content: zeros, id: idFrom('zeros') };
    // Each copies the base whole, half by half, and would make 10 MB; two thousand of them would be 20 GB.
    const half = [0x40, 0x4b, 0x4c];
    const growing = Array.from({ length: 2_000 }, (_, at): CraftedEntry[] => {
      const content = Uint8Array.from([
        ...delta(10_000_000, 10_000_001, 0xf0, ...half),
        ...[0xf7, ...half, ...half],
        ...[1, 120],
      ]);
      const id = idFrom(`g${String(at)}`);
      return [
        { kind: 7, size: content.length, base: base.id, content, id },
        {
          kind: 7,
          size: 4,
          base: id,
          content: Uint8Array.from([1, 1, 1, 120]),
          id: idFrom(`h${String(at)}`),
        },
      ];
    }).flat();
    const lies: CraftedEntry[] = [
      { kind: 3, size: 2 ** 40, content: Buffer.from('said to be a tebibyte'), id: idFrom('t') },
      { kind: 3, size: 1, content: Buffer.alloc(5_000_000, 65), id: idFrom('more') },
      { kind: 3, size: 40_000_000, content: Buffer.from('less'), id: idFrom('less') },
      { kind: 5, size: 4, content: Buffer.from('kind'), id: idFrom('kind') },
    ];
    placePack(scratch, craftPack([base, ...growing, ...lies]));
    const started = performance.now();
    const before = process.memoryUsage().rss;
    const sink = read(scratch);
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
    expect(reasons(sink)).toEqual(expect.arrayContaining(['took-too-long', 'broken-archive', 'too-large']));
    expect(sink.objectsWith('said to be a tebibyte')).toHaveLength(1);
  });

  it('ends on indexes that point anywhere, and on files that are no packs', () => {
    const entries = ['one', 'two', 'three', 'four'].map(blob);
    const wheres: readonly ((offset: number, at: number) => number)[] = [
      (offset) => offset + 1,
      () => 12,
      () => 0,
      (_, at) => 0x80000000 + at,
      () => 0x7fffffff,
      (offset, at) => (at === 0 ? offset + 3 : offset),
    ];
    for (const where of wheres) {
      const scratch = scratchAt();
      placePack(scratch, craftPack(entries, where));
      expect(() => read(scratch)).not.toThrow();
    }
    const scratch = scratchAt();
    const folder = join(scratch.folder, '.git', 'objects', 'pack');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pack-empty.idx'), '');
    writeFileSync(join(folder, 'pack-empty.pack'), '');
    writeFileSync(join(folder, 'pack-alone.idx'), Buffer.alloc(2_000));
    mkdirSync(join(folder, 'pack-folder.idx'));
    execFileSync('mkfifo', [join(folder, 'pack-fifo.idx'), join(folder, 'pack-fifo.pack')]);
    expect(read(scratch).missed).toHaveLength(4);
  });

  it('ends, without throwing, on thousands of damaged packs and indexes', () => {
    let state = 5;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 4) / 2 ** 28;
    };
    const scratch = scratchAt();
    const lines = Array.from({ length: 200 }, (_, at) => `line ${String(at)} of ${String(random())}`);
    for (let round = 0; round < 12; round += 1) {
      lines[Math.floor(random() * 200)] = `changed ${String(random())}`;
      scratch.commit('a', lines.join('\n'));
    }
    scratch.git('repack', '-adfq');
    const folder = join(scratch.folder, '.git', 'objects', 'pack');
    const [index = '', pack = ''] = ['.idx', '.pack'].map((end) =>
      join(folder, readdirSync(folder).find((name) => name.endsWith(end)) ?? ''),
    );
    const whole = { [index]: readFileSync(index), [pack]: readFileSync(pack) };
    for (const path of [index, pack]) chmodSync(path, 0o644);
    for (let round = 0; round < 600; round += 1) {
      for (const [path, bytes] of Object.entries(whole)) {
        const copy = Buffer.from(bytes);
        for (let times = Math.floor(random() * 4); times > 0; times -= 1)
          copy[Math.floor(random() * copy.length)] = random() * 256;
        writeFileSync(path, random() < 0.1 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy);
      }
      expect(() => read(scratch), String(round)).not.toThrow();
    }
  });

  it('reads loose objects that lie only as far as they say', () => {
    const scratch = scratchAt();
    const place = (content: string | Buffer, name: string): void => {
      const id = idFrom(name).toString('hex');
      mkdirSync(join(scratch.folder, '.git', 'objects', id.slice(0, 2)), { recursive: true });
      writeFileSync(join(scratch.folder, '.git', 'objects', id.slice(0, 2), id.slice(2)), content);
    };
    place(deflateSync(Buffer.concat([Buffer.from('blob 4\0'), Buffer.alloc(50_000_000, 65)])), 'bomb');
    place(deflateSync('blob 40\0short'), 'short');
    place(deflateSync('no object'), 'other');
    place(deflateSync('blob 99999999999999\0huge'), 'huge');
    place(deflateSync('blob 4\0well'), 'well');
    place('no stream', 'none');
    place(deflateSync('tree 3\0abc'), 'tree');
    const sink = read(scratch);
    expect(sink.objectsWith('well')).toEqual([idFrom('well').toString('hex')]);
    expect(sink.bytes()).toBeLessThan(3_000_000);
    expect(Object.fromEntries(sink.missed.map(({ reason, count }) => [reason, count]))).toEqual({
      'broken-archive': 4,
      'too-large': 1,
    });
  });

  it('does not follow circles of borrowed objects, nor links of a .git file to nowhere', () => {
    const scratch = scratchAt();
    scratch.commit('a', 'here\n');
    const objects = join(scratch.folder, '.git', 'objects');
    mkdirSync(join(objects, 'info'), { recursive: true });
    appendFileSync(
      join(objects, 'info', 'alternates'),
      `${objects}\n../objects\n/dev/zero\n/proc/self/fd\n\n#x\n`,
    );
    expect(read(scratch).objectsWith('here')).toHaveLength(1);
    const folder = scratchFolder();
    for (const text of ['gitdir: .\n', 'gitdir: /dev/zero\n', 'gitdir: .git\n', 'gitdir: \n', '']) {
      writeFileSync(join(folder, '.git'), text);
      expect(openRepository(folder)).toBeNull();
    }
    rmSync(folder, { recursive: true });
  });
});
