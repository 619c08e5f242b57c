// What becomes of a finding: one function per thing that can happen to it. docs/scanning.md §4. Being deleted does not unleak a key, so
// a finding is resolved only once the value is gone from its place and dead.
import { fail } from '../model/app-error.ts';
import type { Finding, FindingState } from '../model/finding.ts';
import { ok, type Result } from '../model/result.ts';

const into = (finding: Finding, state: FindingState, nowMs: number): Finding =>
  finding.state === state ? finding : { ...finding, state, stateAtMs: nowMs, accepted: null };

/** States in which the value stands at its place, as far as known. */
const present: ReadonlySet<FindingState> = new Set(['open', 'accepted', 'returned']);

/** Whether the value stands at its place, as far as is known. */
export const isPresent = ({ state }: Pick<Finding, 'state'>): boolean => present.has(state);

/** Whether somebody should look at it. */
export const wantsLook = ({ state }: Pick<Finding, 'state'>): boolean =>
  state === 'open' || state === 'returned';

/** The finding once its acceptance has lapsed; the same one where it has none or it still holds. */
export const afterTime = (finding: Finding, nowMs: number): Finding =>
  finding.accepted !== null && nowMs >= finding.accepted.untilMs ? into(finding, 'open', nowMs) : finding;

/** Seen at its place again. What was gone has returned; what was accepted stays so until that lapses. */
export const afterSeen = (finding: Finding, nowMs: number): Finding => {
  const state = isPresent(finding) ? finding.state : 'returned';
  return {
    ...afterTime(into(finding, state, nowMs), nowMs),
    lastSeenMs: Math.max(finding.lastSeenMs, nowMs),
  };
};

/** Its place was read and the value does not stand there any more. @param dead whether its provider no longer accepts it */
export const afterGone = (finding: Finding, dead: boolean, nowMs: number): Finding =>
  afterLife(isPresent(finding) ? into(finding, 'gone', nowMs) : finding, dead, nowMs);

/** What was learnt of the value's life changes what counts as resolved, in both directions. */
export const afterLife = (finding: Finding, dead: boolean, nowMs: number): Finding => {
  if (finding.state === 'gone' && dead) return into(finding, 'resolved', nowMs);
  return finding.state === 'resolved' && !dead ? into(finding, 'gone', nowMs) : finding;
};

/** A person leaves it where it is, until a day, and says why. `refused` where there is nothing to accept, `bad-input` for a day that is over. */
export const accept = (
  finding: Finding,
  { reason, untilMs }: { readonly reason: string; readonly untilMs: number },
  nowMs: number,
): Result<Finding> => {
  if (!isPresent(finding))
    return fail('refused', 'This key does not stand there any more.', 'There is nothing left to accept.');
  if (untilMs <= nowMs)
    return fail('bad-input', 'That day is over already.', 'Choose a day to come on which you look again.', {
      field: 'untilMs',
    });
  return ok({ ...into(finding, 'accepted', nowMs), accepted: { reason, untilMs } });
};

/** Takes an acceptance back. */
export const reopen = (finding: Finding, nowMs: number): Result<Finding> =>
  finding.state === 'accepted'
    ? ok(into(finding, 'open', nowMs))
    : fail('refused', 'This finding was not accepted.', 'Look at the list again.');
