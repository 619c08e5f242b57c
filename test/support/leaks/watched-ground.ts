// An agent that stays and a real scanner process that watches one folder for it, with one key in the vault: what tests of watching stand on.
// Of the person who runs the tests nothing is watched.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOutput } from '../../../src/contract/contract.ts';
import { scannerNodeWords } from '../../../src/agent/leaks/start-scanner.ts';
import { scannerSocketPath } from '../../../src/node/socket-path.ts';
import { bytesOf, newFolder, placeOf, unlockedAgent, type TestAgent } from '../agents.ts';
import { entries } from '../entries.ts';
import { sampleKey } from '../key-samples.ts';
import { scannersOf, type Needle } from '../process-memory.ts';

export type Noticed = { readonly path: string; readonly atMs: number };

export type Ground = {
  readonly tested: TestAgent;
  /** Watched, with `deep/er` in it. */
  readonly folder: string;
  /** Where files are made ready that are moved into the watched folder. On the same file system, and not watched. */
  readonly beside: string;
  readonly value: string;
  readonly keyName: string;
  /** What a scanner that this process started said to its parent while nobody could be told whose it is. */
  readonly noticed: readonly Noticed[];
  readonly remove: () => void;
};

export type GroundOptions = {
  /** Words in front of Node's own, and of its program: a scanner of the test's, whose notices it hears. Without, the agent starts one. */
  readonly start?: readonly string[];
};

export type FindingView = CallOutput<'leaks.list'>['findings'][number];

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const until = async <T>(
  what: string,
  look: () => T | null | undefined | Promise<T | null | undefined>,
  withinMs = 60_000,
): Promise<T> => {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await pause(20);
  }
};

const realHome = process.env['HOME'];
let count = 40;

const startOwn = async (
  home: string,
  words: readonly string[],
  noticed: Noticed[],
): Promise<ChildProcess> => {
  const [program, ...more] = [
    ...words,
    process.execPath,
    ...scannerNodeWords,
    entries.scanner,
    '--home',
    home,
  ];
  const child = spawn(program ?? process.execPath, more, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (message: { readonly noticed?: { readonly path: string } }) => {
    if (message.noticed !== undefined) noticed.push({ path: message.noticed.path, atMs: Date.now() });
  });
  await until('the scanner of the test', () => existsSync(scannerSocketPath(home)));
  return child;
};

const oneKey = async (tested: TestAgent): Promise<{ readonly value: string; readonly keyName: string }> => {
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
  return { value, keyName };
};

export const prepareGround = async ({ start }: GroundOptions = {}): Promise<Ground> => {
  const nobody = mkdtempSync(join(tmpdir(), 'keyturn-nobody-'));
  process.env['HOME'] = nobody;
  const home = newFolder();
  const noticed: Noticed[] = [];
  const own = start === undefined ? null : await startOwn(home, start, noticed);
  const tested = await unlockedAgent({ home, background: true });
  const { value, keyName } = await oneKey(tested);
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-watched-')));
  const folder = join(top, 'watched');
  const beside = join(top, 'beside');
  for (const each of [join(folder, 'deep/er'), beside]) mkdirSync(each, { recursive: true });
  const remove = (): void => {
    own?.kill('SIGKILL');
    for (const pid of scannersOf(home)) process.kill(pid, 'SIGKILL');
    tested.remove();
    for (const each of [top, nobody]) rmSync(each, { recursive: true, force: true });
    process.env['HOME'] = realHome;
  };
  const watched = async (): Promise<number> => {
    const { watching, folders } = await tested.get('watch.read', {});
    return watching ? folders : -1;
  };
  // Places of the machine itself may be watched as well.
  const before = await until('watching', async () => {
    const folders = await watched();
    return folders >= 0 ? { folders } : null;
  });
  await tested.get('scan.addPath', { path: folder });
  await until('watching the folder', async () => (await watched()) >= before.folders + 3);
  return { tested, folder, beside, value, keyName, noticed, remove };
};

export const needlesOf = ({ value, keyName }: Ground): readonly Needle[] => [
  { name: 'value', bytes: bytesOf(value) },
  { name: 'most of the value', bytes: bytesOf(value.slice(12, 36)) },
  { name: 'name', bytes: bytesOf(keyName) },
];

export const findingAt = ({ tested }: Ground, path: string, withinMs?: number): Promise<FindingView> =>
  until(
    `the finding at ${path}`,
    async () => (await tested.get('leaks.list', {})).findings.find(({ place }) => place.path === path),
    withinMs,
  );
