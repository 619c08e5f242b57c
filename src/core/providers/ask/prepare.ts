// What a key's values tell before anything is sent: which format they are of, whether they have the provider's form at all, and
// the single fields that a request needs. docs/checking.md §1.1.
import type { KeyFormat, KeyKind } from '../format.ts';
import { diagnose } from '../malformed.ts';
import { fitsFormat, literalPrefixOf } from '../pattern.ts';
import type { FieldDefinition, ProviderDefinition } from '../provider.ts';
import { effectiveValues, isComposite, mainFieldOf } from '../take-apart.ts';
import { say, type OrSaid, type Question } from './question.ts';

export type Prepared = {
  /** By field name: connection strings taken apart, usual values filled in. */
  readonly values: Readonly<Record<string, string>>;
  /** Undefined where the values fit no known format. */
  readonly format: KeyFormat | undefined;
  readonly kind: KeyKind;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A lone `secret` stands for the provider's main field, as everywhere. */
const named = (definition: ProviderDefinition, values: Question['values']): readonly [string, string][] =>
  Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [
      name === 'secret' && !definition.fields.some((field) => field.name === name)
        ? mainFieldOf(definition)
        : name,
      value,
    ]);

const formsOf = (definition: ProviderDefinition, field: string): readonly KeyFormat[] =>
  definition.formats.filter((format) => format.field === field && !isComposite(format));

const fitting = (definition: ProviderDefinition, value: string): KeyFormat | undefined =>
  definition.formats.find((format) => fitsFormat(format, value));

const sharedLength = (format: KeyFormat, value: string): number => {
  const prefix = literalPrefixOf(format.pattern);
  let length = 0;
  while (length < prefix.length && prefix[length] === value[length]) length += 1;
  return length;
};

const nearest = (formats: readonly KeyFormat[], value: string): KeyFormat | undefined =>
  formats.toSorted((left, right) => sharedLength(right, value) - sharedLength(left, value))[0];

/** What keeps the value from being asked about; undefined where nothing does. */
const formProblem = (definition: ProviderDefinition, name: string, value: string): string | undefined => {
  if (fitting(definition, value) !== undefined) return undefined;
  const format = nearest(formsOf(definition, name), value);
  if (format !== undefined) return diagnose(format, value)?.message;
  // Whatever else a value may be, these would change the request that carries it.
  return /[\u0000\r\n]/.test(value) ? 'There is a line break in it. Keys have none.' : undefined;
};

const wrongId = (field: FieldDefinition): OrSaid<never> =>
  say(
    'not-checkable',
    `${field.label}: this is not an id of the form 8-4-4-4-12 hex digits. Nothing was sent.`,
    `Correct it and check again. ${field.help ?? ''}`.trim(),
  );

/** Formats that have a question of their own. */
const askedOf = ({ check }: ProviderDefinition): ReadonlySet<string> =>
  new Set(check.possible ? check.requests.flatMap(({ formats }) => formats ?? []) : []);

/** The first format in the order of the definition that one of the values is of; before it one that is meant and has a question of its own. */
const formatOf = (
  definition: ProviderDefinition,
  entries: readonly (readonly [string, string])[],
  meant: readonly string[],
): KeyFormat | undefined => {
  const asked = askedOf(definition);
  const first = definition.formats.filter(({ id }) => meant.includes(id) && asked.has(id));
  for (const format of [...first, ...definition.formats])
    if (entries.some(([name, value]) => name === format.field && fitsFormat(format, value))) return format;
  return undefined;
};

/** Looks at the values of a key. `malformed` where one of them has not the form that its provider gives. */
export const prepare = ({ definition, values, kind, formats }: Question): OrSaid<Prepared> => {
  const entries = named(definition, values);
  for (const [name, value] of entries) {
    const field = definition.fields.find((each) => each.name === name);
    if (field?.secret === false && field.shape === 'uuid' && !uuid.test(value)) return wrongId(field);
    const problem = formProblem(definition, name, value);
    if (problem !== undefined)
      return say(
        'malformed',
        `${field === undefined || definition.fields.length === 1 ? '' : `${field.label}: `}${problem} Nothing was sent.`,
        'Copy the value again from the provider and store it as a new one.',
      );
  }
  const format = formatOf(definition, entries, formats ?? []);
  return {
    ok: true,
    value: {
      values: effectiveValues(definition, Object.fromEntries(entries)),
      format,
      kind: format === undefined || format.kind === 'unknown' ? kind : format.kind,
    },
  };
};
