// The bytes of an object of a repository, for showing the lines around a finding in its history. As plumbing: git is run with nothing of the
// repository's own settings, and what it says is not trusted.
import type { Place } from '../../core/model/finding.ts';
import { readObjectAt } from '../../node/scan/git/object-at.ts';

export const readObject = (place: Place, mostBytes: number): Promise<Uint8Array | null> =>
  Promise.resolve(readObjectAt(place, mostBytes));
