// The check at the door, in the order of shared/architecture.md: sender, known call, input, lock state. Pure, so that shell,
// agent and socket run the very same lines and tests can drive them without a process.
import * as v from 'valibot';
import type { ErrorKind, ErrorPlace } from '../core/model/app-error.ts';
import type { Err, Result } from '../core/model/result.ts';
import { isCallName, specOf, type CallName } from './contract.ts';
import type { Caller, Room } from './call.ts';
import { isMeasured } from './measure.ts';

export type Admitted = { readonly name: CallName; readonly input: unknown };

const refuse = (kind: ErrorKind, message: string, next: string, where?: ErrorPlace): Err => ({
  ok: false,
  error: where === undefined ? { kind, message, next } : { kind, message, next, where },
});

const placeOf = (issue: v.BaseIssue<unknown>): string => v.getDotPath(issue) ?? 'input';

/** A schema's complaint in plain words: which field, what is wrong. The value itself is never repeated. */
export const describeIssue = (issue: v.BaseIssue<unknown>): string => {
  const place = placeOf(issue);
  if (issue.kind === 'schema') return `${place} is missing, unknown or of the wrong type`;
  return issue.message.startsWith('Invalid ') ? `${place} is out of bounds` : `${place} ${issue.message}`;
};

/**
 * Checks a call before any handler sees it.
 * @param caller who sends, already established by the transport (frame, socket or in-process)
 * @param name call name as it arrived
 * @param input arguments as they arrived
 * @param unlocked whether the vault is open now
 * @returns the parsed input, or `wrong-sender`, `unknown-call`, `bad-input`, `locked`
 */
export const admit = (
  caller: Caller | null,
  name: unknown,
  input: unknown,
  unlocked: boolean,
): Result<Admitted> => {
  if (caller === null)
    return refuse('wrong-sender', 'This caller may not talk to Keyturn.', 'Use the app or the command line.');
  if (!isCallName(name))
    return refuse(
      'unknown-call',
      'There is no such call.',
      'Update the app and the command line to the same version.',
    );
  const spec = specOf(name);
  if (!spec.callers.includes(caller)) {
    return refuse(
      'wrong-sender',
      `${name} is not open to this caller.`,
      'Use the app or the command line as documented.',
    );
  }
  if (!isMeasured(input)) {
    return refuse('bad-input', `${name}: input is too large.`, 'Send less at once.');
  }
  const parsed = v.safeParse(spec.input, Array.isArray(input) ? undefined : (input ?? {}), {
    abortEarly: true,
  });
  if (!parsed.success) {
    const issue = parsed.issues[0];
    return refuse('bad-input', `${name}: ${describeIssue(issue)}.`, 'Correct it and try again.', {
      field: placeOf(issue),
    });
  }
  if (spec.needs === 'unlocked' && !unlocked) {
    return refuse('locked', 'The vault is locked.', 'Unlock it and try again.');
  }
  return { ok: true, value: { name, input: parsed.output } };
};

/** Whether a call is answered in the given process. */
export const livesIn = (name: CallName, room: Room): boolean => specOf(name).room === room;
