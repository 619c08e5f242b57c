// What an answer to "make a new key" comes to: kept before anything else, or nothing was made. docs/rotation.md §2.2.
import type { Rotation } from '../model/rotation.ts';
import type { Desk, Effect, Heard, Made } from './desk.ts';
import { ended, finished, isOutOfPatience, tryAgain, waiting, withAttempt } from './record.ts';
import { endsOldAtOnce, isRevokedFirst } from './steps.ts';
import { save, type Move } from './turn.ts';

const keepTries = 30;

/** The only copy is in memory: a vault that is busy or full for a moment must not lose it. */
const saveForSure = async (desk: Desk, next: Rotation, effect: Effect): Promise<Move> => {
  for (let tries = 0; tries < keepTries; tries += 1) {
    if (save(desk, next, effect) === 'go') return 'go';
    if (!(await desk.wait(Math.min(1_000 * (tries + 1), 5_000)))) return save(desk, next, effect);
  }
  return 'rest';
};

/** From the step that makes it to the first one after it is kept. */
const kept = (rotation: Rotation, mark: string, remoteId: string | null, nowMs: number): Rotation => {
  const known = withAttempt({ ...rotation, newRemoteId: remoteId }, mark, { state: 'kept', remoteId });
  const keeping = finished(known, nowMs, `the new key was made, by the name ${mark}`);
  return finished(keeping, nowMs, 'the new value is in the vault');
};

/** What is known once the provider has answered with the new key, or said yes to a value that was chosen here. */
export const keepMade = (desk: Desk, mark: string, made: Made): Promise<Move> => {
  const rotation = desk.rotation();
  const next = kept(
    { ...rotation, expiresOn: made.expiresOn ?? rotation.expiresOn },
    mark,
    made.remoteId,
    desk.nowMs(),
  );
  const isCurrent = endsOldAtOnce(rotation.shape);
  if (rotation.pending !== null)
    return isCurrent ? saveForSure(desk, next, { type: 'promote' }) : Promise.resolve(save(desk, next));
  return saveForSure(desk, next, { type: isCurrent ? 'keep-current' : 'keep', values: made.values });
};

/** Nothing was made, and that is certain: the attempt is forgotten, and with it a value that was chosen for it. */
export const nothingMade = (desk: Desk, mark: string, next: (rotation: Rotation) => Rotation): Move => {
  const rotation = desk.rotation();
  const without = { ...rotation, attempts: rotation.attempts.filter((each) => each.mark !== mark) };
  const after = next(without);
  return rotation.pending !== null && after.outcome !== null
    ? save(desk, after, { type: 'drop' })
    : save(desk, after);
};

const quotaNext = 'Remove a key there that nobody uses, then turn this one again: the plan proposes one.';
const quotaThenOn = 'Remove a key there that nobody uses, then go on.';

type Said = { readonly reason: string; readonly next: string };

/** The old key is revoked already: it is not over before there is a new one, and a person says when it is asked for again. */
export const stillNone = (rotation: Rotation, nowMs: number, { reason, next }: Said): Rotation =>
  waiting(
    rotation,
    nowMs,
    `the old key is revoked, and no new one could be made: ${reason} ${next}`.trim(),
    null,
  );

const unchanged = (rotation: Rotation, nowMs: number, { reason, next }: Said): Rotation =>
  ended(
    rotation,
    nowMs,
    'unchanged',
    `${reason} Nothing was changed: the old key is the current one and works as before.`,
    next,
  );

/** Reads the answer to an attempt. Undefined where nobody knows what came of it. */
export const settleMade = async (desk: Desk, mark: string, heard: Heard<Made>): Promise<Move | undefined> => {
  const nowMs = desk.nowMs();
  if (heard.kind === 'lost') return undefined;
  if (heard.kind === 'done') return keepMade(desk, mark, heard.value);
  const isFirst = isRevokedFirst(desk.rotation());
  const nothing = isFirst ? stillNone : unchanged;
  if (heard.kind === 'unsent')
    return nothingMade(desk, mark, (record) =>
      isFirst && !isOutOfPatience(record, nowMs, 0)
        ? tryAgain(record, nowMs, heard.reason)
        : nothing(record, nowMs, heard),
    );
  if (heard.means === 'wait') {
    const leastMs = heard.againInMs ?? 0;
    return nothingMade(desk, mark, (record) => tryAgain(record, nowMs, heard.reason, leastMs));
  }
  const roomNext = isFirst ? quotaThenOn : quotaNext;
  const next = heard.means === 'quota-full' ? roomNext : heard.next;
  return nothingMade(desk, mark, (record) => nothing(record, nowMs, { reason: heard.reason, next }));
};

/** Names of keys that may stand at the provider; undefined where there are none. */
export const marksLeft = ({ attempts }: Rotation): string | undefined => {
  const left = attempts.filter(({ state }) => state === 'open' || state === 'orphan' || state === 'unclear');
  return left.length === 0
    ? undefined
    : `Look at the provider for ${left.map(({ mark }) => mark).join(' and ')}, and remove what is there: nobody uses it.`;
};
