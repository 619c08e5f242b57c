// Automatic backups through the agent's calls, on real files: when they are made, that they open, what stops without them, and how one
// takes the vault's place.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { StoreFailure, type Store } from '../../src/core/ports.ts';
import { readBackup, type VaultPorts } from '../../src/core/vault/vault.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { portsWithoutCost } from '../support/vault/vault-kit.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { randomBytes } from 'node:crypto';

const day = 86_400_000;
let cheap: VaultPorts;
beforeAll(async () => {
  cheap = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

/** An agent whose wall clock the test moves. */
const agentAt = async (ports: Partial<VaultPorts> = {}) => {
  let nowMs = Date.UTC(2026, 10, 22, 9);
  const clock = { nowMs: () => nowMs, monotonicMs: () => performance.now() };
  const made = await unlockedAgent({ ports: { ...cheap, clock, ...ports } });
  onTestFinished(made.remove);
  return {
    ...made,
    folder: join(made.home, 'backups'),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
};

const addKey = async (made: TestAgent, name: string): Promise<string> => {
  const { projectId, environments } = await placeOf(made);
  const added = await made.get('keys.add', {
    projectId,
    environmentIds: [environments.get('production')!],
    facts: { name },
    fields: [{ name: 'secret', value: bytesOf(randomBytes(16).toString('hex')) }],
  });
  return added.id;
};

const list = async ({ get }: TestAgent) => (await get('backup.list', {})).backups;
const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
const word = 'replace';

describe('the daily backup', () => {
  it('is made where something changed, and one stands for a day', async () => {
    const made = await agentAt();
    await made.agent.finish();
    expect((await list(made)).map(({ reason }) => reason)).toEqual(['daily']);
    await made.agent.finish();
    made.pass(day);
    // Unlocking and reading write to the audit trail: that is no change of what is kept.
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    await made.get('audit.verify', {});
    await made.agent.finish();
    expect(await list(made)).toHaveLength(1);
    await addKey(made, 'mail');
    await made.agent.finish();
    await addKey(made, 'pay');
    await made.agent.finish();
    // Within the hour nothing more is written; later the day's copy is brought up to date.
    expect(await list(made)).toHaveLength(2);
    made.pass(2 * 3_600_000);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    await made.agent.finish();
    const now = await list(made);
    expect(now).toHaveLength(2);
    expect((await made.get('restore.preview', { name: now[0]!.name })).changes?.gone.count).toBe(0);
  });

  it('keeps ten, private to their owner, and each opens', async () => {
    const made = await agentAt();
    for (let at = 0; at < 13; at += 1) {
      // The idle lock has fallen over night.
      await made.get('vault.unlock', { password: bytesOf(testPassword) });
      await addKey(made, `key ${String(at)}`);
      await made.agent.finish();
      made.pass(day);
    }
    const kept = await list(made);
    expect(kept).toHaveLength(10);
    expect(statSync(made.folder).mode & 0o777).toBe(0o700);
    const password = { password: SecretBytes.fromText(testPassword) };
    for (const [at, { name, bytes }] of kept.entries()) {
      const path = join(made.folder, name);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(path).size).toBe(bytes);
      const view = await readBackup(cheap, path, join(made.home, 'look'), password);
      expect(view.ok && view.value.keys).toBe(13 - at);
    }
    // Nothing of the looking stays, and files of others are not counted or touched.
    expect(readdirSync(made.home).filter((name) => name.startsWith('look'))).toEqual([]);
  });

  it('that cannot be made is told and stops nobody', async () => {
    const made = await agentAt();
    writeFileSync(made.folder, 'a file stands where the folder should be');
    await made.agent.finish();
    const told = await made.get('backup.list', {});
    expect(told.problem?.kind).toBe('io');
    const { checks } = await made.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'backups')).toMatchObject({ ok: false });
    expect(await addKey(made, 'still works')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sweeps up what a crash left of an earlier one, and nothing else', async () => {
    const made = await agentAt();
    mkdirSync(made.folder);
    const mark = '0'.repeat(16);
    const abandoned = `2026-11-01-090000Z-daily-${mark}.keyturn-backup.aaaaaaaaaaaa.tmp`;
    const fresh = `2026-11-22-085959Z-daily-${mark}.keyturn-backup.bbbbbbbbbbbb.tmp`;
    for (const name of [abandoned, fresh, 'a note of mine.txt', 'my.keyturn-backup.tmp'])
      writeFileSync(join(made.folder, name), 'x');
    const at = Date.UTC(2026, 10, 22, 9) / 1000;
    utimesSync(join(made.folder, fresh), at, at);
    utimesSync(join(made.folder, abandoned), at - 86_400, at - 86_400);
    await made.get('backup.now', {});
    expect(namesIn(made.folder)).not.toContain(abandoned);
    expect(namesIn(made.folder)).toEqual(
      expect.arrayContaining([fresh, 'a note of mine.txt', 'my.keyturn-backup.tmp']),
    );
  });
});

describe('a backup before a change that cannot be taken back', () => {
  it('is made before the password changes, and opens with the password before', async () => {
    const made = await agentAt();
    await made.get('password.change', { current: bytesOf(testPassword), next: bytesOf('another password') });
    const [before] = await list(made);
    expect(before?.reason).toBe('before-password');
    const old = await made.get('restore.preview', { name: before!.name, password: bytesOf(testPassword) });
    expect(old.changes).toEqual({
      gone: { count: 0, names: [] },
      back: { count: 0, names: [] },
      changed: { count: 0, names: [] },
      others: 0,
    });
    const wrong = await made.call('restore.preview', {
      name: before!.name,
      password: bytesOf('another password'),
    });
    expect(!wrong.ok && wrong.error.kind).toBe('wrong-password');
  });

  it('is made before a new recovery code', async () => {
    const made = await agentAt();
    await made.get('recovery.renew', { password: bytesOf(testPassword) });
    expect((await list(made)).map(({ reason }) => reason)).toEqual(['before-code']);
  });

  it('is not made for a wrong password, so guessing pushes no good copy out', async () => {
    const made = await agentAt();
    const wrong = await made.call('password.change', { current: bytesOf('wrong'), next: bytesOf('new one') });
    expect(!wrong.ok && wrong.error.kind).toBe('wrong-password');
    expect(await list(made)).toEqual([]);
  });

  it.each(['password.change', 'recovery.renew'] as const)(
    'that fails stops %s and leaves the vault as it was',
    async (name) => {
      const made = await agentAt();
      writeFileSync(made.folder, 'in the way');
      const inputs = {
        'password.change': { current: bytesOf(testPassword), next: bytesOf('another password') },
        'recovery.renew': { password: bytesOf(testPassword) },
      } as const;
      const stopped = await made.call(name, inputs[name]);
      expect(!stopped.ok && stopped.error.message).toMatch(
        /^Nothing was changed, because no backup could be made first/,
      );
      await made.get('vault.unlock', { password: bytesOf(testPassword) });
      if (name === 'password.change')
        expect((await made.call('vault.unlock', { password: bytesOf('another password') })).ok).toBe(false);
    },
  );

  it('stops the change where the disk is full, and leaves no half file', async () => {
    let isFull = false;
    const full = {
      kind: 'io',
      message: 'The disk is full. Nothing was changed.',
      next: 'Make room and try again.',
    } as const;
    const store: Store = {
      ...cheap.store,
      open: (path, journal) => {
        const opened = cheap.store.open(path, journal);
        if (!opened.ok) return opened;
        const { run } = opened.value;
        return {
          ok: true,
          value: {
            ...opened.value,
            run: (sql, params) => {
              if (isFull && sql.startsWith('VACUUM INTO')) throw new StoreFailure(full);
              return run(sql, params);
            },
          },
        };
      },
    };
    const made = await agentAt({ store });
    isFull = true;
    const stopped = await made.call('password.change', {
      current: bytesOf(testPassword),
      next: bytesOf('another password'),
    });
    expect(!stopped.ok && stopped.error).toMatchObject({
      kind: 'io',
      message: expect.stringContaining('The disk is full'),
    });
    expect(namesIn(made.folder)).toEqual([]);
    isFull = false;
    await made.get('password.change', { current: bytesOf(testPassword), next: bytesOf('another password') });
  });
});

describe('looking into a backup', () => {
  it('shows what would go, come back and be as it was, and changes neither file', async () => {
    const made = await agentAt();
    const { name } = await made.get('backup.now', {});
    await addKey(made, 'added since');
    const path = join(made.folder, name);
    const before = readFileSync(path);
    const shown = await made.get('restore.preview', { name });
    expect(shown.changes?.gone).toEqual({ count: 1, names: ['added since'] });
    expect(shown.changes?.back.count).toBe(0);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(made.home).filter((each) => each.includes('.tmp'))).toEqual([]);
  });

  it('works without a vault, with the password of the backup', async () => {
    const made = await agentAt();
    await addKey(made, 'one');
    const { name } = await made.get('backup.now', {});
    const other = await newAgent({ ports: cheap });
    onTestFinished(other.remove);
    const path = join(made.folder, name);
    const shown = await other.get('restore.previewPath', { path, password: bytesOf(testPassword) });
    expect(shown).toMatchObject({ keys: 1, changes: null });
    const locked = await other.call('restore.previewPath', { path });
    expect(!locked.ok && locked.error.kind).toBe('locked');
  });

  it.each([0.2, 0.5, 0.9])(
    'finds a flipped byte at %f of the file, or nothing read is different',
    async (share) => {
      const made = await agentAt();
      await addKey(made, 'one');
      const { name } = await made.get('backup.now', {});
      const path = join(made.folder, name);
      const whole = await made.get('restore.preview', { name });
      const bytes = readFileSync(path);
      const at = Math.floor(bytes.length * share);
      bytes[at] = bytes[at]! ^ 0x40;
      writeFileSync(path, bytes);
      const shown = await made.call('restore.preview', { name });
      if (shown.ok) expect(shown.value).toEqual(whole);
      else expect(['damaged', 'not-a-vault', 'wrong-password']).toContain(shown.error.kind);
    },
  );

  it('finds every sealed row that was changed', async () => {
    const made = await agentAt();
    await addKey(made, 'one');
    const { name } = await made.get('backup.now', {});
    const opened = cheap.store.open(join(made.folder, name), 'rollback');
    if (!opened.ok) throw new Error('not opened');
    opened.value.run(
      "UPDATE secret SET sealed = CAST(substr(sealed, 1, 30) || x'00' || substr(sealed, 32) AS BLOB)",
    );
    opened.value.close();
    const shown = await made.call('restore.preview', { name });
    expect(!shown.ok && shown.error.kind).toBe('damaged');
  });
});

describe('a backup in the place of the vault', () => {
  it('needs the word and the password of the backup', async () => {
    const made = await agentAt();
    const { name } = await made.get('backup.now', {});
    const unmeant = await made.call(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: 'yes' },
      'window',
    );
    expect(!unmeant.ok && unmeant.error.kind).toBe('needs-confirmation');
    const wrong = await made.call(
      'restore.swap',
      { name, password: bytesOf('wrong'), confirm: word },
      'window',
    );
    expect(!wrong.ok && wrong.error.kind).toBe('wrong-password');
    expect(made.agent.state().vault).toBe('unlocked');
    const outside = await made.call(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: word },
      'command-line',
    );
    expect(!outside.ok && outside.error.kind).toBe('wrong-sender');
  });

  it('brings the old keys back, locks, and keeps the vault that was there', async () => {
    const made = await agentAt();
    await addKey(made, 'one');
    const { name } = await made.get('backup.now', {});
    await addKey(made, 'two');
    const { kept, keys } = await made.get(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: ' Replace ' },
      'window',
    );
    expect(keys).toBe(1);
    expect(made.agent.state().vault).toBe('locked');
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(made.agent.state().keys).toBe(1);
    expect((await list(made))[0]?.reason).toBe('before-restore');
    // And the way back from it.
    const back = kept.slice(made.folder.length + 1);
    expect((await made.get('restore.preview', { name: back })).changes?.back.names).toEqual(['two']);
    await made.get('restore.swap', { name: back, password: bytesOf(testPassword), confirm: word }, 'window');
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(made.agent.state().keys).toBe(2);
  });

  it('takes the place of a vault that can no longer be opened, which is kept as it is', async () => {
    const made = await agentAt();
    await addKey(made, 'one');
    const { name } = await made.get('backup.now', {});
    made.agent.lock('app', 'test');
    const vault = join(made.home, 'vault.keyturn');
    const broken = Buffer.concat([readFileSync(vault).subarray(0, 4096), randomBytes(8192)]);
    writeFileSync(vault, broken);
    const { kept } = await made.get(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: word },
      'window',
    );
    expect(readFileSync(kept).equals(broken)).toBe(true);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(made.agent.state().keys).toBe(1);
  });

  it('is refused while another program has the vault open, and nothing changes', async () => {
    const made = await agentAt();
    const { name } = await made.get('backup.now', {});
    const other = await newAgent({ home: made.home, ports: cheap });
    await other.get('vault.unlock', { password: bytesOf(testPassword) });
    const refused = await made.call(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: word },
      'window',
    );
    expect(!refused.ok && refused.error.kind).toBe('busy');
    other.agent.close();
    expect(readdirSync(made.home).filter((each) => each.includes('.tmp'))).toEqual([]);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
  });

  it('is not begun where the present vault cannot be kept', async () => {
    const made = await agentAt();
    const { name } = await made.get('backup.now', {});
    const vault = join(made.home, 'vault.keyturn');
    chmodSync(made.folder, 0o500);
    onTestFinished(() => chmodSync(made.folder, 0o700));
    // Root may write anywhere: then there is nothing to be seen here.
    if (process.getuid?.() === 0) return;
    const before = readFileSync(vault);
    const refused = await made.call(
      'restore.swap',
      { name, password: bytesOf(testPassword), confirm: word },
      'window',
    );
    expect(!refused.ok && refused.error.kind).toBe('io');
    expect(readFileSync(vault).subarray(28, 4096).equals(before.subarray(28, 4096))).toBe(true);
    await made.get('vault.unlock', { password: bytesOf(testPassword) });
  });
});

describe('a file from elsewhere', () => {
  it('is brought into the folder and can be looked at', async () => {
    const made = await agentAt();
    const file = join(made.home, 'elsewhere.keyturn-backup');
    await made.get('backup.writePath', { path: file });
    const brought = await made.get('backup.bringPath', { path: file }, 'shell');
    expect(brought.reason).toBe('brought');
    expect((await made.get('restore.preview', { name: brought.name })).changes).not.toBeNull();
    writeFileSync(join(made.home, 'text'), 'no vault');
    const refused = await made.call('backup.bringPath', { path: join(made.home, 'text') }, 'shell');
    expect(!refused.ok && refused.error.kind).toBe('not-a-vault');
  });
});
