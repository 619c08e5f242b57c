// The provider's ids of keys: texts or numbers that fit on a line. Where the value itself is all that a provider knows a key by, a handle
// of it stands for it outside of these rooms.
import { atPath } from '../../ask/decide.ts';
import { cleanText } from '../../ask/redact.ts';
import { effectiveValues } from '../../take-apart.ts';
import type { ProviderDefinition } from '../../provider.ts';
import type { Values } from '../remote-port.ts';
import { secretHandle } from '../secret-handle.ts';
import type { Part, TurnWay } from '../turn-definition.ts';

const maxIdLength = 500;

/** An id as it is kept; undefined where it is none. */
export const asId = (raw: unknown): string | undefined => {
  const text = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
  return typeof text === 'string' && text !== '' && text.length <= maxIdLength && cleanText(text) === text
    ? text
    : undefined;
};

/** A part of a text; the text where no part is named. */
export const partOf = (text: string, part: Part | undefined): string | undefined =>
  part === undefined ? text : text.split(part.by)[part.at];

/** What is told outside as the id of a key. */
export const toldId = (way: TurnWay, id: string): string =>
  way.list?.idIsSecret === true ? secretHandle(id) : id;

/** Where a value that is a JSON document is looked into. */
export const inDocument = (text: string, path: readonly (string | number)[]): unknown => {
  try {
    return atPath(JSON.parse(text), path);
  } catch {
    return undefined;
  }
};

/** Values of a key's secret fields, and the strings in which they stand. */
export const secretsIn = (definition: ProviderDefinition, values: Values | null): readonly string[] => {
  if (values === null) return [];
  const isOpen = (name: string): boolean =>
    definition.fields.find((field) => field.name === name)?.secret === false;
  const apart = effectiveValues(definition, values);
  return [
    ...new Set(
      [...Object.entries(values), ...Object.entries(apart)].flatMap(([name, value]) =>
        isOpen(name) || value === '' ? [] : [value],
      ),
    ),
  ];
};
