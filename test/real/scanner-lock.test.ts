// The scanner as a process of its own, its memory searched: it never holds a value or a name, and nothing of the session after a lock; an agent
// that is killed ends its lease as well; a scanner that is killed is started again.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../support/agents.ts';
import { scratchRepository } from '../support/git/scratch-repository.ts';
import { zipOf } from '../support/leaks/container-samples.ts';
import {
  findingAt,
  needlesOf,
  pause,
  prepareGround,
  until,
  type Ground,
} from '../support/leaks/watched-ground.ts';
import { scannersOf, searchBytes, searchProcess } from '../support/process-memory.ts';
import { recordSockets } from '../support/record-sockets.ts';

let ground: Ground | null = null;
const prepare = async (): Promise<Ground> => {
  ground = await prepareGround();
  return ground;
};
afterEach(() => {
  ground?.remove();
  ground = null;
});

const onlyScanner = (home: string): number => {
  const pids = scannersOf(home);
  expect(pids).toHaveLength(1);
  return pids[0]!;
};

/** Every file of the vault's folder that holds a value or the name, and in which form. */
const filesThatHold = (made: Ground): readonly string[] =>
  readdirSync(made.tested.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return searchBytes(readFileSync(path), needlesOf(made)).map((found) => `${entry.name}: ${found}`);
    });

/** One key in everything that a scan reads in a way of its own. */
const pasteEverywhere = ({ folder, value }: Ground): void => {
  const line = `TOKEN = "${value}"\n`;
  const base64 = (skip: number): string => Buffer.from(`${'x'.repeat(skip)}${value}yz`).toString('base64');
  const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
  put('app.py', line);
  put('three.json', JSON.stringify([base64(0), base64(1), base64(2)]));
  put('dump.txt', `${Buffer.from(value).toString('hex')}\n`);
  put('export.reg', Buffer.from(`\ufeff"Key"="${value}"\r\n`, 'utf16le'));
  put('.zsh_history', `: 1700000000:0;curl -H "Authorization: Bearer ${value}" https://localhost\n`);
  put('old.log.gz', gzipSync(`${'nothing here\n'.repeat(500)}${line}`));
  put('bundle.zip', zipOf([{ name: 'app.js', bytes: Buffer.from(`k = '${value}'`) }]));
  const database = new Database(join(folder, 'chats.sqlite'));
  database.exec('CREATE TABLE chat (words TEXT)');
  database.prepare('INSERT INTO chat VALUES (?)').run(`is ${value} right?`);
  database.close();
  const repository = scratchRepository([], join(folder, 'repo'));
  repository.commit('config.js', line);
  repository.commit('config.js', 'const key = process.env.KEY;\n');
};

describe.runIf(process.platform === 'linux')('the scanner', () => {
  it('notices a pasted key while unlocked, and holds neither it nor its name', async () => {
    const made = await prepare();
    const { tested, folder, value, keyName } = made;
    const path = join(folder, 'deep/er/app.py');
    writeFileSync(path, `TOKEN = "${value}"\n`);
    const found = await findingAt(made, path);
    expect(found).toMatchObject({ name: keyName, state: 'open' });
    // A thread that has met it is ended once it is idle.
    const pid = onlyScanner(tested.home);
    await until('a clean memory', () => searchProcess(pid, needlesOf(made)).length === 0, 20_000);
  }, 180_000);

  it('holds nothing a moment after a scan that met the key in every form, nor do its files, nor what was said on the socket', async () => {
    const record = recordSockets();
    const made = await prepare();
    const { tested, folder } = made;
    mkdirSync(join(folder, 'repo'));
    pasteEverywhere(made);
    const pid = onlyScanner(tested.home);
    await tested.get('scan.start', { paths: [folder], history: true, places: false });
    const view = await tested.get('scan.follow', {});
    const endedMs = Date.now();
    expect(view).toMatchObject({ state: 'done' });
    const found = (await tested.get('leaks.list', {})).findings;
    expect(new Set(found.map(({ encoding }) => encoding))).toEqual(
      new Set(['plain', 'base64', 'hex', 'utf-16']),
    );
    const inside = ['', 'app.js', 'chat.words', 'config.js', 'old.log'];
    expect(new Set(found.map(({ place }) => place.inside))).toEqual(new Set(inside));
    // A thread that has met something is ended once it is idle; until then it may hold what it read.
    await until('a clean memory', () => searchProcess(pid, needlesOf(made)).length === 0, 30_000);
    console.log(`the scanner was clean ${String(Date.now() - endedMs)} ms after its scan`);
    expect(onlyScanner(tested.home)).toBe(pid);
    record.stop();
    // The findings came this way, so that it is known to have been listened to.
    expect(record.heard().includes('app.py')).toBe(true);
    expect(record.said().includes('"what":"tables"')).toBe(true);
    for (const bytes of [record.said(), record.heard()])
      expect(searchBytes(bytes, needlesOf(made))).toEqual([]);
    expect(readdirSync(tested.home)).toEqual(
      expect.arrayContaining(['guard.fingerprints', 'guard.slots', 'scan.index', 'scan.roots']),
    );
    expect(filesThatHold(made)).toEqual([]);
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
    expect(searchProcess(pid, needlesOf(made))).toEqual([]);
    expect(filesThatHold(made)).toEqual([]);
    await tested.get('vault.unlock', { password: bytesOf('a password of the tests') });
    expect(await findingAt(made, path)).toMatchObject({ name: made.keyName, encoding: 'plain' });
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
