// From what is known about a key to the one mark and word that show it. Pure; the present arrives as an argument.
import type { MarkName } from '../ui/state-mark.tsx';
import type { KeySummary } from './types.ts';
import { dayWords, daysUntil, expiryWords, shortDay } from './time-words.ts';

type Status = Pick<KeySummary, 'status' | 'expiresOn' | 'rotateBy' | 'attention'>;
export type KeyState = KeySummary['status']['state'];

export const stateMarks: Readonly<Record<KeyState, MarkName>> = {
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

/** The word of each state by itself: for lists of what may be, for filters, for a check that has just been made. */
export const stateWords: Readonly<Record<KeyState, string>> = {
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

export type KeyMark = {
  readonly mark: MarkName;
  /** With what is known: days, reason, since when. */
  readonly word: string;
  /** One or two words, for a narrow column. */
  readonly short: string;
};

const since = (atMs: number | null, nowMs: number): string =>
  atMs === null ? '' : ` since ${dayWords(atMs, nowMs)}`;

const firstSentence = (text: string): string => text.replace(/\.(\s.*)?$/s, '');

const ofState = ({ status }: Status, nowMs: number): KeyMark => {
  const { state, reason, sinceMs } = status;
  const mark = stateMarks[state];
  const word = stateWords[state];
  const says: Readonly<Partial<Record<KeyState, KeyMark>>> = {
    invalid: { mark, word: `${word}${since(sinceMs, nowMs)}`, short: 'refused' },
    blocked: { mark, word: reason === '' ? word : `${word}: ${firstSentence(reason)}`, short: 'not here' },
    malformed: { mark, word, short: 'wrong form' },
    'not-activated': { mark, word, short: 'waiting' },
    'not-checkable': { mark, word, short: 'cannot ask' },
    'not-checked': { mark, word, short: 'not asked' },
  };
  return says[state] ?? { mark, word, short: word };
};

/** States that say more than a date that draws near. */
const loudStates: ReadonlySet<KeyState> = new Set([
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'unreachable',
]);

/** It worked when somebody last answered, and nobody answers any more. */
export const isSilent = ({ state, silentSinceMs }: KeySummary['status']): boolean =>
  state === 'unreachable' || (state === 'valid' && silentSinceMs !== null);

/** What is loudest first: refused and blocked, expired, lost, waiting, due for a turn, soon to expire, then plain states. */
export const keyMark = (key: Status, nowMs: number): KeyMark => {
  const { status, expiresOn, rotateBy, attention } = key;
  const { state } = status;
  if (state === 'expired' || (attention.includes('expired') && state !== 'valid' && !loudStates.has(state))) {
    const word = expiresOn === null ? 'expired' : expiryWords(expiresOn, nowMs);
    return { mark: 'expired', word: word.startsWith('expired') ? word : 'expired', short: 'expired' };
  }
  if (loudStates.has(state)) return ofState(key, nowMs);
  if (attention.includes('lost')) return { mark: 'overdue', word: attentionWords.lost, short: 'lost' };
  if (isSilent(status)) {
    return { mark: 'silent', word: `no answer${since(status.silentSinceMs, nowMs)}`, short: 'no answer' };
  }
  if (attention.includes('waiting')) {
    return { mark: 'waiting', word: stateWords['not-activated'], short: 'waiting' };
  }
  if (attention.includes('overdue')) {
    const due = rotateBy === null ? '' : `: due ${shortDay(rotateBy, nowMs)}`;
    return { mark: 'overdue', word: `turn it${due}`, short: 'turn it' };
  }
  if (attention.includes('expiring') && expiresOn !== null && daysUntil(expiresOn, nowMs) >= 0) {
    return { mark: 'expiring', word: expiryWords(expiresOn, nowMs), short: 'expires' };
  }
  return ofState(key, nowMs);
};

export type Attention = KeySummary['attention'][number];

/** What wants a person, in words. */
export const attentionWords: Readonly<Record<Attention, string>> = {
  expiring: 'expires soon',
  expired: 'past its date',
  overdue: 'due to be turned',
  unused: 'not used for long',
  'never-checked': 'never asked',
  'owner-left': 'its owner left',
  waiting: 'waiting to be activated',
  lost: 'its value is lost',
};
