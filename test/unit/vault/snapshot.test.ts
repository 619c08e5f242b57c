// The snapshot in a vault only ever saves time: whatever stands there, sealed with the right key or not, the same is read.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, integerId, u32, utf8 } from '../../../src/core/vault/bytes.ts';
import { migrations } from '../../../src/core/vault/migrations/index.ts';
import type { Session } from '../../../src/core/vault/session.ts';
import { endSession } from '../../../src/core/vault/session.ts';
import { putNumbered, readNumbered } from '../../../src/core/vault/tables.ts';
import { unlockSession } from '../../../src/core/vault/unlock-session.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import {
  must,
  newVault,
  password,
  portsWithoutCost,
  putMeta,
  rememberingPorts,
  secretText,
  temporaryFolder,
  unlock,
} from '../../support/vault/vault-kit.ts';

const records = 300;
/** Header, manifest, snapshot, the last audit line: what an opening unseals beside records. */
const few = 20;

let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await rememberingPorts());
});

const filledVault = async (): Promise<string> => {
  const path = join(temporaryFolder(), 'vault.keyturn');
  const { vault } = await newVault(ports, path);
  const changes = Array.from({ length: records }, (_, at) =>
    putMeta(vault.newId(), { name: `number ${at}` }),
  );
  must(vault.commit(changes, []));
  vault.close();
  return path;
};

/** Edits the opened snapshot and seals it again, as only somebody with the vault key can. */
const editSnapshot = async (path: string, edit: (content: Uint8Array) => Uint8Array): Promise<void> => {
  const credential = { password: secretText(password) };
  const session: Session = must(await unlockSession(ports, path, credential, { journal: 'wal', migrations }));
  const row = readNumbered(session.sql, 'cache', 1);
  const content =
    row === null ? null : session.envelope.open('cache', integerId(1), row.revision, row.sealed);
  if (row === null || content === null) throw new Error('the vault has a snapshot');
  const sealed = session.envelope.seal('cache', integerId(1), row.revision, edit(content));
  putNumbered(session.sql, 'cache', 1, { revision: row.revision, sealed });
  endSession(session);
};

type Opened = { readonly names: ReadonlySet<unknown>; readonly damage: number; readonly unsealed: number };

const openCounting = async (path: string): Promise<Opened> => {
  let unsealed = 0;
  const open: VaultPorts['aead']['open'] = (...input) => {
    unsealed += 1;
    return ports.aead.open(...input);
  };
  const vault = must(await unlock({ ...ports, aead: { ...ports.aead, open } }, path));
  const names = new Set([...vault.records().values()].map(({ body }) => body['name']));
  const damage = vault.damage().length;
  vault.close();
  return { names, damage, unsealed };
};

const tagsBytes = 512 * 16;
const withText =
  (text: string) =>
  (content: Uint8Array): Uint8Array => {
    const start =
      tagsBytes +
      16 +
      40 * (content[tagsBytes + 10] as number) * 256 +
      40 * (content[tagsBytes + 11] as number);
    return concat([content.subarray(0, start), utf8(text)]);
  };

describe('the snapshot of a vault', () => {
  it('saves opening the records one by one', async () => {
    const { names, damage, unsealed } = await openCounting(await filledVault());
    expect([names.size, damage]).toEqual([records, 0]);
    expect(unsealed).toBeLessThan(few);
  });

  it.each<[string, (content: Uint8Array) => Uint8Array]>([
    ['is of a later form', (content) => content.with(tagsBytes + 7, 3)],
    ['is cut off within its lists', (content) => content.slice(0, tagsBytes + 100)],
    ['is cut off within its numbers', (content) => content.slice(0, tagsBytes + 9)],
    ['is empty', () => new Uint8Array(0)],
    ['holds no JSON', withText('{')],
    ['holds bytes that are no text', (content) => concat([content.subarray(0, -1), Uint8Array.of(0xff)])],
    ['holds something else', withText('{"same":1}')],
    ['holds too few bodies', withText('["each",[{"type":"key"}]]')],
    ['holds no objects', withText('["same","key"]')],
    [
      'is of the first form, without bodies',
      (content) => concat([content.subarray(0, tagsBytes), u32(0), u32(0), utf8('[]')]),
    ],
    [
      'is of the first form, and wrong',
      (content) => concat([content.subarray(0, tagsBytes), u32(0), u32(0), utf8('[1]')]),
    ],
  ])('changes nothing of what is read where it %s', async (_what, edit) => {
    const path = await filledVault();
    await editSnapshot(path, edit);
    const { names, damage, unsealed } = await openCounting(path);
    expect([names.size, damage]).toEqual([records, 0]);
    expect(unsealed).toBeGreaterThan(records);
    // Opened the slow way, it has been written anew.
    expect((await openCounting(path)).unsealed).toBeLessThan(few);
  });
});
