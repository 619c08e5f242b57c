// What happens around an open vault's file: removed, renamed away, replaced, its clock set back. Clear words; nothing acknowledged is lost;
// nothing is written where it would be.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
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

describe.skipIf(process.platform === 'win32')('the file of an open vault', () => {
  it('whose folder is removed takes no change any more, and says so', async () => {
    const folder = join(temporaryFolder(), 'inner');
    mkdirSync(folder);
    const { vault } = await newVault(ports, join(folder, 'vault.keyturn'));
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'kept')], []));
    rmSync(folder, { recursive: true });
    for (const refused of [vault.commit([putMeta(vault.newId(), {})], []), vault.refresh()])
      expect(errorOf(refused)).toMatchObject({
        kind: 'io',
        message: expect.stringContaining('no longer in its place'),
      });
    expect(vault.records().size).toBe(1);
    vault.close();
  });

  it('that was renamed away goes on once it is back, with all that was acknowledged', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'kept')], []));
    renameSync(path, `${path}.away`);
    expect(errorOf(vault.commit([putMeta(vault.newId(), {})], [])).kind).toBe('io');
    renameSync(`${path}.away`, path);
    must(vault.commit([putMeta(vault.newId(), {})], []));
    vault.close();
    const again = must(await unlock(ports, path));
    expect([again.records().size, again.damage()]).toEqual([2, []]);
    expect(textOf(must(again.readSecret(id)))).toBe('kept');
    again.close();
  });

  it('in whose place another vault was put is not written to, and neither is the other', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'first')], []));
    const saved = join(folder, 'saved');
    copyVault(path, saved);
    const other = await newVault(ports, join(folder, 'other.keyturn'));
    must(other.vault.commit([putMeta(id, {}), putSecret(id, 'second')], []));
    other.vault.close();
    renameSync(join(folder, 'other.keyturn'), path);
    const before = readFileSync(path);
    for (const refused of [vault.commit([putMeta(vault.newId(), {})], []), vault.refresh()])
      expect(errorOf(refused)).toMatchObject({
        kind: 'locked',
        message: expect.stringContaining('Another file'),
      });
    expect(readFileSync(path).equals(before)).toBe(true);
    vault.close();
    const kept = must(await unlock(ports, saved));
    expect(textOf(must(kept.readSecret(id)))).toBe('first');
    kept.close();
  });

  it.each(['another vault', 'an earlier copy of itself'])(
    'in whose place %s was put is neither given a new password, code or key nor taken for the one that is open',
    async (what) => {
      const folder = temporaryFolder();
      const path = join(folder, 'vault.keyturn');
      const { vault } = await newVault(ports, path);
      const id = vault.newId();
      copyVault(path, join(folder, 'an earlier copy of itself'));
      must(vault.commit([putMeta(id, {}), putSecret(id, 'first')], []));
      (await newVault(ports, join(folder, 'another vault'))).vault.close();
      const saved = join(folder, 'saved');
      copyVault(path, saved);
      renameSync(join(folder, what), path);
      const before = readFileSync(path);
      const typed = secretText(password);
      const next = secretText('the next one');
      const work = {
        password: typed,
        by: 'test',
        rewrite: (body: JsonObject) => body,
        step: () => Promise.resolve(true),
      };
      const refused = [
        await vault.changePassword(typed, next),
        await vault.newRecoveryCode(),
        await vault.replaceKey(work),
        vault.makeKeychainSlot('test', true),
        vault.copyAsItIs(join(folder, 'copy')),
        await vault.backupTo(join(folder, 'backup')),
      ];
      for (const each of refused)
        expect(['locked', 'wrong-password', 'conflict']).toContain(errorOf(each).kind);
      vault.close();
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp') || name === 'copy')).toEqual([]);
      const kept = must(await unlock(ports, saved));
      expect(textOf(must(kept.readSecret(id)))).toBe('first');
      kept.close();
    },
  );

  it('is not minded about the clock: set back by years, nothing is lost or out of order', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    let nowMs = Date.UTC(2026, 10, 22);
    const clock = { ...ports.clock, nowMs: () => nowMs };
    const { vault } = await newVault({ ...ports, clock }, path);
    const ids = [vault.newId(), vault.newId()];
    must(vault.commit([putMeta(ids[0] as string, {})], [{ event: 'before', by: 'test' }]));
    nowMs -= 10 * 365 * 86_400_000;
    must(vault.commit([putMeta(ids[1] as string, {})], [{ event: 'after', by: 'test' }]));
    const events = must(vault.auditEntries({ limit: 2 })).map(({ event }) => event);
    expect([events, must(vault.verifyAudit()).ok]).toEqual([['after', 'before'], true]);
    vault.close();
    const again = must(await unlock({ ...ports, clock }, path));
    expect([again.records().size, again.damage()]).toEqual([2, []]);
    again.close();
  });
});
