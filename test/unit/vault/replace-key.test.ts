// A new vault key: everything is there afterwards and nothing of the old key opens it; stopped or interrupted, nothing has changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { unlockVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import {
  copyVault,
  errorOf,
  must,
  newVault,
  password,
  portsWithoutCost,
  putMeta,
  putSecret,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

type Look = Parameters<Parameters<OpenVault['replaceKey']>[0]['rewrite']>[1];

/** As the product does it: each record carries the fingerprint of its value. */
const rewrite = (body: JsonObject, look: Look): JsonObject => {
  if (typeof body['value'] !== 'string') return body;
  const secret = must(look.readSecret(body['value']));
  return { ...body, print: secret.use((bytes) => look.fingerprint(bytes)) };
};

const work = (over: Partial<Parameters<OpenVault['replaceKey']>[0]> = {}) => ({
  password: secretText(password),
  by: 'test',
  rewrite,
  step: () => Promise.resolve(true),
  ...over,
});

const fill = (vault: OpenVault, count: number): readonly string[] => {
  const ids = Array.from({ length: count }, () => vault.newId());
  const changes = ids.flatMap((id, at) => [
    putSecret(id, `value ${at}`),
    putMeta(id, { name: `key ${at}`, value: id, print: vault.fingerprint(Buffer.from(`value ${at}`)) }),
  ]);
  must(vault.commit(changes, [{ event: 'filled', by: 'test', detail: { count } }]));
  return ids;
};

const expectWhole = (vault: OpenVault, ids: readonly string[]): void => {
  expect(vault.damage()).toEqual([]);
  expect(must(vault.verifyAudit()).ok).toBe(true);
  for (const [at, id] of ids.entries()) {
    expect(textOf(must(vault.readSecret(id)))).toBe(`value ${at}`);
    const body = vault.records().get(id)?.body;
    expect([body?.['name'], body?.['print']]).toEqual([
      `key ${at}`,
      vault.fingerprint(Buffer.from(`value ${at}`)),
    ]);
  }
};

describe('replacing the vault key', () => {
  it('seals every row anew, keeps everything, and gives a new recovery code', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault, code } = await newVault(ports, path);
    const ids = fill(vault, 450);
    const print = vault.fingerprint(Buffer.from('value 1'));
    const steps: (readonly [number, number])[] = [];
    const step = (done: number, total: number): Promise<boolean> => {
      steps.push([done, total]);
      return Promise.resolve(true);
    };
    const before = new DatabaseSync(path, { readOnly: true });
    const sealed = (database: DatabaseSync): ReadonlySet<string> =>
      new Set(
        ['meta', 'secret', 'leaf', 'manifest', 'audit', 'cache'].flatMap((table) =>
          database
            .prepare(`SELECT hex(sealed) AS s FROM ${table}`)
            .all()
            .map((row) => String(row['s'])),
        ),
      );
    const old = sealed(before);
    before.close();
    const next = textOf(must(await vault.replaceKey(work({ step }))));
    expect(next).not.toBe(code);
    expectWhole(vault, ids);
    expect(vault.fingerprint(Buffer.from('value 1'))).not.toBe(print);
    expect(must(vault.auditEntries({ limit: 1 }))[0]?.event).toBe('vault-key-replaced');
    expect(steps.length).toBeGreaterThan(4);
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
    expect(steps.every(([done], at) => at === 0 || done >= (steps[at - 1]?.[0] ?? 0))).toBe(true);
    const more = fill(vault, 3);
    vault.close();

    const after = new DatabaseSync(path, { readOnly: true });
    expect([...sealed(after)].filter((row) => old.has(row))).toEqual([]);
    after.close();
    // Neither in a free page nor in the log.
    const bytes = readFileSync(path).toString('hex').toUpperCase();
    expect([...old].filter((row) => bytes.includes(row.slice(0, 48)))).toEqual([]);

    const again = must(await unlock(ports, path));
    expectWhole(again, ids);
    expectWhole(again, more);
    again.close();
    must(await unlockVault(ports, path, { recoveryCode: secretText(next) })).close();
    expect(errorOf(await unlockVault(ports, path, { recoveryCode: secretText(code) })).kind).toBe(
      'wrong-password',
    );
  });

  it('asks for the right password', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault, code } = await newVault(ports, path);
    const bytes = readFileSync(path);
    const refused = await vault.replaceKey(work({ password: secretText('another one') }));
    expect(errorOf(refused).kind).toBe('wrong-password');
    expect(readFileSync(path).equals(bytes)).toBe(true);
    vault.close();
    must(await unlockVault(ports, path, { recoveryCode: secretText(code) })).close();
  });

  it('stopped half-way leaves not one byte changed, and can be done afterwards', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault, code } = await newVault(ports, path);
    const ids = fill(vault, 500);
    vault.close();
    const open = must(await unlock(ports, path));
    const bytes = readFileSync(path);
    for (const stopAt of [0, 2, 4, 6]) {
      let steps = 0;
      const step = (): Promise<boolean> => Promise.resolve(steps++ !== stopAt);
      expect(errorOf(await open.replaceKey(work({ step }))).kind).toBe('cancelled');
    }
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expectWhole(open, ids);
    must(await open.replaceKey(work()));
    expectWhole(open, ids);
    open.close();
    expect((await unlockVault(ports, path, { recoveryCode: secretText(code) })).ok).toBe(false);
  });

  it('takes over what others write meanwhile, and tells them that their key is no longer the one', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const ids = fill(vault, 450);
    const other = must(await unlock(ports, path));
    const added: string[] = [];
    const step = (): Promise<boolean> => {
      const id = other.newId();
      const at = added.length;
      added.push(id);
      const first = ids[0] as string;
      const record = other.records().get(first);
      must(
        other.commit(
          [
            putSecret(id, `value ${at}`),
            putMeta(id, { name: `key ${at}`, value: id, print: 'stale' }),
            putMeta(first, { ...record?.body, note: `turn ${at}` }, record?.revision),
          ],
          [{ event: 'meanwhile', by: 'other' }],
        ),
      );
      if (at === 1)
        must(other.commit([{ op: 'delete', table: 'meta', id: ids[5] as string, expected: 1 }], []));
      return Promise.resolve(true);
    };
    must(await vault.replaceKey(work({ step })));
    expect(added.length).toBeGreaterThan(3);
    const whole = (open: OpenVault): void => {
      expectWhole(open, added);
      expect(open.records().get(ids[0] as string)?.body['note']).toBe(`turn ${added.length - 1}`);
      expect(open.records().has(ids[5] as string)).toBe(false);
      expect(open.records().size).toBe(ids.length + added.length - 1);
    };
    whole(vault);
    const id = other.newId();
    for (const refused of [
      other.commit([putMeta(id, {})], []),
      other.readSecret(ids[1] as string),
      other.refresh(),
    ])
      expect(errorOf(refused)).toMatchObject({ kind: 'locked', message: expect.stringContaining('key') });
    other.close();
    vault.close();
    const again = must(await unlock(ports, path));
    whole(again);
    again.close();
  });

  it('is refused while anything is damaged', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const ids = fill(vault, 5);
    vault.close();
    const editor = new DatabaseSync(path);
    editor.exec(`UPDATE secret SET sealed = zeroblob(200) WHERE id = x'${ids[2]}'`);
    editor.close();
    const damaged = must(await unlock(ports, path));
    const copy = `${path}.copy`;
    copyVault(path, copy);
    const error = errorOf(await damaged.replaceKey(work()));
    expect([error.kind, error.next.includes('--rescue')]).toEqual(['damaged', true]);
    expect(textOf(must(damaged.readSecret(ids[1] as string)))).toBe('value 1');
    damaged.close();
  });
});
