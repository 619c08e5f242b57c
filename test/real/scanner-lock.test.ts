// The scanner as a process of its own, its memory searched: it never holds a value or a name, and nothing of the session after a lock; an agent
// that is killed ends its lease as well; a scanner that is killed is started again.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';
import { scannersOf, searchProcess } from '../support/process-memory.ts';

type Ground = {
  readonly tested: TestAgent;
  readonly folder: string;
  readonly value: string;
  readonly keyName: string;
};
let ground: Ground | null = null;
const realHome = process.env['HOME'];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const until = async <T>(
  what: string,
  look: () => T | null | undefined | Promise<T | null | undefined>,
  withinMs = 60_000,
): Promise<T> => {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await pause(50);
  }
};

let count = 40;

/** An agent that stays, with one key, watching one folder. */
const prepare = async (): Promise<Ground> => {
  // Of the person who runs the tests nothing is watched.
  process.env['HOME'] = mkdtempSync(join(tmpdir(), 'keyturn-nobody-'));
  const tested = await unlockedAgent({ background: true });
  const { projectId, environments } = await placeOf(tested);
  count += 1;
  const value = sampleKey('circa', 'live', count);
  const keyName = `unmistakable name ${value.slice(-8)}`;
  await tested.get('keys.add', {
    projectId,
    environmentIds: [environments.get('production')!],
    facts: { name: keyName },
    fields: [{ name: 'secret', value: bytesOf(value) }],
  });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-watched-')));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  const watched = async (): Promise<number> => {
    const { watching, folders } = await tested.get('watch.read', {});
    return watching ? folders : -1;
  };
  // Places of the machine itself are watched as well.
  await until('watching', async () => (await watched()) >= 0);
  await pause(1_000);
  const before = await watched();
  await tested.get('scan.addPath', { path: folder });
  await until('watching the folder', async () => (await watched()) === before + 3);
  ground = { tested, folder, value, keyName };
  return ground;
};

afterEach(async () => {
  const { tested, folder } = ground ?? {};
  ground = null;
  if (process.env['HOME'] !== realHome) rmSync(process.env['HOME'] ?? '', { recursive: true, force: true });
  process.env['HOME'] = realHome;
  if (tested === undefined || folder === undefined) return;
  for (const pid of scannersOf(tested.home)) process.kill(pid, 'SIGKILL');
  tested.remove();
  rmSync(folder, { recursive: true, force: true });
});

const onlyScanner = (home: string): number => {
  const pids = scannersOf(home);
  expect(pids).toHaveLength(1);
  return pids[0]!;
};

const needles = ({ value, keyName }: Ground) => [
  { name: 'value', bytes: bytesOf(value) },
  { name: 'most of the value', bytes: bytesOf(value.slice(12, 36)) },
  { name: 'name', bytes: bytesOf(keyName) },
];

const findingAt = (tested: TestAgent, path: string) =>
  until('the finding', async () =>
    (await tested.get('leaks.list', {})).findings.find(({ place }) => place.path === path),
  );

describe.runIf(process.platform === 'linux')('the scanner', () => {
  it('notices a pasted key while unlocked, and holds neither it nor its name', async () => {
    const made = await prepare();
    const { tested, folder, value, keyName } = made;
    const path = join(folder, 'deep/er/app.py');
    writeFileSync(path, `TOKEN = "${value}"\n`);
    const found = await findingAt(tested, path);
    expect(found).toMatchObject({ name: keyName, state: 'open' });
    // A thread that has met it is ended once it is idle.
    const pid = onlyScanner(tested.home);
    await until('a clean memory', () => searchProcess(pid, needles(made)).length === 0, 20_000);
  }, 180_000);

  it('holds nothing of the session after a lock, goes on watching, and tells at the next unlock', async () => {
    const made = await prepare();
    const { tested, folder, value } = made;
    const pid = onlyScanner(tested.home);
    await tested.get('vault.lock', {});
    const path = join(folder, 'pasted while locked.txt');
    writeFileSync(path, `curl -H "Authorization: Bearer ${value}" https://localhost\n`);
    await pause(3_000);
    expect(onlyScanner(tested.home)).toBe(pid);
    expect(searchProcess(pid, needles(made))).toEqual([]);
    await tested.get('vault.unlock', { password: bytesOf('a password of the tests') });
    expect(await findingAt(tested, path)).toMatchObject({ name: made.keyName, encoding: 'plain' });
  }, 180_000);

  it('is started again when it is killed, and watches again', async () => {
    const made = await prepare();
    const { tested, folder, value } = made;
    const pid = onlyScanner(tested.home);
    process.kill(pid, 'SIGKILL');
    await until('another scanner', () => scannersOf(tested.home).some((each) => each !== pid));
    const path = join(folder, 'later.env');
    await until('watching again', async () => (await tested.get('watch.read', {})).watching);
    const found = await until('the finding', async () => {
      writeFileSync(path, `TOKEN=${value}\n`);
      return (await tested.get('leaks.list', {})).findings.find(({ place }) => place.path === path);
    });
    expect(found).toMatchObject({ name: made.keyName });
  }, 180_000);
});
