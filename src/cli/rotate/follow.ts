// Follows a turn until it rests, telling on stderr what happens meanwhile. Ctrl-C leaves it where it stands: its record goes on from there.
import type { Result } from '../../core/model/result.ts';
import type { Send } from '../../contract/contract.ts';
import type { Context } from '../command.ts';
import { printable } from '../terminal.ts';
import type { Rotation } from './rotation-words.ts';

const lookMs = 500;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Lines of the journal that were not told yet; returns how many there are now. */
const tell = (context: Context, turn: Rotation, told: number): number => {
  if (!context.json)
    for (const { step, what } of turn.journal.slice(told))
      context.terminal.note(printable(`${step}: ${what}`));
  return turn.journal.length;
};

/** @param told how many lines of its journal are known already */
export const followTurn = async (
  context: Context,
  send: Send,
  id: string,
  told = 0,
): Promise<Result<Rotation>> => {
  const rests = { now: false };
  const followed = send('rotation.follow', { id }).finally(() => {
    rests.now = true;
  });
  let count = told;
  while (!rests.now) {
    await Promise.race([followed, pause(lookMs)]);
    const now = await send('rotation.read', { id });
    if (now.ok) count = tell(context, now.value, count);
  }
  const turn = await followed;
  if (turn.ok) tell(context, turn.value, count);
  return turn;
};
