// The way back, until the old key is revoked: the old value current again, in files too, and the new key removed at the provider. Each part may be
// repeated, so a crash in between is nothing special.
import type { Rotation } from '../model/rotation.ts';
import type { Desk, Heard } from './desk.ts';
import { ended, openAttempt, tryAgain, waiting, withLine } from './record.ts';
import { marksLeft } from './settle-made.ts';
import { settleMarks } from './settle-marks.ts';
import { endsOldAtOnce, isBefore } from './steps.ts';
import { save, type Move } from './turn.ts';

/** Whether a call that ends the old key may have been sent. */
const mayBeRevoked = ({ journal, revoked }: Rotation): boolean =>
  revoked > 0 || journal.some(({ step, event }) => step === 'revoke' && event === 'begun');

/** Whether everything can still be put back as it was. */
export const canUndo = (rotation: Rotation): boolean => {
  if (rotation.outcome !== null || rotation.phase === 'undoing') return false;
  if (mayBeRevoked(rotation)) return false;
  if (endsOldAtOnce(rotation.shape))
    return rotation.step === 'plan' || (rotation.step === 'create' && rotation.attempts.length === 0);
  return rotation.order === 'revoke-first'
    ? rotation.step === 'plan' || rotation.step === 'revoke'
    : isBefore(rotation, rotation.step, 'prove');
};

/** Turns round. Only where {@link canUndo} says yes. */
export const beginUndo = (rotation: Rotation, nowMs: number, why: string): Rotation =>
  withLine(
    {
      ...rotation,
      phase: 'undoing',
      againAtMs: null,
      waitsFor: '',
      stepSinceMs: nowMs,
      tries: 0,
      revoked: 0,
    },
    'note',
    nowMs,
    `goes back: ${why}`,
  );

const later = (desk: Desk, why: string, leastMs = 0): Move =>
  save(desk, tryAgain(desk.rotation(), desk.nowMs(), why, leastMs));

/** The old key must work before it becomes current again. Undefined where it does. */
const oldLacks = async (desk: Desk): Promise<Move | undefined> => {
  const asked = await desk.remote.ask('old');
  if (asked === null) return 'rest';
  if (asked.state === 'invalid' || asked.state === 'expired') {
    const forward: Rotation = { ...desk.rotation(), phase: 'todo' };
    save(
      desk,
      waiting(
        forward,
        desk.nowMs(),
        `there is no way back, since the old key no longer works: ${asked.reason}`,
        null,
      ),
    );
    return 'rest';
  }
  return asked.state === 'unreachable'
    ? later(desk, `the old key must work first: ${asked.reason}`)
    : undefined;
};

const end = (desk: Desk, sentence: string, next: string, effect: 'drop' | 'put-back' | null): Move =>
  save(
    desk,
    ended(desk.rotation(), desk.nowMs(), 'undone', sentence, next),
    effect === null ? undefined : { type: effect },
  );

const asBefore = 'Everything is as before: the old key is the current one.';

const keepsAmongVersions = (rotation: Rotation): 'put-back' | null =>
  rotation.pending === null ? null : 'put-back';

const staysThere = async (desk: Desk, why: string): Promise<Move> => {
  const stopped = await settleMarks(desk);
  if (stopped !== undefined) return stopped;
  const left = marksLeft(desk.rotation());
  return end(
    desk,
    `The old key is the current one. The new one stays at the provider: ${why} Its value is kept among the versions.`,
    `Revoke the new key in the portal.${left === undefined ? '' : ` ${left}`}`,
    keepsAmongVersions(desk.rotation()),
  );
};

/** Calls that remove the new key at the provider. */
const removals = ({ remote }: Desk, rotation: Rotation): readonly (() => Promise<Heard<null>>)[] => {
  const { unmake } = remote;
  if (unmake !== null) return [unmake];
  return Array.from(
    { length: remote.revokeCalls },
    (_, index) => () => remote.revoke(index, rotation.newRemoteId, 'new'),
  );
};

const removeNew = async (desk: Desk): Promise<Move> => {
  const rotation = desk.rotation();
  const calls = rotation.shape === 'guided' ? [] : removals(desk, rotation);
  if (calls.length === 0) return staysThere(desk, 'it has to be removed there by hand.');
  for (const [index, call] of calls.entries()) {
    if (index < desk.rotation().revoked) continue;
    const heard = await call();
    const isGone = heard.kind === 'refused' && heard.means === 'gone';
    if (heard.kind === 'refused' && heard.means !== 'wait' && !isGone) return staysThere(desk, heard.reason);
    if (heard.kind === 'refused' && !isGone) return later(desk, heard.reason, heard.againInMs ?? 0);
    if (heard.kind === 'lost' || heard.kind === 'unsent') return later(desk, heard.reason);
    if (save(desk, { ...desk.rotation(), revoked: index + 1 }) === 'rest') return 'rest';
  }
  const stopped = await settleMarks(desk);
  if (stopped !== undefined) return stopped;
  return end(
    desk,
    `${asBefore} The new one is removed at the provider.`,
    marksLeft(desk.rotation()) ?? '',
    desk.rotation().pending === null ? null : 'drop',
  );
};

const wasGivenOut = (rotation: Rotation): boolean =>
  rotation.journal.some(({ step, event }) => step === 'deliver' && event === 'begun');

/** One round of the way back. */
export const undoStep = async (desk: Desk, rotation: Rotation): Promise<Move> => {
  const isMade = rotation.pending !== null || rotation.newVersionId !== null;
  if (isMade || rotation.order === 'revoke-first') {
    const lacking = await oldLacks(desk);
    if (lacking !== undefined) return lacking;
  }
  if (!isMade) return openAttempt(rotation) === undefined ? end(desk, asBefore, '', null) : 'rest';
  // Promoted: the old one is current again before anything else is done.
  if (rotation.pending === null && !isPutBack(rotation)) {
    const back = withLine(rotation, 'note', desk.nowMs(), putBackWords);
    if (save(desk, back, { type: 'put-back' }) === 'rest') return 'rest';
  }
  if (wasGivenOut(rotation)) {
    const failed = (await desk.deliver('old')).flatMap(({ place, problem }) =>
      problem === null ? [] : [place],
    );
    if (failed.length > 0)
      save(
        desk,
        withLine(desk.rotation(), 'failed', desk.nowMs(), `still has the new value: ${failed.join(', ')}`),
      );
  }
  return removeNew(desk);
};

const putBackWords = 'the old key is the current one again';
const isPutBack = ({ journal }: Rotation): boolean => journal.some(({ what }) => what === putBackWords);
