// Turns a schema of the contract into a check that only says yes or no: valibot makes an object for each value it looks at, which for
// a list of 10,000 keys costs more than everything else of it. Every value is still checked against everything the schema says; a kind
// of schema that is not known here is left to valibot (test/unit/guard-of.test.ts holds the two against each other).
import * as v from 'valibot';

export type Check = (value: unknown) => boolean;
type AnySchema = v.GenericSchema;

type Loose = {
  readonly type: string;
  readonly item?: AnySchema;
  readonly wrapped?: AnySchema;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly options?: readonly unknown[];
  readonly fallback?: unknown;
  readonly pipe?: readonly [AnySchema, ...(readonly Action[])];
};

type Action = { readonly kind: string; readonly type: string; readonly requirement?: unknown };

/** A check of a value that has the type already, or null where valibot must be asked. */
type MakeCheck = (requirement: unknown) => Check;

const lengthOf = (value: unknown): number => (value as { readonly length: number }).length;

const actions: Readonly<Record<string, MakeCheck>> = {
  regex: (pattern) => (value) => (pattern as RegExp).test(value as string),
  iso_date: (pattern) => (value) => (pattern as RegExp).test(value as string),
  check: (passes) => passes as Check,
  integer: () => Number.isInteger,
  min_value: (least) => (value) => (value as number) >= (least as number),
  min_length: (least) => (value) => lengthOf(value) >= (least as number),
  max_length: (most) => (value) => lengthOf(value) <= (most as number),
};

/** Schemas whose own class has no state of its own: what they ask stands in their type. */
const plain: Readonly<Record<string, Check>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && !Number.isNaN(value),
};

const byValibot =
  (schema: AnySchema): Check =>
  (value) =>
    v.is(schema, value);

const ofArray = (item: AnySchema): Check => {
  const check = guardOf(item);
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const each of value) if (!check(each)) return false;
    return true;
  };
};

/** Entries that may be absent have rules of their own. */
const isAlwaysThere = ({ type }: AnySchema): boolean =>
  Object.hasOwn(plain, type) || ['strict_object', 'array', 'picklist', 'nullable'].includes(type);

const ofStrictObject = (entries: Readonly<Record<string, AnySchema>>): Check | null => {
  if (!Object.values(entries).every(isAlwaysThere)) return null;
  const names = Object.keys(entries);
  const checks = Object.values(entries).map(guardOf);
  const known = new Set(names);
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const holder = value as Readonly<Record<string, unknown>>;
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] as string;
      if (!(name in holder) || !(checks[at] as Check)(holder[name])) return false;
    }
    for (const name in holder) if (!known.has(name)) return false;
    return true;
  };
};

/** Only of a plain value, so that what each action looks at is that value; `trim` alone may change it on the way. */
const ofPlainPipe = (isType: Check, rest: readonly Action[]): Check | null => {
  const checks: (Check | 'trim')[] = [];
  for (const { kind, type, requirement } of rest) {
    const make = kind === 'validation' && Object.hasOwn(actions, type) ? actions[type] : undefined;
    if (make !== undefined) checks.push(make(requirement));
    else if (type === 'trim') checks.push('trim');
    else return null;
  }
  return (value) => {
    if (!isType(value)) return false;
    let now = value;
    for (const check of checks)
      if (check === 'trim') now = (now as string).trim();
      else if (!check(now)) return false;
    return true;
  };
};

const ofPipe = ([schema, ...rest]: readonly [AnySchema, ...(readonly Action[])]): Check | null => {
  const { type, pipe, fallback } = schema as unknown as Loose;
  const isType = Object.hasOwn(plain, type) && pipe === undefined ? plain[type] : undefined;
  return isType === undefined || fallback !== undefined ? null : ofPlainPipe(isType, rest);
};

const made = (schema: AnySchema): Check | null => {
  const { type, item, wrapped, entries, options, pipe, fallback } = schema as unknown as Loose;
  if (fallback !== undefined) return null;
  if (pipe !== undefined) return ofPipe(pipe);
  if (Object.hasOwn(plain, type)) return plain[type] ?? null;
  if (type === 'array' && item !== undefined) return ofArray(item);
  if (type === 'strict_object' && entries !== undefined) return ofStrictObject(entries);
  if (type === 'picklist' && options !== undefined) return (value) => options.includes(value);
  if (type !== 'nullable' || wrapped === undefined) return null;
  const check = guardOf(wrapped);
  return (value) => value === null || check(value);
};

const known = new WeakMap<AnySchema, Check>();

/** Whether a value is what the schema describes, as `v.is` says it. */
export const guardOf = (schema: AnySchema): Check => {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const check = made(schema) ?? byValibot(schema);
  known.set(schema, check);
  return check;
};
