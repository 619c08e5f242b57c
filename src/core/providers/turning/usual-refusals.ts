// Refusals that many providers give alike, so that a turn's file says only what is its own. Gives data.
import type { Refusal } from './turn-definition.ts';

/** Asked too often. */
export const askedTooOften = (name: string): Refusal => ({
  status: 429,
  means: 'wait',
  reason: `${name} asks to wait: too many requests.`,
  next: 'Nothing to do: it is asked again after the time it names.',
});

/** Known, and not allowed. */
export const mayNot = (reason: string, next: string, more: Partial<Refusal> = {}): Refusal => ({
  status: 403,
  means: 'no-permission',
  reason,
  next,
  ...more,
});

/** Whoever asks is not accepted. */
export const notAccepted = (reason: string, next: string, more: Partial<Refusal> = {}): Refusal => ({
  status: 401,
  means: 'refused',
  reason,
  next,
  ...more,
});

/** What the call is about is not there. */
export const notThere = (reason: string, next: string, more: Partial<Refusal> = {}): Refusal => ({
  status: 404,
  means: 'gone',
  reason,
  next,
  ...more,
});

/** The provider does not take what was said. */
export const notTaken = (reason: string, next: string, more: Partial<Refusal> = {}): Refusal => ({
  status: 400,
  means: 'wrong-input',
  reason,
  next,
  ...more,
});
