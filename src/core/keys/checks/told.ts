// What a provider told beside what is recorded in the key: shown as a difference, and taken over only when a person says so.
import { fail } from '../../model/app-error.ts';
import type { RecordId } from '../../model/ids.ts';
import type { StoredKey } from '../../model/key.ts';
import type { KeyLog, ToldEntry, ToldName } from '../../model/key-log.ts';
import type { Result } from '../../model/result.ts';
import { currentVersion } from '../book.ts';
import { dayInWords } from '../day-words.ts';
import { editKey } from '../edit-key.ts';
import { find, type Edit, type Work } from '../edit.ts';
import type { GivenFacts } from '../facts.ts';

/** The contract's toldEntry. */
export type ToldView = {
  readonly fact: ToldName;
  readonly label: string;
  readonly told: string;
  readonly recorded: string | null;
  readonly differs: boolean;
  readonly canTake: boolean;
  readonly atMs: number;
};

type Rule = {
  readonly label: string;
  /** What is recorded, as it is compared; null where nothing is. */
  readonly recorded: (key: StoredKey) => string | readonly string[] | null;
  /** What would be written; undefined where it cannot be kept. */
  readonly taken?: (value: ToldEntry['value']) => GivenFacts | undefined;
};

const orNothing = (text: string): string | null => (text === '' ? null : text);
const asText = (value: ToldEntry['value']): string =>
  (typeof value === 'string' ? value : value.join(', ')).slice(0, 500);
const asDay = (value: ToldEntry['value']): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;
const asList = (value: ToldEntry['value']): readonly string[] =>
  typeof value === 'string' ? [value] : value;

const day =
  (name: 'expiresOn' | 'createdOn') =>
  (value: ToldEntry['value']): GivenFacts | undefined => {
    const told = asDay(value);
    return told === undefined ? undefined : { [name]: told };
  };

const rules: Readonly<Record<ToldName, Rule>> = {
  expiresAt: { label: 'Expires', recorded: ({ expiresOn }) => expiresOn, taken: day('expiresOn') },
  createdAt: { label: 'Created', recorded: ({ createdOn }) => createdOn, taken: day('createdOn') },
  lastUsedAt: { label: 'Last used, as the provider sees it', recorded: () => null },
  scopes: {
    label: 'Scopes',
    recorded: ({ roles }) => (roles.length === 0 ? null : roles),
    taken: (value) => ({ roles: asList(value) }),
  },
  owner: {
    label: 'Owner',
    recorded: ({ owner }) => orNothing(owner),
    taken: (value) => ({ owner: asText(value) }),
  },
  account: {
    label: 'Account',
    recorded: ({ account }) => orNothing(account),
    taken: (value) => ({ account: asText(value) }),
  },
  organisation: {
    label: 'Organisation',
    recorded: ({ organisation }) => orNothing(organisation),
    taken: (value) => ({ organisation: asText(value) }),
  },
  name: {
    label: 'Name in the portal',
    recorded: ({ portalName }) => orNothing(portalName),
    taken: (value) => ({ portalName: asText(value) }),
  },
  quota: { label: 'Quota', recorded: () => null },
};

const isDate = (fact: ToldName): boolean => fact.endsWith('At');

const inWords = (fact: ToldName, value: ToldEntry['value']): string => {
  const told = isDate(fact) ? asDay(value) : undefined;
  if (told === undefined) return typeof value === 'string' ? value : value.join(', ');
  const time = /T(\d{2}:\d{2})/.exec(String(value))?.[1];
  return time === undefined ? dayInWords(told) : `${dayInWords(told)}, ${time} UTC`;
};

const sameList = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && [...left].sort().join('\n') === [...right].sort().join('\n');

const isSame = (fact: ToldName, told: ToldEntry['value'], recorded: string | readonly string[]): boolean => {
  if (isDate(fact)) return asDay(told) === recorded;
  if (typeof recorded === 'string')
    return asText(told).trim().toLowerCase() === recorded.trim().toLowerCase();
  return sameList(asList(told), recorded);
};

/** What was told of the current value: an answer about an older one is another key's. */
export const toldNow = (key: StoredKey, log: KeyLog | undefined): readonly ToldEntry[] =>
  (log?.told ?? []).filter(({ atMs }) => atMs >= currentVersion(key).addedAtMs);

const view = (key: StoredKey, { fact, value, atMs }: ToldEntry): ToldView => {
  const { label, recorded: read, taken } = rules[fact];
  const recorded = read(key);
  const same = recorded !== null && isSame(fact, value, recorded);
  return {
    fact,
    label,
    told: inWords(fact, value),
    recorded: recorded === null ? null : inWords(fact, recorded),
    differs: recorded !== null && !same,
    canTake: !same && taken?.(value) !== undefined,
    atMs,
  };
};

/** Each told fact beside the recorded one. */
export const viewTold = (key: StoredKey, log: KeyLog | undefined): ToldView[] =>
  toldNow(key, log).map((entry) => view(key, entry));

/** Writes told facts into the key. `not-found`, `refused`. */
export const takeTold = (work: Work, id: RecordId, facts: readonly ToldName[]): Result<Edit<undefined>> => {
  const found = find(work.book.keys, id, 'key');
  if (!found.ok) return found;
  const given: GivenFacts = {};
  for (const fact of facts) {
    const entry = toldNow(found.value.body, work.book.logs.get(id)?.body).find((each) => each.fact === fact);
    const taken = entry === undefined ? undefined : rules[fact].taken?.(entry.value);
    if (taken === undefined)
      return fail(
        'refused',
        `${rules[fact].label}: there is nothing told that the key could keep.`,
        'Check the key again.',
      );
    Object.assign(given, taken);
  }
  // The provider's own word is a correction of what was typed, even where the date itself cannot be changed.
  return editKey(work, { id, facts: given, correction: true });
};
