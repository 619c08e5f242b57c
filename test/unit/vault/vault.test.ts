// What an open vault promises: records, secrets, conflicts, passwords, several processes, backup. On real files throughout.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { Change, OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { createVault, inspectVault, restoreVault, unlockVault } from '../../../src/core/vault/vault.ts';
import { readVaultByThePage } from '../../support/vault/independent-reader.ts';
import {
  copyVault,
  errorOf,
  must,
  newVault,
  password,
  putMeta,
  putSecret,
  rememberingPorts,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
let folder: string;
let path: string;
let vault: OpenVault;
let code: string;

beforeAll(async () => {
  ports = await rememberingPorts();
});
beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder, 'vault.keyturn');
  ({ vault, code } = await newVault(ports, path));
});

describe('a new vault', () => {
  it('is one private file that its password and its recovery code open', async () => {
    vault.close();
    expect(readdirSync(folder)).toEqual(['vault.keyturn']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(must(inspectVault(ports, path))).toEqual({ state: 'ready', format: 1 });
    expect((await unlock(ports, path)).ok).toBe(true);
    const typed = secretText(code.toLowerCase().replaceAll('-', ' '));
    expect((await unlockVault(ports, path, { recoveryCode: typed })).ok).toBe(true);
  });

  it('never takes the place of a file, and leaves nothing behind when refused', async () => {
    const other = join(folder, 'notes.txt');
    writeFileSync(other, 'mine');
    expect(errorOf(await createVault(ports, other, secretText(password))).kind).toBe('already-exists');
    expect(errorOf(await createVault(ports, path, secretText(password))).kind).toBe('already-exists');
    expect(errorOf(await createVault(ports, join(folder, 'no', 'v'), secretText(password))).kind).toBe('io');
    expect(errorOf(await createVault(ports, join(folder, 'new'), secretText(''))).kind).toBe('bad-input');
    expect(readFileSync(other, 'utf8')).toBe('mine');
    vault.close();
    expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'vault.keyturn']);
  });

  it('notes its making', () => {
    expect(must(vault.auditEntries({ limit: 5 })).map(({ sequence, event }) => [sequence, event])).toEqual([
      [1, 'vault-created'],
    ]);
  });
});

describe('records', () => {
  it('are there after closing, with their revisions', async () => {
    const [key, value] = [vault.newId(), vault.newId()];
    must(vault.commit([putMeta(key, { name: 'a' }), putSecret(value, 'one')], []));
    must(vault.commit([putMeta(key, { name: 'b' }, 1), putSecret(value, 'two', 1)], []));
    vault.close();
    const reopened = must(await unlock(ports, path));
    expect([...reopened.records().values()]).toEqual([
      { id: key, revision: 2, body: { type: 'key', name: 'b' } },
    ]);
    expect(reopened.secretRevision(value)).toBe(2);
    expect(textOf(must(reopened.readSecret(value)))).toBe('two');
    must(reopened.commit([{ op: 'delete', table: 'secret', id: value, expected: 2 }], []));
    expect(errorOf(reopened.readSecret(value)).kind).toBe('not-found');
    expect(reopened.damage()).toEqual([]);
  });

  it('are changed all together or not at all', () => {
    const [first, second] = [vault.newId(), vault.newId()];
    must(vault.commit([putMeta(first, { name: 'a' })], []));
    const before = vault.counter();
    const refused: readonly (readonly [Change, string])[] = [
      [putMeta(first, { name: 'x' }), 'conflict'],
      [putMeta(first, { name: 'x' }, 2), 'conflict'],
      [{ op: 'delete', table: 'meta', id: vault.newId(), expected: 0 }, 'conflict'],
      [{ op: 'delete', table: 'meta', id: vault.newId(), expected: 1 }, 'conflict'],
      [putMeta('abc', {}), 'bad-input'],
      [putMeta(vault.newId(), {}, -1), 'bad-input'],
      [putMeta(vault.newId(), { at: Number.NaN }), 'bad-input'],
      [{ ...putMeta(vault.newId(), {}), body: {} } as Change, 'bad-input'],
      [putSecret(vault.newId(), 'x'.repeat(4 * 1024 * 1024 + 1)), 'bad-input'],
      [putMeta(second, { name: 'twice' }), 'bad-input'],
    ];
    for (const [change, kind] of refused) {
      const outcome = vault.commit([putMeta(second, { name: 'new' }), change], [{ event: 'x', by: 'test' }]);
      expect(errorOf(outcome).kind).toBe(kind);
    }
    expect([...vault.records().keys()]).toEqual([first]);
    expect(vault.counter()).toBe(before);
    expect(must(vault.auditEntries({ limit: 9 }))).toHaveLength(1);
  });

  it('do not follow later changes to the object that was handed in, nor wipe what was lent', () => {
    const body = { type: 'key', tags: ['a'] };
    const secret = secretText('kept by the caller');
    const id = vault.newId();
    must(
      vault.commit(
        [
          { op: 'put', table: 'meta', id, body, expected: 0 },
          { op: 'put', table: 'secret', id: vault.newId(), bytes: secret, expected: 0 },
        ],
        [],
      ),
    );
    body.tags.push('b');
    expect(vault.records().get(id)?.body).toEqual({ type: 'key', tags: ['a'] });
    expect(textOf(secret)).toBe('kept by the caller');
  });

  it('may be any bytes and any length', () => {
    const contents = [0, 1, 127, 128, 1023, 1024, 70_000].map((length) =>
      Uint8Array.from({ length }, (_, at) => (at * 31) & 0xff),
    );
    for (const content of contents) {
      const id = vault.newId();
      const bytes = SecretBytes.own(content.slice());
      must(vault.commit([{ op: 'put', table: 'secret', id, bytes, expected: 0 }], []));
      expect(must(vault.readSecret(id)).use((read) => read.slice())).toEqual(content);
    }
  });

  it('can be told apart by fingerprints that only this vault makes', async () => {
    const other = (await newVault(ports, join(folder, 'other'))).vault;
    const bytes = new TextEncoder().encode('the same value');
    expect(vault.fingerprint(bytes)).toMatch(/^[0-9a-f]{32}$/);
    expect(vault.fingerprint(bytes)).toBe(vault.fingerprint(bytes.slice()));
    expect(vault.fingerprint(bytes)).not.toBe(other.fingerprint(bytes));
  });
});

describe('a closed vault', () => {
  it('answers nothing any more', async () => {
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'x')], []));
    const records = vault.records();
    vault.close();
    vault.close();
    expect(records.size).toBe(0);
    const outcomes = [
      vault.commit([putMeta(id, {}, 1)], []),
      vault.readSecret(id),
      vault.refresh(),
      vault.auditEntries({ limit: 1 }),
      vault.verifyAudit(),
      vault.acceptDamage('test'),
      await vault.changePassword(secretText(password), secretText('y')),
      await vault.newRecoveryCode(),
      await vault.backupTo(join(folder, 'b')),
    ];
    expect(outcomes.map((outcome) => errorOf(outcome).kind)).toEqual(outcomes.map(() => 'locked'));
    expect(() => vault.fingerprint(new Uint8Array(1))).toThrow('closed');
  });
});

describe('passwords and recovery codes', () => {
  it('are replaced by rewrapping alone: no record is sealed anew', async () => {
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'still here')], []));
    const rows = readVaultByThePage(copyOf(path), password, 1);
    must(await vault.changePassword(secretText(password), secretText('a new one')));
    expect(errorOf(await unlock(ports, path)).kind).toBe('wrong-password');
    const after = readVaultByThePage(copyOf(path), 'a new one', 1);
    expect(after.meta).toEqual(rows.meta);
    expect(after.secrets).toEqual(rows.secrets);
    const again = must(await unlock(ports, path, 'a new one'));
    expect(textOf(must(again.readSecret(id)))).toBe('still here');
    expect(must(again.auditEntries({ limit: 1 }))[0]?.event).toBe('password-changed');
    expect(again.damage()).toEqual([]);
  });

  it('leave no trace of the old wrapping in the file', async () => {
    const { slots } = readSlots(path);
    must(await vault.changePassword(secretText(password), secretText('a new one')));
    must(await vault.newRecoveryCode());
    vault.close();
    const file = readFileSync(path);
    for (const slot of slots) expect(file.includes(slot.subarray(68, 116))).toBe(false);
  });

  it('ask for the current password', async () => {
    expect(errorOf(await vault.changePassword(secretText('wrong'), secretText('n'))).kind).toBe(
      'wrong-password',
    );
    expect(errorOf(await vault.changePassword(secretText(password), secretText(''))).kind).toBe('bad-input');
    expect((await unlock(ports, path)).ok).toBe(true);
  });

  it('work once: a new recovery code ends the old one', async () => {
    const next = textOf(must(await vault.newRecoveryCode()));
    const old = await unlockVault(ports, path, { recoveryCode: secretText(code) });
    expect(errorOf(old).kind).toBe('wrong-password');
    expect((await unlockVault(ports, path, { recoveryCode: secretText(next) })).ok).toBe(true);
    expect(errorOf(await unlockVault(ports, path, { recoveryCode: secretText('1234') })).kind).toBe(
      'bad-input',
    );
  });

  it('get a dearer derivation on a faster machine, at the next unlock', async () => {
    vault.close();
    // A real derivation on a machine of known speed: half a millisecond for a pass over a MiB.
    let nowMs = 0;
    const derive: VaultPorts['kdf']['derive'] = async (input, salt, params, length) => {
      nowMs += (params.memoryKiB / 1024) * params.passes * 0.5;
      return ports.kdf.derive(input, salt, params, length);
    };
    const fast = {
      ...ports,
      clock: { ...ports.clock, monotonicMs: () => nowMs },
      kdf: { ...ports.kdf, derive, targetMs: 400, memoryLimitKiB: 131_072 },
    };
    const opened = must(await unlock(fast, path));
    const [newest] = must(opened.auditEntries({ limit: 1 }));
    expect(newest?.event).toBe('derivation-raised');
    opened.close();
    const slot = readVaultByThePage(path, password, 1).slots.find(({ kind }) => kind === 1);
    expect(slot).toEqual({ kind: 1, memoryKiB: 131_072, passes: 6 });
    for (const machine of [fast, ports]) {
      const again = must(await unlock(machine, path));
      expect(must(again.auditEntries({ limit: 9 })).map(({ event }) => event)).toEqual([
        'derivation-raised',
        'vault-created',
      ]);
      again.close();
    }
  });
});

describe('two processes on one vault', () => {
  it('see what the other committed, and never overwrite it unseen', async () => {
    const other = must(await unlock(ports, path));
    const [mine, theirs] = [vault.newId(), vault.newId()];
    must(vault.commit([putMeta(mine, { n: 1 }), putSecret(mine, 'v1')], []));
    expect(other.records().size).toBe(0);
    expect(must(other.refresh())).toEqual({ changed: true });
    expect(must(other.refresh())).toEqual({ changed: false });
    expect(other.records().get(mine)?.body).toEqual({ type: 'key', n: 1 });
    must(other.commit([putMeta(mine, { n: 2 }, 1), putSecret(mine, 'v2', 1), putMeta(theirs, {})], []));
    expect(errorOf(vault.commit([putMeta(mine, { n: 3 }, 1)], [])).kind).toBe('conflict');
    expect(textOf(must(vault.readSecret(mine)))).toBe('v2');
    expect(must(vault.refresh())).toEqual({ changed: true });
    expect(vault.records().size).toBe(2);
    must(vault.commit([{ op: 'delete', table: 'meta', id: theirs, expected: 1 }], []));
    expect(must(other.refresh()).changed).toBe(true);
    expect([...other.records().keys()]).toEqual([mine]);
    expect([vault.damage(), other.damage()]).toEqual([[], []]);
    expect(must(vault.verifyAudit()).ok).toBe(true);
  });

  it('keep reading the right rows after many changes of the other', async () => {
    const other = must(await unlock(ports, path));
    const ids = Array.from({ length: 400 }, () => vault.newId());
    must(
      vault.commit(
        ids.map((id, n) => putMeta(id, { n })),
        [],
      ),
    );
    must(other.refresh());
    must(
      vault.commit(
        ids.slice(0, 200).map((id, n) => putMeta(id, { n: -n }, 1)),
        [],
      ),
    );
    must(vault.commit([{ op: 'delete', table: 'meta', id: ids[399] as string, expected: 1 }], []));
    must(other.refresh());
    expect(new Map(other.records())).toEqual(new Map(vault.records()));
    vault.close();
    other.close();
    const third = must(await unlock(ports, path));
    expect(third.records().size).toBe(399);
    expect(third.damage()).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('lists newest first, in pages', () => {
    for (let n = 2; n <= 7; n += 1)
      must(vault.commit([], [{ event: `e${n}`, by: 'test', keyId: 'k', detail: { n } }]));
    const page = must(vault.auditEntries({ limit: 3 }));
    expect(page.map(({ sequence, event, detail }) => [sequence, event, detail])).toEqual([
      [7, 'e7', { n: 7 }],
      [6, 'e6', { n: 6 }],
      [5, 'e5', { n: 5 }],
    ]);
    const last = must(vault.auditEntries({ before: 3, limit: 10 }));
    expect(last.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(must(vault.verifyAudit())).toEqual({ ok: true, entries: 7 });
  });
});

describe('backup and restore', () => {
  it('make a file that opens with the password of its time, and is read by the page', async () => {
    const [key, value] = [vault.newId(), vault.newId()];
    must(
      vault.commit([putMeta(key, {}), putMeta(vault.newId(), { type: 'note' }), putSecret(value, 'x')], []),
    );
    const backup = join(folder, 'backup.keyturn');
    const made = must(await vault.backupTo(backup));
    expect(made).toEqual({ keys: 1, bytes: statSync(backup).size });
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.keyturn']);
    must(await vault.changePassword(secretText(password), secretText('later')));
    const restored = join(folder, 'restored.keyturn');
    const before = readFileSync(backup);
    expect(errorOf(await restoreVault(ports, backup, restored, secretText('later'))).kind).toBe(
      'wrong-password',
    );
    expect(must(await restoreVault(ports, backup, restored, secretText(password)))).toMatchObject({
      keys: 1,
      vaultId: vault.vaultId,
    });
    expect(readFileSync(backup).equals(before)).toBe(true);
    expect(Object.keys(readVaultByThePage(backup, password, 1).meta)).toHaveLength(2);
    const opened = must(await unlock(ports, restored));
    expect(textOf(must(opened.readSecret(value)))).toBe('x');
    expect(must(opened.auditEntries({ limit: 1 }))[0]?.event).toBe('vault-restored');
    opened.close();
    vault.close();
    expect(readdirSync(folder).sort()).toEqual(['backup.keyturn', 'restored.keyturn', 'vault.keyturn']);
  });

  it('never overwrite', async () => {
    const backup = join(folder, 'backup.keyturn');
    writeFileSync(backup, 'mine');
    expect(errorOf(await vault.backupTo(backup)).kind).toBe('already-exists');
    expect(readFileSync(backup, 'utf8')).toBe('mine');
    const refused = await restoreVault(ports, path, backup, secretText(password));
    expect(errorOf(refused).kind).toBe('already-exists');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('take a plain copy of a vault in use as well, log and all', async () => {
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'only in the log')], []));
    const copy = join(folder, 'copy.keyturn');
    copyVault(path, copy);
    must(await restoreVault(ports, copy, join(folder, 'r'), secretText(password)));
    expect(textOf(must(must(await unlock(ports, join(folder, 'r'))).readSecret(id)))).toBe('only in the log');
  });

  it('refuse a folder that is not there, in words', async () => {
    expect(errorOf(await vault.backupTo(join(folder, 'no', 'b'))).kind).toBe('io');
    expect(
      errorOf(await restoreVault(ports, join(folder, 'no'), join(folder, 'r'), secretText('x'))).kind,
    ).toBe('no-vault');
  });
});

const copyOf = (from: string): string => {
  const to = `${from}.look`;
  copyVault(from, to);
  return to;
};

const readSlots = (from: string): { readonly slots: readonly Buffer[] } => {
  const opened = must(ports.store.open(copyOf(from), 'wal'));
  const slots = opened.all('SELECT body FROM slot').map((row) => Buffer.from(row[0] as Uint8Array));
  opened.close();
  return { slots };
};
