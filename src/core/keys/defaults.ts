// What a provider file knows about a key before a person has said anything: class, expiry, portal, who may see it again. What
// a person says always wins.
import type { Arrival, KeyClass, KeyFacts, KeyKind, Revealability } from '../model/key.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { addMonths } from './expiry.ts';
import { chooseFacts, givenNames, type GivenFacts } from './facts.ts';

const classOfAccess = {
  full: 'standard',
  limited: 'restricted',
  'read-only': 'read-only',
  unknown: 'unknown',
} as const satisfies Readonly<Record<ProviderDefinition['classes'][number]['access'], KeyClass>>;

const classOf = (
  provider: ProviderDefinition,
  classId: string | undefined,
  createdOn: string | null,
): KeyClass => {
  const rule =
    createdOn === null
      ? undefined
      : provider.classRules.find(({ createdBefore }) => createdOn < createdBefore);
  const id = rule?.classId ?? classId;
  const known = provider.classes.find((each) => each.id === id);
  return known === undefined ? 'unknown' : classOfAccess[known.access];
};

const expiryOf = (provider: ProviderDefinition, createdOn: string | null): string | null => {
  const { expiry } = provider;
  if (createdOn === null || expiry.rule !== 'fixed-at-creation' || expiry.defaultMonths === undefined)
    return null;
  return addMonths(createdOn, expiry.defaultMonths) ?? null;
};

const portalOf = (provider: ProviderDefinition, kind: KeyKind): string =>
  (kind === 'unknown' && provider.portals.length > 1
    ? undefined
    : provider.portals.find(({ kinds }) => kind === 'unknown' || kinds.includes(kind))
  )?.url ?? '';

type FromProvider = Pick<
  KeyFacts,
  'class' | 'expiresOn' | 'expiryFixed' | 'revealable' | 'movesMoney' | 'quotaPool' | 'portalUrl'
>;

const unknownProvider: FromProvider = {
  class: 'unknown',
  expiresOn: null,
  expiryFixed: false,
  revealable: 'unknown' satisfies Revealability,
  movesMoney: false,
  quotaPool: '',
  portalUrl: '',
};

/**
 * The facts that a provider file settles for a key.
 * @param classId the class that the value's format says, if it does
 * @param createdOn YYYY-MM-DD
 */
export const factsFromProvider = (
  provider: ProviderDefinition | undefined,
  kind: KeyKind,
  createdOn: string | null,
  classId?: string,
): FromProvider =>
  provider === undefined
    ? unknownProvider
    : {
        class: classOf(provider, classId, createdOn),
        expiresOn: expiryOf(provider, createdOn),
        expiryFixed: provider.expiry.rule === 'fixed-at-creation',
        revealable: provider.reveal[kind],
        // A test key reaches no money, whatever its provider's live keys can do.
        movesMoney: provider.movesMoney.value && kind !== 'test',
        quotaPool: provider.quotaPools[kind] ?? '',
        portalUrl: portalOf(provider, kind),
      };

const blank = {
  portalName: '',
  account: '',
  organisation: '',
  team: '',
  owner: '',
  ipAllowlist: [],
  roles: [],
  auditEmail: '',
  arrival: 'unknown' satisfies Arrival,
  notes: '',
  tags: [],
} as const;

/** All facts of a new key: what was given, then what the provider knows, then nothing. */
export const completeFacts = (
  given: GivenFacts & { readonly name: string },
  provider: ProviderDefinition | undefined,
  recognised: { readonly kind: KeyKind; readonly classId?: string | undefined },
): KeyFacts => {
  const kind = given.kind ?? recognised.kind;
  const createdOn = given.createdOn ?? null;
  return {
    ...blank,
    provider: provider?.id ?? null,
    kind,
    createdOn,
    ...factsFromProvider(provider, kind, createdOn, recognised.classId),
    name: given.name,
    ...chooseFacts(given, givenNames(given)),
  };
};

const followed = ['class', 'expiryFixed', 'revealable', 'movesMoney', 'quotaPool', 'portalUrl'] as const;

/**
 * What follows when a key's provider, kind or creation date changes: facts that still are what the old provider file said take
 * what the new one says; facts that a person chose stay.
 */
export const followProvider = (
  key: KeyFacts,
  before: ProviderDefinition | undefined,
  next: Pick<KeyFacts, 'kind' | 'createdOn'>,
  after: ProviderDefinition | undefined,
): Partial<KeyFacts> => {
  const old = factsFromProvider(before, key.kind, key.createdOn);
  const now = factsFromProvider(after, next.kind, next.createdOn);
  const changed = followed.filter((name) => key[name] === old[name] && old[name] !== now[name]);
  const facts: Partial<KeyFacts> = Object.fromEntries(changed.map((name) => [name, now[name]]));
  return key.expiresOn === null && now.expiresOn !== null ? { ...facts, expiresOn: now.expiresOn } : facts;
};
