// Values without a prefix are taken for a provider's only where something else says so: the variable's name, a host of the
// provider in the same text, or the person's choice. The result is never more than "possible".
import { nameFits, sameName, type Assignment } from './assignments.ts';
import type { Hit, Reading } from './find-prefixed.ts';
import type { KeyFormat } from './format.ts';
import { diagnose } from './malformed.ts';
import { compilePattern } from './pattern.ts';
import { isPlaceholder } from './placeholder.ts';
import type { FieldDefinition, ProviderDefinition } from './provider.ts';
import type { RecogniseOptions } from './recognition.ts';
import { rangesOverlap, type TextRange } from './text-range.ts';

const maxHitsPerFormat = 200;

/** The field that a name in front of a value speaks of, for one provider. */
export const fieldOfName = (provider: ProviderDefinition, name: string): FieldDefinition | undefined =>
  provider.fields.find(
    (field) => sameName(field.variable, name) || field.labels.some((label) => sameName(label, name)),
  );

const hintedField = (provider: ProviderDefinition, name: string, trusted: boolean): string | undefined => {
  const named = fieldOfName(provider, name);
  const byVariable = nameFits(provider.envNames, name);
  if (named) return trusted || byVariable || sameName(named.variable, name) ? named.name : undefined;
  return byVariable ? provider.fields.find((field) => field.secret)?.name : undefined;
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
  readonly taken: readonly TextRange[];
  readonly options: RecogniseOptions;
};

/** Hits of one shape format. */
export const findShaped = (
  provider: ProviderDefinition,
  format: KeyFormat,
  reading: Reading,
  { assignments, taken, options }: Surroundings,
): readonly Hit[] => {
  const chosen = options.provider === provider.id;
  const trusted = chosen || provider.hosts.some((host) => reading.text.includes(host));
  const ranges = assignments
    .filter((entry) => hintedField(provider, entry.name, trusted) === format.field)
    .map((entry) => entry.value);
  const { variable } = options;
  const named = variable !== undefined && hintedField(provider, variable, chosen) === format.field;
  const alone = variable === undefined ? reading.lone : trimmed(reading.text);
  const fits = alone.end - alone.start <= compilePattern(format.pattern).maxLength * 2;
  if (ranges.length === 0 && (chosen || named) && fits) ranges.push(alone);
  return ranges
    .slice(0, maxHitsPerFormat)
    .filter((range) => range.end > range.start && !taken.some((other) => rangesOverlap(range, other)))
    .flatMap((range) => judged(provider, format, reading, range) ?? []);
};
