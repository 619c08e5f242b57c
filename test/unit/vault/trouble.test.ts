// Files that are no vault, or not one of ours to open, and disks that do not want: each in clear words, nothing touched.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import { inspectVault, unlockVault } from '../../../src/core/vault/vault.ts';
import { unlockVaultWith } from '../../../src/core/vault/vault.ts';
import { migrations } from '../../../src/core/vault/migrations/index.ts';
import type { Migration } from '../../../src/core/vault/migrations/index.ts';
import {
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

const golden = resolve(import.meta.dirname, '../../golden/vault-v1/small.keyturn');
let ports: VaultPorts;
beforeAll(async () => {
  ports = await rememberingPorts();
});

const foreignDatabase = (path: string, pragma: string): void => {
  const database = new DatabaseSync(path);
  database.exec(`CREATE TABLE t (a); ${pragma}`);
  database.close();
};

/** The application_id of the format page, and a format. */
const ourMark = (format: number): string =>
  `PRAGMA application_id = 1263817294; PRAGMA user_version = ${format}`;

type Trouble = { readonly make: (path: string) => void; readonly kind: string; readonly state: string };
const whole = (): Buffer => readFileSync(golden);

const troubles: Readonly<Record<string, Trouble>> = {
  'nothing at all': { make: () => undefined, kind: 'no-vault', state: 'missing' },
  'a folder': { make: (path) => mkdirSync(path), kind: 'not-a-vault', state: 'not-a-vault' },
  'an empty file': { make: (path) => writeFileSync(path, ''), kind: 'not-a-vault', state: 'not-a-vault' },
  'a text file': {
    make: (path) => writeFileSync(path, 'API_HOST=localhost\n'.repeat(500)),
    kind: 'not-a-vault',
    state: 'not-a-vault',
  },
  'the database of another program': {
    make: (path) => foreignDatabase(path, ''),
    kind: 'not-a-vault',
    state: 'not-a-vault',
  },
  'a database that only claims to be a vault': {
    make: (path) => foreignDatabase(path, ourMark(1)),
    kind: 'damaged',
    state: 'ready',
  },
  'a vault of a later format': {
    make: (path) => foreignDatabase(path, ourMark(2)),
    kind: 'newer-format',
    state: 'newer',
  },
  'the first ten bytes of a vault': {
    make: (path) => writeFileSync(path, whole().subarray(0, 10)),
    kind: 'damaged',
    state: 'truncated',
  },
  'the first half of a vault': {
    make: (path) => writeFileSync(path, whole().subarray(0, whole().length / 2)),
    kind: 'damaged',
    state: 'truncated',
  },
};

/** Everything in a folder, byte for byte. */
const contentOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).map((entry) =>
    entry.isFile()
      ? `${entry.name} ${readFileSync(join(folder, entry.name)).toString('base64')}`
      : entry.name,
  );

describe('a path where there is', () => {
  it.each(Object.keys(troubles))('%s', async (name) => {
    const { make, kind, state } = troubles[name] as Trouble;
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    make(path);
    const before = contentOf(folder);
    expect(must(inspectVault(ports, path)).state).toBe(state);
    const error = errorOf(await unlock(ports, path));
    expect([error.kind, error.where?.file]).toEqual([kind, path]);
    expect(error.message.length).toBeGreaterThan(20);
    expect(error.next.length).toBeGreaterThan(10);
    if (state !== 'ready') expect(contentOf(folder)).toEqual(before);
  });

  it('a wrong password gets words, and changes nothing', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    copyFileSync(golden, path);
    const before = readFileSync(path);
    const error = errorOf(await unlock(ports, path, 'not this one'));
    expect(error).toMatchObject({ kind: 'wrong-password' });
    expect(JSON.stringify(error)).not.toContain('not this one');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['vault.keyturn']);
  });

  it('a later format that only the log knows of is refused as well', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    copyFileSync(golden, path);
    const writer = new DatabaseSync(path);
    onTestFinished(() => writer.close());
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 7');
    expect(must(inspectVault(ports, path))).toEqual({ state: 'ready', format: 1 });
    const error = errorOf(await unlock(ports, path));
    expect([error.kind, error.message.includes('format 7')]).toEqual(['newer-format', true]);
  });
});

describe('another process that holds the write lock', () => {
  it('is waited for, then named', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    // Not node:sqlite: POSIX locks are per process, so two copies of SQLite in one process do not see each other's.
    const other = must(ports.store.open(path, 'wal'));
    onTestFinished(() => other.close());
    other.run('BEGIN IMMEDIATE');
    const startedMs = performance.now();
    expect(errorOf(vault.commit([putMeta(vault.newId(), {})], [])).kind).toBe('busy');
    expect(performance.now() - startedMs).toBeGreaterThan(3000);
    other.run('ROLLBACK');
    must(vault.commit([putMeta(vault.newId(), {})], []));
    expect(vault.records().size).toBe(1);
    vault.close();
  });
});

/** Runs a script that imports the product, as a person without rights. Root may write anywhere, so root becomes nobody for it. */
const asNobody = (script: string, path: string): string => {
  const isRoot = process.getuid?.() === 0;
  const source = resolve(import.meta.dirname, '../../..').replaceAll('\\', '/');
  const prelude = `
    const { nodePorts } = await import('file://${source}/src/node/ports.ts');
    const vaults = await import('file://${source}/src/core/vault/vault.ts');
    const { SecretBytes } = await import('file://${source}/src/core/model/secret-bytes.ts');
    const ports = await nodePorts({ targetMs: 0 });
    const secret = SecretBytes.fromText(process.env.TYPED);
    const path = process.env.VAULT;`;
  const ran = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', `${prelude}\n${script}`], {
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
    env: { ...process.env, VAULT: path, TYPED: password, HOME: '/nonexistent' },
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout.trim();
};

describe.skipIf(process.platform === 'win32')('a place that may not be written', () => {
  it('is told to be read-only when a vault is opened there, and when one is created', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    (await newVault(ports, path)).vault.close();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    const opened = asNobody(
      'const r = await vaults.unlockVault(ports, path, { password: secret }); console.log(r.ok, r.error?.kind, r.error?.message);',
      path,
    );
    expect(opened).toContain('false io');
    expect(opened).toContain('read-only');
    const created = asNobody(
      'const r = await vaults.createVault(ports, path + "2", secret); console.log(r.ok, r.error?.kind, r.error?.message);',
      path,
    );
    expect(created).toContain('false io');
    expect(created).toContain('read-only');
    expect(readdirSync(folder)).toEqual(['vault.keyturn']);
  });

  it('is told when the file itself may not be read', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    (await newVault(ports, path)).vault.close();
    chmodSync(path, 0o000);
    chmodSync(folder, 0o755);
    const said = asNobody(
      'const r = vaults.inspectVault(ports, path); console.log(r.ok, r.error?.kind);',
      path,
    );
    expect(said).toBe('false io');
    chmodSync(folder, 0o700);
    const hidden = asNobody(
      'const r = vaults.inspectVault(ports, path); console.log(r.ok, r.error?.kind);',
      path,
    );
    expect(hidden).toBe('false io');
  });
});

/** A file system of 400 KiB, or null with a loud word where this machine does not let us make one. */
const smallDisk = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', folder]);
  onTestFinished(() => {
    if (mounted.status === 0) execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status === 0) return folder;
  process.stderr.write('\n*** disk-full is NOT tested here: mounting a small file system needs root ***\n');
  return null;
};

describe('a full disk', () => {
  it('refuses the change in words, keeps what was there, and goes on once there is room', async () => {
    const folder = smallDisk();
    if (folder === null) return;
    const path = join(folder, 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const kept = vault.newId();
    must(vault.commit([putMeta(kept, {}), putSecret(kept, 'kept')], []));
    const large = (): ReturnType<typeof vault.commit> =>
      vault.commit([putSecret(vault.newId(), 'x'.repeat(60_000)), putMeta(vault.newId(), {})], []);
    let refused = large();
    for (let turn = 0; turn < 20 && refused.ok; turn += 1) refused = large();
    expect(errorOf(refused)).toMatchObject({ kind: 'io' });
    expect(errorOf(refused).message).toContain('disk is full');
    const before = vault.records().size;
    expect(textOf(must(vault.readSecret(kept)))).toBe('kept');
    expect(errorOf(await vault.backupTo(join(folder, 'backup'))).kind).toBe('io');
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=4m', folder]);
    must(vault.commit([putMeta(vault.newId(), {})], []));
    vault.close();
    const again = must(await unlock(ports, path));
    expect([again.records().size, again.damage()]).toEqual([before + 1, []]);
    again.close();
  });
});

describe('migrations', () => {
  const second: Migration = {
    format: 2,
    statements: ['CREATE TABLE later (k INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT'],
    schema: [
      ...(migrations[0] as Migration).schema,
      'CREATE TABLE later (k INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT',
    ],
  };

  it('keep a copy, bring the vault to the new format in one step, and lose nothing', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    const { vault, code } = await newVault(ports, path);
    const id = vault.newId();
    must(vault.commit([putMeta(id, {}), putSecret(id, 'kept')], []));
    vault.close();
    const typed = { password: secretText(password) };
    const migrated = must(await unlockVaultWith(ports, path, typed, [...migrations, second]));
    expect([migrated.records().size, migrated.damage()]).toEqual([1, []]);
    expect(textOf(must(migrated.readSecret(id)))).toBe('kept');
    expect(must(migrated.auditEntries({ limit: 1 }))[0]?.event).toBe('format-raised');
    migrated.close();
    expect(must(inspectVault(ports, path))).toEqual({ state: 'newer', format: 2 });
    expect(errorOf(await unlock(ports, path)).kind).toBe('newer-format');
    const copy = `${path}.before-v2`;
    const old = must(await unlockVault(ports, copy, { recoveryCode: secretText(code) }));
    expect(textOf(must(old.readSecret(id)))).toBe('kept');
    old.close();
    must(await unlockVaultWith(ports, path, typed, [...migrations, second])).close();
    expect(readdirSync(folder).sort()).toEqual(['vault.keyturn', 'vault.keyturn.before-v2']);
  });

  it('by another process end the use of the file by an earlier Keyturn', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    const { vault } = await newVault(ports, path);
    const typed = { password: secretText(password) };
    must(await unlockVaultWith(ports, path, typed, [...migrations, second])).close();
    const id = vault.newId();
    const outcomes = [vault.commit([putMeta(id, {})], []), vault.readSecret(id), vault.refresh()];
    expect(outcomes.map((outcome) => errorOf(outcome).kind)).toEqual(outcomes.map(() => 'newer-format'));
    vault.close();
  });

  it('leave the vault as it was where one fails', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.keyturn');
    (await newVault(ports, path)).vault.close();
    const broken = { ...second, statements: [...second.statements, 'CREATE TABLE meta (a)'] };
    await expect(
      unlockVaultWith(ports, path, { password: secretText(password) }, [...migrations, broken]),
    ).rejects.toThrow('already exists');
    const vault = must(await unlock(ports, path));
    expect(vault.damage()).toEqual([]);
    vault.close();
  });

  it('cannot be undone by writing a lower number into the file', async () => {
    const path = join(temporaryFolder(), 'vault.keyturn');
    (await newVault(ports, path)).vault.close();
    const typed = { password: secretText(password) };
    must(await unlockVaultWith(ports, path, typed, [...migrations, second])).close();
    const editor = new DatabaseSync(path);
    editor.exec('DROP TABLE later; PRAGMA user_version = 1');
    editor.close();
    const error = errorOf(await unlock(ports, path));
    expect([error.kind, error.message.includes('another format')]).toEqual(['damaged', true]);
  });
});
