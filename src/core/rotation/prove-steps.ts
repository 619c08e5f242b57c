// The two steps that ask with a key: whether the new one works, and whether the old one is dead. Patience is the provider's own.
import type { Rotation } from '../model/rotation.ts';
import type { Asked, Desk } from './desk.ts';
import { cannotBeAsked, isRefused } from './healing.ts';
import { at, begun, ended, finished, isOutOfPatience, tryAgain, waiting, withTask } from './record.ts';
import { endsOldAtOnce, isBefore, isRevokedFirst } from './steps.ts';
import { confirmTask } from './tasks.ts';
import { save, type Move, type Step } from './turn.ts';
import { beginUndo } from './undo.ts';

const isSilent = ({ state }: Asked): boolean => state === 'unreachable' || state === 'not-activated';

/** Nothing was asked: there is no question for it, or its form is not one that Keyturn knows. */
const needsPerson = ({ state }: Asked): boolean => cannotBeAsked(state);

const isConfirmed = ({ tasks }: Rotation): boolean =>
  tasks.some(({ kind, doneAtMs }) => kind === 'confirm' && doneAtMs !== null);

/** Who saw that the new key works: the provider said so, or a person did where it cannot be asked. */
export const worksWords = (rotation: Rotation): string =>
  isConfirmed(rotation)
    ? 'The new key is the current one; that it works was seen by a person, since Keyturn cannot ask.'
    : 'The new key works and is the current one.';

/**
 * Limited to what the old key may do as well: no worse than before. What was made in its place may do the same by nature, and the old
 * one is dead and cannot be asked.
 */
const isAsLimited = async (desk: Desk, asked: Asked): Promise<boolean> =>
  asked.state === 'blocked' &&
  (endsOldAtOnce(desk.rotation().shape) || (await desk.remote.ask('old'))?.state === 'blocked');

const askPerson = (desk: Desk, why: string): Move => {
  const withIt = withTask(desk.rotation(), confirmTask(desk.newId(), why));
  save(desk, waiting(withIt, desk.nowMs(), 'see that the new key works, then say so', null));
  return 'rest';
};

const failTest = (desk: Desk, asked: Asked): Move => {
  const rotation = desk.rotation();
  if (isRevokedFirst(rotation)) {
    const what = `the old key is revoked, and the new one does not work: ${asked.reason}`;
    save(desk, waiting(rotation, desk.nowMs(), what, null));
    return 'rest';
  }
  if (!endsOldAtOnce(rotation.shape))
    return save(desk, beginUndo(rotation, desk.nowMs(), `the new key does not work: ${asked.reason}`));
  return save(
    desk,
    ended(
      rotation,
      desk.nowMs(),
      'lost',
      `The provider replaced the key, and does not accept the new value: ${asked.reason}`,
      'Both values are kept among the versions. Make a new key in the portal and put its value in here.',
    ),
  );
};

/** What makes sure that a value works, for the test and before the revoke: undefined where it does. */
export const lacksProof = async (desk: Desk): Promise<Asked | 'stopped' | undefined> => {
  const asked = await desk.remote.ask('new');
  if (asked === null) return 'stopped';
  if (asked.state === 'valid' || (await isAsLimited(desk, asked))) return undefined;
  return needsPerson(asked) && isConfirmed(desk.rotation()) ? undefined : asked;
};

/** Seconds that a provider file promises. */
export type Promised = { readonly newSeconds: number; readonly oldSeconds: number };

export const testStep =
  ({ newSeconds }: Promised): Step =>
  async (desk, rotation) => {
    const beginning = begun(rotation, desk.nowMs(), 'asks with the new key');
    if (rotation.phase === 'todo' && save(desk, beginning) === 'rest') return 'rest';
    const lacking = await lacksProof(desk);
    if (lacking === undefined)
      return save(desk, finished(desk.rotation(), desk.nowMs(), 'the new key works'));
    if (lacking === 'stopped') return 'rest';
    if (needsPerson(lacking)) return askPerson(desk, lacking.reason);
    if (!isSilent(lacking) && isOutOfPatience(desk.rotation(), desk.nowMs(), newSeconds))
      return failTest(desk, lacking);
    return save(desk, tryAgain(desk.rotation(), desk.nowMs(), `not yet: ${lacking.reason}`));
  };

const spanWords = (seconds: number): string =>
  seconds >= 7_200
    ? `${String(Math.ceil(seconds / 3_600))} hours`
    : seconds >= 120
      ? `${String(Math.ceil(seconds / 60))} minutes`
      : `${String(seconds)} seconds`;

/** The person says it is revoked, and the provider still takes it: the task is open again. */
const reopenRevoke = (desk: Desk): Move => {
  const rotation = desk.rotation();
  const tasks = rotation.tasks.map((task) => (task.kind === 'revoke' ? { ...task, doneAtMs: null } : task));
  const back = at({ ...rotation, tasks }, 'revoke', desk.nowMs());
  save(
    desk,
    waiting(
      back,
      desk.nowMs(),
      'the old key still works: see that it is the one that was revoked, and revoke it',
      null,
    ),
  );
  return 'rest';
};

export const livesOn = (desk: Desk, what: string, next: string): Move => {
  const rotation = desk.rotation();
  const nowMs = desk.nowMs();
  // Revoked first, the new key is still to be made; what is known of the old one is said once that is done.
  if (isBefore(rotation, rotation.step, 'create'))
    return save(desk, finished(rotation, nowMs, `goes on without proof. ${what}`));
  const sentence = `${worksWords(rotation)} ${what}`;
  return save(desk, ended(rotation, nowMs, 'old-lives', sentence, next));
};

const personRevokes = ({ tasks }: Rotation): boolean => tasks.some(({ kind }) => kind === 'revoke');

const notDead = (desk: Desk, { state, reason }: Asked, oldSeconds: number): Move => {
  const rotation = desk.rotation();
  const why = state === 'blocked' ? `not told yet: ${reason}` : 'the provider still takes the old key';
  if (!isOutOfPatience(rotation, desk.nowMs(), oldSeconds))
    return save(desk, tryAgain(rotation, desk.nowMs(), why));
  if (state === 'blocked')
    return livesOn(
      desk,
      `The old one was revoked, and the provider answers it as it also answers keys that live and may not ask: ${reason}`,
      'Look in the portal whether the old one is gone.',
    );
  if (personRevokes(rotation)) return reopenRevoke(desk);
  const promise =
    oldSeconds === 0 ? 'It should be dead at once' : `It may take up to ${spanWords(oldSeconds)}`;
  return livesOn(
    desk,
    `The old one was revoked and is still accepted. ${promise}, as far as the provider says.`,
    'Check the older version again later, and look for it in the portal.',
  );
};

export const proveStep =
  ({ oldSeconds }: Promised): Step =>
  async (desk, rotation) => {
    const beginning = begun(rotation, desk.nowMs(), 'asks with the old key');
    if (rotation.phase === 'todo' && save(desk, beginning) === 'rest') return 'rest';
    const asked = await desk.remote.ask('old');
    if (asked === null) return 'rest';
    const nowMs = desk.nowMs();
    if (isRefused(asked.state))
      return save(
        desk,
        finished({ ...desk.rotation(), deadAtMs: nowMs }, nowMs, `the old key is refused: ${asked.reason}`),
      );
    if (needsPerson(asked))
      return livesOn(
        desk,
        `Whether the old one is dead cannot be asked: ${asked.reason}`,
        'Look in the portal whether the old one is gone.',
      );
    if (isSilent(asked)) return save(desk, tryAgain(desk.rotation(), nowMs, `no answer: ${asked.reason}`));
    return notDead(desk, asked, oldSeconds);
  };
