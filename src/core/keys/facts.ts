// Choosing the facts out of a stored key, and laying changed ones over them.
import type { KeyFacts, StoredKey } from '../model/key.ts';

/** Facts as they arrive: an absent one, or an undefined one, was not given. */
export type GivenFacts = { readonly [K in keyof KeyFacts]?: KeyFacts[K] | undefined };

/** In the order in which a person reads them. */
export const factNames = [
  'name',
  'portalName',
  'provider',
  'kind',
  'class',
  'account',
  'organisation',
  'team',
  'owner',
  'ipAllowlist',
  'roles',
  'createdOn',
  'expiresOn',
  'expiryFixed',
  'revealable',
  'movesMoney',
  'quotaPool',
  'auditEmail',
  'portalUrl',
  'arrival',
  'notes',
  'tags',
] as const satisfies readonly (keyof KeyFacts)[];

/** The facts of a stored key and nothing else of it. */
export const factsOf = (key: StoredKey): KeyFacts =>
  Object.fromEntries(factNames.map((name) => [name, key[name]])) as KeyFacts;

const equal = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Which of the given facts differ from what is stored. */
export const changedFacts = (key: StoredKey, given: GivenFacts): readonly (keyof KeyFacts)[] =>
  factNames.filter((name) => given[name] !== undefined && !equal(given[name], key[name]));

/** Only the named facts of what was given. */
export const chooseFacts = (given: GivenFacts, names: readonly (keyof KeyFacts)[]): Partial<KeyFacts> =>
  Object.fromEntries(names.map((name) => [name, given[name]]));

/** The names of the facts that were given. */
export const givenNames = (given: GivenFacts): readonly (keyof KeyFacts)[] =>
  factNames.filter((name) => given[name] !== undefined);
