// Folders that are made to hold a scanner up: each is walked in bounded time, nothing in it is written or run, and what was not read is
// counted and named. Real files, links, FIFOs, devices, mounts of this system.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotRead } from '../../src/core/leaks/matching.ts';
import { shownPath } from '../../src/node/scan/file-path.ts';
import { defaultLimits } from '../../src/node/scan/readers/limits.ts';
import { createFileReader } from '../../src/node/scan/readers/read-file.ts';
import { createWalk, pathInGroup, type WalkOptions } from '../../src/node/scan/walk.ts';
import { parseMounts } from '../../src/node/scan/walk-mounts.ts';
import { collectingSink, type CollectingSink } from '../support/leaks/collecting-sink.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyturn-hostile-'));
});
afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwx', root]);
  rmSync(root, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;
const put = (name: string, text: string | Buffer = 'text\n'): string => {
  const path = join(root, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

type Scanned = { readonly sink: CollectingSink; readonly tookMs: number };

/** Walks and reads everything, as one thread would. */
const scan = (
  roots: readonly string[] = [root],
  options: Partial<WalkOptions> = {},
  limits: Partial<typeof defaultLimits> = {},
  keep = true,
): Scanned => {
  const sink = collectingSink(65_536, keep);
  const reader = createFileReader(sink, { limits: { ...defaultLimits, ...limits } });
  const began = performance.now();
  const walk = createWalk(roots, { notRead: sink.notRead, ...options });
  for (let groups = walk.next(64); groups !== null; groups = walk.next(64))
    for (const group of groups)
      for (const [at, kind] of group.kinds.entries()) {
        const path = pathInGroup(group, at);
        reader.read(path, shownPath(path), kind);
      }
  return { sink, tookMs: performance.now() - began };
};

const paths = (sink: CollectingSink): readonly string[] =>
  sink.pieces.map(({ label }) => label.path.slice(root.length + 1)).toSorted();
const missed = (sink: CollectingSink): readonly string[] =>
  sink.missed
    .map(
      ({ path, reason, count }: NotRead) =>
        `${path.slice(root.length + 1)} ${reason}${count === undefined ? '' : ` ×${String(count)}`}`,
    )
    .toSorted();

describe('links', () => {
  it('are never followed: loops, ways out, and ways to what waits', () => {
    put('real/file.txt');
    symlinkSync(root, join(root, 'real/loop'));
    symlinkSync('/etc', join(root, 'real/out'));
    symlinkSync('/dev/zero', join(root, 'real/endless'));
    symlinkSync('nowhere', join(root, 'dangling'));
    const { sink, tookMs } = scan();
    expect(paths(sink)).toEqual(['real/file.txt']);
    expect(missed(sink)).toHaveLength(2);
    expect(missed(sink)[0]).toBe('dangling link');
    expect(missed(sink)[1]).toMatch(/^real\/(loop|out|endless) link ×3$/);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('that take a file’s place after the listing are not followed either', () => {
    put('a.txt');
    const walk = createWalk([root], { notRead: () => undefined });
    const [group] = walk.next(1) ?? [];
    unlinkSync(join(root, 'a.txt'));
    symlinkSync('/etc/passwd', join(root, 'a.txt'));
    const sink = collectingSink();
    if (group === undefined) throw new Error('no group');
    createFileReader(sink).read(pathInGroup(group, 0), 'a.txt', 'working-file');
    expect(sink.pieces).toEqual([]);
    expect(sink.missed).toEqual([{ path: 'a.txt', inside: '', reason: 'link' }]);
  });

  it('that a person names as a root are the root', () => {
    put('real/file.txt');
    symlinkSync(join(root, 'real'), join(root, 'way'));
    expect(paths(scan([join(root, 'way')]).sink)).toEqual(['real/file.txt']);
  });
});

describe('what is no file', () => {
  it('is named and never opened: FIFOs, sockets, devices', async () => {
    put('file.txt');
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(root, 'socket'), resolve);
    });
    if (isRoot) execFileSync('mknod', [join(root, 'zero'), 'c', '1', '5']);
    const { sink, tookMs } = scan();
    server.close();
    expect(paths(sink)).toEqual(['file.txt']);
    expect(sink.missed).toHaveLength(1);
    expect(sink.missed[0]).toMatchObject({ reason: 'not-a-file', count: isRoot ? 3 : 2 });
    expect(tookMs).toBeLessThan(5_000);
  });

  it('does not hold a reader that opens it all the same, its kind having changed', () => {
    const fifo = join(root, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const sink = collectingSink();
    const began = performance.now();
    const reader = createFileReader(sink, { limits: { ...defaultLimits, fileBytes: 10_000_000 } });
    reader.read(fifo, fifo, 'working-file');
    // With a writer that says nothing.
    const writer = openSync(fifo, 'r+');
    reader.read(fifo, fifo, 'working-file');
    closeSync(writer);
    reader.read(root, root, 'working-file');
    reader.read('/dev/zero', '/dev/zero', 'working-file');
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['not-a-file', 'not-a-file', 'too-large']);
    expect(sink.total()).toBeLessThan(10_200_000);
  });

  it('is not looked for in what the kernel makes up', () => {
    const { sink, tookMs } = scan(['/proc', '/sys/kernel', '/dev']);
    expect(sink.pieces).toEqual([]);
    expect(sink.missed.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      '/proc not-a-file',
      '/sys/kernel not-a-file',
      '/dev not-a-file',
    ]);
    expect(tookMs).toBeLessThan(1_000);
  });

  it('and a network are known by the kernel’s table of mounts', () => {
    const mounts = parseMounts(
      [
        '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
        '30 22 0:40 / /mnt/my\\040share rw - nfs4 host:/x rw',
        '31 22 0:41 / /run/user/0/gvfs rw - fuse.gvfsd-fuse gvfsd rw',
        '32 22 0:42 / /home/a/enc rw - fuse.gocryptfs /x rw',
        '33 22 0:43 / /proc rw - proc proc rw',
      ].join('\n'),
    );
    expect([...mounts]).toEqual([
      ['/mnt/my share', 'network'],
      ['/run/user/0/gvfs', 'network'],
      ['/proc', 'made-up'],
    ]);
    put('share/file.txt');
    put('disk/file.txt');
    const { sink } = scan([root], { mounts: new Map([[join(root, 'share'), 'network']]) });
    expect(paths(sink)).toEqual(['disk/file.txt']);
    expect(missed(sink)).toEqual(['share network-folder']);
    expect(missed(scan([join(root, 'share')], { mounts: new Map([[root, 'network']]) }).sink)).toEqual([
      'share network-folder',
    ]);
  });
});

describe('files that cannot be read', () => {
  it('are named', () => {
    chmodSync(put('closed.txt'), 0);
    put('closed/file.txt');
    chmodSync(join(root, 'closed'), 0);
    chmodSync(root, 0o755);
    // Root may read everything: for as long as the scan takes, the process is nobody.
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(missed(scan([root], { mounts: new Map() }).sink)).toEqual([
        'closed no-permission',
        'closed.txt no-permission',
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('because they are gone are named', () => {
    put('a.txt');
    put('folder/b.txt');
    const sink = collectingSink();
    const walk = createWalk([root, join(root, 'never')], { notRead: sink.notRead });
    const groups = walk.next(1) ?? [];
    rmSync(join(root, 'folder'), { recursive: true });
    unlinkSync(join(root, 'a.txt'));
    expect(walk.next(1)).toBeNull();
    for (const group of groups) createFileReader(sink).read(pathInGroup(group, 0), 'a.txt', 'working-file');
    expect(sink.missed.map(({ path, reason }) => `${path.replace(root, '')} ${reason}`)).toEqual([
      '/never vanished',
      '/folder vanished',
      'a.txt vanished',
    ]);
  });
});

describe('files without an end', () => {
  it('made of holes cost no more than their limit, and nothing where they are all hole', () => {
    const hole = openSync(join(root, 'hole'), 'w');
    ftruncateSync(hole, 2 ** 40);
    closeSync(hole);
    const sparse = openSync(join(root, 'sparse'), 'w');
    writeSync(sparse, 'begin');
    ftruncateSync(sparse, 2 ** 40);
    closeSync(sparse);
    const { sink, tookMs } = scan([root], {}, { fileBytes: 50_000_000 }, false);
    expect(missed(sink)).toEqual(['sparse too-large']);
    expect(sink.total()).toBeLessThan(51_000_000);
    expect(tookMs).toBeLessThan(20_000);
  });

  it('that grow while they are read are left at the limit', async () => {
    const path = put('growing.log', Buffer.alloc(1_000_000));
    const stop = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(
      `const { appendFileSync, statSync } = require('node:fs'); const { workerData } = require('node:worker_threads');
       const bytes = Buffer.alloc(262144, 'x'); Atomics.store(workerData.stop, 1, 1); Atomics.notify(workerData.stop, 1);
       while (Atomics.load(workerData.stop, 0) === 0 && statSync(workerData.path).size < 80e6) appendFileSync(workerData.path, bytes);`,
      { eval: true, workerData: { path, stop } },
    );
    Atomics.wait(stop, 1, 0, 10_000);
    while (statSync(path).size < 5_000_000) Atomics.wait(stop, 1, 1, 5);
    const { sink, tookMs } = scan([path], {}, { fileBytes: 20_000_000 }, false);
    Atomics.store(stop, 0, 1);
    await worker.terminate();
    expect(sink.total()).toBeLessThan(20_200_000);
    expect(tookMs).toBeLessThan(30_000);
    expect(sink.total()).toBeGreaterThan(5_000_000);
  });

  it('are left when nobody wants the rest', () => {
    put('large', Buffer.alloc(3_000_000));
    const sink = collectingSink(65_536, false);
    sink.cancel();
    createFileReader(sink).read(join(root, 'large'), 'large', 'working-file');
    expect(sink.total()).toBeLessThan(140_000);
    expect(createWalk([root], { notRead: sink.notRead, cancelled: () => true }).next(1)).toBeNull();
  });
});

describe('names', () => {
  it('that are no UTF-8 are read all the same, and shown as bytes', () => {
    const folder = Buffer.concat([Buffer.from(`${root}/f`), Buffer.from([0xff])]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/n'), Buffer.from([0xe9])]), 'inner');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff]), Buffer.from('b')]), 'outer');
    writeFileSync(join(root, '\uFFFD'), 'true replacement character');
    const { sink } = scan();
    expect(paths(sink)).toEqual(['a\\xffb', 'f\\xff/n\\xe9', '\uFFFD']);
    expect(sink.pieces.map(({ bytes }) => bytes.toString()).toSorted()).toEqual([
      'inner',
      'outer',
      'true replacement character',
    ]);
    expect(sink.missed).toEqual([]);
  });

  it('that would steer a terminal are shown harmless, wherever they stand', () => {
    put('\u001b]0;owned\u0007/\u001b[2J\n.txt');
    symlinkSync('x', join(root, '\u202Elink'));
    const { sink } = scan();
    for (const shown of [
      ...sink.pieces.map(({ label }) => label.path),
      ...sink.missed.map(({ path }) => path),
    ])
      expect(shown).toMatch(/^[\x20-\x7e]+$/);
    expect(paths(sink)).toEqual(['\\x1b]0;owned\\x07/\\x1b[2J\\x0a.txt']);
  });
});

describe('trees', () => {
  it('that are deeper than a path can be are named where it ends', () => {
    execFileSync(
      process.execPath,
      [
        '-e',
        'const fs = require("node:fs"); for (let at = 0; at < 40; at += 1) { const name = String(at).padStart(120, "0"); fs.mkdirSync(name); process.chdir(name); fs.writeFileSync("f", "x"); }',
      ],
      { cwd: root },
    );
    const { sink, tookMs } = scan();
    expect(sink.pieces.length).toBeGreaterThan(25);
    expect(sink.missed.map(({ reason }) => reason)).toContain('too-deep');
    expect(tookMs).toBeLessThan(10_000);
    execFileSync('rm', ['-rf', root]);
    mkdirSync(root);
  });

  it('with a folder of very many files are handed out in pieces', () => {
    // A name of 250 bytes makes the folder itself large with few files.
    const long = 'n'.repeat(240);
    for (let at = 0; at < 9_000; at += 1) closeSync(openSync(join(root, `${long}${String(at)}`), 'w'));
    writeFileSync(join(root, '.keyturnignore'), '*7\n');
    const sink = collectingSink();
    let files = 0;
    const walk = createWalk([root], { notRead: sink.notRead });
    for (let groups = walk.next(100); groups !== null; groups = walk.next(100))
      for (const { names } of groups) files += names.length;
    expect(files).toBe(8_100 + 1);
    expect(sink.missed.reduce((all, { count = 1 }) => all + count, 0)).toBe(900);
    expect(sink.missed.every(({ reason }) => reason === 'ignored-by-rule')).toBe(true);
  });

  it('are left as they were: nothing is written, and no time of a file’s content changes', () => {
    put('a.txt');
    put('folder/b.sqlite', Buffer.from('SQLite format 3\0 and nothing behind it'));
    put('folder/c.zip', Buffer.from('PK\u0003\u0004 broken'));
    const before = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
      const facts = statSync(join(entry.parentPath, entry.name));
      return `${entry.parentPath}/${entry.name} ${String(facts.size)} ${String(facts.mtimeMs)} ${String(facts.ctimeMs)}`;
    });
    scan();
    const after = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
      const facts = statSync(join(entry.parentPath, entry.name));
      return `${entry.parentPath}/${entry.name} ${String(facts.size)} ${String(facts.mtimeMs)} ${String(facts.ctimeMs)}`;
    });
    expect(after).toEqual(before);
  });
});

describe('what is left out', () => {
  it('by default is named once per folder; a person may have it read', () => {
    put('app/node_modules/left/index.js');
    put('app/src/index.js');
    put('app/venv/pyvenv.cfg');
    put('app/env/settings.txt');
    put('lib/vendor/autoload.php');
    put('shop/vendor/prices.txt');
    put('shop/.gitignore', '*.env\n');
    put('shop/local.env');
    const { sink } = scan();
    expect(paths(sink)).toEqual([
      'app/env/settings.txt',
      'app/src/index.js',
      'shop/.gitignore',
      'shop/local.env',
      'shop/vendor/prices.txt',
    ]);
    expect(missed(sink)).toEqual([
      'app/node_modules ignored-folder',
      'app/venv ignored-folder',
      'lib/vendor ignored-folder',
    ]);
    expect(paths(scan([root], { everything: true }).sink)).toContain('app/node_modules/left/index.js');
    // A root is read whatever it is called, also within another.
    const both = scan([root, join(root, 'app/node_modules')]).sink;
    expect(paths(both).filter((path) => path === 'app/node_modules/left/index.js')).toHaveLength(1);
    expect(missed(both)).not.toContain('app/node_modules ignored-folder');
  });

  it('by `.keyturnignore` is counted and named', () => {
    put('.keyturnignore', 'data/\n*.tmp\n!keep.tmp\n');
    put('data/a');
    put('x/1.tmp');
    put('x/2.tmp');
    put('x/keep.tmp');
    put('x/.keyturnignore', '!2.tmp\n');
    const { sink } = scan();
    expect(paths(sink)).toEqual(['.keyturnignore', 'x/.keyturnignore', 'x/2.tmp', 'x/keep.tmp']);
    expect(missed(sink)).toEqual(['data ignored-by-rule', 'x/1.tmp ignored-by-rule']);
  });

  it('of a repository are its objects, which are told of; the rest of it is read', () => {
    execFileSync('git', ['init', '--quiet', join(root, 'repo')], {
      env: { ...process.env, GIT_TEMPLATE_DIR: '' },
    });
    put('repo/a.txt');
    execFileSync('git', ['-C', join(root, 'repo'), 'add', 'a.txt']);
    const repositories: string[] = [];
    const { sink } = scan([root], { onRepository: (path) => repositories.push(path) });
    expect(repositories).toEqual([join(root, 'repo/.git')]);
    expect(paths(sink)).toContain('repo/.git/config');
    expect(paths(sink).filter((path) => /objects|index$/.test(path))).toEqual([]);
    expect(sink.pieces.find(({ label }) => label.path.endsWith('.git/config'))?.label.kind).toBe(
      'credentials-file',
    );
    expect(paths(scan().sink).some((path) => path.includes('objects'))).toBe(true);
  });

  it('is the vault’s own folder, without a word', () => {
    put('vault/vault.keyturn');
    put('file.txt');
    const { sink } = scan([root], { without: new Set([join(root, 'vault')]) });
    expect(paths(sink)).toEqual(['file.txt']);
    expect(sink.missed).toEqual([]);
  });
});

describe('roots', () => {
  it('that lie in one another, or are files, are read once', () => {
    put('a/b/file.txt');
    put('a/other.txt');
    const { sink } = scan([root, join(root, 'a'), join(root, 'a/b'), join(root, 'a/b/file.txt'), root]);
    expect(paths(sink)).toEqual(['a/b/file.txt', 'a/other.txt']);
  });

  it('change nothing about what kind of place a file is', () => {
    put('.ssh/config');
    put('notes/.bash_history', 'x');
    appendFileSync(join(root, 'notes/.bash_history'), 'y');
    const kinds = scan([join(root, 'notes'), join(root, '.ssh')]).sink.pieces.map(({ label }) => label.kind);
    expect(kinds.toSorted()).toEqual(['credentials-file', 'shell-history']);
  });
});
