// What asking is computed from: one key's values, and how its provider is reached from here. No record, no clock, no port.
import type { CheckState } from '../asking.ts';
import type { KeyKind } from '../format.ts';
import type { ProviderDefinition } from '../provider.ts';

/** A base URL and settings of one's own; null and nothing where nobody configured them. */
export type Reach = {
  /** https, or http on loopback, without a trailing slash. */
  readonly baseUrl: string | null;
  readonly values: Readonly<Record<string, string>>;
};

export const usualReach: Reach = { baseUrl: null, values: {} };

/** One key about to be asked about. */
export type Question = {
  readonly definition: ProviderDefinition;
  /** All fields of the current version by name, as stored. */
  readonly values: Readonly<Record<string, string>>;
  /** As recorded; the value itself knows better where it has a form that tells. */
  readonly kind: KeyKind;
  readonly reach: Reach;
  /** True where nobody is there: what costs money is not asked then. */
  readonly unattended: boolean;
  /** Formats that are meant, of a key with several secrets; its first one where nothing is said. */
  readonly formats?: readonly string[];
};

/** Why nothing is sent, or what comes of an answer: words for a person, without a secret. */
export type Said = { readonly state: CheckState; readonly reason: string; readonly next: string };

/** Something, or why not. */
export type OrSaid<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly said: Said };

export const say = (state: CheckState, reason: string, next: string): { ok: false; said: Said } => ({
  ok: false,
  said: { state, reason, next },
});
