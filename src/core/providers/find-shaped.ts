// Values without a prefix are taken for a provider's only where something else says so: the variable's name, a host of the
// provider in the same text, or the person's choice. The result is never more than "possible".
import { nameFits, plainName, type Assignment } from './assignments.ts';
import type { Hit, Reading } from './find-prefixed.ts';
import type { KeyFormat } from './format.ts';
import { diagnose } from './malformed.ts';
import { compilePattern } from './pattern.ts';
import { isPlaceholder } from './placeholder.ts';
import type { FieldDefinition, ProviderDefinition } from './provider.ts';
import type { RecogniseOptions } from './recognition.ts';
import type { TextRange } from './text-range.ts';

const maxHitsPerFormat = 200;

const namesOf = new WeakMap<ProviderDefinition, ReadonlyMap<string, FieldDefinition>>();

const fieldNames = (provider: ProviderDefinition): ReadonlyMap<string, FieldDefinition> => {
  const known = namesOf.get(provider);
  if (known) return known;
  const names = new Map<string, FieldDefinition>();
  for (const field of provider.fields)
    for (const name of [field.variable, ...field.labels])
      if (!names.has(plainName(name))) names.set(plainName(name), field);
  namesOf.set(provider, names);
  return names;
};

/** A name in front of a value, and its form for comparing. */
type Name = Pick<Assignment, 'name' | 'plain'>;

/**
 * The field that a name speaks of, where the name or something else tells the provider.
 * @param trusted something else does: a host of it close by, a person's choice
 */
export const hintedField = (
  provider: ProviderDefinition,
  { name, plain }: Name,
  trusted: boolean,
): string | undefined => {
  const field = fieldNames(provider).get(plain);
  if (field && (trusted || plain === plainName(field.variable))) return field.name;
  if (!nameFits(provider.envNames, name)) return undefined;
  return (field ?? provider.fields.find((entry) => entry.secret))?.name;
};

/** A value handed over with the name of its variable has been unwrapped already. */
const trimmed = (text: string): TextRange => ({
  start: text.length - text.trimStart().length,
  end: text.trimEnd().length,
});

const judged = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  range: TextRange,
): Hit | undefined => {
  const value = reading.text.slice(range.start, range.end);
  if (isPlaceholder(value) || /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) return undefined;
  const problem = diagnose(format, value);
  return {
    provider,
    format,
    range,
    malformed: problem ? [problem] : [],
    suggested: undefined,
    glued: false,
  };
};

/** What a shape is judged by beside the text: names in front of values, ranges that a prefix has decided, hints. */
export type Surroundings = {
  readonly assignments: readonly Assignment[];
  readonly isTaken: (range: TextRange) => boolean;
  readonly options: RecogniseOptions;
};

/** The whole text as the value, where its variable or a person's choice says so. */
const aloneHit = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  { isTaken, options }: Surroundings,
): readonly Hit[] => {
  const { variable } = options;
  const chosen = options.provider === provider.id;
  const named =
    variable !== undefined &&
    hintedField(provider, { name: variable, plain: plainName(variable) }, chosen) === format.field;
  if (!chosen && !named) return [];
  const range = variable === undefined ? reading.lone : trimmed(reading.text);
  const length = range.end - range.start;
  if (length <= 0 || length > compilePattern(format.pattern).maxLength * 2 || isTaken(range)) return [];
  const hit = judged(provider, format, reading, range);
  return hit ? [hit] : [];
};

/** Hits of one shape format. */
export const findShaped = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  { assignments, isTaken, options }: Surroundings,
): readonly Hit[] => {
  const chosen = options.provider === provider.id;
  const trusted = chosen || provider.hosts.some((host) => reading.text.includes(host));
  // The same few names stand before thousands of values.
  const meant = new Map<string, boolean>();
  const isMeant = (entry: Name): boolean => {
    const known = meant.get(entry.name);
    if (known !== undefined) return known;
    const fresh = hintedField(provider, entry, trusted) === format.field;
    meant.set(entry.name, fresh);
    return fresh;
  };
  const likely = assignments
    .filter(isMeant)
    .slice(0, maxHitsPerFormat)
    .filter((entry) => !isTaken(entry.value))
    .flatMap((entry) => {
      const hit = judged(provider, format, reading, entry.value);
      // A host in a document is a faint hint: what is not even of the right form there is part of the prose.
      const faint = !chosen && hintedField(provider, entry, false) === undefined;
      return hit && !(faint && hit.malformed.length > 0) ? [hit] : [];
    });
  if (likely.length > 0) return likely;
  return aloneHit(provider, format, reading, { assignments, isTaken, options });
};
