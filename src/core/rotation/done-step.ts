// The end of a turn that came through: names of lost attempts are looked for once more, then the outcome is said.
import type { Rotation } from '../model/rotation.ts';
import type { Desk } from './desk.ts';
import { marksLeft } from './settle-made.ts';
import { removeMarked } from './heal-create.ts';
import { ended, isOutOfPatience, tryAgain, withAttempt } from './record.ts';
import { save, type Move, type Step } from './turn.ts';

const isUnsure = (state: Rotation['attempts'][number]['state']): boolean =>
  state === 'open' || state === 'unclear' || state === 'none';

/** Undefined once every mark is settled as far as it can be. */
const settleMarks = async (desk: Desk): Promise<Move | undefined> => {
  const unsure = desk.rotation().attempts.filter(({ state }) => isUnsure(state));
  if (unsure.length === 0 || desk.remote.list === null) return undefined;
  const heard = await desk.remote.list();
  if (heard.kind !== 'done')
    return isOutOfPatience(desk.rotation(), desk.nowMs(), 0)
      ? undefined
      : save(
          desk,
          tryAgain(desk.rotation(), desk.nowMs(), 'looks once more for keys that an answer was lost for'),
        );
  for (const { mark } of unsure) {
    const found = await removeMarked(desk, heard.value, mark);
    if (found === 'later') return save(desk, tryAgain(desk.rotation(), desk.nowMs(), `removes ${mark}`));
    if (save(desk, withAttempt(desk.rotation(), mark, { state: found })) === 'rest') return 'rest';
  }
  return undefined;
};

const durationWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  return minutes < 120 ? `${String(minutes)} minutes` : `${String(Math.round(minutes / 60))} hours`;
};

const sentenceOf = ({ foundAtMs, deadAtMs }: Rotation): string => {
  const proven = 'The new key works and is the current one. The old one is refused: it is proven dead.';
  return foundAtMs === null || deadAtMs === null
    ? proven
    : `${proven} From finding to dead key: ${durationWords(deadAtMs - foundAtMs)}.`;
};

export const doneStep: Step = async (desk) => {
  const stopped = await settleMarks(desk);
  if (stopped !== undefined) return stopped;
  const rotation = desk.rotation();
  return save(desk, ended(rotation, desk.nowMs(), 'turned', sentenceOf(rotation), marksLeft(rotation) ?? ''));
};
