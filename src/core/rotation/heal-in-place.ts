// A call that ends the old key with the one that makes the new, and whose answer never came. The only copy of the new value may have been in it, so
// it is never made again where that could kill what it made. docs/rotation.md §2.4.
import type { Attempt } from '../model/rotation.ts';
import type { Desk } from './desk.ts';
import { cannotBeAsked, isRefused, isTaken, later, underWayMs } from './healing.ts';
import { ended, isOutOfPatience, withAttempt } from './record.ts';
import { keepMade, nothingMade } from './settle-made.ts';
import { save, type Move } from './turn.ts';

type Heal = (desk: Desk, mark: string) => Promise<Move>;

const usualWayBack = 'Make a new key in the portal and put its value in here: turn this key again, guided.';

const lostFor = (desk: Desk, mark: string, sentence: string): Move =>
  save(
    desk,
    ended(
      withAttempt(desk.rotation(), mark, { state: 'unclear' }),
      desk.nowMs(),
      'lost',
      sentence,
      desk.remote.afterLost?.wayBack ?? usualWayBack,
    ),
  );

/** The key that is asked outlives the single-use token, so it tells nothing: the call is made again, which does no harm there. */
const healChain: Heal = async (desk, mark) => {
  if (!(await desk.wait(underWayMs))) return 'rest';
  const heard = await desk.remote.make(mark);
  if (heard.kind === 'done') return keepMade(desk, mark, heard.value);
  if (heard.kind !== 'refused') return later(desk, 'the provider does not answer');
  const isUsed = heard.means === 'refused' || heard.means === 'gone';
  if (!isUsed && !isOutOfPatience(desk.rotation(), desk.nowMs(), 0))
    return later(desk, heard.reason, heard.againInMs ?? 0);
  const what = isUsed
    ? 'The single-use token was used by a call whose answer never came, and with it the next one is lost'
    : 'No answer came, and whether the single-use token was used by it cannot be asked';
  return lostFor(desk, mark, `${what}: ${heard.reason} The present value works as long as it was going to.`);
};

/** Made in place: the old key tells what happened. The call is never made again. */
const healSwap: Heal = async (desk, mark) => {
  if (!(await desk.wait(underWayMs))) return 'rest';
  const old = await desk.remote.ask('old');
  if (old === null) return 'rest';
  const nowMs = desk.nowMs();
  if (isTaken(old.state))
    return nothingMade(desk, mark, (record) =>
      ended(
        record,
        nowMs,
        'unchanged',
        'No answer came, and the old key still works: nothing was changed. It was not asked for again.',
        'Turn it again when the provider answers.',
      ),
    );
  if (cannotBeAsked(old.state))
    return lostFor(
      desk,
      mark,
      `No answer came, and the old key cannot be asked whether it was replaced: ${old.reason} If it is refused where it is used, the only copy of the new value was in that answer.`,
    );
  if (!isRefused(old.state)) return later(desk, `the old key cannot be asked now: ${old.reason}`);
  const again = await desk.remote.ask('old');
  if (again === null || !isRefused(again.state)) return later(desk, 'the old key is asked once more');
  return lostFor(
    desk,
    mark,
    'The provider replaced the key, and the only copy of the new value was in an answer that never came. The old key is refused since now.',
  );
};

/** By what the old key says, or by asking again where it says nothing. */
export const healInPlace = (desk: Desk, { mark }: Attempt): Promise<Move> =>
  desk.remote.afterLost !== undefined && !desk.remote.afterLost.oldTells
    ? healChain(desk, mark)
    : healSwap(desk, mark);
