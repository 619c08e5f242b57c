// Looks at what a killed process left behind: one state out of two, whole; nothing in the way of the next one; every backup good.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import { unlockVaultWith, type OpenVault, type VaultPorts } from '../../../src/core/vault/vault.ts';
import { migrations } from '../../../src/core/vault/migrations/index.ts';
import { bytesOf, newAgent, type TestAgent } from '../agents.ts';
import { secondFormat } from '../vault/second-format.ts';
import { age, leftovers, nextPassword, password, type Place } from './place.ts';

/** All that a person would say is in the vault, as text that can be compared; `no vault` where there is none. */
export type Seen = string;

const described = (vault: OpenVault): readonly string[] =>
  [...vault.records().values()].map(({ body }) => {
    const versions = (body['versions'] ?? []) as readonly { readonly id: string }[];
    for (const { id } of versions) expect(vault.readSecret(id)).toMatchObject({ ok: true });
    const removed = typeof body['removedAtMs'] === 'number';
    return JSON.stringify([body['type'], body['name'] ?? '', versions.length, removed]);
  });

const openWith = async (ports: VaultPorts, place: Place, typed: string, later: boolean) =>
  unlockVaultWith(
    ports,
    place.vault,
    { password: SecretBytes.fromText(typed) },
    later ? secondFormat : migrations,
    // A format that this look must not raise by itself: then the copy has nowhere to go.
    { copyBeforeMigration: () => join(place.root, 'nowhere', 'copy') },
  );

/** Opens the vault and reads all of it. Which format it has is part of what is seen. */
export const lookAt = async (ports: VaultPorts, place: Place): Promise<Seen> => {
  if (!existsSync(place.vault)) return 'no vault';
  const opened: string[] = [];
  let seen = '';
  // Not from the head of the file: a migration that was just committed stands in the log alone.
  for (const typed of [password, nextPassword]) {
    const first = await openWith(ports, place, typed, false);
    const isLater = !first.ok && first.error.kind === 'newer-format';
    const vault = isLater ? await openWith(ports, place, typed, true) : first;
    if (!vault.ok) {
      expect(vault.error.kind).toBe('wrong-password');
      continue;
    }
    expect(vault.value.damage()).toEqual([]);
    expect(vault.value.verifyAudit()).toMatchObject({ ok: true, value: { ok: true } });
    const events = vault.value.auditEntries({ limit: 50 });
    const isNewKey = events.ok && events.value.some(({ event }) => event === 'vault-key-replaced');
    const opens = typed === password ? 'the first password' : 'the next password';
    opened.push(opens);
    const standing = `${isLater ? 'later' : 'first'} format, ${opens}, new key ${isNewKey}`;
    seen = [standing, ...described(vault.value).toSorted()].join('\n');
    vault.value.close();
  }
  expect(opened).toHaveLength(1);
  return seen;
};

const eachBackupOpens = async (agent: TestAgent): Promise<void> => {
  for (const { name } of (await agent.get('backup.list', {})).backups) {
    // The key that is in memory opens it as well, unless the vault has another one since.
    const own = await agent.call('restore.preview', { name });
    if (!own.ok) await agent.get('restore.preview', { name, password: bytesOf(password) });
  }
};

/** A Keyturn that starts afterwards works at once, and tidies up what the killed one left. */
export const goOn = async (ports: VaultPorts, place: Place): Promise<void> => {
  age(place);
  const agent = await newAgent({ home: place.home, state: place.state, ports });
  try {
    if (agent.agent.state().vault === 'missing')
      await agent.get('restore.readPath', { path: place.backup, password: bytesOf(password) });
    const first = await agent.call('vault.unlock', { password: bytesOf(password) });
    if (!first.ok) await agent.get('vault.unlock', { password: bytesOf(nextPassword) });
    const { problem, damaged } = agent.agent.state();
    expect([problem, damaged]).toEqual([null, 0]);
    await agent.get('project.add', { name: 'Afterwards' });
    await eachBackupOpens(agent);
    const made = join(place.root, 'made.keyturn-backup');
    if (!existsSync(made)) await agent.get('backup.writePath', { path: made });
    const view = await agent.get('restore.previewPath', { path: made });
    expect(view.keys).toBeGreaterThan(0);
    await agent.get('backup.now', {});
    expect(leftovers(place)).toEqual([]);
  } finally {
    agent.agent.close();
  }
};
