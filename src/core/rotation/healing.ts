// What finding out about a lost answer has in common, whatever the shape.
import type { CheckState } from '../providers/asking.ts';
import type { Desk } from './desk.ts';
import { tryAgain } from './record.ts';
import { save, type Move } from './turn.ts';

/**
 * A request may still be under way so long after its answer was given up. Sat out by waiting and never by looking at a clock, which may
 * have jumped.
 */
export const underWayMs = 20_000;

/** Looked at again after a while. @param leastMs as the provider asked */
export const later = (desk: Desk, why: string, leastMs = 0): Move =>
  save(desk, tryAgain(desk.rotation(), desk.nowMs(), why, leastMs));

/** The provider says no to the key. One of a form that Keyturn does not know was not asked about: that is no answer of anybody's. */
export const isRefused = (state: CheckState): boolean => state === 'invalid' || state === 'expired';
/** Nothing was sent, nor will be. */
export const cannotBeAsked = (state: CheckState): boolean =>
  state === 'not-checkable' || state === 'malformed';
/** The provider takes the key, for everything or for some things. */
export const isTaken = (state: CheckState): boolean => state === 'valid' || state === 'blocked';
