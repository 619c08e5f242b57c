// Formats without a fixed beginning: a value of such a form is taken for a provider's where the name before it is the provider's, or
// means its field and a host or public id of the provider stands close by.
import { plainName } from '../../providers/assignments.ts';
import { hintedField } from '../../providers/find-shaped.ts';
import type { KeyFormat } from '../../providers/format.ts';
import { compilePattern, fitsFormat, literalPrefixOf } from '../../providers/pattern.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { NamedValue } from './assignment-at.ts';
import { isSecretValue } from './generic.ts';
import { isLed, leadsOfFormat } from './leads.ts';
import { isMadeUp, isPublished } from './no-key.ts';

type Shape = {
  readonly provider: ProviderDefinition;
  readonly format: KeyFormat;
  /** Its form says nothing at all: any text of some length. */
  readonly isVague: boolean;
};

const vagueSpread = 200;

const isVague = ({ pattern }: KeyFormat): boolean => {
  const { minLength, maxLength } = compilePattern(pattern);
  return maxLength - minLength > vagueSpread;
};

/** Shapes, and what has a beginning that is too short to be looked for. */
const shapesOf = (catalogue: readonly ProviderDefinition[]): readonly Shape[] =>
  catalogue.flatMap((provider) =>
    provider.formats
      .filter((format) => format.sensitivity === 'secret' && format.document !== true)
      .filter(
        (format) =>
          format.match === 'shape' || (isLed(format) && leadsOfFormat(provider, format).length === 0),
      )
      .map((format) => ({ provider, format, isVague: isVague(format) })),
  );

/** What is public by its name, though of the same form. */
const publicName =
  /(?:^|[_-])(?:anon|publishable|public|search|app_?id|account_?sid|key_?id|access_?key_?id)(?:[_-]|$)|(?:anon|publishable|public|search)_?key$/i;

/** A label of so many letters that only one provider has says enough without more: `secret_access_key`. */
const tellingLabel = 15;

const tellingLabels = (catalogue: readonly ProviderDefinition[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, Set<string>>();
  for (const { id, fields } of catalogue)
    for (const label of fields.flatMap(({ labels }) => labels.map(plainName)))
      owners.set(label, (owners.get(label) ?? new Set()).add(id));
  return new Map(
    [...owners]
      .filter(([label, ids]) => label.length >= tellingLabel && ids.size === 1)
      .map(([label, ids]) => [label, [...ids][0] ?? '']),
  );
};

const shortestSign = 4;

/** What stands near a provider's values: its hosts, and the beginnings of its public ids, such as AWS's. */
const signsOf = (provider: ProviderDefinition): readonly string[] => [
  ...provider.hosts,
  ...provider.formats
    .filter(({ sensitivity, match }) => sensitivity === 'identifier' && match === 'prefix')
    .map(({ pattern }) => literalPrefixOf(pattern))
    .filter((prefix) => prefix.length >= shortestSign),
];

const isKey = ({ provider, format, isVague }: Shape, value: string): boolean =>
  fitsFormat(format, value) &&
  (isVague ? isSecretValue(value) : !isMadeUp(value)) &&
  !isPublished(provider, value);

/** `provider/format` of a named value; undefined where none claims it. `context` reads what stands around. */
export type ShapeTest = (named: NamedValue, value: string, context: () => string) => string | undefined;

/** The test for a catalogue. */
export const createShapeTest = (catalogue: readonly ProviderDefinition[]): ShapeTest => {
  const shapes = shapesOf(catalogue);
  const telling = tellingLabels(catalogue);
  const signs = new Map(catalogue.map((provider) => [provider.id, signsOf(provider)]));
  const isMeant = ({ provider, format }: Shape, named: NamedValue, context: () => string): boolean => {
    if (hintedField(provider, named, false) === format.field) return true;
    if (hintedField(provider, named, true) !== format.field) return false;
    return (
      telling.get(named.plain) === provider.id ||
      (signs.get(provider.id) ?? []).some((sign) => context().includes(sign))
    );
  };
  return (named, value, context) => {
    if (publicName.test(named.name)) return undefined;
    const found = shapes.find((shape) => isKey(shape, value) && isMeant(shape, named, context));
    return found === undefined ? undefined : `${found.provider.id}/${found.format.id}`;
  };
};
