// The two rules of ours that come after a provider's table, and the word for keys that are so new that their provider may not know
// them yet. docs/checking.md §1.5.
import type { Said } from './question.ts';

/** What is known of a key besides its values. Times are epoch milliseconds. */
export type Circumstances = {
  readonly nowMs: number;
  /** The day on which it expired, in words; null where its date has not passed or there is none. */
  readonly expiredOn: string | null;
  /** Set where a person noted that it is issued and not activated. */
  readonly waiting: { readonly who: string; readonly what: string } | null;
  /** When its value was added here. */
  readonly addedAtMs: number;
  /** How long its provider takes until everybody there knows a new key. */
  readonly settlesWithinSeconds: number;
};

const isRefusal = ({ state }: Said): boolean => state === 'invalid' || state === 'blocked';

const spanInWords = (seconds: number): string => {
  const [count, unit] =
    seconds >= 7_200
      ? [Math.ceil(seconds / 3_600), 'hours']
      : seconds >= 120
        ? [Math.ceil(seconds / 60), 'minutes']
        : [seconds, 'seconds'];
  return `${String(count)} ${unit}`;
};

/** The last word on an answer. */
export const judge = (said: Said, circumstances: Circumstances): Said => {
  const { nowMs, expiredOn, waiting, addedAtMs, settlesWithinSeconds } = circumstances;
  if (said.state === 'invalid' && expiredOn !== null)
    return {
      state: 'expired',
      reason: `It expired on ${expiredOn}, and it is refused. ${said.reason}`,
      next: 'Make a new one and store it here as a new version.',
    };
  if (isRefusal(said) && waiting !== null)
    return {
      state: 'not-activated',
      reason: `It waits for ${waiting.who}: ${waiting.what}. Until then it is refused. ${said.reason}`,
      next: `Ask ${waiting.who} how far it is; when it is done, say so here and check again.`,
    };
  const ageSeconds = Math.floor((nowMs - addedAtMs) / 1_000);
  const isFresh = ageSeconds >= 0 && ageSeconds < settlesWithinSeconds;
  if (said.state === 'invalid' && isFresh)
    return {
      ...said,
      next: `A new key may be refused for up to ${spanInWords(settlesWithinSeconds)}: check again then. ${said.next}`,
    };
  return said;
};
