// A vault driven at random against a plain map: commits that hold and that conflict, two connections, reopening, new passwords, backups.
// After every step both say the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Change, OpenVault, VaultPorts } from '../../src/core/vault/vault.ts';
import { createVault, restoreVault, unlockVault } from '../../src/core/vault/vault.ts';
import { readVaultByThePage } from '../support/vault/independent-reader.ts';
import {
  must,
  putMeta,
  putSecret,
  rememberingPorts,
  secretText,
  textOf,
} from '../support/vault/vault-kit.ts';

let ports: VaultPorts;
let folder: string;
beforeAll(async () => {
  ports = await rememberingPorts();
  folder = mkdtempSync(join(tmpdir(), 'keyturn-model-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Entry = { readonly revision: number; readonly text: string };
type World = {
  path: string;
  password: string;
  counter: number;
  auditLines: number;
  readonly meta: Map<string, Entry>;
  readonly secret: Map<string, Entry>;
  /** Two connections, as an app and a command line have them. */
  readonly vaults: OpenVault[];
};

type Step =
  | {
      readonly kind: 'commit';
      readonly by: number;
      readonly changes: readonly Wish[];
      readonly lines: number;
    }
  | { readonly kind: 'reopen' | 'password' | 'backup'; readonly by: number };

type Wish = {
  readonly table: 'meta' | 'secret';
  readonly slot: number;
  readonly isRemoval: boolean;
  readonly text: string;
  /** Added to the right revision: anything but 0 must conflict. */
  readonly off: number;
};

// Few ids, in few buckets, so that steps meet.
const idOf = (slot: number): string => `0${slot % 2}`.repeat(15) + slot.toString(16).padStart(2, '0');

const wish = fc.record({
  table: fc.constantFrom('meta' as const, 'secret' as const),
  slot: fc.nat(7),
  isRemoval: fc.nat(3).map((value) => value === 0),
  text: fc.string({ maxLength: 300, unit: 'grapheme' }),
  off: fc.nat(14).map((value) => (value === 0 ? 1 : 0)),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      by: fc.nat(1),
      changes: fc.uniqueArray(wish, { maxLength: 6, selector: ({ table, slot }) => `${table}${slot}` }),
      lines: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reopen' as const), by: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('password' as const), by: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('backup' as const), by: fc.nat(1) }) },
);

const toChange = (world: World, { table, slot, isRemoval, text, off }: Wish): Change => {
  const id = idOf(slot);
  const expected = (world[table].get(id)?.revision ?? 0) + off;
  if (isRemoval) return { op: 'delete', table, id, expected };
  return table === 'meta' ? putMeta(id, { text }, expected) : putSecret(id, text, expected);
};

const isAllowed = (world: World, { table, slot, isRemoval, off }: Wish): boolean =>
  off === 0 && !(isRemoval && !world[table].has(idOf(slot)));

const commit = (world: World, vault: OpenVault, wishes: readonly Wish[], lines: number): void => {
  const changes = wishes.map((one) => toChange(world, one));
  const audit = Array.from({ length: lines }, () => ({ event: 'step', by: 'model' }));
  const outcome = vault.commit(changes, audit);
  expect(outcome.ok).toBe(wishes.every((one) => isAllowed(world, one)));
  if (!outcome.ok) return;
  world.counter += 1;
  world.auditLines += lines;
  expect(outcome.value.counter).toBe(world.counter);
  for (const { table, slot, isRemoval, text } of wishes) {
    const id = idOf(slot);
    if (isRemoval) world[table].delete(id);
    else world[table].set(id, { revision: (world[table].get(id)?.revision ?? 0) + 1, text });
  }
};

const reopen = async (world: World, by: number): Promise<void> => {
  world.vaults[by]?.close();
  world.vaults[by] = must(await unlockVault(ports, world.path, { password: secretText(world.password) }));
};

const noted = (world: World): void => {
  world.counter += 1;
  world.auditLines += 1;
};

const act: Readonly<Record<Step['kind'], (world: World, step: Step, vault: OpenVault) => Promise<void>>> = {
  commit: async (world, taken, vault) => {
    if (taken.kind === 'commit') commit(world, vault, taken.changes, taken.lines);
  },
  reopen: async (world, { by }) => reopen(world, by),
  password: async (world, _, vault) => {
    const next = `${world.password}+`.slice(-12);
    must(await vault.changePassword(secretText(world.password), secretText(next)));
    world.password = next;
    noted(world);
  },
  backup: async (world, _, vault) => {
    const backup = `${world.path}.b${world.counter}`;
    must(await vault.backupTo(backup));
    noted(world);
    must(await restoreVault(ports, backup, `${backup}.r`, secretText(world.password)));
    const restored = must(await unlockVault(ports, `${backup}.r`, { password: secretText(world.password) }));
    compare(world, restored);
    restored.close();
  },
};

const compare = (world: World, vault: OpenVault): void => {
  must(vault.refresh());
  expect(vault.damage()).toEqual([]);
  expect(
    Object.fromEntries(
      [...vault.records()].map(([id, { revision, body }]) => [id, [revision, body['text']]]),
    ),
  ).toEqual(Object.fromEntries([...world.meta].map(([id, { revision, text }]) => [id, [revision, text]])));
  for (let slot = 0; slot < 8; slot += 1) {
    const id = idOf(slot);
    const secret = vault.readSecret(id);
    expect(secret.ok ? textOf(secret.value) : null).toBe(world.secret.get(id)?.text ?? null);
    expect(vault.secretRevision(id)).toBe(world.secret.get(id)?.revision ?? 0);
  }
};

let runs = 0;

it('a vault is a map that lasts, whatever two processes do with it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      runs += 1;
      const path = join(folder, `vault-${runs}`);
      const made = must(await createVault(ports, path, secretText('start')));
      const world: World = {
        path,
        password: 'start',
        counter: 1,
        auditLines: 1,
        meta: new Map(),
        secret: new Map(),
        vaults: [made.vault],
      };
      await reopen(world, 1);
      for (const taken of steps) {
        await act[taken.kind](world, taken, world.vaults[taken.by] as OpenVault);
        for (const vault of world.vaults) compare(world, vault);
      }
      for (const vault of world.vaults)
        expect(must(vault.verifyAudit())).toEqual({ ok: true, entries: world.auditLines });
      for (const vault of world.vaults) vault.close();
      const read = readVaultByThePage(path, world.password, 1);
      expect([Object.keys(read.meta).sort(), read.counter]).toEqual([
        [...world.meta.keys()].sort(),
        world.counter,
      ]);
    }),
    { numRuns: process.env['KEYTURN_LONG'] === '1' ? 150 : 6 },
  );
}, 1_800_000);
