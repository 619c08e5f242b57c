// Before a turn ends: the provider's list is looked through once more for keys of this turn that nobody has the value of, since a request may be
// done late, or twice.
import type { Rotation } from '../model/rotation.ts';
import type { Desk } from './desk.ts';
import { removeMarked } from './heal-create.ts';
import { isOutOfPatience, tryAgain, withAttempt, withTask } from './record.ts';
import { orphanTask, twiceTask } from './tasks.ts';
import { save, type Move } from './turn.ts';

type Attempt = Rotation['attempts'][number];

/** Marks under which there may be a key that is not the one in the vault. */
const unsureOf = ({ attempts, newRemoteId }: Rotation): readonly Attempt[] =>
  attempts.filter(({ state }) => state !== 'kept' || newRemoteId !== null);

const settled = (attempt: Attempt, found: 'none' | 'removed' | 'unclear'): Attempt['state'] =>
  attempt.state === 'kept' ? 'kept' : found;

/** Undefined once every mark is settled as far as it can be. */
export const settleMarks = async (desk: Desk): Promise<Move | undefined> => {
  const unsure = unsureOf(desk.rotation());
  if (unsure.length === 0 || desk.remote.list === null) return undefined;
  const heard = await desk.remote.list();
  if (heard.kind !== 'done') {
    const isFinal = heard.kind === 'refused' && heard.means !== 'wait';
    return isFinal || isOutOfPatience(desk.rotation(), desk.nowMs(), 0)
      ? nameThem(desk, unsure)
      : save(desk, tryAgain(desk.rotation(), desk.nowMs(), 'looks once more for keys whose value is lost'));
  }
  for (const attempt of unsure) {
    const { newRemoteId } = desk.rotation();
    const entries = heard.value.entries.filter(({ id }) => id !== newRemoteId);
    const found = await removeMarked(desk, { ...heard.value, entries }, attempt.mark);
    if (found === 'later')
      return save(desk, tryAgain(desk.rotation(), desk.nowMs(), `removes ${attempt.mark}`));
    const next = withAttempt(desk.rotation(), attempt.mark, { state: settled(attempt, found) });
    if (save(desk, next) === 'rest') return 'rest';
  }
  return undefined;
};

/** The list is not to be had: whoever reads the tasks is told which names to look for. */
const nameThem = (desk: Desk, unsure: readonly Attempt[]): Move | undefined => {
  const next = unsure.reduce(
    (record, attempt) =>
      withTask(
        record,
        attempt.state === 'kept' ? twiceTask(desk.newId(), attempt.mark) : orphanTask(desk.newId(), attempt),
      ),
    desk.rotation(),
  );
  return save(desk, next) === 'go' ? undefined : 'rest';
};
