// shared/cli.md is a promise: names, JSON keys and exit codes, each tried on the real command line with a real vault.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';

let home: Home;
beforeAll(async () => {
  home = newHome({ derivation: 'full' });
  const made = await home.json<{ vault: string; recoveryCode: string }>(['init']);
  expect(existsSync(made.vault)).toBe(true);
  expect(made.recoveryCode.length).toBeGreaterThan(20);
  // The rest of the file runs against the unlocked background agent: one derivation instead of fifty.
  await home.json(['unlock']);
}, 120_000);
afterAll(async () => {
  await home.run(['lock'], { bare: true });
  home.remove();
});

const bare = { bare: true } as const;

type Added = {
  id: string;
  name: string;
  provider: string | null;
  kind: string;
  warnings: { code: string; message: string }[];
};
type Listed = {
  id: string;
  name: string;
  project: string;
  environments: string[];
  provider: string | null;
  kind: string;
  masked: string;
  status: { state: string; reason: string; checkedAt: string | null };
  expiresAt: string | null;
  rotateBy: string | null;
}[];

/** Memory in KiB times passes of the password's slot, as docs/vault-format-v1.md §4.2 lays it out. */
const costOf = (vault: string): number => {
  const database = new DatabaseSync(vault, { readOnly: true });
  const rows = database.prepare('SELECT body FROM slot').all();
  database.close();
  const slot = rows.map(({ body }) => Buffer.from(body as Uint8Array)).find((body) => body[1] === 1);
  return slot === undefined ? 0 : slot.readUInt32BE(4) * slot.readUInt32BE(8);
};
const leastCost = 65_536 * 2;

describe('init', () => {
  it('protects a password with more than the least that the format allows, which is for tests alone', async () => {
    expect(costOf(join(home.folder, 'home', 'vault.keyturn'))).toBeGreaterThan(leastCost);
    const other = newHome();
    const { vault } = await other.json<{ vault: string }>(['init']);
    await other.json(['list']);
    expect(costOf(vault)).toBe(leastCost);
    other.remove();
  });

  it('refuses where a vault exists and leaves it untouched', async () => {
    const before = readFileSync(join(home.folder, 'home', 'vault.keyturn'));
    const ran = await home.run(['init']);
    expect(ran.code).toBe(6);
    expect(ran.err).toContain('already');
    expect(readFileSync(join(home.folder, 'home', 'vault.keyturn')).equals(before)).toBe(true);
  });
});

describe('add, list, show', () => {
  it('recognises provider and kind from the value, and never prints it', async () => {
    const value = sample.circaLive();
    const added = await home.json<Added>(['add', 'payouts', '--env', 'production', '--value-stdin'], {
      ...bare,
      stdin: `${value}\n`,
    });
    expect(added).toMatchObject({ name: 'payouts', provider: 'circa', kind: 'live' });
    const list = await home.json<Listed>(['list', '--env', 'prod'], bare);
    const entry = list.find((key) => key.id === added.id);
    expect(Object.keys(entry ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'name',
        'project',
        'environments',
        'provider',
        'kind',
        'masked',
        'status',
        'expiresAt',
        'rotateBy',
      ]),
    );
    expect(entry?.environments).toEqual(['production']);
    expect(entry?.status).toMatchObject({
      state: 'not-checked',
      reason: expect.any(String),
      checkedAt: null,
    });
    const shown = await home.json<Record<string, unknown>>(['show', 'payouts'], bare);
    for (const name of ['versions', 'history', 'places', 'consumers', 'fields'])
      expect(Array.isArray(shown[name])).toBe(true);
    expect(JSON.stringify([added, list, shown])).not.toContain(value.slice(20));
  });

  it('stores a pair with its fields under the provider’s own names', async () => {
    const secret = sample.anything();
    await home.json(
      [
        'add',
        'ci-builds',
        '--env',
        'ci',
        '--provider',
        'appcircle',
        '--expires',
        '2027-03-01',
        '--field',
        'name=apikey1',
        `secret=${secret}`,
      ],
      bare,
    );
    const shown = await home.json<{
      expiresAt: string;
      fields: { name: string; variable: string | null; secret: boolean; masked: string }[];
    }>(['show', 'ci-builds'], bare);
    expect(shown.expiresAt).toBe('2027-03-01');
    expect(shown.fields.map((field) => field.name)).toEqual(expect.arrayContaining(['name', 'secret']));
    expect(shown.fields.find((field) => field.name === 'name')?.secret).toBe(false);
    expect(JSON.stringify(shown)).not.toContain(secret);
    const move = ['edit', 'ci-builds', '--expires', '2027-04-01'];
    const refused = await home.run(move, bare);
    expect(refused.code).toBe(6);
    expect(refused.err).toContain('--entry-was-wrong');
    expect((await home.run([...move, '--entry-was-wrong'], bare)).code).toBe(0);
  });

  it('warns of a live key outside production and of one value twice', async () => {
    const value = sample.circleLive();
    const first = await home.json<Added>(['add', 'mint-dev', '--env', 'development', '--value-stdin'], {
      ...bare,
      stdin: value,
    });
    expect(first.warnings.map((warning) => warning.code)).toContain('live-outside-production');
    const second = await home.json<Added>(['add', 'mint-copy', '--env', 'production', '--value-stdin'], {
      ...bare,
      stdin: value,
    });
    expect(second.warnings.length).toBeGreaterThan(0);
    expect(second.warnings.every((warning) => !warning.message.includes(value))).toBe(true);
  });

  it.each([
    [['add', 'x', '--env', 'production'], 2],
    [['add', 'x', '--value-stdin'], 2],
    [['add', '--env', 'production', '--value-stdin'], 2],
    [['show', 'nobody'], 2],
    [['list', '--state', 'rotten'], 2],
    [['list', '--env', 'nowhere'], 2],
    [['nonsense'], 2],
    [['list', '--nonsense'], 2],
    [['add', 'x', '--env', 'production', '--expires', 'Friday', '--value-stdin'], 2],
  ])('answers %j with exit code %i, in words and without a stack', async (words, code) => {
    const ran = await home.run(words, { ...bare, stdin: sample.anything() });
    expect(ran.code).toBe(code);
    expect(ran.out).toBe('');
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ran.err.trim().length).toBeGreaterThan(20);
  });
});

describe('reveal, edit, remove', () => {
  it('prints the secret and nothing else, with --yes alone', async () => {
    const value = sample.anything();
    await home.json(['add', 'plain', '--env', 'staging', '--value-stdin'], { ...bare, stdin: value });
    const silent = await home.run(['reveal', 'plain'], bare);
    expect([silent.code, silent.out]).toEqual([6, '']);
    const shown = await home.run(['reveal', 'plain', '--yes'], bare);
    expect([shown.code, shown.out]).toEqual([0, `${value}\n`]);
  });

  it('makes a changed secret a new version and keeps the old one', async () => {
    const [before, after] = [sample.anything(), sample.anything()];
    await home.json(['add', 'turning', '--env', 'staging', '--value-stdin'], { ...bare, stdin: before });
    await home.json(['edit', 'turning', '--value-stdin'], { ...bare, stdin: after });
    const shown = await home.json<{ versions: { number: number; current: boolean }[] }>(
      ['show', 'turning'],
      bare,
    );
    expect(
      shown.versions
        .toSorted((left, right) => left.number - right.number)
        .map(({ number, current }) => [number, current]),
    ).toEqual([
      [1, false],
      [2, true],
    ]);
    expect((await home.run(['reveal', 'turning', '--yes'], bare)).out).toBe(`${after}\n`);
  });

  it('changes facts by name', async () => {
    await home.json(
      [
        'edit',
        'turning',
        '--name',
        'turned',
        '--note',
        'kept by Ada',
        '--expires',
        '2027-01-31',
        '--kind',
        'test',
        '--env',
        'test',
      ],
      bare,
    );
    const shown = await home.json<Listed[number] & { notes: string }>(['show', 'turned'], bare);
    expect(shown).toMatchObject({
      expiresAt: '2027-01-31',
      kind: 'test',
      environments: ['test'],
      notes: 'kept by Ada',
    });
  });

  it('removes only with a yes, leaves a tombstone, and brings it back', async () => {
    const refused = await home.run(['remove', 'turned'], bare);
    expect(refused.code).toBe(6);
    const removed = await home.json<{ id: string }>(['remove', 'turned', '--yes'], bare);
    expect((await home.run(['show', 'turned'], bare)).code).toBe(2);
    await home.json(['restore-key', removed.id], bare);
    expect((await home.run(['show', 'turned'], bare)).code).toBe(0);
  });

  it('asks for --env where one name stands in several environments', async () => {
    for (const environment of ['staging', 'production']) {
      await home.json(['add', 'twice', '--env', environment, '--value-stdin'], {
        ...bare,
        stdin: sample.anything(),
      });
    }
    const ran = await home.run(['show', 'twice'], bare);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('--env');
    expect(
      (await home.json<Listed[number]>(['show', 'twice', '--env', 'staging'], bare)).environments,
    ).toEqual(['staging']);
  });
});

describe('import and export', () => {
  it('imports after a preview, keeps plain variables, and gives the whole file back', async () => {
    const [key, team] = [sample.circaTest(), crypto.randomUUID()];
    const file = join(home.folder, '.env.test');
    writeFileSync(
      file,
      `# service\nPORT=8080\nexport CIRCA_API_KEY="${key}"\nCIRCA_TEAM_ID=${team}\nGREETING='two words'\n`,
    );
    const silent = await home.run(['import', file, '--project', 'shop'], bare);
    expect(silent.code).toBe(6);
    expect(silent.err).not.toContain(key);
    const done = await home.json<{ imported: number; skipped: unknown[] }>(
      ['import', file, '--project', 'shop', '--env', 'test', '--yes'],
      bare,
    );
    expect(done.imported).toBeGreaterThanOrEqual(3);
    const exported = await home.run(
      ['export', '--project', 'shop', '--env', 'test', '--format', 'json'],
      bare,
    );
    expect(JSON.parse(exported.out)).toEqual({
      PORT: '8080',
      CIRCA_API_KEY: key,
      CIRCA_TEAM_ID: team,
      GREETING: 'two words',
    });
  });

  it.each(['dotenv', 'json', 'yaml', 'shell', 'fish', 'powershell', 'docker', 'k8s'])(
    'exports as %s',
    async (format) => {
      const ran = await home.run(['export', '--project', 'shop', '--env', 'test', '--format', format], bare);
      expect(ran.code).toBe(0);
      expect(ran.out).toContain('PORT');
    },
  );

  it('writes a file that only its owner reads, and does not replace one unasked', async () => {
    const out = join(home.folder, 'out.env');
    await home.json(['export', '--project', 'shop', '--env', 'test', '--out', out], bare);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const before = readFileSync(out, 'utf8');
    expect((await home.run(['export', '--project', 'shop', '--env', 'test', '--out', out], bare)).code).toBe(
      6,
    );
    expect(readFileSync(out, 'utf8')).toBe(before);
  });
});

describe('export into a file that is there', () => {
  it('changes only the values that differ and leaves every other byte', async () => {
    const value = sample.anything();
    await home.json(
      ['add', 'mailer', '--env', 'staging', '--project', 'update', '--variable', 'MAIL_KEY', '--value-stdin'],
      {
        ...bare,
        stdin: value,
      },
    );
    const out = join(home.folder, 'kept.env');
    writeFileSync(out, '# mine, kept\r\n\r\nexport MAIL_KEY="old"   # rotate in May\r\nUNKNOWN=stays\r\n');
    const written = await home.json<{ changed: string[]; added: string[] }>(
      ['export', '--project', 'update', '--env', 'staging', '--out', out, '--update'],
      bare,
    );
    expect(written).toMatchObject({ changed: ['MAIL_KEY'], added: [] });
    expect(readFileSync(out, 'utf8')).toBe(
      `# mine, kept\r\n\r\nexport MAIL_KEY="${value}"   # rotate in May\r\nUNKNOWN=stays\r\n`,
    );
  });

  it('refuses to bring up to date what is no .env file', async () => {
    const ran = await home.run(
      [
        'export',
        '--project',
        'update',
        '--env',
        'staging',
        '--out',
        'x.json',
        '--format',
        'json',
        '--update',
      ],
      bare,
    );
    expect(ran.code).toBe(2);
  });
});

describe('backup, restore, audit, state, lock', () => {
  it('backs up and restores where there is no vault', async () => {
    const file = join(home.folder, 'backup.keyturn');
    const made = await home.json<{ file: string; keys: number; bytes: number }>(['backup', file], bare);
    expect(made).toMatchObject({ file, bytes: statSync(file).size });
    expect(made.keys).toBeGreaterThan(3);
    const other = newHome();
    writeFileSync(other.passwordFile, `${home.password}\n`);
    const back = await other.json<{ keys: number }>(['restore', file]);
    expect(back.keys).toBe(made.keys);
    expect((await other.run(['restore', file])).code).toBe(6);
    other.remove();
  });

  it('tells who used what, and proves the trail whole', async () => {
    const entries = await home.json<{ at: string; event: string; keyId: string | null; by: string }[]>(
      ['audit'],
      bare,
    );
    expect(entries.some((entry) => entry.event.includes('reveal'))).toBe(true);
    const verified = await home.json<{ ok: boolean; entries: number }>(['audit', '--verify'], bare);
    expect(verified).toMatchObject({ ok: true });
    expect(verified.entries).toBeGreaterThanOrEqual(entries.length);
  });

  it('says what the running agent holds', async () => {
    const state = await home.json<{ locked: boolean; keys: number; environments: number }>(['state'], bare);
    expect(state.locked).toBe(false);
    expect(state.keys).toBeGreaterThan(3);
  });

  it('reports its health', async () => {
    const { checks } = await home.json<{ checks: { name: string; ok: boolean; hint: string }[] }>(
      ['doctor'],
      bare,
    );
    expect(checks.length).toBeGreaterThan(2);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
  });

  it('locks; after that nothing is answered without the password', async () => {
    await home.json(['lock'], bare);
    expect((await home.json<{ locked: boolean }>(['state'], bare)).locked).toBe(true);
    const ran = await home.run(['list'], bare);
    expect(ran.code).toBe(3);
    expect(ran.out).toBe('');
  });

  it('refuses a wrong password with exit code 3 and no hint', async () => {
    const wrong = join(home.folder, 'wrong');
    writeFileSync(wrong, 'not this one\n');
    const ran = await home.run(['list', '--password-file', wrong]);
    expect(ran.code).toBe(3);
  });

  it('says where there is no vault', async () => {
    const other = newHome();
    const ran = await other.run(['list']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('keyturn init');
    expect(existsSync(join(other.folder, 'home', 'vault.keyturn'))).toBe(false);
    other.remove();
  });
});
