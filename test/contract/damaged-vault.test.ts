// A vault with a damaged record: a password or code that leaked can be changed at once, behind a copy of the file as it is; a new vault key
// waits for the rescue, since it would leave out what cannot be read (docs/adr/0007-damage-and-new-passwords.md).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { unlockVault, type VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import {
  bytesOf,
  newAgent,
  newFolder,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { newHome, sample } from '../support/cli.ts';
import { portsWithoutCost } from '../support/vault/vault-kit.ts';

const next = 'another password';
let cheap: VaultPorts;
beforeAll(async () => {
  cheap = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

type Damaged = { readonly made: TestAgent; readonly code: string; readonly folder: string };

/** What is wrong with the file, and whether it is seen when it is opened or only when the record is. */
const wrongs = {
  'a record that was overwritten':
    'UPDATE secret SET sealed = zeroblob(200) WHERE id = (SELECT min(id) FROM secret)',
  'a record that is damaged but for its end':
    "UPDATE secret SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE id = (SELECT min(id) FROM secret)",
} as const;

const damage = (file: string, statement: string): void => {
  const editor = new DatabaseSync(file);
  editor.exec(statement);
  editor.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  editor.close();
};

const damagedVault = async (statement: string): Promise<Damaged> => {
  const first = await unlockedAgent({ ports: cheap });
  onTestFinished(first.remove);
  const { projectId, environments } = await placeOf(first);
  for (const name of ['one', 'two', 'three'])
    await first.get('keys.add', {
      projectId,
      environmentIds: [environments.get('production') ?? ''],
      facts: { name },
      fields: [{ name: 'secret', value: bytesOf(`value of ${name}`) }],
    });
  const { recoveryCode } = await first.get('recovery.renew', { password: bytesOf(testPassword) });
  first.agent.close();
  damage(join(first.home, 'vault.keyturn'), statement);
  const made = await newAgent({ home: first.home, ports: cheap });
  onTestFinished(made.agent.close);
  return { made, code: recoveryCode, folder: join(first.home, 'backups') };
};

const opens = async (path: string, password: string): Promise<boolean> => {
  const opened = await unlockVault(cheap, path, { password: SecretBytes.fromText(password) });
  if (opened.ok) opened.value.close();
  return opened.ok;
};

const readable = async ({ get, call }: TestAgent): Promise<readonly string[]> => {
  const values: string[] = [];
  for (const { id } of await get('keys.list', {})) {
    const shown = await call('keys.reveal', { id, field: 'secret' });
    values.push(shown.ok ? shown.value.value : shown.error.kind);
  }
  return values.toSorted();
};

describe.each(Object.entries(wrongs))('with %s', (_name, statement) => {
  it('the password is changed, behind a copy of the file as it is, and all else stays readable', async () => {
    const { made, folder } = await damagedVault(statement);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    const before = await readable(made);
    expect(before.filter((value) => value.startsWith('value of'))).toHaveLength(2);
    await made.get('password.change', { current: bytesOf(testPassword), next: bytesOf(next) });
    expect(await readable(made)).toEqual(before);
    const [newest] = (await made.get('backup.list', {})).backups;
    expect(newest?.reason).toBe('damaged');
    const copy = join(folder, newest?.name ?? '');
    expect([await opens(copy, testPassword), await opens(copy, next)]).toEqual([true, false]);
    const vault = join(made.home, 'vault.keyturn');
    expect([await opens(vault, testPassword), await opens(vault, next)]).toEqual([false, true]);
    const looked = await made.call('restore.preview', {
      name: newest?.name ?? '',
      password: bytesOf(testPassword),
    });
    expect(looked).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });

  it('a lost password has its way back, and the code is renewed', async () => {
    const { made, code } = await damagedVault(statement);
    const { recoveryCode } = await made.get('vault.recover', {
      code: bytesOf(code),
      password: bytesOf(next),
    });
    expect((await readable(made)).filter((value) => value.startsWith('value of'))).toHaveLength(2);
    const renewed = await made.get('recovery.renew', { password: bytesOf(next) });
    const matches = async (typed: string): Promise<boolean> =>
      (await made.get('recovery.verify', { code: bytesOf(typed) })).matches;
    expect([await matches(code), await matches(recoveryCode), await matches(renewed.recoveryCode)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('the vault key is not replaced, in words that say what goes on and what comes first', async () => {
    const { made } = await damagedVault(statement);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    const before = await readable(made);
    const refused = await made.call('vault.replaceKey', { password: bytesOf(testPassword) });
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'damaged', next: expect.stringContaining('doctor --rescue') },
    });
    expect(refused.ok ? '' : refused.error.next).toContain('Change the password now');
    expect(await readable(made)).toEqual(before);
    const to = join(made.home, 'rescued.keyturn');
    await made.get('vault.rescue', { path: to, password: bytesOf(testPassword) });
    expect(await opens(to, testPassword)).toBe(true);
  });
});

describe('where the list of everything is damaged', () => {
  it('nothing can be written, and the recovery code alone rescues all, and then sets a new password', async () => {
    const { made, code } = await damagedVault('DELETE FROM manifest');
    const refused = await made.call('vault.recover', { code: bytesOf(code), password: bytesOf(next) });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'damaged' } });
    const home = newFolder();
    const to = join(home, 'vault.keyturn');
    const saved = await made.get('vault.rescue', {
      path: to,
      password: bytesOf(code),
      with: 'recovery-code',
    });
    expect(saved).toMatchObject({ keys: 3, lost: [] });
    const rescued = await newAgent({ home, ports: cheap });
    onTestFinished(rescued.remove);
    await rescued.get('vault.recover', { code: bytesOf(code), password: bytesOf(next) });
    expect((await readable(rescued)).filter((value) => value.startsWith('value of'))).toHaveLength(3);
    expect([await opens(to, testPassword), await opens(to, next)]).toEqual([false, true]);
  });
});

it('the command line says what was kept, and exits with 4 where it refuses', async () => {
  const home = newHome();
  onTestFinished(home.remove);
  await home.json(['init']);
  await home.json(['add', 'one', '--env', 'production', '--value-stdin'], { stdin: sample.anything() });
  damage(join(home.folder, 'home', 'vault.keyturn'), wrongs['a record that was overwritten']);
  const refused = await home.run(['replace-key']);
  expect([refused.code, refused.err.includes('doctor --rescue')]).toEqual([4, true]);
  const nextFile = join(home.folder, 'next');
  writeFileSync(nextFile, `${next}\n`, { mode: 0o600 });
  const changed = await home.run(['password', '--new-password-file', nextFile]);
  expect(changed.code).toBe(0);
  expect(changed.err).toMatch(/kept as it was .*-damaged-.*\.keyturn-backup/);
  const listed = await home.run(['list', '--password-file', nextFile], { bare: true });
  expect([listed.code, listed.out.includes('one')]).toEqual([4, true]);
}, 240_000);
