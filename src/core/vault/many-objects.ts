// Makes many objects of one form quickly. V8 keeps what it learns about objects with the line that handles them: a line that meets one
// form and one name runs ten times as fast as one that meets them all. Hence the same line several times; each column takes the next.
import type { JsonValue } from '../model/json.ts';

export type Writable = Record<string, JsonValue>;

type Copy = (object: Writable) => Writable;
type Put = (objects: readonly Writable[], name: string, values: readonly JsonValue[]) => void;

const copies: readonly Copy[] = [
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
];

const puts: readonly Put[] = [
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
  (objects, name, values) => objects.forEach((object, at) => void (object[name] = values[at] as JsonValue)),
];

/** Which lines come next. One for each unpacking, so that the same columns meet the same lines. */
export type Turns = { copy: number; put: number };

/** An object with these members, all null: V8 copies one that came from JSON.parse a hundred times as fast as one made member by member. */
export const emptyObject = (names: readonly string[]): Writable =>
  JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`) as Writable;

/** That many copies of an object. */
export const copyOften = (template: Writable, count: number, turns: Turns): Writable[] => {
  const copy = copies[turns.copy++ % copies.length] as Copy;
  return Array.from({ length: count }, () => copy(template));
};

/** Gives each object its own value of one member that all have. */
export const putEach = (
  objects: readonly Writable[],
  name: string,
  values: readonly JsonValue[],
  turns: Turns,
): void => {
  (puts[turns.put++ % puts.length] as Put)(objects, name, values);
};
