// The warnings of keys in a list of 10,000 and of one that is being entered. Only those other keys are looked at that can matter:
// the ones with an equal value, through an index, and the few of a provider that counts.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyWarning } from '../model/warning.ts';
import { findProvider } from '../providers/catalogue.ts';
import { currentVersion, type Book, type HeldKey } from './book.ts';
import { plainWarning, toPeer, toSubject, withValues } from './warning-subject.ts';
import { warningsFor } from './warnings.ts';
import type { WarningPeer } from './warning.ts';

/** Beyond this many keys of one provider nobody is helped by being told that a quota of ten is reached, key by key. */
const maxCounted = 200;

/** Who claims a variable of an environment: keys by id, and plain variables. */
type Claim = { readonly id: RecordId; readonly name: string };

type Index = {
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly peers: Map<RecordId, WarningPeer>;
  readonly byProvider: ReadonlyMap<string, readonly HeldKey[]>;
};

const indexes = new WeakMap<Book, Index>();

const claimsIn = (book: Book): ReadonlyMap<string, readonly Claim[]> => {
  const claims = new Map<string, Claim[]>();
  const add = (environmentId: RecordId, variable: string, claim: Claim): void => {
    const place = `${environmentId} ${variable}`;
    const others = claims.get(place);
    if (others === undefined) claims.set(place, [claim]);
    else others.push(claim);
  };
  for (const { id, body } of book.variables.values()) {
    add(body.environmentId, body.name, { id, name: `the plain variable ${body.name}` });
  }
  for (const { id, body } of book.keys.values()) {
    if (body.removedAtMs !== null) continue;
    for (const { variable } of currentVersion(body).fields) {
      if (variable === null) continue;
      for (const environmentId of body.environmentIds) add(environmentId, variable, { id, name: body.name });
    }
  }
  return claims;
};

const indexOf = (book: Book): Index => {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const byProvider = new Map<string, HeldKey[]>();
  for (const held of book.keys.values()) {
    const { provider, removedAtMs } = held.body;
    if (provider === null || removedAtMs !== null) continue;
    const others = byProvider.get(provider);
    if (others === undefined) byProvider.set(provider, [held]);
    else others.push(held);
  }
  const index: Index = { claims: claimsIn(book), peers: new Map(), byProvider };
  indexes.set(book, index);
  return index;
};

const peerOf = (book: Book, held: HeldKey): WarningPeer => {
  const { peers } = indexOf(book);
  const known = peers.get(held.id);
  if (known !== undefined) return known;
  const peer = toPeer(book, held);
  peers.set(held.id, peer);
  return peer;
};

/** Other keys, not removed, that hold one of this key's secret values. */
export const duplicatesOf = (book: Book, key: StoredKey, id: RecordId | undefined): readonly HeldKey[] => {
  const fingerprints = Object.values(currentVersion(key).fingerprints);
  const found = fingerprints.flatMap((fingerprint) => book.byFingerprint.get(fingerprint) ?? []);
  return [...new Set(found)].filter((held) => held.id !== id);
};

/** The keys that count against the same quota; none where the provider has no quota, or where they are too many. */
export const countedWith = (book: Book, key: StoredKey): readonly HeldKey[] => {
  if (key.provider === null || (findProvider(key.provider)?.limits ?? []).length === 0) return [];
  const all = indexOf(book).byProvider.get(key.provider) ?? [];
  return all.length > maxCounted ? [] : all;
};

const peersFor = (book: Book, key: StoredKey, id: RecordId | undefined): readonly WarningPeer[] => {
  const others = new Set([...duplicatesOf(book, key, id), ...countedWith(book, key)]);
  return [...others].map((held) => peerOf(book, held));
};

type Clash = { readonly variable: string; readonly environment: string; readonly others: readonly Claim[] };

const clashesOf = (book: Book, key: StoredKey, id: RecordId | undefined): readonly Clash[] => {
  const { claims } = indexOf(book);
  return currentVersion(key).fields.flatMap(({ variable }) =>
    variable === null
      ? []
      : key.environmentIds.flatMap((environmentId) => {
          const all = claims.get(`${environmentId} ${variable}`) ?? [];
          const others = all.filter((claim) => claim.id !== id);
          const environment = book.environments.get(environmentId)?.body.name ?? '';
          return others.length === 0 ? [] : [{ variable, environment, others }];
        }),
  );
};

/** Tells in which ways the key's variables are claimed by others; changes when any of it does. */
export const clashWords = (book: Book, key: StoredKey, id: RecordId): string =>
  clashesOf(book, key, id)
    .map(({ variable, environment, others }) =>
      [variable, environment, ...others.map(({ name }) => name)].join(' '),
    )
    .join('\n');

/** An environment cannot be exported while two of its values want one name: said when the second is entered. */
const clashWarnings = (book: Book, key: StoredKey, id: RecordId | undefined): readonly KeyWarning[] =>
  clashesOf(book, key, id).map(({ variable, environment, others }) => ({
    code: 'variable-taken',
    severity: 'warning',
    message: `In ${environment} the variable ${variable} is also that of ${others.map(({ name }) => name).join(', ')}.`,
    next: 'Give one of them another variable; until then the environment cannot be exported.',
  }));

const order = { danger: 0, warning: 1, info: 2 } as const;

const byWeight = (warnings: readonly KeyWarning[]): readonly KeyWarning[] =>
  [...warnings].sort((left, right) => order[left.severity] - order[right.severity]);

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
  return byWeight([...known, ...clashWarnings(book, key, id)]);
};

/** The warnings of a key that is being entered or given a new value. @param id undefined for a new one */
export const entryWarnings = (
  book: Book,
  key: StoredKey,
  id: RecordId | undefined,
  values: Readonly<Record<string, string>>,
  nowMs: number,
): readonly KeyWarning[] => {
  const subject = withValues(toSubject(book, key, id), values);
  const known = warningsFor({ subject, peers: peersFor(book, key, id), nowMs }).map(plainWarning);
  return byWeight([...known, ...clashWarnings(book, key, id)]);
};
