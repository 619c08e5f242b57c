// Killed with SIGKILL before every statement of a write, a vault opens with everything that was acknowledged and nothing half.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { createVault, inspectVault, unlockVault, unlockVaultWith } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import { atEveryBoundary, isLong, run } from '../../support/vault/crash-runs.ts';
import { secondFormat } from '../../support/vault/second-format.ts';
import {
  copyVault,
  must,
  portsWithoutCost,
  putMeta,
  putSecret,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

/** Every one of the two thousand boundaries of an import takes a process of its own. */
const limitMs = isLong ? 5_400_000 : 600_000;

let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

const emptyVault = async (path: string): Promise<void> => {
  must(await createVault(ports, path, secretText('start'))).vault.close();
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
  it(
    'while it writes records, at every statement',
    async () => {
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
    },
    limitMs,
  );

  it(
    'while it creates a vault: there is none, or a whole one',
    async () => {
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
    },
    limitMs,
  );

  it(
    'while it changes the password: the old one opens, or the new one',
    async () => {
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
    },
    limitMs,
  );

  it(
    'while it backs up: there is no backup, or a whole one',
    async () => {
      const template = join(temporaryFolder(), 'template');
      await emptyVault(template);
      const boundaries = await atEveryBoundary('backup', template, async (path, { said }) => {
        must(await unlock(ports, path, 'start')).close();
        const names = readdirSync(dirname(path)).filter(
          (name) => name === `${path.split('/').at(-1)}.backup`,
        );
        if (said.length > 0) expect(names).toHaveLength(1);
        if (names.length > 0) must(await unlock(ports, `${path}.backup`, 'start')).close();
      });
      expect(boundaries).toBeGreaterThan(20);
    },
    limitMs,
  );

  it(
    'while it imports a thousand keys: all are there, or none',
    async () => {
      const template = join(temporaryFolder(), 'template');
      await emptyVault(template);
      const found = new Set<number>();
      await atEveryBoundary(
        'import',
        template,
        async (path, { said }) => {
          const vault = must(await unlock(ports, path, 'start'));
          const { size } = vault.records();
          expect(vault.damage()).toEqual([]);
          if (said.length > 0) expect(size).toBe(1_000);
          if (size > 0) expect(textOf(must(vault.readSecret('3e7'.padStart(32, '0'))))).toBe('value 999');
          found.add(size);
          vault.close();
        },
        18,
      );
      expect(found).toEqual(new Set([0, 1_000]));
    },
    limitMs,
  );

  it(
    'while it replaces the vault key: the old key opens everything, or the new one does',
    async () => {
      const template = join(temporaryFolder(), 'template');
      const made = must(await createVault(ports, template, secretText('start')));
      const oldCode = textOf(made.recoveryCode);
      const ids = [1, 2, 3].map(idOf);
      must(
        made.vault.commit(
          ids.flatMap((id) => [putMeta(id, {}), putSecret(id, `value ${id}`)]),
          [{ event: 'filled', by: 'test' }],
        ),
      );
      made.vault.close();
      const opened = new Set<string>();
      const boundaries = await atEveryBoundary(
        'replace',
        template,
        async (path, { said }) => {
          const vault = must(await unlock(ports, path, 'start'));
          expect([vault.damage(), must(vault.verifyAudit()).ok]).toEqual([[], true]);
          const rewritten = ids.map((id) => vault.records().get(id)?.body['rewritten'] ?? false);
          expect(new Set(rewritten).size).toBe(1);
          for (const id of ids) expect(textOf(must(vault.readSecret(id)))).toBe(`value ${id}`);
          const byOld = await unlockVault(ports, path, { recoveryCode: secretText(oldCode) });
          expect(byOld.ok).toBe(rewritten[0] === false);
          if (byOld.ok) byOld.value.close();
          const newCode = said[0]?.slice('replaced '.length);
          if (newCode !== undefined)
            must(await unlockVault(ports, path, { recoveryCode: secretText(newCode) })).close();
          opened.add(byOld.ok ? 'old' : 'new');
          must(vault.commit([], [{ event: 'afterwards', by: 'test' }]));
          vault.close();
        },
        40,
      );
      expect(boundaries).toBeGreaterThan(30);
      expect([...opened].sort()).toEqual(['new', 'old']);
    },
    limitMs,
  );

  it(
    'while it brings a vault to a later format: the next unlock finishes it, and the copy is whole',
    async () => {
      const template = join(temporaryFolder(), 'template');
      const made = must(await createVault(ports, template, secretText('start')));
      must(made.vault.commit([putSecret(idOf(1), 'kept')], []));
      made.vault.close();
      const boundaries = await atEveryBoundary(
        'migrate',
        template,
        async (path, { said }) => {
          const { state } = must(inspectVault(ports, path));
          if (said.length > 0) expect(state).toBe('newer');
          const typed = { password: secretText('start') };
          const vault = must(await unlockVaultWith(ports, path, typed, secondFormat));
          expect([vault.damage(), textOf(must(vault.readSecret(idOf(1))))]).toEqual([[], 'kept']);
          vault.close();
          const copy = must(await unlock(ports, `${path}.before-v2`, 'start'));
          expect(textOf(must(copy.readSecret(idOf(1))))).toBe('kept');
          copy.close();
        },
        30,
      );
      expect(boundaries).toBeGreaterThan(20);
    },
    limitMs,
  );

  it(
    'while it restores: there is nothing, or the whole vault, and the backup is as it was',
    async () => {
      const template = join(temporaryFolder(), 'template');
      const made = must(await createVault(ports, `${template}.vault`, secretText('start')));
      must(made.vault.commit([putSecret(idOf(1), 'kept')], []));
      must(await made.vault.backupTo(template));
      made.vault.close();
      const before = readFileSync(template);
      const boundaries = await atEveryBoundary(
        'restore',
        template,
        async (path, { said }) => {
          expect(readFileSync(path).equals(before)).toBe(true);
          const { state } = must(inspectVault(ports, `${path}.restored`));
          if (said.length > 0) expect(state).toBe('ready');
          if (state !== 'ready') {
            expect([state, existsSync(`${path}.restored`)]).toEqual(['missing', false]);
            return;
          }
          const vault = must(await unlock(ports, `${path}.restored`, 'start'));
          expect([vault.damage(), textOf(must(vault.readSecret(idOf(1))))]).toEqual([[], 'kept']);
          vault.close();
        },
        30,
      );
      expect(boundaries).toBeGreaterThan(20);
    },
    limitMs,
  );

  it(
    'at any moment, even within a commit',
    async () => {
      const template = join(temporaryFolder(), 'template');
      await emptyVault(template);
      for (let turn = 0; turn < (isLong ? 100 : 8); turn += 1) {
        const path = `${template}.${turn}`;
        copyVault(template, path);
        const { said, signal } = await run('endless', path, 0, 20 + ((turn * 13) % 331));
        expect(signal).toBe('SIGKILL');
        const vault = must(await unlock(ports, path, 'start'));
        expect(vault.damage()).toEqual([]);
        const round = Number(vault.records().get(idOf(0))?.body['round']);
        expect([said.length, said.length + 1]).toContain(round);
        expect(textOf(must(vault.readSecret(idOf(0))))).toBe(`round ${round}`);
        expect(must(vault.verifyAudit()).ok).toBe(true);
        vault.close();
      }
    },
    limitMs,
  );
});
