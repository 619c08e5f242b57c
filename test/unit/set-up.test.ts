// The set-up and the test runner are gates too: what they skip must be done, and what failed must never count as passed.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagesAreInstalled } from '../../scripts/lib/packages.mjs';
import { hashFiles } from '../../scripts/lib/stamp.mjs';
import { playwrightCounts, sumUp, vitestCounts } from '../../scripts/lib/tally.mjs';

const root = resolve(import.meta.dirname, '../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-set-up-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const node = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Promise((done) => {
    const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, KEYTURN_CHROMIUM: _chromium, ...inherited } = process.env;
    execFile(
      process.execPath,
      [...args],
      { cwd: root, env: { ...inherited, ...env } },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      },
    );
  });

describe('installed packages', () => {
  const lock = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  const install = (installed: object): boolean => {
    write('package-lock.json', JSON.stringify({ packages: lock }));
    write('node_modules/.package-lock.json', JSON.stringify({ packages: installed }));
    return packagesAreInstalled(folder);
  };

  it('are done when npm recorded what the lock names, even without an optional one', () => {
    write('node_modules/a/package.json', '{}');
    expect(install({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it('are not done when a version differs', () => {
    write('node_modules/a/package.json', '{}');
    expect(install({ 'node_modules/a': { version: '1.0.1' } })).toBe(false);
  });

  it('are not done when a package was never installed', () => {
    expect(install({})).toBe(false);
  });

  it('are not done when a recorded folder is gone', () => {
    expect(install({ 'node_modules/a': { version: '1.0.0' } })).toBe(false);
  });

  it('are not done in an empty checkout', () => {
    expect(packagesAreInstalled(folder)).toBe(false);
  });
});

describe('the hash over sources', () => {
  it('stays the same for the same files and changes with a content, a name and a file more', () => {
    write('src/a.ts', 'one');
    const hash = (): string => hashFiles([join(folder, 'src'), join(folder, 'missing')]);
    const first = hash();
    expect(hash()).toBe(first);
    write('src/a.ts', 'two');
    const second = hash();
    renameSync(join(folder, 'src/a.ts'), join(folder, 'src/b.ts'));
    const third = hash();
    write('src/c.ts', '');
    expect(new Set([first, second, third, hash()]).size).toBe(4);
  });
});

describe('the counts of a test run', () => {
  const file = (name: string, status: string, ...states: string[]) => ({
    name: join('/checkout/test', name),
    status,
    assertionResults: states.map((each) => ({ status: each })),
  });

  it('are kept by kind, and a file that cannot be loaded is a failure', () => {
    const report = {
      testResults: [
        file('unit/a.test.ts', 'failed', 'passed', 'passed', 'failed'),
        file('unit/b.test.ts', 'failed'),
        file('golden/c.test.ts', 'passed', 'passed'),
      ],
    };
    expect(vitestCounts(report, ['unit', 'golden'], '/checkout/test')).toEqual({
      unit: { passed: 2, failed: 2 },
      golden: { passed: 1, failed: 0 },
    });
  });

  it('take errors outside every test of a window run as failures', () => {
    const report = { stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 2 }, errors: [{}] };
    expect(playwrightCounts(report)).toEqual({ passed: 3, failed: 2 });
  });

  it.each([
    ['a suite without tests', sumUp('e2e', { e2e: playwrightCounts(undefined) }, 0)],
    ['a kind without tests', sumUp('unit', vitestCounts(undefined, ['unit'], '/checkout/test'), 0)],
    ['a run that died although its tests passed', sumUp('unit', { unit: { passed: 0, failed: 0 } }, 139)],
  ])('count %s as one failure', (_name, sum) => {
    expect(sum).toMatchObject({ passed: 0, failed: 1 });
  });

  it('count a crash after the last passed test as a failure', () => {
    expect(sumUp('unit', { unit: { passed: 5, failed: 0 } }, 1)).toMatchObject({ passed: 5, failed: 1 });
    expect(sumUp('unit', { unit: { passed: 5, failed: 0 } }, 0)).toMatchObject({ passed: 5, failed: 0 });
  });

  it('end in one line on standard output and a code, even when the run could not begin', async () => {
    const { code, stdout, stderr } = await node(['scripts/test.mjs', '--only', 'nonsense']);
    expect(stdout).toBe('0 passed, 1 failed\n');
    expect(stderr).toContain('No suite is called nonsense');
    expect(code).toBe(1);
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('a virtual display is started where there is none, and ended', async () => {
    const script = `
      import { provideDisplay } from './scripts/lib/display.mjs';
      const display = await provideDisplay();
      console.log(display.env.DISPLAY);
      await display.close();`;
    const { code, stdout, stderr } = await node(['--input-type=module', '--eval', script]);
    expect(stderr).toContain('there is no display here');
    expect(stdout).toMatch(/^:\d+\n$/);
    expect(code).toBe(0);
  });

  it('missing system packages are named in a command to copy when we may not install them', async () => {
    const script = `
      import { provideSystemPackages } from './scripts/lib/system.mjs';
      process.getuid = () => 1000;
      try { provideSystemPackages({ electron: false, tests: true }); } catch (error) { console.log(error.message); }`;
    // A PATH that has apt-get and the finder, and nothing else.
    const which = '#!/bin/sh\ncase "$1" in apt-get) exit 0;; *) exit 1;; esac\n';
    write('bin/which', which);
    chmodSync(join(folder, 'bin/which'), 0o755);
    const { stdout } = await node(['--input-type=module', '--eval', script], { PATH: join(folder, 'bin') });
    expect(stdout).toContain(
      'sudo apt-get install -y --no-install-recommends chromium xvfb xclip fish postgresql redis-server mariadb-server mosquitto etcd-server rabbitmq-server tmux git',
    );
  });
});
