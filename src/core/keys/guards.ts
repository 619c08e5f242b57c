// Small total checks for JSON that was written by us or by a later version of us. A check says yes or no: stored records
// are authenticated, so a "no" means another format, never something to repair.
export type Guard<T> = (value: unknown) => value is T;

type Shape = { readonly [name: string]: Guard<unknown> };
type Shaped<S extends Shape> = { readonly [K in keyof S]: S[K] extends Guard<infer T> ? T : never };

export const isText: Guard<string> = (value): value is string => typeof value === 'string';
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
export const isCount: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** A number or a text of a closed list. */
export const isOneOf =
  <const T extends string>(values: readonly T[]): Guard<T> =>
  (value): value is T =>
    (values as readonly unknown[]).includes(value);

export const isNullOr =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value);

export const isListOf =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(guard);

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isRecordOf =
  <T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isPlainObject(value) && Object.values(value).every(guard);

/** An object that has exactly the given entries. */
export const isShape = <S extends Shape>(shape: S): Guard<Shaped<S>> => {
  const entries = Object.entries(shape);
  return (value): value is Shaped<S> =>
    isPlainObject(value) &&
    Object.keys(value).length === entries.length &&
    entries.every(([name, guard]) => Object.hasOwn(value, name) && guard(value[name]));
};
