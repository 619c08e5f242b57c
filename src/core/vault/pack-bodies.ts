// Many JSON objects in few words (docs/vault-format-v1.md §8.1): member by member instead of object by object, so that names and
// values that thousands share stand there once. Knows nothing of what the members mean. The way back is unpack-bodies.ts.
import type { JsonObject, JsonValue } from '../model/json.ts';

/** A column, as it stands in the JSON text: its first item says which kind it is. */
export type Column =
  | readonly ['same', JsonValue]
  | readonly ['each', readonly JsonValue[]]
  | readonly ['some', readonly JsonValue[], readonly number[]]
  | readonly ['objects', readonly string[], readonly Column[]]
  | readonly ['lists', Column, Column]
  | readonly ['forms', readonly number[], readonly Column[]];

/** Beyond this many forms among the values of one column they are written down as they are. */
const mostForms = 64;
/** As deep as this columns are made of columns; what lies deeper is written down as it is. */
const deepest = 12;
/** A value has to come this often, on average, for a list of the different ones to be shorter. */
const worthNaming = 4;
/** The one name that no assignment makes a member of. */
export const impossibleName = '__proto__';

type Group = { readonly names: readonly string[] | 'list' | 'plain'; readonly values: JsonValue[] };

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const namesOf = (value: JsonValue): Group['names'] => {
  if (Array.isArray(value)) return 'list';
  if (!isObject(value)) return 'plain';
  const names = Object.keys(value);
  return names.includes(impossibleName) ? 'plain' : names;
};

const sameNames = (left: Group['names'], right: Group['names']): boolean => {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
};

type Groups = { readonly groups: readonly Group[]; readonly places: readonly number[] };

/** Values of one form together; null where the forms are too many. */
const groupByForm = (values: readonly JsonValue[]): Groups | null => {
  const groups: Group[] = [];
  const places: number[] = [];
  let at = 0;
  for (const value of values) {
    const names = namesOf(value);
    const before = groups[at];
    // Most values have the form of the one before.
    if (before === undefined || !sameNames(before.names, names)) {
      at = groups.findIndex((group) => sameNames(group.names, names));
      if (at < 0) at = groups.push({ names, values: [] }) - 1;
      if (at >= mostForms) return null;
    }
    groups[at]?.values.push(value);
    places.push(at);
  }
  return { groups, places };
};

const packPlain = (values: readonly JsonValue[]): Column => {
  const places = new Map<JsonValue, number>();
  const indexes: number[] = [];
  for (const value of values) {
    const place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    indexes.push(place);
  }
  const different = [...places.keys()];
  const [first] = different;
  if (different.length === 1 && first !== undefined) return ['same', first];
  return different.length * worthNaming <= values.length
    ? ['some', different, indexes]
    : ['each', [...values]];
};

const packLists = (lists: readonly (readonly JsonValue[])[], depth: number): Column => {
  if (lists.every((list) => list.length === 0)) return ['same', []];
  return ['lists', packPlain(lists.map((list) => list.length)), packColumn(lists.flat(1), depth + 1)];
};

const packGroup = ({ names, values }: Group, depth: number): Column => {
  if (names === 'plain') return packPlain(values);
  if (names === 'list') return packLists(values as readonly (readonly JsonValue[])[], depth);
  const objects = values as readonly JsonObject[];
  const columnOf = (name: string): Column =>
    packColumn(
      objects.map((object) => object[name] as JsonValue),
      depth + 1,
    );
  return ['objects', names, names.map(columnOf)];
};

const isPlain = (value: JsonValue): boolean => typeof value !== 'object' || value === null;

const packColumn = (values: readonly JsonValue[], depth: number): Column => {
  if (values.length === 0) return ['each', values];
  if (values.every(isPlain)) return packPlain(values);
  const grouped = depth > deepest ? null : groupByForm(values);
  if (grouped === null) return ['each', values];
  const { groups, places } = grouped;
  const columns = groups.map((group) => packGroup(group, depth));
  const [only] = columns;
  return columns.length === 1 && only !== undefined ? only : ['forms', places, columns];
};

/** All bodies as one column. */
export const packBodies = (bodies: readonly JsonObject[]): Column => packColumn(bodies, 0);
