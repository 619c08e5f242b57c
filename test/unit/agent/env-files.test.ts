// Env files that a turn brings up to date, and the lock that lets one process drive turns at a time.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverFiles } from '../../../src/agent/rotation/env-files.ts';
import { createTurnLock } from '../../../src/agent/rotation/turn-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const version = {
  id: 'v',
  number: 1,
  addedAtMs: 0,
  addedBy: '',
  replacedAtMs: null,
  fields: [
    { name: 'secret', variable: 'KEY', secret: true, value: null, masked: '' },
    { name: 'user', variable: 'USER_NAME', secret: false, value: 'u', masked: 'u' },
    { name: 'other', variable: null, secret: true, value: null, masked: '' },
  ],
  fingerprints: {},
};
const [before, after] = [
  { secret: 'old one', user: 'u', other: 'x' },
  { secret: "new 'one'", user: 'u', other: 'y' },
];

/** Only what delivering looks at: the files that are remembered. */
const deliver = (format = 'dotenv', name = '.env', addedAtMs = 0) => {
  const path = join(folder, name);
  const body = { type: 'tracked-file', environmentId: 'e', path, format, writtenAtMs: 0 };
  const session = { book: () => ({ trackedFiles: new Map([['f', { id: 'f', revision: 1, body }]]) }) };
  const held = { id: 'k', revision: 1, body: { environmentIds: ['e'], addedAtMs } };
  return deliverFiles(session as never, held as never, version, before, after);
};
const put = (text: string): string => {
  const path = join(folder, '.env');
  writeFileSync(path, text, { mode: 0o640 });
  return path;
};

describe('an env file', () => {
  it('gets the new value where the old one stands, and keeps every other byte and its mode', () => {
    const path = put('\uFEFF# a\r\nexport KEY="old one" # mine\r\nUSER_NAME=u\r\nB=1');
    expect(deliver()).toEqual([{ place: path, problem: null }]);
    expect(readFileSync(path, 'utf8')).toBe(
      `\uFEFF# a\r\nexport KEY="new 'one'" # mine\r\nUSER_NAME=u\r\nB=1`,
    );
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const written = statSync(path).mtimeMs;
    // Once more does nothing: a process that was killed right after writing does it again.
    expect(deliver()).toEqual([{ place: path, problem: null }]);
    expect(statSync(path).mtimeMs).toBe(written);
  });

  it('is left alone where a person changed the variable, took it out, or put something else in its place', () => {
    for (const text of ['KEY=mine\n', 'B=1\n', 'KEY="open\n']) {
      const path = put(text);
      const [{ problem } = { problem: null }] = deliver();
      expect(problem, text).toMatch(/\S/);
      expect(problem, text).not.toContain('mine');
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
    const path = join(folder, '.env');
    unlinkSync(path);
    expect(deliver()[0]?.problem).toContain('not there');
    expect(existsSync(path)).toBe(false);
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'KEY="old one"\n');
    symlinkSync(elsewhere, path);
    expect(deliver()[0]?.problem).toContain('plain file');
    expect(readFileSync(elsewhere, 'utf8')).toBe('KEY="old one"\n');
  });

  it('that was written before the key was there is none of its files, unless a person put it in', () => {
    put('B=1\n');
    expect(deliver('dotenv', '.env', 1)).toEqual([]);
    expect(deliver('json', '.env', 1)).toEqual([]);
    const path = put('KEY="old one"\n');
    expect(deliver('dotenv', '.env', 1)).toEqual([{ place: path, problem: null }]);
    expect(readFileSync(path, 'utf8')).toBe(`KEY="new 'one'"\n`);
  });

  it('of a format that cannot be changed in place is a person’s to write anew', () => {
    put('{}');
    expect(deliver('json')[0]?.problem).toContain('json');
  });
});

describe('the lock of turns', () => {
  const take = (path: string) => createTurnLock(path).take();

  it('is one process’s, as often as it likes, and free again once all have let go', () => {
    const path = join(folder, 'turning.lock');
    const lock = createTurnLock(path);
    const [first, second] = [lock.take(), lock.take()];
    if (!first.ok || !second.ok) throw new Error('it was not taken');
    expect(take(path)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    first.value();
    first.value();
    expect(take(path)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    second.value();
    const other = take(path);
    expect(other.ok).toBe(true);
    if (other.ok) other.value();
    expect(statSync(path).size).toBe(0);
  });

  it('is free as soon as the process that had it was killed', () => {
    const path = join(folder, 'turning.lock');
    const at = (file: string): string => `file://${resolve(import.meta.dirname, '../../../src', file)}`;
    const script = `
      import { createTurnLock } from '${at('agent/rotation/turn-lock.ts')}';
      const taken = createTurnLock(process.argv[1]).take();
      process.stdout.write(String(taken.ok), () => process.kill(process.pid, 'SIGKILL'));
      setInterval(() => undefined, 1000);
    `;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script, path], {
      encoding: 'utf8',
    });
    expect(ran.stdout, ran.stderr).toBe('true');
    expect(ran.signal).toBe('SIGKILL');
    const mine = take(path);
    expect(mine.ok).toBe(true);
    if (mine.ok) mine.value();
  });
});
