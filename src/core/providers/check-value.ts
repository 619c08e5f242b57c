// Judges the values of a key against the provider that was chosen, before they are saved: form, missing fields, and
// whether the value is plainly another provider's.
import { literalPrefixOf, fitsFormat } from './pattern.ts';
import type { KeyFormat, KeyKind } from './format.ts';
import { diagnose, type Malformed } from './malformed.ts';
import type { FieldDefinition, ProviderDefinition } from './provider.ts';
import { builtInProviders } from './provider-list.ts';
import { recognise } from './recognise.ts';
import { formatsOfValues, hasField } from './field-formats.ts';
import { isPlaceholder } from './placeholder.ts';
import { coveredFields } from './take-apart.ts';

export type ValueJudgement = {
  /** The format that the value fits, or the one it comes nearest to. */
  readonly format: KeyFormat | undefined;
  readonly kind: KeyKind;
  readonly malformed: readonly Malformed[];
  /** Set where the value is recognised as another provider's. */
  readonly otherProvider: string | undefined;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const commonLength = (left: string, right: string): number => {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length += 1;
  return length;
};

const nearest = (formats: readonly KeyFormat[], value: string): KeyFormat | undefined =>
  formats.find((format) => fitsFormat(format, value)) ??
  formats.toSorted(
    (left, right) =>
      commonLength(literalPrefixOf(right.pattern), value) -
      commonLength(literalPrefixOf(left.pattern), value),
  )[0];

const plainProblem = (field: FieldDefinition, value: string): Malformed | undefined => {
  if (value === '') return { code: 'empty', message: 'There is no value.' };
  if (field.shape === 'uuid' && !uuid.test(value))
    return {
      code: 'wrong-form',
      message: `${field.label}: this is not an id of the form 8-4-4-4-12 hex digits.`,
    };
  if (field.secret && isPlaceholder(value))
    return {
      code: 'placeholder',
      message: 'This stands for a key and is none. Put the real value in its place.',
    };
  return undefined;
};

const otherProviderOf = (
  provider: ProviderDefinition,
  value: string,
  providers: readonly ProviderDefinition[],
): string | undefined => {
  const [first] = recognise(value, {}, providers).candidates;
  if (!first || first.confidence !== 'certain' || first.malformed.length > 0) return undefined;
  const claims = [first, ...first.alternatives].map((entry) => entry.provider);
  return claims.includes(provider.id) ? undefined : first.provider;
};

/**
 * Judges one field's value for a chosen provider.
 * @param value as it will be saved, without surrounding white space
 */
export const judgeValue = (
  provider: ProviderDefinition,
  fieldName: string,
  value: string,
  providers: readonly ProviderDefinition[] = builtInProviders,
): ValueJudgement => {
  const field = provider.fields.find((entry) => entry.name === fieldName);
  const formats = provider.formats.filter((format) => format.field === fieldName);
  const format = nearest(formats, value);
  if (!format) {
    const problem = field && plainProblem(field, value);
    return { format, kind: 'unknown', malformed: problem ? [problem] : [], otherProvider: undefined };
  }
  const problem = diagnose(format, value);
  const begins = value.startsWith(literalPrefixOf(format.pattern));
  return {
    format,
    kind: begins ? format.kind : 'unknown',
    malformed: problem ? [problem] : [],
    otherProvider: otherProviderOf(provider, value, providers),
  };
};

/** Required fields of a provider that have no value. */
export const missingFields = (
  provider: ProviderDefinition,
  values: ReadonlyMap<string, string>,
): readonly FieldDefinition[] => {
  const given = [...values].filter(([, value]) => value.trim() !== '').map(([name]) => name);
  const covered = coveredFields(provider, given);
  const formats = formatsOfValues(provider, values);
  return provider.fields.filter(
    (field) => field.required && !covered.has(field.name) && hasField(field, formats),
  );
};
