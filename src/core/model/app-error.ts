// The closed set of ways in which a call can fail, and the sentence that goes with each failure.
// A message never carries a secret; `next` always names something the person can do.
import type { Err } from './result.ts';

export const errorKinds = [
  'bad-input', // the words are off: an argument, a value, a file's contents
  'not-found', // no key, project, environment of that name or id
  'already-exists',
  'ambiguous', // a name that stands for several keys: choose by environment or id
  'no-vault', // nothing has been created here yet
  'locked', // needs an unlocked vault
  'wrong-password', // password or recovery code does not open the vault
  'too-soon', // growing delay after wrong passwords; try again later
  'damaged', // an authenticated record, the header or the file is not what was written
  'not-a-vault', // a file of another kind stands in the place
  'newer-format', // written by a later Keyturn; left untouched
  'conflict', // somebody else changed the same record first; read again and retry
  'busy', // another process holds the vault's write lock for too long
  'io', // disk full, read-only, permission, folder gone
  'refused', // a policy says no
  'needs-confirmation', // would ask a person, and nobody is there
  'network', // provider or network failed
  'cancelled',
  'unknown-call', // at the door: no such call
  'wrong-sender', // at the door: this sender may not call
  'internal', // a bug; carries an id to report
] as const;

export type ErrorKind = (typeof errorKinds)[number];

export type ErrorPlace = {
  readonly file?: string;
  readonly line?: number;
  readonly field?: string;
};

export type AppError = {
  readonly kind: ErrorKind;
  /** What happened and what did not change, in plain words. Never holds a secret. */
  readonly message: string;
  /** What the person can do next. */
  readonly next: string;
  readonly where?: ErrorPlace;
  /** A random id to report, for `internal` only. */
  readonly reportId?: string;
};

/**
 * Builds a failure.
 * @param kind closed kind, see {@link errorKinds}
 * @param message what happened; no secret, no stack
 * @param next what to do now
 */
export const fail = (kind: ErrorKind, message: string, next: string, where?: ErrorPlace): Err => ({
  ok: false,
  error: where === undefined ? { kind, message, next } : { kind, message, next, where },
});

/**
 * Exit code of the command line for an error (shared/cli.md; 74 and 75 are sysexits.h additions of ours).
 */
export const exitCodeOf: Readonly<Record<ErrorKind, number>> = {
  'bad-input': 2,
  'not-found': 2,
  'already-exists': 6,
  ambiguous: 2,
  'no-vault': 2,
  locked: 3,
  'wrong-password': 3,
  'too-soon': 3,
  damaged: 4,
  'not-a-vault': 4,
  'newer-format': 6,
  conflict: 75,
  busy: 75,
  io: 74,
  refused: 6,
  'needs-confirmation': 6,
  network: 5,
  cancelled: 6,
  'unknown-call': 2,
  'wrong-sender': 6,
  internal: 70,
};
