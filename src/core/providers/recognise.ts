// Recognises keys in what a person pastes: one value, a line of an environment file, a header, a curl command, JSON, a
// whole document. Offline, in linear time, and without copying a value: the result points into the text.
import { anchorScanner, type AnchorScanner } from './anchor-scan.ts';
import { findAssignments, type Assignment } from './assignments.ts';
import { builtInProviders } from './provider-list.ts';
import { companionSource, findCompanions, type CompanionSource } from './companions.ts';
import { hasField } from './field-formats.ts';
import { findPrefixed, type Hit, type Reading } from './find-prefixed.ts';
import { findShaped, type Surroundings } from './find-shaped.ts';
import { publicFingerprint } from './fingerprint.ts';
import type { KeyFormat } from './format.ts';
import { compilePattern, literalPrefixOf } from './pattern.ts';
import type { ProviderDefinition } from './provider.ts';
import type { Candidate, Recognition, RecogniseOptions } from './recognition.ts';
import { settleHits, type Settled } from './settle-hits.ts';
import { loneRange } from './surroundings.ts';
import { coveredFields } from './take-apart.ts';
import {
  cleanText,
  overlapTest,
  rangesOverlap,
  uncovered,
  type CleanText,
  type TextRange,
} from './text-range.ts';

/** Longer texts are looked at up to here, in UTF-16 units. */
export const maxRecognisedLength = 2_000_000;

/** Published samples are short; a long value is none. */
const maxFingerprinted = 1024;
const variableForm = /^[A-Z][A-Z0-9_]{0,63}$/;

const prefixesOf = (providers: readonly ProviderDefinition[]): readonly string[] =>
  providers.flatMap((provider) =>
    provider.formats.map((format) => literalPrefixOf(format.pattern)).filter((prefix) => prefix !== ''),
  );

type Prefixed = { readonly provider: ProviderDefinition; readonly format: KeyFormat };
type Search = {
  readonly scan: AnchorScanner;
  readonly prefixed: readonly Prefixed[];
  readonly prefixes: readonly string[];
};

const searches = new WeakMap<readonly ProviderDefinition[], Search>();

/** What is looked for in every text: prepared once for a list of providers. */
const searchOf = (providers: readonly ProviderDefinition[]): Search => {
  const known = searches.get(providers);
  if (known) return known;
  const prefixed = providers.flatMap((provider) =>
    provider.formats.filter((format) => format.match === 'prefix').map((format) => ({ provider, format })),
  );
  const anchors = prefixed.flatMap(({ format }) => compilePattern(format.pattern).anchors);
  const fresh = {
    scan: anchorScanner(anchors.map((anchor) => anchor.text)),
    prefixed,
    prefixes: prefixesOf(providers),
  };
  searches.set(providers, fresh);
  return fresh;
};

const prefixedHits = ({ prefixed }: Search, reading: Reading): readonly Hit[] =>
  prefixed.flatMap(({ provider, format }) => findPrefixed(provider, format, reading));

const shapedHits = (
  providers: readonly ProviderDefinition[],
  reading: Reading,
  surroundings: Surroundings,
): readonly Hit[] =>
  providers.flatMap((provider) =>
    provider.formats
      .filter((format) => format.match === 'shape')
      .flatMap((format) => findShaped(provider, format, reading, surroundings)),
  );

/** Same provider, format and value: one candidate with several places. Values are compared, not kept. */
const byValue = (text: string, settled: readonly Settled[]): readonly (readonly Settled[])[] => {
  const groups = new Map<string, Settled[]>();
  for (const entry of settled) {
    const { provider, format, range } = entry.hit;
    const name = `${provider.id} ${format.id} ${text.slice(range.start, range.end)}`;
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return [...groups.values()];
};

type Context = {
  readonly clean: CleanText;
  readonly source: CompanionSource;
  /** Names of variables by the place of the value after them. */
  readonly variables: ReadonlyMap<number, string>;
  readonly options: RecogniseOptions;
};

const variableOf = (context: Context, places: readonly Settled[]): string | undefined => {
  for (const { hit } of places) {
    const name = context.variables.get(hit.range.start);
    if (name !== undefined) return name;
  }
  return context.options.variable;
};

const candidateOf = (context: Context, places: readonly Settled[]): Candidate | undefined => {
  const [first] = places;
  if (!first) return undefined;
  const { clean, source } = context;
  const { provider, format, range, malformed, suggested } = first.hit;
  const value = clean.text.slice(range.start, range.end);
  return {
    provider: provider.id,
    format: format.id,
    kind: format.kind,
    confidence: format.match === 'prefix' ? 'certain' : 'possible',
    fields: [{ name: format.field, range }, ...findCompanions(source, provider, format.field, range)].map(
      (entry) => ({ name: entry.name, range: clean.toOriginal(entry.range) }),
    ),
    occurrences: places.map(({ hit }) => clean.toOriginal(hit.range)),
    alternatives: first.alternatives,
    variable: variableOf(context, places),
    malformed,
    suggested: suggested && clean.toOriginal(suggested),
    glued: places.some(({ hit }) => hit.glued),
    publishedSample: provider.publishedSamples.includes(publicFingerprint(value.slice(0, maxFingerprinted))),
  };
};

const missingOf = (providers: readonly ProviderDefinition[], candidate: Candidate): readonly string[] => {
  const provider = providers.find((each) => each.id === candidate.provider);
  if (!provider) return [];
  const covered = coveredFields(
    provider,
    candidate.fields.map(({ name }) => name),
  );
  const formats = new Set([candidate.format]);
  return provider.fields
    .filter((field) => field.required && !covered.has(field.name) && hasField(field, formats))
    .map(({ name }) => name);
};

/** An assignment such as `LIVE_API_KEY:…` whose name is itself the beginning of a key says nothing. */
const outside = (assignments: readonly Assignment[], taken: readonly TextRange[]): readonly Assignment[] => {
  const starts = new Set(taken.map((range) => range.start));
  return assignments.filter((entry) => !starts.has(entry.nameRange.start));
};

/** The one hit is all there is: within what wraps a value, or within nothing where the value itself begins like `NAME:`. */
const isSingle = (settled: readonly Settled[], { text, lone }: Reading): boolean => {
  const [only, ...others] = settled;
  if (only === undefined || others.length > 0) return false;
  const { start, end } = only.hit.range;
  const isAll = start <= lone.start && text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
  return isAll || (start === lone.start && end === lone.end);
};

/**
 * Recognises keys in a text, offline.
 * @param original as pasted; white space, quotes, `NAME=`, `Bearer ` and invisible characters around a value are fine
 * @param options what the caller knows beside the text
 * @param providers the catalogue to use
 * @returns candidates in order of their first place; none where nothing was recognised
 */
export const recognise = (
  original: string,
  options: RecogniseOptions = {},
  providers: readonly ProviderDefinition[] = builtInProviders,
): Recognition => {
  const clean = cleanText(original.slice(0, maxRecognisedLength));
  const { text } = clean;
  const search = searchOf(providers);
  const reading = { text, lone: loneRange(text, search.prefixes), places: search.scan(text) };
  const prefixed = settleHits(prefixedHits(search, reading));
  const decided = prefixed.map(({ hit }) => hit.range);
  const assignments = outside(findAssignments(text), decided);
  const isTaken = overlapTest(decided);
  const shaped = settleHits(shapedHits(providers, reading, { assignments, isTaken, options }));
  const settled = [...prefixed, ...shaped].toSorted(
    (left, right) => left.hit.range.start - right.hit.range.start,
  );
  const source = companionSource(text, assignments, overlapTest(settled.map(({ hit }) => hit.range)));
  const variables = new Map(
    assignments.filter(({ name }) => variableForm.test(name)).map((entry) => [entry.value.start, entry.name]),
  );
  const context = { clean, source, variables, options };
  const candidates = byValue(text, settled).flatMap((places) => candidateOf(context, places) ?? []);
  const covered = candidates.flatMap((candidate) => [
    ...candidate.occurrences,
    ...candidate.fields.map((field) => field.range),
  ]);
  return {
    candidates,
    missing: candidates.map((candidate) => missingOf(providers, candidate)),
    rest: uncovered(original.length, covered),
    single: isSingle(settled, reading),
    truncated: original.length > maxRecognisedLength,
  };
};

/** True where a recognised range shares characters with `range`; for callers that mark ranges in an editor. */
export const covers = (recognition: Recognition, range: TextRange): boolean =>
  recognition.candidates.some((candidate) =>
    candidate.occurrences.some((place) => rangesOverlap(place, range)),
  );
