// Two agents as the app starts them and three command lines write to one vault at once; one agent is killed in the midst of it. Everything
// that was acknowledged is there, nobody hears anything but clear words, and no lock stays behind.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { unlockVault } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, forkAgent, type ForkedAgent } from '../support/agents.ts';
import { newHome, sample, type Home } from '../support/cli.ts';

/** `npm run test:long` takes the whole minute. */
const lastsMs = process.env['KEYTURN_LONG'] === '1' ? 60_000 : 10_000;
const allowed = new Set(['busy', 'conflict']);

let home: Home;
let agents: ForkedAgent[];
beforeEach(() => {
  home = newHome();
  agents = [];
});
afterEach(() => {
  for (const { child } of agents) child.kill('SIGKILL');
  home.remove();
});

type Tally = { readonly names: string[]; readonly refusals: string[] };

it('two apps and three command lines writing at once lose nothing', async () => {
  await home.json(['init']);
  const folder = join(home.folder, 'home');
  const untilMs = Date.now() + lastsMs;
  const start = async (): Promise<ForkedAgent> => {
    const agent = forkAgent(folder);
    agents.push(agent);
    const unlocked = await agent.call('window', 'vault.unlock', { password: bytesOf(home.password) });
    expect(unlocked).toMatchObject({ ok: true });
    return agent;
  };
  const appWrites = async (agent: ForkedAgent, mark: string, tally: Tally): Promise<void> => {
    for (let turn = 0; Date.now() < untilMs; turn += 1) {
      const name = `${mark} ${String(turn)}`;
      const result = await agent.call('window', 'project.add', { name });
      if (result.ok) tally.names.push(name);
      else tally.refusals.push(result.error.kind);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const commandWrites = async (mark: string, tally: Tally): Promise<void> => {
    for (let turn = 0; Date.now() < untilMs; turn += 1) {
      const name = `${mark}-${String(turn)}`;
      const words = ['add', name, '--env', 'production', '--value-stdin', '--project', 'Crowd'];
      const ran = await home.run(words, { stdin: sample.anything() });
      if (ran.code === 0) tally.names.push(name);
      else tally.refusals.push(ran.code === 75 ? 'busy' : `${String(ran.code)} ${ran.err}`);
    }
  };
  const [first, second] = [await start(), await start()];
  const made = await first.call('window', 'project.add', { name: 'Crowd' });
  expect(made).toMatchObject({ ok: true });
  const apps: Tally = { names: ['Crowd'], refusals: [] };
  const killed: Tally = { names: [], refusals: [] };
  const commands: Tally = { names: [], refusals: [] };
  const end = setTimeout(() => second.child.kill('SIGKILL'), lastsMs * 0.6);
  await Promise.all([
    appWrites(first, 'app', apps),
    appWrites(second, 'killed', killed),
    ...['a', 'b', 'c'].map((mark) => commandWrites(mark, commands)),
  ]);
  clearTimeout(end);
  expect([...apps.refusals, ...commands.refusals].filter((kind) => !allowed.has(kind))).toEqual([]);
  first.child.kill('SIGKILL');
  await first.exited;

  const ports = await nodePorts({ targetMs: 0 });
  const path = join(folder, 'vault.keyturn');
  const password = SecretBytes.fromText(home.password);
  const opened = await unlockVault(ports, path, { password });
  if (!opened.ok) throw new Error(opened.error.message);
  const vault = opened.value;
  const stored = new Set(
    [...vault.records().values()].map(({ body }) => (typeof body['name'] === 'string' ? body['name'] : '')),
  );
  const acknowledged = [...apps.names, ...killed.names, ...commands.names];
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  // Nothing half: at most the one that was on its way when it was killed is there without having been acknowledged.
  const extra = [...stored].filter((name) => name.startsWith('killed ') && !killed.names.includes(name));
  expect(extra.length).toBeLessThanOrEqual(1);
  expect(vault.damage()).toEqual([]);
  expect(vault.verifyAudit()).toMatchObject({ ok: true, value: { ok: true } });
  const committed = vault.commit([], [{ event: 'afterwards', by: 'test' }]);
  expect(committed.ok).toBe(true);
  vault.close();
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(apps.names.length).toBeGreaterThan(3);
  expect(commands.names.length).toBeGreaterThan(1);
  process.stderr.write(
    `crowd: ${String(lastsMs / 1000)} s, ${String(apps.names.length + killed.names.length)} writes of apps, ${String(commands.names.length)} of command lines, ${String(apps.refusals.length + commands.refusals.length)} refused as busy\n`,
  );
  rmSync(join(home.folder, 'backups'), { recursive: true, force: true });
}, 240_000);
