// Findings and sightings for tests of what the vault does with them.
import type { Finding } from '../../src/core/model/finding.ts';
import type { Seen, SeenAt } from '../../src/core/leaks/findings/record.ts';
import { unknownOf } from '../../src/core/leaks/findings/mark.ts';
import { noon } from './key-book.ts';

export const noFacts: Finding['facts'] = {
  pushed: null,
  publicRemote: null,
  ignored: null,
  synchronised: null,
  othersCanRead: null,
};

export const aPlace: Finding['place'] = {
  kind: 'working-file',
  path: '/home/me/code/app.py',
  inside: '',
  commit: null,
  line: 3,
  column: 9,
};

/** A finding of an unknown value, open since noon. */
export const aFinding = (over: Partial<Finding> = {}): Finding => ({
  type: 'finding',
  mark: 'm',
  keyId: null,
  versionId: null,
  field: null,
  pattern: 'stripe/secret-live',
  provider: 'stripe',
  kind: 'live',
  valueMark: 'a'.repeat(32),
  encoding: 'plain',
  place: aPlace,
  facts: noFacts,
  masked: '…',
  firstSeenMs: noon,
  lastSeenMs: noon,
  state: 'open',
  stateAtMs: noon,
  accepted: null,
  asked: null,
  ...over,
});

/** One unknown value, seen. */
export const aSighting = (over: Partial<Seen> = {}): Seen => ({
  of: unknownOf('a'.repeat(32)),
  keyId: null,
  versionId: null,
  field: null,
  pattern: 'stripe/secret-live',
  provider: 'stripe',
  kind: 'live',
  valueMark: 'a'.repeat(32),
  encoding: 'plain',
  place: aPlace,
  facts: noFacts,
  masked: '…',
  ...over,
});

export const seenIn = (list: readonly Seen[], over: Partial<SeenAt> = {}): SeenAt => ({
  path: aPlace.path,
  whole: true,
  scope: 'file',
  atMs: noon,
  list,
  ...over,
});
