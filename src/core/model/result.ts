// Expected failures are values. A function that can fail for a reason a person can act on returns a Result;
// only bugs throw, and one place (the agent's dispatcher) turns those into `internal`.
import type { AppError } from './app-error.ts';

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E = AppError> = { readonly ok: false; readonly error: E };
export type Result<T, E = AppError> = Ok<T> | Err<E>;

/** Wraps a value as success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Success without a value. */
export const done: Ok<undefined> = { ok: true, value: undefined };

/** Wraps an error as failure. */
export const err = <E>(error: E): Err<E> => ({ ok: false, error });
