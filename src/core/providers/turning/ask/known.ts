// What the names in braces of a call stand for, in the order of docs/rotation.md §3.2. Values come from people, files and answers: where
// they are put, they are encoded by whoever puts them there.
import type { JsonValue } from '../../../model/json.ts';
import { lookUp } from '../../ask/address.ts';
import { say, type OrSaid, type Reach } from '../../ask/question.ts';
import type { ProviderDefinition } from '../../provider.ts';
import { builtInNames, type BraceName } from '../names.ts';
import type { Values } from '../remote-port.ts';
import type { TurnInput } from '../turn-definition.ts';

export type Known = {
  /** Provider of the key that is turned, and how it is reached. */
  readonly definition: ProviderDefinition;
  readonly reach: Reach;
  /** The key that is turned: what of it is no secret is known by its name. Taken apart, usual values filled in. */
  readonly values: Values;
  /** The turn's own names; one that is not known is missing. */
  readonly own: Readonly<Record<string, JsonValue | undefined>>;
  readonly inputs: readonly TurnInput[];
  readonly given: Values;
  /** As JSON text. */
  readonly learnt: Values;
  /** Fields of the keys, taken apart; null where there is no such key at this point, or its values are not at hand. */
  readonly fields: Readonly<Record<'old' | 'new' | 'manager', Values | null>>;
};

const found = (value: JsonValue | undefined): OrSaid<JsonValue | undefined> => ({ ok: true, value });

const missing = (what: string, next: string): OrSaid<never> =>
  say('not-checkable', `${what}, and the call needs it.`, next);

const ownWords: Readonly<Record<string, string>> = {
  mark: 'The new key has no name yet',
  id: 'It is not known which key at the provider is meant',
  oldId: 'It is not known which key at the provider is the old one',
  newId: 'It is not known which key at the provider is the new one',
};

/** What was learnt, as it was told; undefined where it cannot be read. */
export const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};

const ofKey = (
  { fields }: Known,
  of: 'old' | 'new' | 'manager',
  field: string,
): OrSaid<JsonValue | undefined> => {
  const value = fields[of]?.[field] ?? '';
  return value === ''
    ? missing(`The ${of} key’s ${field} is not at hand`, 'Look whether the key has it, then go on.')
    : found(value);
};

const named = (known: Known, name: string): OrSaid<JsonValue | undefined> => {
  if (builtInNames.has(name)) {
    const value = known.own[name];
    return value === undefined
      ? missing(ownWords[name] ?? 'The new key has no wished end', 'Begin again, and say it in the plan.')
      : found(value);
  }
  const given = known.given[name] ?? '';
  if (given !== '') return found(given);
  if (Object.hasOwn(known.learnt, name)) {
    const learnt = parsed(known.learnt[name] ?? '');
    if (learnt !== undefined) return found(learnt);
  }
  const input = known.inputs.find((each) => each.name === name);
  if (input !== undefined) return missing(`${input.label} is not given`, input.help);
  const { definition, reach, values } = known;
  const isTheirs = [...definition.fields, ...definition.settings].some((each) => each.name === name);
  if (!isTheirs) return missing(`The provider did not tell "${name}"`, 'Turn the key by hand.');
  return lookUp(
    { definition, reach, prepared: { values, format: undefined, kind: 'unknown' }, places: [] },
    name,
  );
};

/** What stands for a name; undefined for one with a question mark that nothing is known by. */
export const know = (known: Known, name: BraceName): OrSaid<JsonValue | undefined> => {
  const value = name.of === null ? named(known, name.bare) : ofKey(known, name.of, name.bare);
  return value.ok || !name.optional ? value : found(undefined);
};

/** As a part of a text. Lists and objects cannot be one. */
export const knowText = (known: Known, name: BraceName): OrSaid<string> => {
  const value = know(known, name);
  if (!value.ok) return value;
  return typeof value.value === 'object' || value.value === undefined
    ? say(
        'not-checkable',
        `What is known as ${name.name} cannot be a part of a text.`,
        'Correct the turn file.',
      )
    : { ok: true, value: String(value.value) };
};
