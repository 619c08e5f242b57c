// The agent as a process of its own: forked on plain Node, driven as the shell and over its socket, locked, killed, and beside a
// second one on the same vault.
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, type AgentClient } from '../../src/agent/client.ts';
import { encodeMessage } from '../../src/contract/wire.ts';
import { frameOf } from '../../src/node/frames.ts';
import { socketPath } from '../../src/node/socket-path.ts';
import { sampleKey } from '../support/key-samples.ts';
import {
  bytesOf,
  forkAgent,
  newAgent,
  newFolder,
  placeOf,
  testPassword,
  unlockedAgent,
  type ForkedAgent,
} from '../support/agents.ts';

const folders: string[] = [];
const children: ForkedAgent[] = [];

const unlock = { password: bytesOf(testPassword) };
let template = '';

beforeAll(async () => {
  const made = await unlockedAgent();
  made.agent.close();
  template = made.home;
});

afterAll(() => {
  rmSync(template, { recursive: true, force: true });
});

const homeWithVault = (): string => {
  const home = newFolder();
  folders.push(home);
  copyFileSync(join(template, 'vault.keyturn'), join(home, 'vault.keyturn'));
  return home;
};

const start = (home: string): ForkedAgent => {
  const forked = forkAgent(home);
  children.push(forked);
  return forked;
};

const startUnlocked = async (home: string): Promise<ForkedAgent> => {
  const forked = start(home);
  expect(await forked.call('shell', 'vault.unlock', unlock)).toMatchObject({ ok: true });
  return forked;
};

/** The socket opens a moment after the process answers. */
const connected = async (home: string): Promise<AgentClient> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const client = await connectAgent({ home });
    if (client.ok) return client.value;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('no agent answered on the socket');
};

afterEach(async () => {
  for (const { child, exited } of children.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the agent process', () => {
  it('answers its parent, tells events, and ends itself when the vault is locked', async () => {
    const home = homeWithVault();
    const forked = start(home);
    expect(await forked.call('shell', 'state.read', {})).toMatchObject({
      ok: true,
      value: { vault: 'locked' },
    });
    expect(await forked.call('window', 'vault.unlock', unlock)).toMatchObject({ ok: true });
    expect(forked.events).toContainEqual(
      expect.objectContaining({
        event: 'state.changed',
        payload: expect.objectContaining({ vault: 'unlocked' }),
      }),
    );
    expect(await forked.call('window', 'vault.lock', {})).toMatchObject({ ok: true });
    expect(await forked.exited).toEqual({ code: 0, signal: null });
    expect(forked.errors()).toBe('');
  });

  it('ends when its parent is gone', async () => {
    const forked = await startUnlocked(homeWithVault());
    forked.child.disconnect();
    expect(await forked.exited).toEqual({ code: 0, signal: null });
  });

  it('treats a message of an unknown sender as nobody', async () => {
    const forked = start(homeWithVault());
    const result = await forked.call('renderer' as never, 'state.read', {});
    expect(result).toMatchObject({ ok: false, error: { kind: 'wrong-sender' } });
  });

  it('keeps a clear copy of a password neither in its words nor in its environment', async () => {
    const forked = await startUnlocked(homeWithVault());
    expect(forked.child.spawnargs.join(' ')).not.toContain(testPassword);
  });
});

describe('the socket', () => {
  it('is its owner’s alone and answers as the command line, whatever is asked for', async () => {
    const home = homeWithVault();
    await startUnlocked(home);
    const client = await connected(home);
    const path = socketPath(home);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await client.send('state.read', {})).toMatchObject({ ok: true, value: { vault: 'unlocked' } });
    const overview = await client.send('overview.read', {});
    if (!overview.ok) throw new Error(overview.error.message);
    const project = overview.value.projects[0]!;
    const value = sampleKey('circa', 'live', 3);
    const added = await client.send('keys.add', {
      projectId: project.id,
      environmentIds: [project.environments[0]!.id],
      facts: { name: 'over the socket' },
      fields: [{ name: 'secret', value: bytesOf(value) }],
    });
    if (!added.ok) throw new Error(added.error.message);
    const revealed = await client.send('keys.reveal', { id: added.value.id, field: 'secret' });
    expect(revealed).toEqual({ ok: true, value: { value } });
    // Open to the shell alone.
    expect(await client.send('keys.lend', { id: added.value.id, field: 'secret' })).toMatchObject({
      ok: false,
      error: { kind: 'wrong-sender' },
    });
    const rendered = await client.send('export.render', {
      environmentId: project.environments[0]!.id,
      format: 'dotenv',
    });
    if (!rendered.ok) throw new Error(rendered.error.message);
    expect(rendered.value.bytes).toBeInstanceOf(Uint8Array);
    await client.close();
  });

  it('lets the command line see nothing but the state once the setting is off', async () => {
    const home = homeWithVault();
    const forked = await startUnlocked(home);
    const client = await connected(home);
    await forked.call('window', 'settings.change', { commandLineAccess: false });
    expect(await client.send('state.read', {})).toMatchObject({ ok: true });
    for (const name of ['overview.read', 'vault.lock', 'settings.read'] as const) {
      expect(await client.send(name, {})).toMatchObject({ ok: false, error: { kind: 'refused' } });
    }
    await client.close();
  });

  it('locks the app from the command line, and says so to whoever still waits', async () => {
    const home = homeWithVault();
    const forked = await startUnlocked(home);
    const client = await connected(home);
    expect(await client.send('vault.lock', {})).toMatchObject({ ok: true });
    await forked.exited;
    expect(await client.send('overview.read', {})).toMatchObject({ ok: false, error: { kind: 'locked' } });
    expect(await connectAgent({ home })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    await client.close();
  });

  it('ends a connection that speaks otherwise, and goes on with the others', async () => {
    const home = homeWithVault();
    await startUnlocked(home);
    const client = await connected(home);
    const nonsense = [
      Uint8Array.of(255, 255, 255, 255, 1),
      Uint8Array.of(0, 0, 0, 0),
      frameOf(bytesOf('no json')),
      frameOf(bytesOf('{"id":1}')),
      frameOf(bytesOf('{"id":1,"name":"state.read","caller":"shell","input":{}}')),
      frameOf(encodeMessage({ event: 'state.changed', payload: null })),
    ];
    for (const bytes of nonsense) {
      const ended = await new Promise<number>((done) => {
        let received = 0;
        const socket = connect(socketPath(home), () => socket.write(bytes));
        socket.on('data', (chunk) => (received += chunk.length));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          done(received);
        });
      });
      expect(ended).toBe(0);
    }
    expect(await client.send('state.read', {})).toMatchObject({ ok: true });
    await client.close();
  });

  it('takes a dead agent’s socket over, and leaves a living one’s alone', async () => {
    const home = homeWithVault();
    const first = await startUnlocked(home);
    const client = await connected(home);
    first.child.kill('SIGKILL');
    await first.exited;
    await client.close();
    if (process.platform !== 'win32') expect(existsSync(socketPath(home))).toBe(true);
    const second = await startUnlocked(home);
    const again = await connected(home);
    const third = await startUnlocked(home);
    expect(await third.call('window', 'vault.lock', {})).toMatchObject({ ok: true });
    expect(await again.send('state.read', {})).toMatchObject({ ok: true, value: { vault: 'unlocked' } });
    expect(second.child.exitCode).toBeNull();
    await again.close();
  });

  it.runIf(process.platform !== 'win32')('never removes what is no socket', async () => {
    const home = homeWithVault();
    writeFileSync(join(home, 'agent.sock'), 'mine');
    const forked = await startUnlocked(home);
    await new Promise((done) => setTimeout(done, 300));
    expect(statSync(join(home, 'agent.sock')).isFile()).toBe(true);
    expect(await forked.call('shell', 'state.read', {})).toMatchObject({ ok: true });
  });

  it.runIf(process.platform !== 'win32')('finds another place where the path is too long', async () => {
    const parent = newFolder();
    folders.push(parent);
    const home = join(parent, 'x'.repeat(120));
    mkdirSync(home, { mode: 0o700 });
    const made = await newAgent({ home });
    await made.get('vault.create', { password: bytesOf(testPassword) });
    made.agent.close();
    expect(socketPath(home).length).toBeLessThan(100);
    await startUnlocked(home);
    const client = await connected(home);
    expect(await client.send('state.read', {})).toMatchObject({ ok: true });
    await client.close();
    rmSync(join(socketPath(home), '..'), { recursive: true, force: true });
  });

  it('says that the app is not running where something else listens not at all', async () => {
    const folder = newFolder();
    folders.push(folder);
    expect(await connectAgent({ home: folder })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    if (process.platform === 'win32') return;
    // A stranger that answers with nonsense is not believed.
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.write('hello, this is no frame of ours');
    });
    await new Promise<void>((done) => server.listen(socketPath(folder), done));
    const client = await connectAgent({ home: folder });
    if (!client.ok) throw new Error('connected');
    expect(await client.value.send('state.read', {})).toMatchObject({ ok: false, error: { kind: 'locked' } });
    await client.value.close();
    await new Promise((done) => server.close(done));
  });
});

describe('two processes on one vault', () => {
  it('both write, see each other’s changes, and lose nothing', async () => {
    const home = homeWithVault();
    const app = await startUnlocked(home);
    const cli = await newAgent({ home });
    await cli.get('vault.unlock', unlock);
    const place = await placeOf(cli);
    const environmentIds = [place.environments.get('test')!];
    const rounds = 15;
    const add = (who: string, index: number): object => ({
      projectId: place.projectId,
      environmentIds,
      facts: { name: `${who} ${String(index)}` },
      fields: [{ name: 'secret', value: bytesOf(`value of ${who} ${String(index)}`), variable: null }],
    });
    const results = await Promise.all(
      Array.from({ length: rounds }, async (_, index) => [
        await app.call('window', 'keys.add', add('app', index)),
        await cli.agent.call('command-line', 'keys.add', add('cli', index)),
      ]),
    );
    for (const result of results.flat()) expect(result).toMatchObject({ ok: true });
    const seenByCli = await cli.get('keys.list', {});
    const seenByApp = await app.call('window', 'keys.list', {});
    if (!seenByApp.ok) throw new Error('list');
    expect(seenByCli).toHaveLength(2 * rounds);
    expect(seenByApp.value).toEqual(seenByCli);
    // The window is told of what the command line wrote without asking.
    const told = app.events.length;
    await cli.get('keys.add', add('cli', 99) as never);
    await expect
      .poll(() => app.events.slice(told).map(({ event }) => event), { timeout: 5_000 })
      .toContain('vault.changed');
    expect((await cli.get('audit.verify', {})).ok).toBe(true);
    cli.agent.close();
  });

  it('tells a change that was made upon an old look as a conflict', async () => {
    const home = homeWithVault();
    const app = await startUnlocked(home);
    const cli = await newAgent({ home });
    await cli.get('vault.unlock', unlock);
    const place = await placeOf(cli);
    const { id, revision } = await cli.get('keys.add', {
      projectId: place.projectId,
      environmentIds: [place.environments.get('ci')!],
      facts: { name: 'shared' },
      fields: [{ name: 'secret', value: bytesOf('v') }],
    });
    expect(await app.call('window', 'keys.edit', { id, revision, facts: { notes: 'app' } })).toMatchObject({
      ok: true,
    });
    expect(await cli.call('keys.edit', { id, revision, facts: { notes: 'cli' } })).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    });
    expect((await cli.get('keys.read', { id })).facts.notes).toBe('app');
    cli.agent.close();
  });
});

describe('killed in the middle of an import', () => {
  it('has kept everything that was reported as done', async () => {
    const home = homeWithVault();
    const app = await startUnlocked(home);
    const overview = (await app.call('window', 'overview.read', {})) as never as {
      value: { projects: [{ id: string; environments: [{ id: string }] }] };
    };
    const project = overview.value.projects[0];
    const target = { projectId: project.id, environmentId: project.environments[0].id };
    const path = join(home, 'big.env');
    const lines = Array.from(
      { length: 1_000 },
      (_, index) => `TOKEN_${String(index)}=s3cr3t-${String(index)}-qXr7ZpLw9vB2`,
    );
    writeFileSync(path, lines.join('\n'));
    const preview = (await app.call('shell', 'import.previewPath', { path, ...target })) as never as {
      value: { previewId: string; rows: { as: string }[] };
    };
    expect(preview.value.rows.filter(({ as }) => as === 'key')).toHaveLength(1_000);
    const applied = app.call('window', 'import.apply', {
      previewId: preview.value.previewId,
      ...target,
      choices: [],
    });
    const done = (): number =>
      Math.max(
        0,
        ...app.events
          .filter(({ event }) => event === 'task.progress')
          .map(({ payload }) => (payload as { done: number }).done),
      );
    await expect.poll(done, { interval: 1, timeout: 20_000 }).toBeGreaterThan(100);
    app.child.kill('SIGKILL');
    expect(await app.exited).toMatchObject({ signal: 'SIGKILL' });
    await applied;
    const acknowledged = done();
    const after = await newAgent({ home });
    await after.get('vault.unlock', unlock);
    const there = await after.get('keys.list', {});
    expect(there.length).toBeGreaterThanOrEqual(acknowledged);
    expect(there.length).toBeLessThan(1_000);
    const names = new Set(there.map(({ name }) => name));
    for (let index = 0; index < acknowledged; index += 1) expect(names).toContain(`TOKEN_${String(index)}`);
    const some = there[0]!;
    const value = await after.get('keys.reveal', { id: some.id, field: 'secret' });
    expect(value.value).toMatch(/^s3cr3t-/);
    expect(await after.get('audit.verify', {})).toMatchObject({ ok: true });
    expect(after.agent.state().damaged).toBe(0);
    after.agent.close();
  });
});

describe('an agent in the background', () => {
  it('gives its place to the app’s agent, and locks', async () => {
    const home = homeWithVault();
    const alone = forkAgent(home, ['--background']);
    children.push(alone);
    const first = await connected(home);
    expect((await first.send('vault.unlock', unlock)).ok).toBe(true);
    expect(await first.send('state.read', {})).toMatchObject({
      value: { vault: 'unlocked', background: true },
    });
    start(home);
    expect((await alone.exited).code).toBe(0);
    const second = await connected(home);
    expect(await second.send('state.read', {})).toMatchObject({
      value: { vault: 'locked', background: false },
    });
    await second.close();
  });
});
