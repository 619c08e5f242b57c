// The step that makes the new key, and keeps it before anything else is asked of anyone. docs/rotation.md §2.2.
import type { Attempt, Rotation } from '../model/rotation.ts';
import type { Desk } from './desk.ts';
import { markFor } from './begin.ts';
import { healCreate } from './heal-create.ts';
import { at, begun, ended, openAttempt, waiting, withAttempt, withLine } from './record.ts';
import { marksLeft, settleMade } from './settle-made.ts';
import { isRevokedFirst, stepAfter } from './steps.ts';
import { save, type Move, type Step } from './turn.ts';

/** So often a new key is asked for in one turn, answers that never came included. */
const mostAttempts = 3;

/** Writes down what is about to be asked. A value that is chosen here is kept in the same commit. */
const announce = (desk: Desk, rotation: Rotation, mark: string): Move => {
  const nowMs = desk.nowMs();
  const attempt: Attempt = { mark, state: 'open', remoteId: null, atMs: nowMs };
  const next = begun(
    { ...rotation, attempts: [...rotation.attempts, attempt] },
    nowMs,
    `asks for a new key by the name ${mark}`,
  );
  const chosen = rotation.pending === null ? desk.remote.choose() : null;
  return chosen === null ? save(desk, next) : save(desk, next, { type: 'keep', values: chosen });
};

const noAnswers = (count: number): string =>
  `The provider was asked ${String(count)} times for a new key, and no answer came with one.`;

/** As often as is asked for without a person: undefined where it may be asked now. */
const askedEnough = (desk: Desk, rotation: Rotation): Move | undefined => {
  const { length } = rotation.attempts;
  if (isRevokedFirst(rotation)) {
    // There is no key until there is a new one: a person lets it go on, as often as they like.
    if (length === 0 || length % mostAttempts > 0 || rotation.phase === 'todo') return undefined;
    const next = marksLeft(rotation) ?? '';
    save(desk, waiting(rotation, desk.nowMs(), `${noAnswers(length)} ${next}`.trim(), null));
    return 'rest';
  }
  if (length >= mostAttempts)
    return save(
      desk,
      ended(
        rotation,
        desk.nowMs(),
        'unchanged',
        `${noAnswers(length)} The old key is the current one.`,
        marksLeft(rotation) ?? 'Turn it again when the provider answers.',
      ),
      rotation.pending === null ? undefined : { type: 'drop' },
    );
  return undefined;
};

const attemptNow = async (desk: Desk, rotation: Rotation): Promise<Move> => {
  const enough = askedEnough(desk, rotation);
  if (enough !== undefined) return enough;
  const mark = markFor(desk.keyName(), desk.newId());
  if (announce(desk, rotation, mark) === 'rest') return 'rest';
  const heard = await desk.remote.make(mark);
  const settled = await settleMade(desk, mark, heard);
  if (settled !== undefined) return settled;
  const lost = withLine(desk.rotation(), 'failed', desk.nowMs(), 'no answer came: it may have been made');
  return save(desk, lost);
};

/** A person makes it: waits until its value is put in (accept-value.ts). */
const guided = (desk: Desk, rotation: Rotation): Move => {
  if (rotation.pending !== null) return save(desk, at(rotation, stepAfter(rotation, 'keep'), desk.nowMs()));
  if (rotation.phase === 'waiting') return 'rest';
  const what = rotation.tasks.some(({ kind, doneAtMs }) => kind === 'ticket' && doneAtMs === null)
    ? 'the new key is made by somebody at the provider: ask for it, then put its value in here'
    : 'make the new key in the portal, then put its value in here';
  save(desk, waiting(rotation, desk.nowMs(), what, null));
  return 'rest';
};

/** A person lets it go on: what an attempt may have left in the second slot is looked at once more, since nothing new fits in before. */
const lookAgain = (desk: Desk, rotation: Rotation): Move | undefined => {
  if (rotation.phase !== 'todo' || desk.remote.unmake === null) return undefined;
  const unclear = rotation.attempts.find(({ state }) => state === 'unclear');
  if (unclear === undefined) return undefined;
  const open = withAttempt(rotation, unclear.mark, { state: 'open' });
  return save(desk, begun(open, desk.nowMs(), 'looks once more whether the second slot is free'));
};

export const createStep: Step = async (desk, rotation) => {
  if (rotation.shape === 'guided') return guided(desk, rotation);
  const again = lookAgain(desk, rotation);
  if (again !== undefined) return again;
  const open = openAttempt(rotation);
  return open === undefined ? attemptNow(desk, rotation) : healCreate(desk, rotation, open);
};
