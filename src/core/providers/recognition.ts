// What recognising a text gives: candidates with ranges into the text, never copies of a value. Types only.
import type { KeyKind } from './format.ts';
import type { Malformed } from './malformed.ts';
import type { TextRange } from './text-range.ts';

export type FieldRange = { readonly name: string; readonly range: TextRange };

/** A provider that would accept the same value. */
export type Alternative = { readonly provider: string; readonly format: string; readonly kind: KeyKind };

export type Candidate = Alternative & {
  /** `certain`: by its prefix. `possible`: only by its shape and what stands around it; a person decides. */
  readonly confidence: 'certain' | 'possible';
  /** Values found, the key itself first, companions such as a team id after it. Read them with `readRange`. */
  readonly fields: readonly FieldRange[];
  /** Every place of the same value in the text, in order. */
  readonly occurrences: readonly TextRange[];
  readonly alternatives: readonly Alternative[];
  /** The environment variable that stands before it, where one does (capitals, digits and `_`). */
  readonly variable: string | undefined;
  /** Empty for a well-formed value. */
  readonly malformed: readonly Malformed[];
  /** For a value that is too long: the part of it that is of the right form. */
  readonly suggested: TextRange | undefined;
  /** True where the text runs on into the next word without a space. */
  readonly glued: boolean;
  /** True for a value that the provider's own documentation publishes: nobody's key. */
  readonly publishedSample: boolean;
};

export type Recognition = {
  readonly candidates: readonly Candidate[];
  /** Names of required fields that were not found, by candidate index. */
  readonly missing: readonly (readonly string[])[];
  /** Stretches of the text that no candidate covers. */
  readonly rest: readonly TextRange[];
  /** True where the text is one value and nothing else, but wrapping such as quotes, `NAME=` or `Bearer`. */
  readonly single: boolean;
  /** True where the text was longer than is looked at. */
  readonly truncated: boolean;
};

export type RecogniseOptions = {
  /** The variable that held the text, where the caller knows it: a hint for values without a prefix. */
  readonly variable?: string;
  /** A provider that the person chose: its shape formats may then match. */
  readonly provider?: string;
};
