// The part of JSON Schema that the providers' descriptions use, no more: a word that it does not know stops the test. In a request an entry
// that is not described is a mistake; in an answer it is one of ours, since the servers here say nothing but what is described.
export type Schema = {
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly uniqueItems?: boolean;
};

const known: ReadonlySet<string> = new Set([
  'type',
  'nullable',
  'properties',
  'required',
  'items',
  'enum',
  'anyOf',
  'oneOf',
  'allOf',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'uniqueItems',
]);

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
/** Formats that mean something here; the others (int64, unixtime) are words about a number. */
const formats: Readonly<Record<string, (value: string) => boolean>> = {
  uuid: (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  'date-time': (value) => isoDate.test(value),
  'date-time-rfc-2822': (value) => /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/.test(value),
  uri: (value) => URL.canParse(value),
  email: (value) => value.includes('@'),
};

const typesOf = ({ type, nullable }: Schema): readonly string[] | undefined => {
  if (type === undefined) return undefined;
  const list = typeof type === 'string' ? [type] : type;
  return nullable === true ? [...list, 'null'] : list;
};

const objectProblems = (value: Json, schema: Schema, at: string): readonly string[] => [
  ...(schema.required ?? []).flatMap((name) =>
    Object.hasOwn(value, name) ? [] : [`${at}.${name} is missing`],
  ),
  ...Object.entries(value).flatMap(([name, entry]) => {
    const described = schema.properties?.[name];
    if (described !== undefined) return problemsOf(entry, described, `${at}.${name}`);
    return schema.properties === undefined ? [] : [`${at}.${name} is not described`];
  }),
];

const textProblems = (value: string, schema: Schema, at: string): readonly string[] => [
  ...(value.length < (schema.minLength ?? 0) ? [`${at} is too short`] : []),
  ...(value.length > (schema.maxLength ?? Infinity) ? [`${at} is too long`] : []),
  ...(schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)
    ? [`${at} has not the form ${schema.pattern}`]
    : []),
  ...(schema.format !== undefined && formats[schema.format]?.(value) === false
    ? [`${at} is no ${schema.format}`]
    : []),
];

/** Everything described by all parts together, as one. */
const merged = (parts: readonly Schema[]): Schema => ({
  type: 'object',
  properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as Record<string, Schema>,
  required: parts.flatMap(({ required }) => required ?? []),
});

/** What is wrong with a value; empty where nothing is. Never says the value itself: it may be a secret. */
export const problemsOf = (value: unknown, schema: Schema, at = 'body'): readonly string[] => {
  const unknown = Object.keys(schema).find((word) => !known.has(word));
  if (unknown !== undefined) throw new Error(`the schema says "${unknown}", which this test does not know`);
  if (schema.allOf !== undefined) return problemsOf(value, merged(schema.allOf), at);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined)
    return choices.some((each) => problemsOf(value, each, at).length === 0) ? [] : [`${at} fits no choice`];
  const wanted = typesOf(schema);
  if (wanted !== undefined && !wanted.some((type) => types[type]?.(value) === true))
    return [`${at} is not ${wanted.join(' or ')}`];
  if (value === null) return [];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at} is none of the described`];
  if (typeof value === 'string') return textProblems(value, schema, at);
  if (typeof value === 'number')
    return value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)
      ? [`${at} is out of bounds`]
      : [];
  if (Array.isArray(value))
    return value.flatMap((each, index) =>
      schema.items === undefined ? [] : problemsOf(each, schema.items, `${at}[${String(index)}]`),
    );
  return isObject(value) ? objectProblems(value, schema, at) : [];
};

/** A text of an address or a form as the schema's type, so that `integer` and `boolean` can be looked at. */
export const fromText = (text: string, schema: Schema): unknown => {
  const wanted = typesOf(schema) ?? [];
  if ((wanted.includes('integer') || wanted.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text))
    return Number(text);
  return wanted.includes('boolean') && (text === 'true' || text === 'false') ? text === 'true' : text;
};
