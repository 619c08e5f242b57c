// The stable mark of a finding: what it is of and where, but not in which line, so that a file that grows above it keeps its finding.
import type { LeakEncoding, Place } from '../../model/finding.ts';

export type MarkParts = {
  /** Key, version and field, or the mark of an unknown value. */
  readonly of: string;
  readonly encoding: LeakEncoding;
  readonly place: Pick<Place, 'kind' | 'path' | 'inside' | 'commit'>;
  /** From 0: the how manieth of them at this place. */
  readonly ordinal: number;
};

/** The text that is hashed, with the vault's mark key, for the mark. No two findings have the same one. */
export const markText = ({ of, encoding, place, ordinal }: MarkParts): string =>
  JSON.stringify([of, encoding, place.kind, place.path, place.inside, place.commit, ordinal]);

/** What a known value's mark is of. */
export const knownOf = (keyId: string, versionId: string, field: string): string =>
  `key ${keyId} ${versionId} ${field}`;

/** What an unknown value's mark is of. */
export const unknownOf = (valueMark: string): string => `value ${valueMark}`;
