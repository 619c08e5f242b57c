// Commands about the vault as a whole: init, lock, unlock, state.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { Answer, Command, Context, Door } from '../command.ts';

type ToldState = Pick<CallOutput<'state.read'>, 'vault' | 'problem' | 'keys' | 'environments'>;

const newPassword = async (context: Context): Promise<Result<Uint8Array>> => {
  const first = await context.password('New master password');
  if (!first.ok || !context.terminal.interactive || context.words.values.has('password-file')) return first;
  if ((process.env['KEYTURN_PASSWORD_FILE'] ?? '') !== '') return first;
  const second = await context.password('The same again');
  if (!second.ok) return second;
  const same = Buffer.from(first.value).equals(Buffer.from(second.value));
  second.value.fill(0);
  return same
    ? first
    : fail('bad-input', 'The two passwords differ.', 'Run keyturn init again. Nothing was created.');
};

export const init: Command = {
  summary: 'create a vault; refuses where one exists',
  usage: 'keyturn init [--password-file FILE]',
  options: {},
  positionals: [0, 0],
  run: async (context) => {
    const door = await context.any();
    if (!door.ok) return door;
    const state = await door.value.send('state.read', {});
    if (!state.ok) return state;
    if (state.value.vault !== 'missing') {
      return fail(
        'already-exists',
        `There is a vault already: ${state.value.file}.`,
        'Use it, or set KEYTURN_HOME to another folder. It was left untouched.',
      );
    }
    const password = await newPassword(context);
    if (!password.ok) return password;
    const made = await door.value.send('vault.create', { password: password.value });
    password.value.fill(0);
    if (!made.ok) return made;
    const { recoveryCode } = made.value;
    const text = [
      `Created ${state.value.file}.`,
      '',
      'Your recovery code, shown this once:',
      '',
      `    ${context.terminal.bold(recoveryCode)}`,
      '',
      'Write it down and keep it away from this computer. It opens the vault if you lose the password.',
    ].join('\n');
    return ok({ json: { vault: state.value.file, recoveryCode }, text });
  },
};

/** Where no agent runs, nothing is unlocked: the file alone tells the rest. */
const stateWith = async (app: Door | null, home: string): Promise<Result<ToldState>> => {
  if (app !== null) return app.send('state.read', {});
  const { standingAt } = await import('../../agent/at-home.ts');
  return ok({ ...standingAt(home), keys: 0, environments: 0 });
};

const runningState = async (context: Context): Promise<Result<Answer>> => {
  const app = await context.running();
  const state = await stateWith(app, context.home);
  if (!state.ok) return state;
  if (state.value.problem !== null) return { ok: false, error: state.value.problem };
  const locked = state.value.vault !== 'unlocked';
  const { keys, environments } = state.value;
  const words =
    state.value.vault === 'missing'
      ? `There is no vault yet in ${context.home}. Create one with keyturn init.`
      : locked
        ? `Locked${app === null ? '; no agent is running' : ''}.`
        : `Unlocked: ${String(keys)} keys in ${String(environments)} environments.`;
  return ok({
    json: { locked, keys, environments, vault: state.value.vault, running: app !== null },
    text: words,
  });
};

export const state: Command = {
  summary: 'whether the running agent is locked, and how much it holds',
  usage: 'keyturn state',
  options: {},
  positionals: [0, 0],
  run: runningState,
};

export const lock: Command = {
  summary: 'lock the running agent',
  usage: 'keyturn lock',
  options: {},
  positionals: [0, 0],
  run: async (context) => {
    const app = await context.running();
    if (app === null)
      return ok({ json: { locked: true }, text: 'Nothing is unlocked: no agent is running.' });
    const locked = await app.send('vault.lock', {});
    return locked.ok ? ok({ json: { locked: true }, text: 'Locked.' }) : locked;
  },
};
