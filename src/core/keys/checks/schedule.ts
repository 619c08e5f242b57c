// When a key is asked about on its own, and whether it may be at all. Pure: clock and hash are arguments. docs/checking.md §3.
import type { KeyKind } from '../../model/key.ts';
import type { CheckRun, ScheduleConsent } from '../../model/key-log.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** After this long a provider that could not be reached is asked again. */
const afterSilenceMs = 4 * hourMs;
/** A key that was just asked about is not asked again because its own time happens to come. */
const leastGapMs = 6 * hourMs;

export type Unattended = { readonly happens: boolean; readonly why: string };

const no = (why: string): Unattended => ({ happens: false, why });
const yes = (why: string): Unattended => ({ happens: true, why });

const byRule = (
  rule: 'all' | 'test-only' | 'opt-in',
  kind: KeyKind,
  consent: ScheduleConsent,
  name: string,
): Unattended => {
  if (consent === 'yes') return yes('You said that it may be asked about on its own, once a day.');
  if (kind === 'live') return no('A live key is asked about on its own only if you say so.');
  if (rule === 'all') return yes('Asking is free and changes nothing, so it happens once a day.');
  if (rule === 'test-only' && kind === 'test') return yes('Test keys are asked about once a day.');
  return no(
    rule === 'test-only'
      ? `A key of ${name} that may be live is asked about on its own only if you say so.`
      : `Keys of ${name} are asked about on their own only if you say so.`,
  );
};

/** Whether a key may be asked about while nobody is there. What costs credits never is, whatever is set. */
export const mayAskUnattended = (
  definition: ProviderDefinition,
  kind: KeyKind,
  consent: ScheduleConsent,
): Unattended => {
  const { check, name } = definition;
  if (!check.possible) return no(`${name} cannot be asked: ${check.why}`);
  if (consent === 'no') return no('You said that it is not to be asked about on its own.');
  if (check.scheduled === 'never') return no(`${name} is asked only when you ask.`);
  if (check.requests.some(({ cost }) => cost === 'credits'))
    return no('Asking costs credits, so it happens only when you ask.');
  return byRule(check.scheduled, kind, consent, name);
};

/**
 * A key's own time of the day, in milliseconds after midnight UTC: spread evenly, so that no hour has all of them.
 * @param hash hexadecimal digits that depend on the key and the vault
 */
export const ownTimeMs = (hash: string): number => Number.parseInt(hash.slice(0, 12), 16) % dayMs;

const slotAtOrBefore = (ownMs: number, timeMs: number): number =>
  Math.floor((timeMs - ownMs) / dayMs) * dayMs + ownMs;

const slotAfter = (ownMs: number, timeMs: number): number => slotAtOrBefore(ownMs, timeMs) + dayMs;

export type LastAsked = Pick<CheckRun, 'state' | 'toMs'>;

/**
 * The moment from which a key is to be asked about; not later than `nowMs` where it is due. A clock that was set back makes a key due
 * once, and the answer puts its record right.
 * @param ownMs see {@link ownTimeMs}
 * @param last the newest answer about the current version, if any
 * @param addedAtMs when that version was added
 */
export const nextAskMs = (
  ownMs: number,
  last: LastAsked | undefined,
  addedAtMs: number,
  nowMs: number,
): number => {
  const sinceMs = last?.toMs ?? addedAtMs;
  if (sinceMs > nowMs) return slotAtOrBefore(ownMs, nowMs);
  if (last === undefined) return slotAfter(ownMs, addedAtMs);
  if (last.state === 'unreachable') return last.toMs + afterSilenceMs;
  return slotAfter(ownMs, last.toMs + leastGapMs);
};
