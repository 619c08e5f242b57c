// doctor, and what it can do about an older or a damaged vault; replace-key, which seals everything under a fresh key.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';
import { readPasswordFile } from '../session.ts';
import { columns } from '../table.ts';

export const replaceKey: Command = {
  summary: 'seal everything under a fresh vault key; after a leak of file and password',
  usage: 'keyturn replace-key [--password-file FILE]',
  options: {},
  positionals: [0, 0],
  run: async (context) => {
    const door = await context.unlocked();
    if (!door.ok) return door;
    const password = await context.password('Master password');
    if (!password.ok) return password;
    const replaced = await door.value.send('vault.replaceKey', { password: password.value });
    password.value.fill(0);
    if (!replaced.ok) return replaced;
    const { recoveryCode } = replaced.value;
    const text = [
      'Every record is sealed under a new key. Copies made before still open with what opened them then:',
      'delete those you can, and replace the keys in them at their providers.',
      '',
      'Your new recovery code, shown this once; the old one no longer works:',
      '',
      `    ${context.terminal.bold(recoveryCode)}`,
      '',
      'Write it down and keep it away from this computer.',
    ].join('\n');
    return ok({ json: { recoveryCode }, text });
  },
};

type Rescued = CallOutput<'vault.rescue'>;

const partsText = (title: string, parts: Rescued['lost']): readonly string[] =>
  parts.length === 0
    ? []
    : [
        '',
        title,
        columns(
          ['WHAT', 'WHY'],
          parts.map(({ what, reason }) => [what, reason]),
        ),
      ];

const rescue = async (context: Context, file: string): Promise<Result<Answer>> => {
  // Never through a running agent: the vault may be one that no agent can open.
  const door = await context.own();
  if (!door.ok) return door;
  const codeFile = context.words.values.get('recovery-file');
  const secret =
    codeFile === undefined ? await context.password('Master password') : readPasswordFile(codeFile);
  if (!secret.ok) return secret;
  const rescued = await door.value.send('vault.rescue', {
    path: resolve(file),
    password: secret.value,
    ...(codeFile === undefined ? {} : { with: 'recovery-code' as const }),
  });
  secret.value.fill(0);
  if (!rescued.ok) return rescued;
  const { keys, lost, doubtful } = rescued.value;
  const text = [
    `Wrote ${String(keys)} keys to ${rescued.value.file}. It opens with the same password and recovery code. The damaged vault was not touched.`,
    'Move it to the place of the vault once you have looked at it; if Keyturn then calls it older, accept it with keyturn doctor --accept-older.',
    ...partsText('Left behind:', lost),
    ...partsText('Taken along, but perhaps not as last saved:', doubtful),
  ].join('\n');
  return ok({ json: rescued.value, text, code: lost.length > 0 ? 4 : 0 });
};

const acceptOlder = async (context: Context): Promise<Result<Answer>> => {
  const door = await context.unlocked({ evenOlder: true });
  if (!door.ok) return door;
  const state = await door.value.send('state.read', {});
  const accepted = await door.value.send('vault.acceptOlder', {});
  if (!accepted.ok) return accepted;
  const said = state.ok ? (state.value.problem?.message ?? '') : '';
  return ok({
    json: accepted.value,
    text: accepted.value.accepted
      ? `Accepted. ${said} From now on this file counts as the newest.`
      : 'Nothing to accept: this is the newest file that Keyturn saw here.',
  });
};

const check = async (context: Context): Promise<Result<Answer>> => {
  const door =
    context.terminal.interactive || !context.words.values.has('password-file')
      ? await context.any()
      : await context.unlocked({ evenOlder: true });
  if (!door.ok) return door;
  const report = await door.value.send('doctor.run', {});
  if (!report.ok) return report;
  const { checks } = report.value;
  const text = checks.map(
    (one) => `${one.ok ? '✓' : '✗'} ${one.name}${one.hint === '' ? '' : `: ${one.hint}`}`,
  );
  return ok({ json: { checks }, text: text.join('\n'), code: checks.every((one) => one.ok) ? 0 : 1 });
};

export const doctor: Command = {
  summary: 'what is set up, what is missing and how to mend it',
  usage: 'keyturn doctor [--rescue FILE [--recovery-file FILE] | --accept-older]',
  options: { rescue: 'value', 'recovery-file': 'value', 'accept-older': 'flag' },
  positionals: [0, 0],
  run: (context) => {
    const file = context.words.values.get('rescue');
    const accepts = context.words.flags.has('accept-older');
    if (file !== undefined && accepts)
      return Promise.resolve(
        fail('bad-input', '--rescue and --accept-older do not go together.', 'Give one of them.'),
      );
    if (file !== undefined) return rescue(context, file);
    return accepts ? acceptOlder(context) : check(context);
  },
};
