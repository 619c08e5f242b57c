// Takes a connection string apart: postgres://user:password@host:port/database is one secret that a program reads whole, and
// five fields that a check needs one by one. Pure; the values are the caller's to keep and to forget.
import { compilePattern, fitsFormat } from './pattern.ts';
import type { KeyFormat } from './format.ts';
import type { ProviderDefinition } from './provider.ts';

/** True for a format whose value holds several fields: it is not the form of a single one. */
export const isComposite = (format: KeyFormat): boolean =>
  !('parts' in format.pattern) && (format.pattern.fills ?? []).length > 0;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is meant as it stands.
    return text;
  }
};

/** With the quote as well, since a connection string often stands in quotes. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/**
 * The fields that a connection string of the provider holds, percent-decoded.
 * @param value the whole string, without surrounding white space
 * @returns undefined where the value is no such string
 */
export const takeApart = (
  provider: ProviderDefinition,
  value: string,
): Readonly<Record<string, string>> | undefined => {
  for (const format of provider.formats.filter(isComposite)) {
    const pattern = compilePattern(format.pattern);
    const groups = value.length <= pattern.maxLength ? pattern.whole.exec(value)?.groups : undefined;
    if (groups === undefined || !('source' in format.pattern)) continue;
    return Object.fromEntries(
      (format.pattern.fills ?? []).flatMap((name) => {
        const text = groups[name];
        return text === undefined || text === '' ? [] : [[name, decoded(text)]];
      }),
    );
  }
  return undefined;
};

/** The field that holds a connection string; undefined where the provider knows none. */
export const connectionFieldOf = (provider: ProviderDefinition): string | undefined =>
  provider.formats.find(isComposite)?.field;

/**
 * Puts values into a connection string in place of those that it holds, percent-encoded.
 * @returns the new string and the names of the fields that found their place; undefined where none did
 */
export const putInto = (
  provider: ProviderDefinition,
  whole: string,
  values: Readonly<Record<string, string>>,
): { readonly value: string; readonly placed: ReadonlySet<string> } | undefined => {
  const format = provider.formats.find((each) => isComposite(each) && fitsFormat(each, whole));
  if (format === undefined || !('source' in format.pattern)) return undefined;
  const places = new RegExp(`^(?:${format.pattern.source})$`, 'd').exec(whole)?.indices?.groups ?? {};
  const found = (format.pattern.fills ?? [])
    .flatMap((name) => {
      const [place, text] = [places[name], values[name]];
      return place === undefined || text === undefined ? [] : [{ name, place, text }];
    })
    .toSorted((left, right) => right.place[0] - left.place[0]);
  if (found.length === 0) return undefined;
  const value = found.reduce(
    (text, { place: [start, end], text: piece }) =>
      `${text.slice(0, start)}${encoded(piece)}${text.slice(end)}`,
    whole,
  );
  return { value, placed: new Set(found.map(({ name }) => name)) };
};

/** Names of fields that have a value, with those that a connection string among them holds. */
export const coveredFields = (provider: ProviderDefinition, names: Iterable<string>): ReadonlySet<string> => {
  const covered = new Set(names);
  for (const format of provider.formats)
    if (covered.has(format.field) && 'source' in format.pattern)
      for (const name of format.pattern.fills ?? []) covered.add(name);
  return covered;
};

/** The field that a value belongs to when nobody names one: `secret`, else the first secret field. */
export const mainFieldOf = (provider: ProviderDefinition): string =>
  (
    provider.fields.find((field) => field.name === 'secret' && field.secret) ??
    provider.fields.find((field) => field.secret)
  )?.name ?? 'secret';

/**
 * The values of a key as a request needs them: a lone `secret` is the provider's main field, a connection string in any field is
 * taken apart (what stands in a field of its own wins), and empty fields take what is usual.
 * @param values by field name, as stored
 */
export const effectiveValues = (
  provider: ProviderDefinition,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const known = new Set(provider.fields.map((field) => field.name));
  const found = new Map<string, string>();
  for (const field of provider.fields) if (field.usual !== undefined) found.set(field.name, field.usual);
  const entries = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) =>
        [known.has(name) ? name : name === 'secret' ? mainFieldOf(provider) : name, value] as const,
    );
  const whole = entries.map(([, value]) => takeApart(provider, value));
  for (const pieces of whole)
    for (const [name, value] of Object.entries(pieces ?? {})) found.set(name, value);
  entries.forEach(([name, value], index) => {
    if (whole[index] === undefined) found.set(name, value);
  });
  return Object.fromEntries(found);
};
