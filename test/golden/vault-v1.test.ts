// Vaults of format 1, kept for ever: the product and a reader that shares no code with it must both read them, and agree.
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { restoreVault, unlockVault } from '../../src/core/vault/vault.ts';
import { readVaultByThePage } from '../support/vault/independent-reader.ts';
import { must, rememberingPorts, secretText, temporaryFolder, textOf } from '../support/vault/vault-kit.ts';

const folder = resolve(import.meta.dirname, 'vault-v1');
const names = ['small', 'changed-password', 'with-cache', 'with-columns', 'with-keychain'] as const;
const cacheForms: Readonly<Record<string, 1 | 2>> = { 'with-cache': 1, 'with-columns': 2 };

type Expected = {
  readonly password: string;
  readonly recoveryCode: string;
  /** Hexadecimal, in groups; where the vault has a slot for the keychain. */
  readonly keychainSecret?: string;
  readonly vaultId: string;
  readonly counter: number;
  readonly meta: Readonly<Record<string, { readonly revision: number; readonly body: unknown }>>;
  readonly secrets: Readonly<Record<string, { readonly revision: number; readonly text: string }>>;
  readonly audit: readonly { readonly sequence: number; readonly event: string; readonly atMs: number }[];
};

const golden = (name: string): { readonly expected: Expected; readonly path: string } => {
  const path = join(temporaryFolder(), `${name}.keyturn`);
  copyFileSync(join(folder, `${name}.keyturn`), path);
  return { expected: JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected, path };
};

let ports: VaultPorts;
beforeAll(async () => {
  ports = await rememberingPorts();
});

describe.each(names)('golden vault "%s"', (name) => {
  it.each([1, 2] as const)('is read by the independent reader (slot kind %i)', (kind) => {
    const { expected, path } = golden(name);
    const read = readVaultByThePage(path, kind === 1 ? expected.password : expected.recoveryCode, kind);
    const secrets = Object.entries(read.secrets).map(([id, { revision, bytes }]) => [
      id,
      { revision, text: bytes.toString() },
    ]);
    expect({ vaultId: read.vaultId, counter: read.counter, meta: read.meta }).toEqual({
      vaultId: expected.vaultId,
      counter: expected.counter,
      meta: expected.meta,
    });
    expect(Object.fromEntries(secrets)).toEqual(expected.secrets);
    expect(read.audit.map((line) => [line.seq, line['event'], line['at']])).toEqual(
      expected.audit.map((line) => [line.sequence, line.event, line.atMs]),
    );
    expect(read.cacheForm).toBe(cacheForms[name] ?? null);
  });

  it.each(['password', 'recoveryCode'] as const)('is read by the product (%s)', async (kind) => {
    const { expected, path } = golden(name);
    const typed = secretText(expected[kind]);
    const vault = must(
      await unlockVault(ports, path, kind === 'password' ? { password: typed } : { recoveryCode: typed }),
    );
    expect(vault.damage()).toEqual([]);
    expect(vault.vaultId).toBe(expected.vaultId);
    expect(vault.counter()).toBe(expected.counter);
    expect(
      Object.fromEntries([...vault.records()].map(([id, { revision, body }]) => [id, { revision, body }])),
    ).toEqual(expected.meta);
    for (const [id, { revision, text }] of Object.entries(expected.secrets)) {
      expect(vault.secretRevision(id)).toBe(revision);
      expect(textOf(must(vault.readSecret(id)))).toBe(text);
    }
    expect([...must(vault.auditEntries({ limit: 1000 }))].reverse()).toEqual(expected.audit);
    expect(must(vault.verifyAudit())).toEqual({ ok: true, entries: expected.audit.length });
    vault.close();
  });

  it('can be restored and written on, and is then still what the page says', async () => {
    const { expected, path } = golden(name);
    const restored = `${path}.restored`;
    must(await restoreVault(ports, path, restored, secretText(expected.password)));
    const vault = must(await unlockVault(ports, restored, { password: secretText(expected.password) }));
    const id = vault.newId();
    must(vault.commit([{ op: 'put', table: 'meta', id, body: { type: 'note' }, expected: 0 }], []));
    vault.close();
    const read = readVaultByThePage(restored, expected.password, 1);
    expect(read.meta).toEqual({ ...expected.meta, [id]: { revision: 1, body: { type: 'note' } } });
  });
});

describe('a vault file', () => {
  it('holds none of its words in the clear', () => {
    const file = readFileSync(join(folder, 'small.keyturn'));
    const words = ['Weather', 'renamed', 'first value', 'golden', 'key-added', 'revealed', 'vault-created'];
    for (const word of words) expect(file.includes(word)).toBe(false);
  });
});

describe('the golden vault with a slot for the keychain', () => {
  const { expected } = ((): { expected: Expected } => ({
    expected: JSON.parse(readFileSync(join(folder, 'with-keychain.json'), 'utf8')) as Expected,
  }))();
  const digits = expected.keychainSecret ?? '';
  const keychainSecret = () => SecretBytes.own(Uint8Array.from(Buffer.from(digits.replaceAll('-', ''), 'hex')));

  it('opens with the secret, for the reader and for the product', async () => {
    const { path } = golden('with-keychain');
    const read = readVaultByThePage(path, digits, 3);
    expect(read.meta).toEqual(expected.meta);
    expect(new Set(read.slots.map(({ kind }) => kind))).toEqual(new Set([1, 2, 3]));
    const vault = must(await unlockVault(ports, path, { keychainSecret: keychainSecret() }));
    expect(vault.damage()).toEqual([]);
    expect(vault.records().size).toBe(Object.keys(expected.meta).length);
    vault.close();
  });

  it('opens with no other secret', async () => {
    const { path } = golden('with-keychain');
    const other = keychainSecret().use((bytes) => bytes.map((byte, at) => (at === 31 ? byte ^ 1 : byte)));
    expect(() => readVaultByThePage(path, Buffer.from(other).toString('hex'), 3)).toThrow();
    const opened = await unlockVault(ports, path, { keychainSecret: SecretBytes.own(other) });
    expect(!opened.ok && opened.error.kind).toBe('wrong-password');
  });
});
