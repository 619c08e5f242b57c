// docs/recovery.md, followed step by step: the command lines are read from the page and run by a shell, on real vaults in homes of their
// own. A heading with commands that is not known here fails, and so does a scenario whose heading is gone.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCheapDerivation } from '../support/cheap-derivation.ts';
import { entries } from '../support/entries.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/recovery.md'), 'utf8');

type Section = { readonly title: string; readonly blocks: readonly string[] };

const sections: readonly Section[] = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    title: text.slice(0, text.indexOf('\n')),
    blocks: [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map((block) => block[1] ?? ''),
  }))
  .filter(({ blocks }) => blocks.length > 0);

type Ran = { readonly code: number; readonly out: string; readonly err: string };
type Surroundings = {
  readonly home: string;
  readonly password: string;
  readonly code?: string;
  readonly next?: string;
};

let folder: string;
let bin: string;
let counter = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-page-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  // What a person types at the prompts is given by files, as the page says.
  const shim = `#!/bin/sh
case "$1" in
  recover) exec "${process.execPath}" "${entries.commandLine}" "$@" --recovery-file "$CODE_FILE" --new-password-file "$NEXT_FILE" ;;
  password) exec "${process.execPath}" "${entries.commandLine}" "$@" --new-password-file "$NEXT_FILE" ;;
  *) exec "${process.execPath}" "${entries.commandLine}" "$@" ;;
esac
`;
  writeFileSync(join(bin, 'keyturn'), shim);
  chmodSync(join(bin, 'keyturn'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newHome = (): string => {
  counter += 1;
  return join(folder, `home-${String(counter)}`);
};

const note = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  return path;
};

/** Runs lines in one shell that stops at the first failure, in the folder where the carried copy lies. */
const sh = (script: string, { home, password, code = '', next = '' }: Surroundings): Promise<Ran> =>
  new Promise((done) => {
    const env = {
      ...withCheapDerivation(process.env),
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      KEYTURN_HOME: home,
      KEYTURN_PASSWORD_FILE: note('password', password),
      CODE_FILE: note('code.txt', code),
      NEXT_FILE: note('next', next),
      NO_COLOR: '1',
    };
    execFile('sh', ['-ec', script], { env, cwd: folder }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });

const must = async (script: string, around: Surroundings): Promise<string> => {
  const ran = await sh(script, around);
  if (ran.code !== 0) throw new Error(`${script}\nexit ${String(ran.code)}\n${ran.out}\n${ran.err}`);
  return ran.out;
};

const codeIn = (text: string): string => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){7}/.exec(text)?.[0] ?? '';
const value = `sample-${randomBytes(12).toString('hex')}`;

type Fresh = { readonly home: string; readonly password: string; readonly code: string };

let template: Fresh;
beforeAll(async () => {
  const home = newHome();
  const password = randomBytes(9).toString('hex');
  const code = codeIn(await must('keyturn init', { home, password }));
  await must(`printf %s ${value} | keyturn add mail --env production --value-stdin`, { home, password });
  await must('keyturn backups --now', { home, password });
  template = { home, password, code };
}, 180_000);

/** A vault with one key and a backup, as the command line makes it, in a home of its own. */
const vault = (): Fresh => {
  const home = newHome();
  cpSync(template.home, home, { recursive: true });
  return { ...template, home };
};

const reads = async (home: string, password: string): Promise<void> => {
  expect((await must('keyturn reveal mail --yes', { home, password })).trim()).toBe(value);
};

const opens = async (home: string, password: string): Promise<number> =>
  (await sh('keyturn list', { home, password })).code;

const carried = (): string => join(folder, 'carried.keyturn-backup');
const lockedOut = 3;

const scenarios: Readonly<Record<string, (blocks: readonly string[]) => Promise<void>>> = {
  'You forgot the master password': async ([recover = '']) => {
    const { home, password, code } = vault();
    const next = randomBytes(9).toString('hex');
    const out = await must(recover, { home, password: 'forgotten', code, next });
    const fresh = codeIn(out);
    expect(fresh).not.toBe('');
    expect(fresh).not.toBe(code);
    await reads(home, next);
    expect(await opens(home, password)).toBe(lockedOut);
    expect((await sh(recover, { home, password, code, next })).code).toBe(lockedOut);
    await must(recover, { home, password, code: fresh, next: password });
    await reads(home, password);
  },
  'You lost the recovery code': async ([renew = '']) => {
    const { home, password, code } = vault();
    const fresh = codeIn(await must(renew, { home, password }));
    const next = randomBytes(9).toString('hex');
    expect((await sh('keyturn recover', { home, password, code, next })).code).toBe(lockedOut);
    await must('keyturn recover', { home, password, code: fresh, next });
    await reads(home, next);
  },
  'The password or code may be known to somebody else': async ([change = '']) => {
    const { home, password, code } = vault();
    const next = randomBytes(9).toString('hex');
    // In a person's shell the second command asks again, and the new password is what they type.
    const [first = '', ...rest] = change.trim().split('\n');
    await must(first, { home, password, next });
    await must(rest.join('\n'), { home, password: next });
    expect(await opens(home, password)).toBe(lockedOut);
    await reads(home, next);
    const left = JSON.parse(await must('keyturn backups --json', { home, password: next })) as {
      backups: { file: string }[];
    };
    expect(left.backups.length).toBeGreaterThan(0);
    for (const { file } of left.backups)
      for (const around of [{ home, password }])
        expect(
          (await sh(`keyturn restore "${file}" --to "${join(folder, 'never.keyturn')}"`, around)).code,
        ).toBe(lockedOut);
    expect((await sh('keyturn recover', { home, password, code, next })).code).toBe(lockedOut);
  },
  'The vault file is damaged': async ([mend = '', rescue = '']) => {
    const { home, password } = vault();
    const file = join(home, 'vault.keyturn');
    const whole = readFileSync(file);
    const broken = whole.subarray(0, Math.floor(whole.length / 2));
    writeFileSync(file, broken);
    expect(await opens(home, password)).toBe(4);
    const out = await must(mend, { home, password });
    expect(out).toContain('is whole: 1 keys');
    expect(readFileSync(join(home, 'damaged.keyturn')).equals(broken)).toBe(true);
    await reads(home, password);

    const hurt = vault();
    const name = join(hurt.home, 'vault.keyturn');
    await must('printf %s lost | keyturn add lost --env staging --value-stdin', hurt);
    const { id } = JSON.parse(await must('keyturn show lost --json', hurt)) as { id: string };
    const database = new DatabaseSync(name);
    database
      .prepare('UPDATE meta SET sealed = zeroblob(length(sealed)) WHERE id = ?')
      .run(Buffer.from(id, 'hex'));
    database.close();
    const [save = '', ...rest] = rescue.trim().split('\n');
    const saved = await sh(save, hurt);
    expect(saved.code, saved.err).toBe(4);
    await must(rest.join('\n'), hurt);
    await reads(hurt.home, hurt.password);
  },
  'The vault was deleted': async ([bring = '']) => {
    const { home, password } = vault();
    // With the vault still there nothing is written over it.
    expect((await sh(bring, { home, password })).code).toBe(6);
    await reads(home, password);
    rmSync(join(home, 'vault.keyturn'));
    await must(bring, { home, password });
    await reads(home, password);
  },
  'A new machine': async ([old = '', fresh = '']) => {
    const { home, password } = vault();
    await must(old, { home, password });
    const there = newHome();
    const out = await must(fresh, { home: there, password });
    expect(out).toContain('mail');
    await reads(there, password);
    rmSync(carried());
  },
  'A new machine, and the password is lost too': async ([way = '']) => {
    const { home, password, code } = vault();
    await must('keyturn backup carried.keyturn-backup', { home, password });
    const there = newHome();
    const next = randomBytes(9).toString('hex');
    const lines = way.trim().split('\n');
    await must(lines.slice(0, 2).join('\n'), { home: there, password: 'forgotten', code, next });
    await must(lines.slice(2).join('\n'), { home: there, password: next });
    await reads(there, next);
    rmSync(carried());
  },
  'An older copy': async ([way = '']) => {
    const { home, password } = vault();
    await must('keyturn backup carried.keyturn-backup', { home, password });
    await must(
      'keyturn remove mail --yes && printf %s other | keyturn add later --env production --value-stdin',
      { home, password },
    );
    const out = await must(way, { home, password });
    expect(out).toContain('1 would be gone: later');
    expect(out).toContain('1 would come back: mail');
    await reads(home, password);
    expect(existsSync(join(home, 'vault-before.keyturn'))).toBe(true);
  },
};

describe('docs/recovery.md', () => {
  it('has a scenario for every way back, and a way back for every scenario', () => {
    expect(sections.map(({ title }) => title).sort()).toEqual(Object.keys(scenarios).sort());
  });
  it.each(sections)(
    '$title',
    async ({ title, blocks }) => {
      const follow = scenarios[title];
      expect(follow).toBeDefined();
      await follow?.(blocks);
    },
    180_000,
  );
});
