// unlock: opens the running agent's vault, so that later commands need no password until it locks.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Send } from '../../contract/contract.ts';
import type { Answer, Command, Door } from '../command.ts';

const answerFor = async (send: Send): Promise<Result<Answer>> => {
  const state = await send('state.read', {});
  if (!state.ok) return state;
  if (state.value.problem !== null) return { ok: false, error: state.value.problem };
  const { keys, environments } = state.value;
  return ok({
    json: { locked: false, keys, environments },
    text: `Unlocked: ${String(keys)} keys in ${String(environments)} environments. Lock again with keyturn lock.`,
  });
};

const startBackground = async (home: string): Promise<Pick<Door, 'send' | 'close'> | null> => {
  const { startBackgroundAgent } = await import('../background-agent.ts');
  return startBackgroundAgent(home);
};

export const unlock: Command = {
  summary: 'unlock the running agent, or start one that stays until it locks',
  usage: 'keyturn unlock [--password-file FILE]',
  options: {},
  positionals: [0, 0],
  run: async (context) => {
    const own = await context.any();
    if (!own.ok) return own;
    const before = await own.value.send('state.read', {});
    if (!before.ok) return before;
    if (before.value.problem !== null) return { ok: false, error: before.value.problem };
    if (before.value.vault === 'missing') {
      return fail('no-vault', `There is no vault in ${context.home}.`, 'Create one with keyturn init.');
    }
    if (own.value.through === 'socket' && before.value.vault === 'unlocked') return answerFor(own.value.send);
    const password = await context.password('Master password');
    if (!password.ok) return password;
    const door = own.value.through === 'socket' ? own.value : await startBackground(context.home);
    if (door === null) {
      return fail(
        'io',
        'The background agent did not start.',
        'Run keyturn doctor, or pass --password-file to each command.',
      );
    }
    const unlocked = await door.send('vault.unlock', { password: password.value });
    password.value.fill(0);
    const answer = unlocked.ok ? await answerFor(door.send) : unlocked;
    if (!unlocked.ok && own.value.through !== 'socket') await door.send('vault.lock', {});
    if (own.value.through !== 'socket') await door.close();
    return answer;
  },
};
