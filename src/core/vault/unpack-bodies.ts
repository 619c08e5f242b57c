// From the columns of pack-bodies.ts back to objects. What many share is one frozen value; the objects themselves are each their own.
// Throws RangeError where the columns are not what the page says: whoever calls has the rows to fall back on.
import type { JsonObject, JsonValue } from '../model/json.ts';
import { copyOften, emptyObject, putEach, type Turns } from './many-objects.ts';
import { impossibleName } from './pack-bodies.ts';

type Unpack = (column: readonly unknown[], count: number, turns: Turns) => readonly JsonValue[];

/** More items than this in the lists of all bodies together are no writer's doing. */
const mostItems = 2 ** 24;

const refuse = (): never => {
  throw new RangeError('the columns do not fit together');
};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : refuse());

const freezeAll = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value as JsonObject)) freezeAll(item);
  return Object.freeze(value);
};

const sharedValue = (column: readonly unknown[]): JsonValue => {
  const [, value] = column;
  return value === undefined ? refuse() : freezeAll(value as JsonValue);
};

const unpackSame: Unpack = (column, count) => {
  const value = sharedValue(column);
  return Array.from({ length: count }, () => value);
};

const unpackEach: Unpack = ([, values], count) => {
  const list = asList(values) as readonly JsonValue[];
  return list.length === count ? list : refuse();
};

const unpackSome: Unpack = ([, different, indexes], count) => {
  const values = asList(different).map((value) => freezeAll(value as JsonValue));
  const places = asList(indexes);
  if (places.length !== count) return refuse();
  return places.map((place) => {
    const value = values[place as number];
    return value === undefined ? refuse() : value;
  });
};

const unpackObjects: Unpack = ([, names, columns], count, turns) => {
  const members = asList(names).map((name) =>
    typeof name === 'string' && name !== impossibleName ? name : refuse(),
  );
  const all = asList(columns).map(asList);
  if (members.length !== all.length) return refuse();
  const template = emptyObject(members);
  for (const [at, name] of members.entries())
    if (all[at]?.[0] === 'same') template[name] = sharedValue(all[at]);
  const objects = copyOften(template, count, turns);
  for (const [at, name] of members.entries()) {
    const column = all[at] ?? refuse();
    if (column[0] !== 'same') putEach(objects, name, unpackColumn(column, count, turns), turns);
  }
  return objects;
};

const unpackLists: Unpack = ([, lengths, items], count, turns) => {
  const sizes = unpackColumn(asList(lengths), count, turns);
  let total = 0;
  for (const size of sizes) {
    if (!Number.isSafeInteger(size) || (size as number) < 0) return refuse();
    total += size as number;
  }
  if (total > mostItems) return refuse();
  const all = unpackColumn(asList(items), total, turns);
  let from = 0;
  return sizes.map((size) => {
    const list = all.slice(from, from + (size as number));
    from += size as number;
    return list;
  });
};

const unpackForms: Unpack = ([, places, columns], count, turns) => {
  const which = asList(places);
  const all = asList(columns).map(asList);
  if (which.length !== count) return refuse();
  const counts = all.map(() => 0);
  for (const place of which) counts[place as number] = (counts[place as number] ?? refuse()) + 1;
  const values = all.map((column, at) => unpackColumn(column, counts[at] as number, turns));
  const next = all.map(() => 0);
  return which.map((place) => {
    const at = next[place as number] as number;
    next[place as number] = at + 1;
    return values[place as number]?.[at] as JsonValue;
  });
};

const kinds: Readonly<Record<string, Unpack>> = {
  same: unpackSame,
  each: unpackEach,
  some: unpackSome,
  objects: unpackObjects,
  lists: unpackLists,
  forms: unpackForms,
};

const unpackColumn: Unpack = (column, count, turns) => {
  const [kind] = column;
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) return refuse();
  return kinds[kind]?.(column, count, turns) ?? refuse();
};

/**
 * The bodies, in order.
 * @throws RangeError where the column is not one of `count` objects
 */
export const unpackBodies = (column: unknown, count: number): readonly JsonObject[] => {
  const bodies = unpackColumn(asList(column), count, { copy: 0, put: 0 });
  for (const body of bodies)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse();
  return bodies as readonly JsonObject[];
};
