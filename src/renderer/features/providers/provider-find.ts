// Finds providers and never lets names near one another run together: what is called so comes first, and what only sounds like it
// stands apart, with the difference said. Pure.
import type { ProviderEntry } from '../../lib/types.ts';

export type Near = { readonly entry: ProviderEntry; readonly difference: string };
export type FoundProviders = {
  /** A word of the name, or the domain, begins so. */
  readonly named: readonly ProviderEntry[];
  /** Names that hold the letters somewhere else, or that one of the named is taken for. */
  readonly near: readonly Near[];
  /** Names that a definition warns of and that have none of their own here. */
  readonly onlyNames: readonly ProviderEntry['nearNames'][number][];
};

const wordsIn = (text: string): readonly string[] => text.toLowerCase().split(/[^a-z0-9]+/);

/** Whole words count as such: "circle" names Circle Mint and circle.com, not CircleCI and not Appcircle. */
const isNamed = (entry: ProviderEntry, terms: readonly string[]): boolean => {
  const words = [...wordsIn(entry.name), ...wordsIn(entry.domain), ...wordsIn(entry.id)];
  return terms.every((term) => words.includes(term));
};

const begins = (entry: ProviderEntry, terms: readonly string[]): boolean => {
  const words = [...wordsIn(entry.name), ...wordsIn(entry.domain), ...wordsIn(entry.id)];
  return terms.every((term) => words.some((word) => word.startsWith(term)));
};

const holds = (entry: ProviderEntry, terms: readonly string[]): boolean => {
  const text = `${entry.name} ${entry.domain} ${entry.id}`.toLowerCase();
  return terms.every((term) => text.includes(term));
};

/** What the definitions say about two that may be taken for one another. */
const differenceOf = (entry: ProviderEntry, named: readonly ProviderEntry[]): string | null => {
  for (const one of named) {
    const said =
      one.nearNames.find(({ domain }) => domain === entry.domain) ??
      entry.nearNames.find(({ domain }) => domain === one.domain);
    if (said !== undefined) return said.difference;
  }
  return null;
};

const onlyNamesIn = (
  all: readonly ProviderEntry[],
  terms: readonly string[],
): FoundProviders['onlyNames'] => {
  const domains = new Set(all.map(({ domain }) => domain));
  const found = new Map<string, ProviderEntry['nearNames'][number]>();
  for (const near of all.flatMap(({ nearNames }) => nearNames)) {
    const text = `${near.name} ${near.domain}`.toLowerCase();
    if (!domains.has(near.domain) && terms.every((term) => text.includes(term))) found.set(near.domain, near);
  }
  return [...found.values()].sort((left, right) => left.name.localeCompare(right.name));
};

const byName = (left: ProviderEntry, right: ProviderEntry): number =>
  left.name.localeCompare(right.name) || left.domain.localeCompare(right.domain);

export const findProviders = (all: readonly ProviderEntry[], query: string): FoundProviders => {
  const terms = wordsIn(query).filter((term) => term !== '');
  if (terms.length === 0) return { named: all.toSorted(byName), near: [], onlyNames: [] };
  const exact = all.filter((entry) => isNamed(entry, terms));
  // As long as no word is whole, its beginning is all there is to go by.
  const named = exact.length > 0 ? exact : all.filter((entry) => begins(entry, terms));
  const taken = new Set(named.map(({ id }) => id));
  const near = all
    .filter(({ id }) => !taken.has(id))
    .map((entry) => ({ entry, difference: differenceOf(entry, named) }))
    .filter(({ entry, difference }) => difference !== null || holds(entry, terms))
    .map(({ entry, difference }) => ({ entry, difference: difference ?? '' }));
  return {
    named: named.toSorted(byName),
    near: near.toSorted((left, right) => byName(left.entry, right.entry)),
    onlyNames: onlyNamesIn(all, terms),
  };
};
