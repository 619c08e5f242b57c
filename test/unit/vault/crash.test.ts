// Killed with SIGKILL before every statement of a write, a vault opens with everything that was acknowledged and nothing half.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { createVault, inspectVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import {
  copyVault,
  must,
  portsWithoutCost,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

const child = resolve(import.meta.dirname, '../../support/vault/crash-child.ts');
let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

type Ended = {
  readonly said: readonly string[];
  readonly statements: number;
  readonly signal: string | null;
};

/** @param killAfterMs kills from outside at that time; 0 leaves it to the child */
const run = (action: string, path: string, stopAt: number, killAfterMs = 0): Promise<Ended> =>
  new Promise((resolveRun, reject) => {
    const running = spawn(process.execPath, [child, action, path, String(stopAt)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'keyturn-crash-cache') },
    });
    let out = '';
    let problem = '';
    running.stdout.on('data', (chunk: Buffer) => {
      if (out === '' && killAfterMs > 0) setTimeout(() => running.kill('SIGKILL'), killAfterMs);
      out += chunk.toString();
    });
    running.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    running.on('error', reject);
    running.on('close', (code, signal) => {
      if (code !== 0 && signal === null) {
        reject(new Error(problem));
        return;
      }
      const said = out.split('\n').filter((line) => line !== '');
      const counted = said.find((line) => line.startsWith('statements '));
      const statements = Number(counted?.split(' ')[1] ?? 0);
      resolveRun({ said: said.filter((line) => line !== counted), statements, signal });
    });
  });

const emptyVault = async (path: string): Promise<void> => {
  must(await createVault(ports, path, secretText('start'))).vault.close();
};

/** Runs the action once to count its statements, then once for each boundary, two at a time. */
const atEveryBoundary = async (
  action: string,
  template: string | null,
  check: (path: string, ended: Ended) => Promise<void>,
): Promise<number> => {
  const folder = temporaryFolder();
  const pathOf = (at: number): string => {
    const path = join(folder, `at-${at}`);
    if (template !== null) copyVault(template, path);
    return path;
  };
  const { statements } = await run(action, pathOf(0), 0);
  const boundaries = Array.from({ length: statements }, (_, at) => at + 1);
  const worker = async (): Promise<void> => {
    for (let at = boundaries.shift(); at !== undefined; at = boundaries.shift()) {
      const path = pathOf(at);
      const ended = await run(action, path, at);
      expect(ended.signal).toBe('SIGKILL');
      await check(path, ended);
    }
  };
  await Promise.all([worker(), worker()]);
  return statements;
};

const idOf = (at: number): string => at.toString(16).padStart(2, '0').repeat(16);

/** The state must be that of one round, the acknowledged one or the next, in every part. */
const roundOf = (vault: OpenVault): number => {
  expect(vault.damage()).toEqual([]);
  expect(must(vault.verifyAudit()).ok).toBe(true);
  const removed = vault.secretRevision(idOf(0)) > 0 && !vault.records().has(idOf(0));
  const round = Number(vault.records().get(idOf(1))?.body['round'] ?? 0);
  for (const id of [idOf(0), idOf(1)]) {
    expect(vault.secretRevision(id)).toBe(round);
    const secret = vault.readSecret(id);
    expect(secret.ok ? textOf(secret.value) : '').toBe(round === 0 ? '' : `round ${round}`);
  }
  const rounds = must(vault.auditEntries({ limit: 50 })).filter(({ event }) => event.startsWith('round-'));
  expect(rounds).toHaveLength(round);
  return removed ? 3 : round;
};

describe('a process killed with SIGKILL', () => {
  it('while it writes records, at every statement', async () => {
    const template = join(temporaryFolder(), 'template');
    await emptyVault(template);
    const seen = new Set<number>();
    const boundaries = await atEveryBoundary('rounds', template, async (path, { said }) => {
      const vault = must(await unlock(ports, path, 'start'));
      const round = roundOf(vault);
      expect([said.length, said.length + 1]).toContain(round);
      seen.add(round);
      must(vault.commit([], [{ event: 'afterwards', by: 'test' }]));
      vault.close();
    });
    expect(boundaries).toBeGreaterThan(30);
    expect([...seen].sort((left, right) => left - right)).toEqual([0, 1, 2, 3]);
  }, 180_000);

  it('while it creates a vault: there is none, or a whole one', async () => {
    const boundaries = await atEveryBoundary('create', null, async (path, { said }) => {
      const { state } = must(inspectVault(ports, path));
      if (said.length > 0) expect(state).toBe('ready');
      if (state === 'ready') must(await unlock(ports, path, 'start')).close();
      else {
        expect([state, existsSync(path)]).toEqual(['missing', false]);
        must(await createVault(ports, path, secretText('start'))).vault.close();
      }
    });
    expect(boundaries).toBeGreaterThan(15);
  }, 120_000);

  it('while it changes the password: the old one opens, or the new one', async () => {
    const template = join(temporaryFolder(), 'template');
    await emptyVault(template);
    const opened = new Set<string>();
    await atEveryBoundary('password', template, async (path, { said }) => {
      const [before, after] = [await unlock(ports, path, 'start'), await unlock(ports, path, 'next')];
      expect(before.ok).not.toBe(after.ok);
      if (said.length > 0) expect(after.ok).toBe(true);
      const vault = must(before.ok ? before : after);
      expect(vault.damage()).toEqual([]);
      opened.add(before.ok ? 'old' : 'new');
      vault.close();
    });
    expect([...opened].sort()).toEqual(['new', 'old']);
  }, 120_000);

  it('while it backs up: there is no backup, or a whole one', async () => {
    const template = join(temporaryFolder(), 'template');
    await emptyVault(template);
    const boundaries = await atEveryBoundary('backup', template, async (path, { said }) => {
      must(await unlock(ports, path, 'start')).close();
      const names = readdirSync(dirname(path)).filter((name) => name === `${path.split('/').at(-1)}.backup`);
      if (said.length > 0) expect(names).toHaveLength(1);
      if (names.length > 0) must(await unlock(ports, `${path}.backup`, 'start')).close();
    });
    expect(boundaries).toBeGreaterThan(20);
  }, 120_000);

  it('at any moment, even within a commit', async () => {
    const template = join(temporaryFolder(), 'template');
    await emptyVault(template);
    for (let turn = 0; turn < 8; turn += 1) {
      const path = `${template}.${turn}`;
      copyVault(template, path);
      const { said, signal } = await run('endless', path, 0, 20 + turn * 13);
      expect(signal).toBe('SIGKILL');
      const vault = must(await unlock(ports, path, 'start'));
      expect(vault.damage()).toEqual([]);
      const round = Number(vault.records().get(idOf(0))?.body['round']);
      expect([said.length, said.length + 1]).toContain(round);
      expect(textOf(must(vault.readSecret(idOf(0))))).toBe(`round ${round}`);
      expect(must(vault.verifyAudit()).ok).toBe(true);
      vault.close();
    }
  }, 60_000);
});
