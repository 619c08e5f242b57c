// A new master password: with the present one, or with the recovery code where the password is lost.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Command, Context, Door } from '../command.ts';
import { readPasswordFile } from '../session.ts';

/** From a file, else typed twice. */
const newPassword = async ({ words, terminal }: Context): Promise<Result<Uint8Array>> => {
  const file = words.values.get('new-password-file');
  if (file !== undefined) return readPasswordFile(file);
  if (!terminal.interactive)
    return fail(
      'needs-confirmation',
      'Nobody is here to type the new master password. Nothing was changed.',
      'Give --new-password-file FILE.',
    );
  const first = await terminal.hidden('New master password');
  const second = first === null ? null : await terminal.hidden('The same again');
  if (first === null || second === null)
    return fail('cancelled', 'Nothing was typed. Nothing was changed.', 'Run the command again.');
  const bytes = first.use((typed) => typed.slice());
  const isSame = second.use((typed) => Buffer.from(typed).equals(bytes));
  first.wipe();
  second.wipe();
  return isSame && bytes.length > 0
    ? ok(bytes)
    : fail(
        'bad-input',
        'The two passwords differ or are empty. Nothing was changed.',
        'Run the command again.',
      );
};

const recoveryCode = async ({ words, terminal }: Context): Promise<Result<Uint8Array>> => {
  const file = words.values.get('recovery-file');
  if (file !== undefined) return readPasswordFile(file);
  if (!terminal.interactive)
    return fail(
      'needs-confirmation',
      'Nobody is here to type the recovery code. Nothing was changed.',
      'Give --recovery-file FILE with the code on its first line.',
    );
  const typed = await terminal.hidden('Recovery code');
  return typed === null
    ? fail('cancelled', 'Nothing was typed. Nothing was changed.', 'Run the command again.')
    : ok(typed.use((bytes) => bytes.slice()));
};

const newCodeText = ({ terminal }: Context, code: string): string =>
  [
    'Your new recovery code, shown this once; the old one no longer works:',
    '',
    `    ${terminal.bold(code)}`,
    '',
    'Write it down and keep it away from this computer.',
  ].join('\n');

const requireVault = async (context: Context, door: Door): Promise<Result<string>> => {
  const state = await door.send('state.read', {});
  if (!state.ok) return state;
  const { vault, problem, file } = state.value;
  if (problem !== null) return { ok: false, error: problem };
  return vault === 'missing'
    ? fail(
        'no-vault',
        `There is no vault in ${context.home}.`,
        'Create one with keyturn init, or restore a backup.',
      )
    : ok(file);
};

export const recover: Command = {
  summary: 'the way back without the password: the recovery code, a new password, a new code',
  usage: 'keyturn recover [--recovery-file FILE] [--new-password-file FILE]',
  options: { 'recovery-file': 'value', 'new-password-file': 'value' },
  positionals: [0, 0],
  run: async (context) => {
    const door = await context.any();
    if (!door.ok) return door;
    const vault = await requireVault(context, door.value);
    if (!vault.ok) return vault;
    const code = await recoveryCode(context);
    if (!code.ok) return code;
    const next = await newPassword(context);
    const recovered = next.ok
      ? await door.value.send('vault.recover', { code: code.value, password: next.value })
      : next;
    code.value.fill(0);
    if (next.ok) next.value.fill(0);
    if (!recovered.ok) return recovered;
    await noteDamage(context, door.value);
    const fresh = recovered.value.recoveryCode;
    const text = `The new master password of ${vault.value} is set.\n\n${newCodeText(context, fresh)}`;
    return ok({ json: { vault: vault.value, recoveryCode: fresh }, text });
  },
};

/** The agent that the change goes through, open; and whether it is to be locked again afterwards. */
const openWith = async (
  context: Context,
  door: Door,
  present: Uint8Array,
): Promise<Result<{ readonly lockAgain: boolean }>> => {
  const state = await door.send('state.read', {});
  if (!state.ok) return state;
  if (state.value.vault === 'unlocked') return ok({ lockAgain: false });
  const unlocked = await door.send('vault.unlock', { password: present.slice() });
  return unlocked.ok ? ok({ lockAgain: door.through === 'socket' }) : unlocked;
};

/** Said where no backup could be proven before the change, because part of the vault is damaged. */
const noteDamage = async ({ terminal }: Context, door: Door): Promise<void> => {
  const listed = await door.send('backup.list', {});
  const newest = listed.ok ? listed.value.backups[0] : undefined;
  if (newest?.reason === 'damaged')
    terminal.note(
      `Part of this vault is damaged, so it was kept as it was instead of a backup that is read back: ${newest.name}. Restore a backup, or save what can be read with keyturn doctor --rescue FILE.`,
    );
};

type Proven = { readonly door: Door; readonly vault: string; readonly present: Uint8Array };

/** Runs a change that asks for the present password again, on whichever agent holds the vault. */
const withPassword = async <T>(
  context: Context,
  change: (proven: Proven) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const door = await context.any();
  if (!door.ok) return door;
  const vault = await requireVault(context, door.value);
  if (!vault.ok) return vault;
  const present = await context.password('Present master password');
  if (!present.ok) return present;
  const open = await openWith(context, door.value, present.value);
  const changed = open.ok
    ? await change({ door: door.value, vault: vault.value, present: present.value })
    : open;
  present.value.fill(0);
  if (changed.ok) await noteDamage(context, door.value);
  if (open.ok && open.value.lockAgain) await door.value.send('vault.lock', {});
  return changed;
};

export const password: Command = {
  summary: 'change the master password; the recovery code stays as it is',
  usage: 'keyturn password [--password-file FILE] [--new-password-file FILE]',
  options: { 'new-password-file': 'value' },
  positionals: [0, 0],
  run: (context) =>
    withPassword(context, async ({ door, vault, present }) => {
      const next = await newPassword(context);
      if (!next.ok) return next;
      const changed = await door.send('password.change', { current: present, next: next.value });
      next.value.fill(0);
      if (!changed.ok) return changed;
      const text = [
        `The master password of ${vault} is changed.`,
        'Copies of the vault from before, the automatic backups among them, still open with the old one.',
      ].join('\n');
      return ok({ json: { vault }, text });
    }),
};

export const recoveryCodeCommand: Command = {
  summary: 'make a new recovery code; the old one stops working',
  usage: 'keyturn recovery-code [--password-file FILE]',
  options: {},
  positionals: [0, 0],
  run: (context) =>
    withPassword(context, async ({ door, vault, present }) => {
      const renewed = await door.send('recovery.renew', { password: present });
      if (!renewed.ok) return renewed;
      const code = renewed.value.recoveryCode;
      return ok({ json: { vault, recoveryCode: code }, text: newCodeText(context, code) });
    }),
};
