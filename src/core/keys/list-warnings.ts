// The warnings of keys in a list of 10,000 and of one that is being entered. Only those other keys are looked at that can matter:
// the ones with an equal value, through an index, and the few of a provider that counts.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyWarning } from '../model/warning.ts';
import { currentVersion, heldKeys, type Book, type HeldKey } from './book.ts';
import { maxCounted } from './live-book.ts';
import { plainWarning, toPeer, toSubject, withValues } from './warning-subject.ts';
import { warningsFor } from './warnings.ts';
import type { WarningPeer } from './warning.ts';

const peers = new WeakMap<HeldKey, { readonly stamp: number; readonly peer: WarningPeer }>();

/** Remembered, since a quota of a provider makes each of its keys look at all the others. */
const peerOf = (book: Book, held: HeldKey): WarningPeer => {
  const stamp = book.stampOf(held.id);
  const known = peers.get(held);
  if (known?.stamp === stamp) return known.peer;
  const peer = toPeer(book, held);
  peers.set(held, { stamp, peer });
  return peer;
};

const noKeys: readonly HeldKey[] = [];
const nobodyElse: readonly RecordId[] = [];

/** Other keys, not removed, that hold one of this key's secret values. */
export const duplicatesOf = (book: Book, key: StoredKey, id: RecordId | undefined): readonly HeldKey[] => {
  let found: Set<RecordId> | null = null;
  const { fingerprints } = currentVersion(key);
  for (const name of Object.keys(fingerprints)) {
    for (const other of book.byFingerprint.get(fingerprints[name] ?? '') ?? nobodyElse) {
      if (other !== id) found = (found ?? new Set<RecordId>()).add(other);
    }
  }
  return found === null ? noKeys : heldKeys(book, found);
};

/** The keys that count against the same quota; none where the provider has no quota, or where they are too many. */
const countedWith = (book: Book, key: StoredKey): readonly HeldKey[] => {
  if (key.provider === null || (book.catalogue().find(key.provider)?.limits.length ?? 0) === 0) return noKeys;
  const all = book.byProvider.get(key.provider);
  return (all?.size ?? 0) > maxCounted ? noKeys : heldKeys(book, all);
};

const byNameThenId = (left: HeldKey, right: HeldKey): number => {
  const [first, second] = [`${left.body.name} ${left.id}`, `${right.body.name} ${right.id}`];
  return first < second ? -1 : 1;
};

const nobody: readonly WarningPeer[] = [];

/** Keys that are looked at beside this one: those of an equal value, and those that count against the same quota. */
export const peersFor = (book: Book, key: StoredKey, id: RecordId | undefined): readonly WarningPeer[] => {
  const same = duplicatesOf(book, key, id);
  const counted = countedWith(book, key);
  if (same.length === 0 && counted.length === 0) return nobody;
  const others = new Set([...same, ...counted]);
  // In one order, whatever was written first: the same vault says the same words.
  return [...others].sort(byNameThenId).map((held) => peerOf(book, held));
};

type Clash = { readonly variable: string; readonly environment: string; readonly others: readonly string[] };

const nameOf = (book: Book, id: RecordId): string => {
  const variable = book.variables.get(id);
  return variable === undefined
    ? (book.keys.get(id)?.body.name ?? '')
    : `the plain variable ${variable.body.name}`;
};

const noClashes: readonly Clash[] = [];

const clashesOf = (book: Book, key: StoredKey, id: RecordId | undefined): readonly Clash[] => {
  let clashes: Clash[] | null = null;
  for (const { variable } of currentVersion(key).fields) {
    if (variable === null) continue;
    for (const environmentId of key.environmentIds) {
      const claimants = book.byClaim.get(environmentId)?.get(variable);
      if (claimants === undefined || (claimants.length === 1 && claimants[0] === id)) continue;
      const others = [...claimants]
        .filter((each) => each !== id)
        .map((each) => nameOf(book, each))
        .sort();
      const environment = book.environments.get(environmentId)?.body.name ?? '';
      (clashes ??= []).push({ variable, environment, others });
    }
  }
  return clashes ?? noClashes;
};

/** An environment cannot be exported while two of its values want one name: said when the second is entered. */
const clashWarnings = (book: Book, key: StoredKey, id: RecordId | undefined): readonly KeyWarning[] =>
  clashesOf(book, key, id).map(({ variable, environment, others }) => ({
    code: 'variable-taken',
    severity: 'warning',
    message: `In ${environment} the variable ${variable} is also that of ${others.slice(0, 5).join(', ')}.`,
    next: 'Give one of them another variable; until then the environment cannot be exported.',
  }));

const order = { danger: 0, warning: 1, info: 2 } as const;

const byWeight = (warnings: readonly KeyWarning[], more: readonly KeyWarning[]): readonly KeyWarning[] =>
  more.length === 0
    ? warnings
    : [...warnings, ...more].sort((left, right) => order[left.severity] - order[right.severity]);

/** The warnings of a stored key. Its values are not at hand. @param nowMs epoch milliseconds */
export const listWarnings = (
  book: Book,
  key: StoredKey,
  id: RecordId,
  nowMs: number,
): readonly KeyWarning[] => {
  if (key.removedAtMs !== null) return [];
  const subject = toSubject(book, key, id);
  const known = warningsFor({ subject, peers: peersFor(book, key, id), nowMs }).map(plainWarning);
  return byWeight(known, clashWarnings(book, key, id));
};

/** The warnings of a key that is being entered or given a new value. @param id undefined for a new one */
export const entryWarnings = (
  book: Book,
  key: StoredKey,
  id: RecordId | undefined,
  values: Readonly<Record<string, string>>,
  nowMs: number,
): readonly KeyWarning[] => {
  const subject = withValues(toSubject(book, key, id), values, book.catalogue());
  const known = warningsFor({ subject, peers: peersFor(book, key, id), nowMs }).map(plainWarning);
  return byWeight(known, clashWarnings(book, key, id));
};
