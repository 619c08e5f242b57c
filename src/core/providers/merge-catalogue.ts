// The catalogue of an open vault: the built-in providers, with updates in the place of what they update and a person's own behind
// them. Whoever looks a provider up for a key of a vault asks this one.
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
export const mergeCatalogue = (
  outside: readonly ProviderDefinition[],
  builtIn: readonly ProviderDefinition[] = builtInProviders,
): Catalogue => {
  const known = new Map(builtIn.map((provider) => [provider.id, provider]));
  const all = new Map(known);
  const origins = new Map<string, Origin>();
  for (const provider of outside) {
    all.set(provider.id, provider);
    origins.set(provider.id, known.has(provider.id) ? 'update' : 'own');
  }
  return {
    providers: outside.length === 0 ? builtIn : [...all.values()],
    find: (id) => all.get(id),
    originOf: (id) => origins.get(id) ?? 'built-in',
  };
};

/** What is known before a vault is open. */
export const builtInCatalogue: Catalogue = mergeCatalogue([]);
