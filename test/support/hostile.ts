// Inputs that nobody honest sends: made from each call's own schema and then broken, or broken from the start. Everything here can
// cross structured clone, which is how a page, the shell and the agent really talk.
import fc, { type Arbitrary } from 'fast-check';
import type * as v from 'valibot';

/** As much of a valibot schema as is walked. */
type Walked = {
  readonly type: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly key?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly kind?: string;
  readonly pipe?: readonly {
    readonly type: string;
    readonly kind?: string;
    readonly requirement?: unknown;
  }[];
};

/** Texts that a schema's pattern asks for, by the pattern. */
export type Known = {
  /** Ids that exist, so that calls get further than the first look. */
  readonly ids: readonly string[];
  /** Where a call may write: never anywhere else. */
  readonly paths: readonly string[];
};

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u202e',
    '\ud800',
    '../../etc/passwd',
    '<img src=x onerror=alert(1)>',
    '$bytes',
  ),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
);

const idPattern = '^[0-9a-f]{32}$';

const textFor = (walked: Walked, known: Known): Arbitrary<unknown> => {
  const pattern = walked.pipe?.find(({ type }) => type === 'regex')?.requirement;
  if (pattern instanceof RegExp) {
    return pattern.source === idPattern
      ? fc.constantFrom(...known.ids)
      : fc.stringMatching(new RegExp(pattern.source.replace(/\*\$$/, '{0,12}$')));
  }
  const types = walked.pipe?.map(({ type }) => type) ?? [];
  if (types.includes('iso_date')) return fc.constantFrom('2026-11-22', '2031-02-28', '9999-12-31');
  // Only paths exclude a zero character.
  if (types.includes('excludes')) return fc.constantFrom(...known.paths);
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
    { weight: 1, arbitrary: texts },
  );
};

const objectFor = (entries: Readonly<Record<string, v.GenericSchema>>, known: Known): Arbitrary<unknown> => {
  const names = Object.keys(entries);
  const model = Object.fromEntries(
    names.map((name) => [name, inputFor(entries[name] as v.GenericSchema, known)]),
  );
  const needed = names.filter((name) => !(entries[name] as unknown as Walked).type.includes('optional'));
  return fc.record(model, { requiredKeys: needed });
};

/** An input of the form that a schema describes; what patterns and bounds ask for is mostly kept. */
export const inputFor = (schema: v.GenericSchema, known: Known): Arbitrary<unknown> => {
  const outer = schema as unknown as Walked;
  // Where one schema is piped into another, the last says what is asked for.
  const last = outer.pipe?.findLast((step, index) => step.kind === 'schema' && index > 0);
  const walked = (last ?? schema) as unknown as Walked;
  const inner = (each: v.GenericSchema | undefined): Arbitrary<unknown> =>
    each === undefined ? fc.constant(undefined) : inputFor(each, known);
  const byType: Readonly<Record<string, () => Arbitrary<unknown>>> = {
    string: () => textFor(walked, known),
    number: () =>
      fc.oneof(fc.nat(2_000), fc.constantFrom(0, 1, 30, -1, 1.5, Number.MAX_SAFE_INTEGER, Number.NaN)),
    boolean: () => fc.boolean(),
    picklist: () => fc.constantFrom(...(walked.options ?? [])),
    literal: () => fc.constant(walked.literal),
    array: () => fc.array(inner(walked.item), { maxLength: 4 }),
    record: () => fc.dictionary(inner(walked.key) as Arbitrary<string>, inner(walked.value), { maxKeys: 4 }),
    custom: () => fc.uint8Array({ minLength: 1, maxLength: 80 }),
    nullable: () =>
      fc.oneof({ weight: 3, arbitrary: inner(walked.wrapped) }, { weight: 1, arbitrary: fc.constant(null) }),
    exact_optional: () => inner(walked.wrapped),
    optional: () => inner(walked.wrapped),
    union: () => fc.oneof(...((walked.options ?? []) as v.GenericSchema[]).map(inner)),
    intersect: () =>
      fc
        .tuple(...((walked.options ?? []) as v.GenericSchema[]).map(inner))
        .map((parts) => Object.assign({}, ...(parts as object[])) as unknown),
    strict_object: () => objectFor(walked.entries ?? {}, known),
    loose_object: () => objectFor(walked.entries ?? {}, known),
    object: () => objectFor(walked.entries ?? {}, known),
  };
  return byType[walked.type]?.() ?? fc.constant(undefined);
};

const nested = (depth: number, list: boolean): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = list ? [value] : { id: value };
  return value;
};

const circle = (): unknown => {
  const ring: Record<string, unknown> = { id: 1 };
  ring['self'] = ring;
  ring['list'] = [ring, [ring]];
  return ring;
};

const ownProto = (value: unknown): unknown =>
  Object.defineProperty({}, '__proto__', { value, enumerable: true, configurable: true, writable: true });

/** Values made anew each time, since who gets bytes may wipe them. */
const odd: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => -0,
  () => 10n ** 30n,
  () => new Map<unknown, unknown>([['id', new Map()]]),
  () => new Set([1, '2']),
  () => new Date(Number.NaN),
  () => /(a+)+$/,
  () => new Error('an error of the caller'),
  () => new Float64Array([1, Number.NaN]),
  () => new DataView(new ArrayBuffer(8)),
  () => new ArrayBuffer(64),
  () => new SharedArrayBuffer(16),
  () => new Uint8Array(0),
  () => new Uint8Array(70_000),
  () => new BigInt64Array(2),
  () => Object.assign([1, 2], { id: 'x' }),
  // A list with holes: longer than what it holds.
  () => Object.assign([] as unknown[], { length: 100_000 }),
  () => Object.create(null) as unknown,
  () => Object.create({ id: 'inherited' }) as unknown,
  () => ({ [Symbol('id')]: 1 }),
  () => ownProto({ admin: true }),
  () => ({ constructor: { prototype: { polluted: true } } }),
  circle,
  () => nested(60, true),
  () => nested(5_000, false),
  () => nested(20_000, true),
  () => 'x'.repeat(3_000_000),
  () => '\ud83d'.repeat(10_000),
  () => Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${String(index)}`, index])),
  () => Array.from({ length: 200_000 }, (_, index) => index),
];

/** A value that no schema expects. */
export const hostile = (): Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...odd).map((make) => make()) },
    {
      weight: 1,
      arbitrary: fc.anything({
        withBigInt: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        maxDepth: 3,
      }),
    },
    { weight: 1, arbitrary: texts },
  );

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Puts `wrong` somewhere into a value: in the place of a member, beside the members, or instead of all. */
export const breakInput = (value: unknown, wrong: unknown, turns: readonly number[]): unknown => {
  const [turn = 0, ...rest] = turns;
  if (!isBranch(value) || turns.length === 0) return wrong;
  const names = Object.keys(value);
  if (names.length === 0 || turn % 5 === 0)
    return Object.assign(Array.isArray(value) ? [...value] : { ...value }, { more: wrong });
  const name = names[turn % names.length] as string;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  copy[name] = breakInput(value[name], wrong, rest);
  return copy;
};
