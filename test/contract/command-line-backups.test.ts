// The command line's ways back, as a script sees them: JSON, exit codes, and what a terminal is not there for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';

let home: Home;
let code: string;
const bare = { bare: true } as const;
const note = (name: string, text: string): string => {
  const path = join(home.folder, name);
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  return path;
};

type Listed = {
  readonly folder: string;
  readonly problem: unknown;
  readonly backups: readonly {
    readonly file: string;
    readonly at: string;
    readonly reason: string;
    readonly bytes: number;
  }[];
};

beforeAll(async () => {
  home = newHome();
  code = (await home.json<{ recoveryCode: string }>(['init'])).recoveryCode;
  // One derivation instead of one for each command.
  await home.json(['unlock']);
}, 120_000);
afterAll(async () => {
  await home.run(['lock'], bare);
  home.remove();
});

describe('backups', () => {
  it('lists when, why and how large, newest first, and makes one when asked', async () => {
    await home.run(['add', 'mail', '--env', 'production', '--value-stdin'], {
      ...bare,
      stdin: `${sample.anything()}\n`,
    });
    const list = await home.json<Listed>(['backups', '--now'], bare);
    expect(list.problem).toBeNull();
    const newest = list.backups[0]!;
    expect(newest.reason).toBe('asked');
    expect(readFileSync(newest.file).length).toBe(newest.bytes);
    expect(Math.abs(Date.parse(newest.at) - Date.now())).toBeLessThan(60_000);
    expect((await home.json<Listed>(['backups'], bare)).backups).toEqual(list.backups);
  });
});

describe('restore', () => {
  it('--preview says what would change and changes nothing', async () => {
    const [{ file }] = (await home.json<{ backups: [{ file: string }] }>(['backups'], bare)).backups;
    await home.run(['add', 'added-since', '--env', 'production', '--value-stdin'], {
      ...bare,
      stdin: `${sample.anything()}\n`,
    });
    const before = readFileSync(file);
    const seen = await home.json<{ keys: number; changes: { gone: { names: string[] } } }>(
      ['restore', file, '--preview'],
      bare,
    );
    expect(seen).toMatchObject({
      file,
      keys: 1,
      changes: { gone: { count: 1, names: ['added-since'] }, back: { count: 0 } },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    const list = await home.json<{ name: string }[]>(['list'], bare);
    expect(list.map(({ name }) => name).sort()).toEqual(['added-since', 'mail']);
  });

  it('refuses with 6 where a vault is, whatever else is right', async () => {
    const [{ file }] = (await home.json<{ backups: [{ file: string }] }>(['backups'], bare)).backups;
    const vault = join(home.folder, 'home', 'vault.keyturn');
    const ran = await home.run(['restore', file]);
    expect(ran.code).toBe(6);
    expect(existsSync(vault)).toBe(true);
    expect((await home.json<unknown[]>(['list'], bare)).length).toBe(2);
  });
});

describe('a new password', () => {
  it('is refused with 3 for a wrong present one, with 6 where nobody can type it', async () => {
    const next = note('next', 'a new password for the vault');
    const wrong = note('wrong', 'not the password');
    expect(
      (await home.run(['password', '--password-file', wrong, '--new-password-file', next], bare)).code,
    ).toBe(3);
    expect((await home.run(['password'])).code).toBe(6);
    expect((await home.run(['recover', '--new-password-file', next], bare)).code).toBe(6);
    const other = note('other-code', 'not a recovery code');
    expect([2, 3]).toContain(
      (await home.run(['recover', '--recovery-file', other, '--new-password-file', next], bare)).code,
    );
  });

  it('and a way back by the code, which ends with a new code; neither secret is ever in the words', async () => {
    const next = note('next', 'a new password for the vault');
    const changed = await home.run(['password', '--new-password-file', next, '--json']);
    expect(changed.code).toBe(0);
    expect(Object.keys(JSON.parse(changed.out) as object)).toEqual(['vault']);
    const lost = note('code', code);
    const again = note('again', home.password);
    const back = await home.run(
      ['recover', '--recovery-file', lost, '--new-password-file', again, '--json'],
      bare,
    );
    expect(back.code).toBe(0);
    const { recoveryCode } = JSON.parse(back.out) as { recoveryCode: string };
    expect(recoveryCode).not.toBe(code);
    for (const text of [changed.out + changed.err, back.out + back.err]) {
      expect(text).not.toContain('a new password for the vault');
      expect(text).not.toContain(home.password);
      expect(text).not.toContain(code);
    }
    await home.run(['lock'], bare);
    expect((await home.run(['list'])).code).toBe(0);
    expect((await home.run(['list', '--password-file', next], bare)).code).toBe(3);
  });
});
