// The end of a turn that came through: names of lost attempts are looked for once more, then the outcome is said.
import type { Rotation } from '../model/rotation.ts';
import type { Desk } from './desk.ts';
import { isRefused } from './healing.ts';
import { livesOn, worksWords } from './prove-steps.ts';
import { ended, openTasks, openWords, waiting } from './record.ts';
import { marksLeft } from './settle-made.ts';
import { settleMarks } from './settle-marks.ts';
import { save, type Move, type Step } from './turn.ts';

const durationWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes === 1) return 'a minute';
  return minutes < 120 ? `${String(minutes)} minutes` : `${String(Math.round(minutes / 60))} hours`;
};

const sentenceOf = (rotation: Rotation): string => {
  const { foundAtMs, deadAtMs } = rotation;
  const proven = `${worksWords(rotation)} The old one is refused: it is proven dead.`;
  return foundAtMs === null || deadAtMs === null
    ? proven
    : `${proven} From finding to dead key: ${durationWords(deadAtMs - foundAtMs)}.`;
};

/** Revoked first and not proven then: asked once more. Undefined where it is dead now. */
const stillLives = async (desk: Desk): Promise<Move | undefined> => {
  if (desk.rotation().deadAtMs !== null) return undefined;
  const asked = await desk.remote.ask('old');
  if (asked === null) return 'rest';
  if (isRefused(asked.state))
    return save(desk, { ...desk.rotation(), deadAtMs: desk.nowMs() }) === 'rest' ? 'rest' : undefined;
  return livesOn(
    desk,
    `The old one was revoked first, and was not seen refused: ${asked.reason}`,
    'Look in the portal whether the old one is gone.',
  );
};

/** Where the old key went before everybody had the new one, they stand still until they have it: it is not over before. */
const notYetGiven = (desk: Desk): Move | undefined => {
  const open = openTasks(desk.rotation(), 'file', 'consumer');
  if (open.length === 0) return undefined;
  save(desk, waiting(desk.rotation(), desk.nowMs(), openWords(open), null));
  return 'rest';
};

export const doneStep: Step = async (desk) => {
  const given = notYetGiven(desk);
  if (given !== undefined) return given;
  const stopped = (await settleMarks(desk)) ?? (await stillLives(desk));
  if (stopped !== undefined) return stopped;
  const rotation = desk.rotation();
  return save(desk, ended(rotation, desk.nowMs(), 'turned', sentenceOf(rotation), marksLeft(rotation) ?? ''));
};
