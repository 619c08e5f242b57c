// The agent process and the command line, as they really run, killed with SIGKILL at random moments while they write: all that was
// acknowledged is there, nothing is half there, and the next one opens the vault as if nothing had been.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { unlockVault, type OpenVault, type VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, forkAgent } from '../support/agents.ts';
import { newHome, sample, type Home } from '../support/cli.ts';

/** A hundred each in `npm run test:long`. */
const turns = process.env['KEYTURN_LONG'] === '1' ? 100 : 4;
/** A share of the time that the whole takes, spread over the turns. */
const momentOf = (turn: number): number => 0.15 + ((turn * 0.618_034) % 1) * 0.9;
const commandLine = resolve(import.meta.dirname, '../../src/cli/main.ts');

let home: Home;
let folder: string;
let template: string;
let ports: VaultPorts;
beforeAll(async () => {
  home = newHome();
  folder = join(home.folder, 'home');
  template = join(home.folder, 'template');
  await home.json(['init']);
  copyFileSync(join(folder, 'vault.keyturn'), template);
  ports = await nodePorts({ targetMs: 0 });
}, 60_000);
afterAll(() => home.remove());

const fresh = (): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  copyFileSync(template, join(folder, 'vault.keyturn'));
};

const openWhole = async (): Promise<OpenVault> => {
  const password = SecretBytes.fromText(home.password);
  const opened = await unlockVault(ports, join(folder, 'vault.keyturn'), { password });
  if (!opened.ok) throw new Error(opened.error.message);
  const vault = opened.value;
  expect(vault.damage()).toEqual([]);
  expect(vault.verifyAudit()).toMatchObject({ ok: true, value: { ok: true } });
  for (const { body } of vault.records().values()) {
    if (body['type'] !== 'key') continue;
    const versions = body['versions'] as readonly { readonly id: string }[];
    for (const { id } of versions) expect(vault.readSecret(id).ok).toBe(true);
  }
  expect(vault.commit([], [{ event: 'afterwards', by: 'test' }]).ok).toBe(true);
  return vault;
};

const namesIn = (vault: OpenVault): ReadonlySet<unknown> =>
  new Set(
    [...vault.records().values()]
      .filter(({ body }) => body['removedAtMs'] !== 0)
      .map(({ body }) => body['name']),
  );

describe('the agent of the app, killed', () => {
  it('while keys are added, renamed and removed', async () => {
    let acknowledged = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      fresh();
      const agent = forkAgent(folder);
      const call = async <T>(name: string, input: unknown): Promise<T | null> => {
        const result = await agent.call('window', name, input);
        return result.ok ? (result.value as T) : null;
      };
      await call('vault.unlock', { password: bytesOf(home.password) });
      const overview = await call<{ projects: { id: string; environments: { id: string }[] }[] }>(
        'overview.read',
        {},
      );
      const project = overview?.projects[0];
      const done: { added: string[]; renamed: string[]; projects: string[] } = {
        added: [],
        renamed: [],
        projects: [],
      };
      setTimeout(() => agent.child.kill('SIGKILL'), 15 + ((turn * 37) % 400));
      for (let round = 0; project !== undefined; round += 1) {
        const made = await call<{ id: string }>('keys.add', {
          projectId: project.id,
          environmentIds: [project.environments[0]?.id],
          facts: { name: `key ${String(round)}` },
          fields: [{ name: 'secret', value: bytesOf(sample.anything()), variable: `V${String(round)}` }],
        });
        if (made === null) break;
        done.added.push(`key ${String(round)}`);
        const name = `project ${String(round)}`;
        if ((await call('project.add', { name })) === null) break;
        done.projects.push(name);
      }
      await agent.exited;
      const vault = await openWhole();
      const stored = namesIn(vault);
      expect([...done.added, ...done.projects].filter((name) => !stored.has(name))).toEqual([]);
      const keys = [...stored].filter((name) => /^key \d+$/.test(String(name)));
      expect(keys.length - done.added.length).toBeLessThanOrEqual(1);
      acknowledged += done.added.length + done.projects.length;
      vault.close();
    }
    expect(acknowledged).toBeGreaterThan(0);
  }, 900_000);

  it('while the vault key is replaced: it is the old one or the new one, and whole', async () => {
    const outcomes = new Set<string>();
    let wholeMs = 0;
    // The first one is let through: how long it takes tells when to kill the others.
    for (let turn = 0; turn <= turns; turn += 1) {
      fresh();
      const agent = forkAgent(folder);
      await agent.call('window', 'vault.unlock', { password: bytesOf(home.password) });
      const startedMs = performance.now();
      if (turn > 0) setTimeout(() => agent.child.kill('SIGKILL'), wholeMs * momentOf(turn));
      const replaced = await agent.call('window', 'vault.replaceKey', { password: bytesOf(home.password) });
      if (turn === 0) {
        wholeMs = performance.now() - startedMs;
        expect(replaced).toMatchObject({ ok: true });
      }
      agent.child.kill('SIGKILL');
      await agent.exited;
      const vault = await openWhole();
      const events = vault.auditEntries({ limit: 50 });
      const isNew = events.ok && events.value.some(({ event }) => event === 'vault-key-replaced');
      if (replaced.ok) expect(isNew).toBe(true);
      outcomes.add(isNew ? 'new' : 'old');
      vault.close();
    }
    expect(outcomes).toEqual(new Set(['new', 'old']));
  }, 900_000);
});

describe('the command line, killed', () => {
  it.each(['import', 'backup', 'replace-key'] as const)(
    'while it runs %s',
    async (command) => {
      const lines = join(home.folder, 'variables.env');
      const values = Array.from(
        { length: 200 },
        (_, at) => `APP_VARIABLE_${String(at)}=${sample.anything()}`,
      );
      writeFileSync(lines, values.join('\n'));
      let wholeMs = 0;
      for (let turn = 0; turn <= Math.ceil(turns / 2); turn += 1) {
        fresh();
        const startedMs = performance.now();
        const to = join(home.folder, `backup-${command}-${String(turn)}`);
        const words = {
          import: ['import', lines, '--env', 'production', '--yes'],
          backup: ['backup', to],
          'replace-key': ['replace-key'],
        }[command];
        const child = spawn(process.execPath, [commandLine, ...words], {
          env: {
            ...process.env,
            KEYTURN_HOME: folder,
            KEYTURN_PASSWORD_FILE: home.passwordFile,
            // The vault is put back to its beginning for each turn: that would be noticed, and is not what is looked at here.
            KEYTURN_STATE: `${to}-state`,
          },
          cwd: home.folder,
          stdio: 'ignore',
        });
        const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
        if (turn > 0) setTimeout(() => child.kill('SIGKILL'), wholeMs * momentOf(turn));
        const code = await ended;
        if (turn === 0) {
          wholeMs = performance.now() - startedMs;
          expect(code).toBe(0);
        }
        const vault = await openWhole();
        if (command === 'backup' && existsSync(to)) {
          const copy = await unlockVault(ports, to, { password: SecretBytes.fromText(home.password) });
          expect(copy.ok).toBe(true);
          if (copy.ok) copy.value.close();
        }
        if (command === 'backup' && code === 0) expect(existsSync(to)).toBe(true);
        vault.close();
      }
    },
    900_000,
  );
});
