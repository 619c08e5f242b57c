// What the agent keeps beside the vault: settings, wrong passwords, and where all of it is.
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../../src/agent/arguments.ts';
import { createFailedUnlocks, delayAfter } from '../../../src/agent/failed-unlocks.ts';
import { merge, readSettings, writeSettings } from '../../../src/agent/settings-file.ts';
import { defaultSettings } from '../../../src/core/model/settings.ts';
import { nodeFiles } from '../../../src/node/files.ts';
import { defaultHome, homeFiles, isOpenToOthers, makeHome } from '../../../src/node/home-folder.ts';
import { socketPath } from '../../../src/node/socket-path.ts';
import { newFolder } from '../../support/agents.ts';

const folder = newFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let count = 0;
const newFile = (): string => {
  count += 1;
  return join(folder, `file-${String(count)}`);
};
const files = nodeFiles();

describe('settings', () => {
  it('are the usual ones where there is no file, and as written where there is', () => {
    const file = newFile();
    expect(readSettings(files, file)).toEqual({ settings: defaultSettings, problem: null });
    const changed = merge(defaultSettings, { theme: 'dark', lockAfterMinutes: 1 });
    expect(writeSettings(files, file, changed).ok).toBe(true);
    expect(readSettings(files, file)).toEqual({ settings: changed, problem: null });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('of an older version take the usual value for what they do not have', () => {
    const file = newFile();
    writeFileSync(file, '{"theme":"light"}');
    expect(readSettings(files, file)).toEqual({
      settings: { ...defaultSettings, theme: 'light' },
      problem: null,
    });
  });

  it.each(['', 'no json', '[]', '7', '{"theme":"pink"}', '{"lockAfterMinutes":-1}', '{"unknown":1}'])(
    'that read %j are called unreadable and left as they are',
    (text) => {
      const file = newFile();
      writeFileSync(file, text);
      const { settings, problem } = readSettings(files, file);
      expect(settings).toEqual(defaultSettings);
      expect(problem).toMatchObject({ kind: 'bad-input', where: { file } });
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});

describe('wrong passwords', () => {
  it('cost nothing at first, then ever more, up to five minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(delayAfter)).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000]);
    expect(delayAfter(50)).toBe(300_000);
    expect(delayAfter(5_000)).toBe(300_000);
  });

  it('are remembered over a restart, told once, and then forgotten', () => {
    const file = newFile();
    const first = createFailedUnlocks(files, file);
    for (let index = 0; index < 4; index += 1) first.add(10_000 + index, 'app');
    const again = createFailedUnlocks(files, file);
    expect(again.retryAtMs(10_004)).toBe(10_003 + 2_000);
    expect(again.retryAtMs(13_000)).toBeNull();
    expect(again.settle()).toHaveLength(4);
    expect(again.settle()).toEqual([]);
    expect(again.retryAtMs(10_004)).toBeNull();
    expect(existsSync(file)).toBe(false);
  });

  it('do not lock anybody out by a clock that was set back, nor by a file that is nonsense', () => {
    const file = newFile();
    const failed = createFailedUnlocks(files, file);
    for (let index = 0; index < 30; index += 1) failed.add(1_000_000_000_000, 'app');
    expect(failed.retryAtMs(1_000_000)).toBeNull();
    writeFileSync(file, '{"count":"many"}');
    expect(failed.retryAtMs(1_000_000_000_001)).toBeNull();
  });

  it('beyond those that are kept are told as a number', () => {
    const failed = createFailedUnlocks(files, newFile());
    for (let index = 0; index < 60; index += 1) failed.add(index, 'app');
    const lines = failed.settle();
    expect(lines).toHaveLength(51);
    expect(JSON.stringify(lines[0])).toContain('10 earlier');
  });
});

describe('the home folder', () => {
  it('is where each system keeps such data, and where KEYTURN_HOME says', () => {
    expect(defaultHome({}, 'linux', '/home/x')).toBe('/home/x/.local/share/keyturn');
    expect(defaultHome({ XDG_DATA_HOME: '/data' }, 'linux', '/home/x')).toBe('/data/keyturn');
    expect(defaultHome({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/x')).toBe(
      '/home/x/.local/share/keyturn',
    );
    expect(defaultHome({}, 'darwin', '/Users/x')).toBe('/Users/x/Library/Application Support/Keyturn');
    expect(defaultHome({ KEYTURN_HOME: '/vaults/a', XDG_DATA_HOME: '/data' }, 'linux', '/home/x')).toBe(
      '/vaults/a',
    );
    expect(homeFiles('/h').vault).toContain('vault.keyturn');
  });

  it.runIf(process.platform !== 'win32')('is made for its owner alone', () => {
    const home = join(folder, 'deep', 'home');
    expect(makeHome(home).ok).toBe(true);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(isOpenToOthers(home)).toBe(false);
    chmodSync(home, 0o755);
    expect(makeHome(home).ok).toBe(true);
    expect(isOpenToOthers(home)).toBe(true);
  });

  it('says why it cannot be made', () => {
    const file = newFile();
    writeFileSync(file, 'no folder');
    expect(makeHome(join(file, 'home'))).toMatchObject({ ok: false, error: { kind: 'io' } });
  });

  it('gives the agent its place by word, and only a whole path', () => {
    expect(readArguments(['--home', '/a/b', '--demo'])).toEqual({
      home: '/a/b',
      demo: true,
      background: false,
    });
    expect(readArguments(['--home=/a/b', '--background']).background).toBe(true);
    expect(readArguments(['--home', 'relative']).home).not.toBe('relative');
  });

  it('has a socket beside it, elsewhere where the path is too long, a pipe on Windows', () => {
    expect(socketPath('/short', 'linux')).toBe('/short/agent.sock');
    const long = `/${'x'.repeat(200)}`;
    const other = socketPath(long, 'linux', '/tmp');
    expect(other.length).toBeLessThan(100);
    expect(other.startsWith('/tmp/keyturn-')).toBe(true);
    expect(socketPath(`${long}y`, 'linux', '/tmp')).not.toBe(other);
    expect(socketPath('C:\\Users\\x', 'win32')).toMatch(/^\\\\\.\\pipe\\keyturn-[0-9a-f]{16}$/);
  });
});
