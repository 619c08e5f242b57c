// The life of an app: start, second start, end. Every test starts an app of its own.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { expect, fixtureMain, launchFixture, makeHome, test } from './conform.ts';

const events = (output: string): string[] =>
  [...output.matchAll(/^event (\S+)/gm)].map((match) => match[1] ?? '');

test('name, version, paths and switches', async () => {
  const home = makeHome();
  const app = await launchFixture({ home, args: ['--a-switch=with value', '--bare'] });
  const seen = await app.evaluateMain(({ app: it }) => ({
    name: it.getName(),
    version: it.getVersion(),
    packaged: it.isPackaged,
    ready: it.isReady(),
    userData: it.getPath('userData'),
    appPath: it.getAppPath(),
    switches: [
      it.commandLine.hasSwitch('a-switch'),
      it.commandLine.getSwitchValue('a-switch'),
      it.commandLine.hasSwitch('none'),
    ],
    type: process.type,
    electron: /^\d+\.\d+\.\d+/.test(process.versions['electron'] ?? ''),
  }));
  await app.close();
  expect(seen).toMatchObject({
    version: '3.2.1',
    packaged: false,
    ready: true,
    userData: `${home}/electron`,
    switches: [true, 'with value', false],
    type: 'browser',
    electron: true,
  });
  expect(existsSync(`${home}/electron`)).toBe(true);
  rmSync(home, { recursive: true, force: true });
});

test('quit asks before it ends: before-quit, will-quit, quit', async () => {
  const app = await launchFixture({ args: ['--window', '--hear-all-closed'] });
  await app.firstWindow();
  const refused = await app.evaluateMain(async ({ app: it }) => {
    globalThis.fixture.refuseQuit = true;
    it.quit();
    await new Promise((resolve) => setTimeout(resolve, 800));
    return 'still here';
  });
  expect(refused).toBe('still here');
  await app.evaluateMain(({ app: it }) => {
    setTimeout(() => it.quit(), 10);
  });
  expect(await app.exited).toBe(0);
  expect(events(app.output())).toEqual(['before-quit', 'will-quit', 'before-quit', 'will-quit', 'quit']);
  await app.close();
});

test('exit asks nobody and gives its code', async () => {
  const app = await launchFixture({ args: ['--window'] });
  await app.firstWindow();
  await app.evaluateMain(({ app: it }) => {
    setTimeout(() => it.exit(9), 10);
  });
  expect(await app.exited).toBe(9);
  expect(events(app.output())).toEqual(['quit']);
  await app.close();
});

test('the last window takes the app with it where nobody listens', async () => {
  const app = await launchFixture({ args: ['--window', '--default-all-closed'] });
  await app.firstWindow();
  await app.evaluateMain(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 10);
  });
  expect(await app.exited).toBe(0);
  expect(events(app.output())).toEqual(['before-quit', 'will-quit', 'quit']);
  await app.close();
});

test('a second instance gets no lock and the first one hears of it', async () => {
  const home = makeHome();
  const first = await launchFixture({ home, args: ['--single'] });
  const second = await launchFixture({ home, args: ['--single', '--from-second'], waitUntilReady: false });
  expect(await second.exited).toBe(0);
  expect(second.output()).toContain('no lock');
  await expect
    .poll(() => first.evaluateMain(() => globalThis.fixture.events))
    .toMatchObject([
      {
        name: 'second-instance',
        details: {
          argv: expect.arrayContaining([expect.stringContaining('--from-second')]),
          data: { from: 'second' },
        },
      },
    ]);
  await first.kill('SIGKILL');
  // The lock of a process that was killed is nobody's.
  const third = await launchFixture({ home, args: ['--single'] });
  expect(third.output()).not.toContain('no lock');
  await third.close();
  await second.close();
  rmSync(home, { recursive: true, force: true });
});

test('a killed app leaves no process behind', async () => {
  const app = await launchFixture({ args: ['--window'] });
  await app.firstWindow();
  const child = await app.evaluateMain(
    () =>
      new Promise<number>((resolve) => {
        const made = globalThis.fixture.fork();
        made.once('spawn', () => resolve(made.pid ?? 0));
      }),
  );
  expect(child).toBeGreaterThan(0);
  await app.kill('SIGKILL');
  expect(app.exitCode()).toBeNull();
  await expect
    .poll(() => existsSync(`/proc/${String(child)}/exe`) && readdirSync(`/proc/${String(child)}`).length)
    .toBe(false);
  expect(fixtureMain).toContain('fixture');
});
