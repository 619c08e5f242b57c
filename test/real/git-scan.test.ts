// A scan of repositories from end to end: the scanner's own run and threads, with the tables of one key. What only git's objects hold is found and
// placed, each place once, however many there are.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { engineMatching } from '../../src/agent/scanning/engine-matching.ts';
import type { ScanProgress, SeenFile } from '../../src/agent/scanning/messages.ts';
import { startPool } from '../../src/agent/scanning/pool.ts';
import { startRun } from '../../src/agent/scanning/run.ts';
import { buildSessionTables } from '../../src/node/scan/tables.ts';
import { historiesOf } from '../../src/node/scan/git/history.ts';
import { scratchFolder, scratchRepository, type Scratch } from '../support/git/scratch-repository.ts';

const made: { readonly remove: () => void }[] = [];
const repositoryAt = (at: string, init: readonly string[] = []): Scratch => {
  const scratch = scratchRepository(init, at);
  made.push(scratch);
  return scratch;
};
afterEach(() => {
  for (const scratch of made.splice(0)) scratch.remove();
});

const key = randomBytes(24).toString('base64url');
const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };

const scan = async (
  folder: string,
  history: boolean,
): Promise<{ readonly seen: readonly SeenFile[]; readonly progress: ScanProgress }> => {
  const { tables } = buildSessionTables(
    [{ slot: 0, bytes: new TextEncoder().encode(key), publicLength: 0 }],
    random,
  );
  const parts = [random.bytes(32) as Uint8Array<ArrayBuffer>, new Uint8Array(new ArrayBuffer(0))];
  const eyes = engineMatching().ofSession('now', JSON.stringify(tables.head), [...parts, ...tables.parts], 2);
  if (eyes === null) throw new Error('the tables were not taken');
  const pool = startPool(2, true);
  pool.equip(eyes);
  const seen: SeenFile[] = [];
  const { over } = startRun({
    id: 'one',
    plan: {
      ...{ roots: [{ path: folder, history }], staged: false, places: [], terminals: null },
      ...{ allPatterns: false, everything: false },
    },
    places: new Set(),
    home: join(folder, 'no-vault'),
    generation: 'now',
    pool,
    index: null,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    onSeen: (file) => void seen.push(file),
    onProgress: () => undefined,
  });
  const progress = await over;
  await pool.end();
  return { seen, progress };
};

const ofHistory = (seen: readonly SeenFile[]) =>
  seen.filter(({ scope }) => scope === 'history').flatMap(({ list }) => list);

describe('a scan of repositories', () => {
  it('finds without the history what was committed and not pushed, and says that', async () => {
    const folder = scratchFolder();
    const scratch = repositoryAt(join(folder, 'one'));
    repositoryAt(join(folder, 'server.git'), ['--bare']);
    scratch.git('remote', 'add', 'origin', join(folder, 'server.git'));
    scratch.commit('pushed.txt', `old ${key}\n`);
    scratch.commit('pushed.txt', 'nothing\n');
    scratch.git('push', '-q', 'origin', 'HEAD:main');
    scratch.git('checkout', '-q', '--detach');
    const brings = scratch.commit('deep/local.txt', `one\ntwo ${key}\n`);
    scratch.commit('deep/local.txt', 'taken out\n');
    const { seen } = await scan(scratch.folder, false);
    const hits = ofHistory(seen);
    expect(hits.map(({ place }) => [place.inside, place.line, place.commit])).toEqual([
      ['deep/local.txt', 2, brings],
    ]);
    expect(hits[0]?.git.pushed).toBe(false);
    expect(seen.filter(({ scope }) => scope === 'history').every(({ whole }) => !whole)).toBe(true);
  });

  it('places every hit of a history once, however many, though objects lie in two packs, and tells what was pushed', async () => {
    const folder = scratchFolder();
    const scratch = repositoryAt(join(folder, 'one'));
    repositoryAt(join(folder, 'server.git'), ['--bare']);
    scratch.git('remote', 'add', 'origin', join(folder, 'server.git'));
    const lines = Array.from({ length: 60 }, (_, line) => `line ${String(line)} ${key}\n`).join('');
    for (let file = 0; file < 25; file += 1)
      scratch.write(`f${String(file)}.txt`, `${String(file)}\n${lines}`);
    scratch.git('add', '-A');
    scratch.git('commit', '-qm', 'all');
    scratch.git('push', '-q', 'origin', 'HEAD:main');
    scratch.commit('later.txt', `last ${key}\n`);
    scratch.git('rm', '-q', '-r', '.');
    scratch.git('commit', '-qm', 'none');
    scratch.git('repack', '-adq');
    const packs = join(scratch.folder, '.git/objects/pack');
    for (const name of readdirSync(packs))
      if (/\.(pack|idx)$/.test(name))
        cpSync(join(packs, name), join(packs, name.replace('pack-', 'pack-00')));
    const { seen, progress } = await scan(scratch.folder, true);
    const hits = ofHistory(seen);
    expect(progress.state).toBe('done');

    expect(hits.length).toBe(25 * 60 + 1);
    expect(new Set(hits.map(({ place }) => `${place.inside}:${String(place.line)}`)).size).toBe(hits.length);
    expect(hits.filter(({ git }) => git.pushed === true).length).toBe(25 * 60);
    expect(seen.reduce((sum, { more }) => sum + more, 0)).toBe(0);
  });

  it('reads the history of a submodule once, and that of worktrees', async () => {
    const folder = scratchFolder();
    const inner = repositoryAt(join(folder, 'elsewhere/inner'));
    inner.commit('in.txt', `inner ${key}\n`);
    inner.commit('in.txt', 'nothing\n');
    mkdirSync(join(folder, 'work'));
    const outer = repositoryAt(join(folder, 'work/outer'));
    outer.commit('a', 'x\n');
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'sub');
    outer.git('commit', '-qm', 'with a submodule');
    outer.git('worktree', 'add', '-q', join(folder, 'work/tree'));
    expect(historiesOf([outer.folder, join(outer.folder, 'sub'), join(folder, 'work/tree')])).toEqual([
      outer.folder,
      join(outer.folder, 'sub'),
    ]);
    expect(historiesOf([outer.folder])).toEqual([outer.folder, join(outer.folder, '.git/modules/sub')]);
    const { seen } = await scan(join(folder, 'work'), true);
    expect(ofHistory(seen).map(({ place }) => place.inside)).toEqual(['in.txt']);
  });
});
