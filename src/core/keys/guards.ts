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

// Loops instead of every(): these run for each entry of each of 10,000 records before the first list is shown.

export const isListOf =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!guard(item)) return false;
    return true;
  };

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isRecordOf =
  <T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> => {
    if (!isPlainObject(value)) return false;
    for (const item of Object.values(value)) if (!guard(item)) return false;
    return true;
  };

/** An object that has exactly the given entries. JSON holds no undefined, so an entry that is undefined is absent. */
export const isShape = <S extends Shape>(shape: S): Guard<Shaped<S>> => {
  const entries = Object.entries(shape);
  return (value): value is Shaped<S> => {
    if (!isPlainObject(value) || Object.keys(value).length !== entries.length) return false;
    for (const [name, guard] of entries) {
      const item = value[name];
      if (item === undefined || !guard(item)) return false;
    }
    return true;
  };
};
