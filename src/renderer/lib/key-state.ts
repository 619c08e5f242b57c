// From what is known about a key to the one mark and word that show it. Pure; the present arrives as an argument.
import type { MarkName } from '../ui/state-mark.tsx';
import type { KeySummary } from './types.ts';
import { ago, daysUntil, expiryWords } from './time-words.ts';

type Status = Pick<KeySummary, 'status' | 'expiresOn'>;
type KeyState = KeySummary['status']['state'];

/** How near an expiry must be for the half circle. */
export const soonDays = 14;

const marks: Readonly<Record<KeyState, MarkName>> = {
  valid: 'works',
  blocked: 'blocked',
  invalid: 'refused',
  malformed: 'refused',
  'not-activated': 'waiting',
  expired: 'expired',
  unreachable: 'silent',
  'not-checkable': 'unasked',
  'not-checked': 'unasked',
};

const words: Readonly<Record<KeyState, string>> = {
  valid: 'works',
  blocked: 'works, but not here',
  invalid: 'refused',
  malformed: 'not shaped like a key',
  'not-activated': 'waiting to be activated',
  expired: 'expired',
  unreachable: 'no answer',
  'not-checkable': 'cannot be asked',
  'not-checked': 'not asked yet',
};

const mayExpire: ReadonlySet<KeyState> = new Set(['valid', 'not-checked', 'not-checkable', 'unreachable']);

export type KeyMark = { readonly mark: MarkName; readonly word: string };

/** The mark of a key, and its word with what is known: days, reason, since when. */
export const keyMark = ({ status, expiresOn }: Status, nowMs: number): KeyMark => {
  const { state, reason, checkedAt } = status;
  const days = expiresOn === null ? null : daysUntil(expiresOn, nowMs);
  if (expiresOn !== null && days !== null && mayExpire.has(state)) {
    if (days < 0) return { mark: 'expired', word: expiryWords(expiresOn, nowMs) };
    if (days <= soonDays) return { mark: 'expiring', word: expiryWords(expiresOn, nowMs) };
  }
  if (state === 'expired' && expiresOn !== null)
    return { mark: 'expired', word: expiryWords(expiresOn, nowMs) };
  const word = state === 'blocked' && reason !== '' ? `${words[state]}: ${reason}` : words[state];
  return {
    mark: marks[state],
    word: state === 'invalid' && checkedAt !== null ? `${word} ${ago(checkedAt, nowMs)}` : word,
  };
};
