// The catalogue of an open vault: the built-in providers, with updates in the place of what they update and a person's own behind
// them. Whoever looks a provider up for a key of a vault asks this one.
import { mergeCatalogue } from './catalogue.ts';
import { builtInProviders } from './provider-list.ts';
import type { ProviderDefinition } from './provider.ts';

export type Origin = 'built-in' | 'own' | 'update';

export type Catalogue = {
  readonly providers: readonly ProviderDefinition[];
  /** Undefined for `unknown` and for ids from another version. */
  readonly find: (id: string) => ProviderDefinition | undefined;
  readonly originOf: (id: string) => Origin;
};

/** @param outside definitions that readDefinitions has taken; of two with one id the later one counts */
export const catalogueWith = (
  outside: readonly ProviderDefinition[],
  builtIn: readonly ProviderDefinition[] = builtInProviders,
): Catalogue => {
  const providers = outside.length === 0 ? builtIn : mergeCatalogue(builtIn, outside);
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const known = new Set(builtIn.map(({ id }) => id));
  // An update that is older than what is built in is not taken.
  const given = new Set(outside.filter((each) => byId.get(each.id) === each).map(({ id }) => id));
  return {
    providers,
    find: (id) => byId.get(id),
    originOf: (id) => (!given.has(id) ? 'built-in' : known.has(id) ? 'update' : 'own'),
  };
};

/** What is known before a vault is open. */
export const builtInCatalogue: Catalogue = catalogueWith([]);
