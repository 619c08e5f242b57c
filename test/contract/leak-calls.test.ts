// What is done about a pasted key, with the real agent and the real scanner: the lines around it, taking it in, asking, scrubbing and its undo,
// accepting; and what a window may not do.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName, CallOutput } from '../../src/contract/contract.ts';
import { bytesOf, placeOf, testPassword, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';

type Finding = CallOutput<'leaks.list'>['findings'][number];

const value = sampleKey('circa', 'live', 61);
const stranger = sampleKey('stripe', 'secret-live', 62);
const other = sampleKey('circa', 'test', 63);

let tested: TestAgent;
let folder: string;
let keyId: string;

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const scan = async (): Promise<readonly Finding[]> => {
  await tested.get('scan.start', { paths: [folder], places: false });
  expect(await tested.get('scan.follow', {})).toMatchObject({ state: 'done' });
  return (await tested.get('leaks.list', {})).findings;
};

const findingIn = async (path: string): Promise<Finding> => {
  const found = (await scan()).find(({ place }) => place.path === path);
  if (found === undefined) throw new Error(`nothing was found in ${path}`);
  return found;
};

beforeAll(async () => {
  tested = await unlockedAgent();
  const place = await placeOf(tested);
  const environmentIds = [place.environments.get('production')!];
  keyId = (
    await tested.get('keys.add', {
      projectId: place.projectId,
      environmentIds,
      facts: { name: 'mail', movesMoney: true },
      fields: [{ name: 'secret', value: bytesOf(value) }],
    })
  ).id;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-leaks-')));
});
afterAll(() => {
  tested.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the lines around a finding', () => {
  it('are read anew, with the value, others like it and steering characters out of them', async () => {
    const path = write(
      'a.py',
      `# one\nSECOND = "${other}"\nname = 'x\u001b[31m'\nTOKEN = "${value}" # mine\nend = 1\n`,
    );
    const found = await findingIn(path);
    const context = await tested.get('leaks.context', { id: found.id });
    expect(context.at).toBe(4);
    expect(context.lines.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
    const text = JSON.stringify(context);
    for (const secret of [value, other, value.slice(12, 30), other.slice(12, 30), '\u001b'])
      expect(text).not.toContain(secret);
    expect(context.lines[3]?.text).toBe(`TOKEN = "${found.masked}" # mine`);
    writeFileSync(path, 'gone\n');
    expect(await tested.call('leaks.context', { id: found.id })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });

  it('are of the member where it is inside an archive', async () => {
    const lines = ['one', `key = ${value}`, 'three', ''].join('\n');
    const path = write('b.tar', '');
    writeFileSync(path, tarOf('inner/config.ini', lines));
    const found = await findingIn(path);
    expect(found).toMatchObject({ place: { inside: 'inner/config.ini', line: 2 }, scrub: null });
    expect(await tested.get('leaks.context', { id: found.id })).toMatchObject({
      at: 2,
      lines: { length: 3 },
    });
  });
});

describe('an unknown value', () => {
  it('is taken into the vault from its place, and asked about', async () => {
    const path = write('c.txt', `use ${stranger}\n`);
    const found = await findingIn(path);
    expect(found).toMatchObject({ keyId: null, provider: 'stripe', liveState: null });
    await tested.get('settings.change', { offline: true });
    expect(await tested.get('leaks.ask', { id: found.id })).toMatchObject({ state: 'unreachable' });
    const draft = await tested.get('leaks.take', { id: found.id });
    expect(draft).toMatchObject({ chosen: 'stripe', kind: 'live' });
    expect(JSON.stringify(draft)).not.toContain(stranger);
    const place = await placeOf(tested);
    const { id } = await tested.get('keys.add', {
      projectId: place.projectId,
      environmentIds: [place.environments.get('production')!],
      facts: { name: 'found' },
      draftId: draft.draftId,
    });
    const revealed = await tested.get('keys.reveal', { id, field: 'secret' });
    expect(revealed.value).toBe(stranger);
    // From then on it is a key of the vault, at the same place: the same finding, which was there all the time.
    expect((await scan()).filter(({ place: { path: at } }) => at === path)).toMatchObject([
      { id: found.id, keyId: id, name: 'found', state: 'open', firstSeenMs: found.firstSeenMs },
    ]);
  });

  it('that is a key of the vault is not taken twice', async () => {
    const found = await findingIn(write('d.txt', `${value}\n`));
    expect(await tested.call('leaks.take', { id: found.id })).toMatchObject({
      ok: false,
      error: { kind: 'already-exists' },
    });
  });
});

describe('scrubbing', () => {
  it('replaces the value, keeps every other byte and the mode, and puts all back', async () => {
    const text = `A=1\r\nTOKEN="${value}"\r\n\tB=\u00e9\n`;
    const path = write('e.env', text);
    chmodSync(path, 0o640);
    const found = await findingIn(path);
    expect(found.scrub).toBe('replace');
    const planned = await tested.get('leaks.planScrub', { id: found.id });
    expect(JSON.stringify(planned)).not.toContain(value);
    expect(readFileSync(path, 'utf8')).toBe(text);
    const done = await tested.get('leaks.scrub', { id: found.id });
    expect(done).toMatchObject({ path, what: 'replace', canUndo: true });
    expect(readFileSync(path, 'utf8')).toBe(text.replace(value, 'REMOVED_BY_KEYTURN'));
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const after = (await tested.get('leaks.list', {})).findings.find(({ id }) => id === found.id);
    expect(after).toMatchObject({ state: 'gone', scrub: null });
    await tested.get('leaks.undoScrub', { scrubId: done.scrubId });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await tested.get('leaks.list', { states: ['returned'] })).findings.map(({ id }) => id)).toContain(
      found.id,
    );
    expect(await tested.call('leaks.undoScrub', { scrubId: done.scrubId })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
  });

  it('removes the entry of a shell history in its format', async () => {
    mkdirSync(join(folder, 'home'), { recursive: true });
    const before = ': 1700000000:0;ls\n';
    const entry = `: 1700000001:0;curl \\\n  -H "Authorization: Bearer ${value}" https://localhost\n`;
    const path = write('home/.zsh_history', `${before}${entry}: 1700000002:0;pwd\n`);
    const found = await findingIn(path);
    expect(found).toMatchObject({ place: { kind: 'shell-history' }, scrub: 'remove-line' });
    await tested.get('leaks.scrub', { id: found.id });
    expect(readFileSync(path, 'utf8')).toBe(`${before}: 1700000002:0;pwd\n`);
  });

  it('puts nothing back over a file that somebody has changed since', async () => {
    const path = write('f.txt', `x ${value}\n`);
    const { scrubId } = await tested.get('leaks.scrub', { id: (await findingIn(path)).id });
    writeFileSync(path, 'mine now\n');
    expect(await tested.call('leaks.undoScrub', { scrubId })).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    });
    expect(readFileSync(path, 'utf8')).toBe('mine now\n');
  });

  it('refuses a value that has moved away, and changes nothing', async () => {
    const path = write('g.txt', `x ${value}\n`);
    const found = await findingIn(path);
    writeFileSync(path, 'other text\n');
    expect(await tested.call('leaks.scrub', { id: found.id })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    expect(readFileSync(path, 'utf8')).toBe('other text\n');
  });
});

describe('judging', () => {
  it('accepts until a day with a reason, which opens again by hand', async () => {
    const found = await findingIn(write('h.txt', `${value}\n`));
    const untilMs = Date.now() + 86_400_000;
    const accepted = await tested.get('leaks.accept', { id: found.id, reason: 'a fixture', untilMs });
    expect(accepted).toMatchObject({ state: 'accepted', accepted: { reason: 'a fixture', untilMs } });
    expect(await tested.call('leaks.accept', { id: found.id, reason: 'too late', untilMs: 1 })).toMatchObject(
      { error: { kind: 'bad-input' } },
    );
    expect((await scan()).find(({ id }) => id === found.id)).toMatchObject({ state: 'accepted' });
    expect(await tested.get('leaks.reopen', { id: found.id })).toMatchObject({
      state: 'open',
      accepted: null,
    });
  });

  it('says by key and place what stands where, and what could be read on a day', async () => {
    await findingIn(write('i.log', `${value}\n`));
    const heat = await tested.get('leaks.heat', {});
    expect(heat.filter((cell) => cell.keyId === keyId && cell.place === 'log')).toMatchObject([
      { name: 'mail', count: 1 },
    ]);
    const blast = await tested.get('leaks.blast', { atMs: Date.now() });
    expect(blast.map(({ name }) => name)).toContain('mail');
    expect(await tested.get('leaks.blast', { atMs: 1_000 })).toEqual([]);
  });
});

describe('the clipboard', () => {
  it('is looked at once for each text: a key of the vault, an unknown one, or nothing', async () => {
    const look = (text: string) => tested.get('leaks.clipboard', { text: bytesOf(text) }, 'shell');
    const fresh = sampleKey('stripe', 'secret-live', 64);
    expect(await look(`${fresh}\n`)).toMatchObject({ keyId: null, providerName: 'Stripe' });
    expect(await look(fresh)).toBeNull();
    expect(await look('some words that somebody copied')).toBeNull();
    expect(await look(value)).toMatchObject({ keyId, name: 'mail' });
  });
});

describe('a window', () => {
  it('names no folder that it was not shown', async () => {
    const root = { path: folder, chosen: true, history: false, watched: false };
    for (const [name, input] of [
      ['scan.start', { paths: [folder] }],
      ['scan.setRoots', { roots: [root] }],
    ] as const)
      expect(await tested.agent.call('window', name, input)).toMatchObject({
        ok: false,
        error: { kind: 'refused' },
      });
    await tested.get('scan.addPath', { path: folder });
    expect(await tested.agent.call('window', 'scan.setRoots', { roots: [root] })).toMatchObject({ ok: true });
    expect(await tested.agent.call('window', 'scan.start', { paths: [folder], places: false })).toMatchObject(
      { ok: true },
    );
    await tested.get('scan.follow', {});
  });

  it('puts a hook into no repository that it was not shown, and none while the vault is locked', async () => {
    const shown = join(folder, 'shop');
    const other = mkdtempSync(join(tmpdir(), 'keyturn-other-'));
    for (const repo of [shown, other]) execFileSync('git', ['init', '-q', repo]);
    const hookOf = (repo: string): boolean => existsSync(join(repo, '.git/hooks/pre-commit'));
    const ask = (name: CallName, repo: string) =>
      tested.agent.call('window', name, name === 'guard.install' ? { repo, prePush: false } : { repo });
    const refused = { ok: false, error: { kind: 'refused' } };
    for (const name of ['guard.install', 'guard.remove', 'guard.status'] as const)
      expect(await ask(name, other), name).toMatchObject(refused);
    expect(hookOf(other)).toBe(false);
    expect(await ask('guard.status', shown)).toMatchObject({ ok: true });
    // Whether it can be installed depends on the build; it is never refused for its place.
    const installed = await ask('guard.install', shown);
    if (!installed.ok) expect(installed.error.message).toBe('The program of the hook is not here.');
    else expect(hookOf(shown)).toBe(true);
    expect(await ask('guard.remove', shown)).toMatchObject({ ok: true });
    expect(hookOf(shown)).toBe(false);
    await tested.get('vault.lock', {});
    expect(await ask('guard.install', shown)).toMatchObject(refused);
    await tested.get('vault.unlock', { password: bytesOf(testPassword) });
    rmSync(other, { recursive: true });
  });
});

describe('a second scan', () => {
  it('reads only what has changed, and reads everything where it is asked to or where other values are wanted', async () => {
    await scan();
    const once = await tested.get('scan.read', {});
    await scan();
    const twice = await tested.get('scan.read', {});
    expect(once.filesScanned + once.filesUnchanged).toBe(twice.filesUnchanged + twice.filesScanned);
    expect(twice.filesScanned).toBe(0);
    write('new.txt', `${value}\n`);
    expect((await scan()).some(({ place }) => place.path === join(folder, 'new.txt'))).toBe(true);
    expect(await tested.get('scan.read', {})).toMatchObject({ filesScanned: 1 });
    await tested.get('scan.start', { paths: [folder], places: false, everything: true });
    expect((await tested.get('scan.follow', {})).filesUnchanged).toBe(0);
    await tested.get('keys.replace', { id: keyId, fields: [{ name: 'secret', value: bytesOf(other) }] });
    await scan();
    expect((await tested.get('scan.read', {})).filesUnchanged).toBe(0);
  });

  it('after one that was cancelled goes on where that one was', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    const count = 1_000;
    for (let at = 0; at < count; at += 1)
      writeFileSync(join(many, `${String(at)}.txt`), `line ${String(at)}\n`);
    const paths = [many];
    await tested.get('scan.start', { paths });
    while ((await tested.get('scan.read', {})).filesScanned === 0)
      await new Promise((resolve) => setTimeout(resolve, 2));
    const stopped = await tested.get('scan.cancel', {});
    expect(['cancelled', 'done']).toContain(stopped.state);
    await tested.get('scan.start', { paths });
    const { filesScanned, filesUnchanged } = await tested.get('scan.follow', {});
    expect(filesScanned + filesUnchanged).toBe(count);
    expect(filesUnchanged).toBeGreaterThanOrEqual(stopped.filesScanned);
    rmSync(many, { recursive: true });
  });
});

/** A tar archive of one file (POSIX ustar). */
const tarOf = (name: string, text: string): Buffer => {
  const content = Buffer.from(text);
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\0', 100);
  head.write('0000000\0', 108);
  head.write('0000000\0', 116);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\0', 136);
  head.write('        ', 148);
  head.write('0', 156);
  head.write('ustar\u000000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  content.copy(padded);
  return Buffer.concat([head, padded, Buffer.alloc(1024)]);
};
