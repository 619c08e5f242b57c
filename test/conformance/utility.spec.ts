// utilityProcess: a child with a port to its parent and no Electron.
import { expect, test } from './conform.ts';

test('a child hears and answers, and knows what it was given', async ({ running }) => {
  const seen = await running.evaluateMain(async () => {
    const child = globalThis.fixture.fork(['--word', 'x'], {
      env: { ...process.env, FIXTURE_WORD: 'given' },
      serviceName: 'fixture',
    });
    const spawned = new Promise<boolean>((resolve) =>
      child.once('spawn', () => resolve((child.pid ?? 0) > 0)),
    );
    const ask = (message: unknown): Promise<Record<string, unknown>> =>
      new Promise((resolve) => {
        child.once('message', resolve);
        child.postMessage(message);
      });
    const answer = await ask({ map: new Map([[1, 2]]), when: new Date(5) });
    const bytes = await ask(new Uint8Array([1, 2]));
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const killed = child.kill();
    await exited;
    const echo = answer['echo'] as { map: Map<number, number>; when: Date };
    return {
      spawned: await spawned,
      map: echo.map.get(1),
      when: echo.when.getTime(),
      kind: bytes['kind'],
      type: answer['type'],
      argv: answer['argv'],
      env: answer['env'],
      electron: answer['electron'],
      killed,
      pid: child.pid,
    };
  });
  expect(seen).toMatchObject({
    spawned: true,
    map: 2,
    when: 5,
    kind: 'bytes',
    type: 'utility',
    argv: ['--word', 'x'],
    env: 'given',
    killed: true,
    pid: undefined,
  });
  expect(seen.electron).toMatch(/ERR_MODULE_NOT_FOUND|no app/);
});

test('a child that ends tells its code', async ({ running }) => {
  const seen = await running.evaluateMain(async () => {
    const exitOf = (child: Electron.UtilityProcess): Promise<number> =>
      new Promise((resolve) => child.once('exit', resolve));
    const early = globalThis.fixture.fork(['--end']);
    const told = globalThis.fixture.fork();
    told.postMessage('exit');
    return Promise.all([exitOf(early), exitOf(told)]);
  });
  expect(seen).toEqual([7, 3]);
});

test('what cannot be cloned is refused', async ({ running }) => {
  const message = await running.evaluateMain(async () => {
    const child = globalThis.fixture.fork();
    try {
      child.postMessage(() => 1);
      return 'sent';
    } catch (error) {
      return (error as Error).message;
    } finally {
      child.kill();
    }
  });
  expect(message).toContain('could not be cloned');
});

test('a port goes to a child and carries messages both ways', async ({ running }) => {
  const seen = await running.evaluateMain(async ({ MessageChannelMain }) => {
    const child = globalThis.fixture.fork();
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      port2.on('message', ({ data }) => {
        heard.push(data);
        if (heard.length === 2) resolve();
      });
    });
    port2.start();
    port2.postMessage('before');
    child.postMessage('port', [port1]);
    await done;
    const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()));
    child.kill();
    await closed;
    return heard;
  });
  expect(seen).toHaveLength(2);
  expect(seen).toEqual(expect.arrayContaining(['port ready', { heard: 'before' }]));
});
