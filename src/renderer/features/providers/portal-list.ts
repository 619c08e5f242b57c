// Holds the names that a provider's portal lists against the names that the vault has for them. Pure; names only, no values.
import type { KeySummary } from '../../lib/types.ts';

type Named = Pick<KeySummary, 'id' | 'name' | 'portalName'>;

export type PortalComparison = {
  readonly both: readonly { readonly portal: string; readonly key: Named }[];
  /** Listed there, and no key here has the name. */
  readonly onlyThere: readonly string[];
  /** Kept here, and not in the list that was given. */
  readonly onlyHere: readonly Named[];
};

const mostNames = 1_000;
const mostLetters = 200;

/** One name a line, or the first cell of each line where a table was pasted. */
export const namesIn = (text: string): readonly string[] => {
  const names = text
    .split(/\r?\n/)
    .slice(0, mostNames)
    .map((line) => (line.split('\t')[0] ?? '').trim().slice(0, mostLetters))
    .filter((name) => name !== '');
  return [...new Set(names)];
};

const fold = (name: string): string => name.trim().toLocaleLowerCase('en-GB');

/** The name that the portal has for a key: as noted, else its own. */
export const portalNameOf = (key: Named): string => (key.portalName === '' ? key.name : key.portalName);

/** A name that several keys have is matched once for each of them; a listed name that stands for no key is only there. */
export const compareWithPortal = (listed: readonly string[], keys: readonly Named[]): PortalComparison => {
  const byName = new Map<string, Named[]>();
  for (const key of keys) {
    const name = fold(portalNameOf(key));
    byName.set(name, [...(byName.get(name) ?? []), key]);
  }
  const both = listed.flatMap((portal) => (byName.get(fold(portal)) ?? []).map((key) => ({ portal, key })));
  const there = new Set(listed.map(fold));
  return {
    both,
    onlyThere: listed.filter((name) => !byName.has(fold(name))),
    onlyHere: keys.filter((key) => !there.has(fold(portalNameOf(key)))),
  };
};
