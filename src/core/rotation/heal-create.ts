// A call for a new key whose answer never came, by a cut line or a killed process: what became of it, found out without harm.
// docs/rotation.md §2.4.
import type { Attempt, Rotation } from '../model/rotation.ts';
import type { Desk, Heard, RemoteList } from './desk.ts';
import { keepMade, marksLeft, settleMade, stillNone } from './settle-made.ts';
import { healInPlace } from './heal-in-place.ts';
import { isRefused, isTaken, later, underWayMs } from './healing.ts';
import { orphanTask } from './tasks.ts';
import { ended, isOutOfPatience, withAttempt, withLine, withTask } from './record.ts';
import { endsOldAtOnce, isRevokedFirst } from './steps.ts';
import { save, type Move } from './turn.ts';

type Heal = (desk: Desk, rotation: Rotation, attempt: Attempt) => Promise<Move>;

/**
 * Both live, and it is asked for once more and refused: the first call may have arrived all the same, be it that the new key is not known
 * everywhere yet or that something is wrong with it. So what was asked for is never forgotten, and its value is kept.
 */
const mayStand = (
  desk: Desk,
  attempt: Attempt,
  no: Extract<Heard<never>, { readonly kind: 'refused' }>,
): Move => {
  const rotation = desk.rotation();
  const nowMs = desk.nowMs();
  if (no.means === 'wait' || !isOutOfPatience(rotation, nowMs, 0))
    return later(desk, no.reason, no.againInMs ?? 0);
  const told = withTask(
    withAttempt(rotation, attempt.mark, { state: 'unclear' }),
    orphanTask(desk.newId(), attempt),
  );
  const next = `${no.next} ${marksLeft(told) ?? ''}`.trim();
  return isRevokedFirst(rotation)
    ? save(desk, stillNone(told, nowMs, { reason: no.reason, next }))
    : save(
        desk,
        ended(
          told,
          nowMs,
          'unchanged',
          `${no.reason} The old key is the current one and works as before. A new one may have been made: its value is kept among the versions.`,
          next,
        ),
        { type: 'put-back' },
      );
};

/** The value is ours and kept: it is there, or the call is made again, which does no harm. */
const healChosen: Heal = async (desk, { shape }, attempt) => {
  const { mark } = attempt;
  const made = { values: {}, remoteId: null, expiresOn: null };
  const found = await desk.remote.ask('new');
  if (found === null) return 'rest';
  if (isTaken(found.state)) return keepMade(desk, mark, made);
  const heard = await desk.remote.make(mark);
  if (heard.kind === 'done') return keepMade(desk, mark, heard.value);
  if (heard.kind === 'refused' && !endsOldAtOnce(shape))
    return isRefused(found.state) ? mayStand(desk, attempt, heard) : later(desk, heard.reason);
  // The first call may have arrived and left the old key without the right to ask again: the new one says so, a little later.
  const isNothing = !(await mayHaveArrived(desk));
  if (heard.kind === 'refused' && isRefused(found.state) && isNothing)
    return (await settleMade(desk, mark, heard)) ?? later(desk, heard.reason);
  if (isRefused(found.state) && heard.kind === 'refused' && isOutOfPatience(desk.rotation(), desk.nowMs(), 0))
    return neitherWorks(desk, mark);
  return later(desk, 'no answer yet whether the new value is in place');
};

/** Somebody else changed it meanwhile, or the server is another one: both values are kept. */
const neitherWorks = (desk: Desk, mark: string): Move =>
  save(
    desk,
    ended(
      withAttempt(desk.rotation(), mark, { state: 'unclear' }),
      desk.nowMs(),
      'lost',
      'No answer came to the change, and now neither the old nor the new value is accepted. Both are kept among the versions.',
      'Ask whoever runs the server to set the password anew, then put it in here.',
    ),
    { type: 'promote' },
  );

/** Whether the old key is refused now, which it is where the call did arrive. Unknown counts as yes. */
const mayHaveArrived = async (desk: Desk): Promise<boolean> => {
  const old = await desk.remote.ask('old');
  return old === null || !isTaken(old.state);
};

/** The slot is emptied, whatever lies in it. */
const healSlot: Heal = async (desk, _rotation, attempt) => {
  const { mark } = attempt;
  if (!(await desk.wait(underWayMs))) return 'rest';
  const heard = await (desk.remote.unmake?.() ?? Promise.resolve(undefined));
  if (heard === undefined || heard.kind === 'lost' || heard.kind === 'unsent')
    return later(desk, 'the provider does not answer whether its second slot is free');
  if (heard.kind === 'refused' && heard.means !== 'gone')
    return heard.means === 'wait'
      ? later(desk, heard.reason, heard.againInMs ?? 0)
      : unclear(desk, attempt, heard.reason);
  return save(
    desk,
    withLine(
      withAttempt(desk.rotation(), mark, { state: 'removed' }),
      'note',
      desk.nowMs(),
      'what the lost answer had made is removed',
    ),
  );
};

/** Nobody can tell from here: the person is told which name to look for. */
const unclear = (desk: Desk, attempt: Attempt, why: string): Move => {
  const { mark } = attempt;
  const rotation = withAttempt(desk.rotation(), mark, { state: 'unclear' });
  const task = orphanTask(desk.newId(), attempt);
  return save(desk, withLine(withTask(rotation, task), 'note', desk.nowMs(), `${why} ${task.title}.`));
};

const removeAll = async (desk: Desk, remoteId: string): Promise<'done' | 'later' | 'refused'> => {
  for (let index = 0; index < desk.remote.revokeCalls; index += 1) {
    const heard = await desk.remote.revoke(index, remoteId, 'new');
    if (heard.kind === 'lost' || heard.kind === 'unsent') return 'later';
    if (heard.kind === 'refused' && heard.means === 'wait') return 'later';
    if (heard.kind === 'refused' && heard.means !== 'gone') return 'refused';
  }
  return desk.remote.revokeCalls === 0 ? 'refused' : 'done';
};

/** Removes what stands at the provider under a mark. `none` where nothing does, `unclear` where its list does not show all. */
export const removeMarked = async (
  desk: Desk,
  list: RemoteList,
  mark: string,
): Promise<'none' | 'removed' | 'later' | 'unclear'> => {
  const found = list.entries.filter(({ name }) => name.includes(mark));
  if (found.length === 0) return list.complete ? 'none' : 'unclear';
  for (const { id } of found) {
    const removed = await removeAll(desk, id);
    if (removed === 'later') return 'later';
    if (removed === 'refused') return 'unclear';
  }
  return 'removed';
};

/** Looked for by its mark; what is found is removed, since its value was in the answer alone. */
const healMarked: Heal = async (desk, _rotation, attempt) => {
  const { mark } = attempt;
  const { list } = desk.remote;
  if (list === null)
    return unclear(desk, attempt, 'No answer came, and the provider shows no list of its keys.');
  if (!(await desk.wait(underWayMs))) return 'rest';
  const heard = await list();
  if (heard.kind === 'lost' || heard.kind === 'unsent')
    return later(desk, 'the provider does not answer which keys there are');
  if (heard.kind === 'refused')
    return heard.means === 'wait'
      ? later(desk, heard.reason, heard.againInMs ?? 0)
      : unclear(desk, attempt, heard.reason);
  const removed = await removeMarked(desk, heard.value, mark);
  if (removed === 'later') return later(desk, 'the provider does not answer whether a lost key is removed');
  if (removed === 'unclear')
    return unclear(desk, attempt, 'A key may have been made, and it could not be removed.');
  const what =
    removed === 'none' ? 'nothing was made' : `${mark} was made; its value was lost, and it is removed`;
  return save(
    desk,
    withLine(withAttempt(desk.rotation(), mark, { state: removed }), 'note', desk.nowMs(), what),
  );
};

/** Finds out what became of an open attempt, then lets it be made anew or ends. */
export const healCreate: Heal = (desk, rotation, attempt) => {
  if (rotation.pending !== null) return healChosen(desk, rotation, attempt);
  if (endsOldAtOnce(rotation.shape)) return healInPlace(desk, attempt);
  return desk.remote.unmake === null
    ? healMarked(desk, rotation, attempt)
    : healSlot(desk, rotation, attempt);
};
