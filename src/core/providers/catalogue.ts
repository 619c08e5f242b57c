// Looking providers up: by id, by words, by the name of a variable. Every answer that a person chooses from carries the
// domain, since names differ by a letter.
import { nameFits } from './assignments.ts';
import { newestDay } from './outside/update-rules.ts';
import { builtInProviders } from './provider-list.ts';
import type { NearName, ProviderDefinition } from './provider.ts';

/** What a key has that belongs to no known provider. */
export const unknownProviderId = 'unknown';

export type ProviderChoice = {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** Others that this one is taken for; shown beneath it. */
  readonly nearNames: readonly NearName[];
};

/** The provider of an id; undefined for `unknown` and for ids from another version. */
export const findProvider = (
  id: string,
  providers: readonly ProviderDefinition[] = builtInProviders,
): ProviderDefinition | undefined =>
  providers === builtInProviders ? builtInById.get(id) : providers.find((provider) => provider.id === id);

/** Each key of a list asks for its provider several times. */
const builtInById: ReadonlyMap<string, ProviderDefinition> = new Map(
  builtInProviders.map((provider) => [provider.id, provider]),
);

/**
 * The catalogue with what came from outside: an update takes the place of its built-in provider while it is the newer of the two,
 * a provider of one's own joins. By id.
 * @param own as `readDefinitions` gave them
 */
export const mergeCatalogue = (
  builtIn: readonly ProviderDefinition[],
  own: readonly ProviderDefinition[],
): readonly ProviderDefinition[] => {
  if (own.length === 0) return builtIn;
  const merged = new Map(builtIn.map((provider) => [provider.id, provider]));
  for (const definition of own) {
    const known = merged.get(definition.id);
    if (known === undefined || newestDay(definition) > newestDay(known))
      merged.set(definition.id, definition);
  }
  return [...merged.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
};

const asChoice = (provider: ProviderDefinition): ProviderChoice => ({
  id: provider.id,
  name: provider.name,
  domain: provider.domain,
  nearNames: provider.nearNames,
});

const score = (provider: ProviderDefinition, query: string): number => {
  const names = [provider.id, provider.name, ...provider.otherNames].map((name) => name.toLowerCase());
  const domains = [provider.domain, provider.domain.split('.')[0] ?? ''].map((name) => name.toLowerCase());
  if ([...names, ...domains].includes(query)) return 4;
  if (names.some((name) => name.startsWith(query))) return 3;
  if (domains.some((name) => name.startsWith(query))) return 2;
  return names.some((name) => name.split(/[^a-z0-9]+/).some((word) => word.startsWith(query))) ? 1 : 0;
};

/**
 * Providers for the words a person typed, best first. A name matches from the beginning of a word and never by
 * likeness: "circle" does not find Circa or Appcircle, whose names are shown as near names of what it finds.
 */
export const searchProviders = (
  query: string,
  providers: readonly ProviderDefinition[] = builtInProviders,
): readonly ProviderChoice[] => {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return providers.map(asChoice);
  return providers
    .map((provider) => ({ provider, points: score(provider, wanted) }))
    .filter((entry) => entry.points > 0)
    .toSorted((left, right) => right.points - left.points)
    .map((entry) => asChoice(entry.provider));
};

/** Providers that the name of an environment variable speaks of. */
export const providersOfVariable = (
  variable: string,
  providers: readonly ProviderDefinition[] = builtInProviders,
): readonly ProviderDefinition[] => providers.filter((provider) => nameFits(provider.envNames, variable));

const nearWords = new WeakMap<ProviderDefinition, readonly string[]>();

const nearWordsOf = (provider: ProviderDefinition): readonly string[] => {
  const known = nearWords.get(provider);
  if (known !== undefined) return known;
  const words = provider.nearNames.flatMap(({ name, domain }) => [name.toLowerCase(), domain.toLowerCase()]);
  nearWords.set(provider, words);
  return words;
};

/** A near name that a text speaks of by name or domain without meaning the provider itself; for a question, not a refusal. */
export const nearNameIn = (provider: ProviderDefinition, text: string): NearName | undefined => {
  const lower = text.toLowerCase();
  // Almost always the end of it, and much cheaper than words: a name that is a word is also a part of the text.
  if (!nearWordsOf(provider).some((word) => lower.includes(word))) return undefined;
  const words = new Set(lower.split(/[^a-z0-9.]+/));
  const own = [provider.domain, ...provider.domain.split('.').slice(-2, -1)];
  if (own.some((name) => words.has(name.toLowerCase()))) return undefined;
  return provider.nearNames.find(
    (near) => words.has(near.name.toLowerCase()) || words.has(near.domain.toLowerCase()),
  );
};
