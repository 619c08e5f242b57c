// Results as the shell makes them. The shell may take types from core/model but no code, so these three lines stand here.
import type { ErrorKind } from '../core/model/app-error.ts';
import type { Err, Ok } from '../core/model/result.ts';

/** Wraps a value as success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Success without a value. */
export const done: Ok<undefined> = { ok: true, value: undefined };

/** Builds a failure: what happened, and what the person can do next. */
export const fail = (kind: ErrorKind, message: string, next: string): Err => ({
  ok: false,
  error: { kind, message, next },
});

/** A bug's answer, with an id to report. */
export const bug = (message: string, reportId: string): Err => ({
  ok: false,
  error: {
    kind: 'internal',
    message,
    next: 'Try again. If it happens again, report it with this id.',
    reportId,
  },
});
