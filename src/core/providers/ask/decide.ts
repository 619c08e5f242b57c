// Reads an answer by the provider's decision table, row by row from the top. The answer is untrusted: it is looked into, and no
// word of it goes into what is said. docs/checking.md §1.5.
import type { CheckRequest, DecisionRow, JsonPath } from '../asking.ts';
import type { AskableCheck } from './choose.ts';
import { readClaims } from './claims.ts';
import type { Said } from './question.ts';

/** An answer as rows look at it. For servers of one's own, `status` is 200 for a login that was taken and 401 for one that was not. */
export type Answer = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  /** The bounded body, decoded. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Makes an answer of bytes: UTF-8 with replacement, JSON where it is. */
export const readAnswer = (
  status: number,
  headers: ReadonlyMap<string, string>,
  body: Uint8Array,
): Answer => {
  const text = new TextDecoder('utf-8').decode(body);
  return { status, headers, text, json: parse(text) };
};

/** What stands at a place; undefined where nothing does. Names that every object has are no part of an answer. */
export const atPath = (json: unknown, path: JsonPath): unknown => {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
};

const fitsJson = (wanted: DecisionRow['json'], answer: Answer): boolean => {
  if (wanted === undefined) return true;
  const value = atPath(answer.json, wanted.path);
  return wanted.is === undefined ? value !== undefined && value !== null : value === wanted.is;
};

const has = (text: string, wanted: string): boolean => text.toLowerCase().includes(wanted.toLowerCase());

const fitsHeader = (wanted: DecisionRow['header'], answer: Answer): boolean => {
  if (wanted === undefined) return true;
  const value = answer.headers.get(wanted.name.toLowerCase());
  return value !== undefined && (wanted.has === undefined || has(value, wanted.has));
};

/** Values of the key by field name. */
export type FieldValues = Readonly<Record<string, string>>;

/** Ids are the same in capitals; a claim that is not there says nothing. */
const fitsClaim = (wanted: DecisionRow['otherClaim'], answer: Answer, values: FieldValues): boolean => {
  if (wanted === undefined) return true;
  const field = values[wanted.field] ?? '';
  const token = atPath(answer.json, wanted.json);
  const claim = typeof token === 'string' ? atPath(readClaims(token), [wanted.jwt]) : undefined;
  return field !== '' && typeof claim === 'string' && claim.toLowerCase() !== field.toLowerCase();
};

/** Whether every condition of a row fits an answer to a request. */
export const fitsRow = (
  row: DecisionRow,
  request: Pick<CheckRequest, 'id'>,
  answer: Answer,
  values: FieldValues = {},
): boolean =>
  (row.request === undefined || row.request === request.id) &&
  (row.status === undefined || row.status === answer.status) &&
  (row.statusFrom === undefined || answer.status >= row.statusFrom) &&
  (row.statusTo === undefined || answer.status <= row.statusTo) &&
  (row.bodyHas === undefined || has(answer.text, row.bodyHas)) &&
  fitsJson(row.json, answer) &&
  fitsHeader(row.header, answer) &&
  fitsClaim(row.otherClaim, answer, values);

export type Decision = Said & {
  /** Id of the request that is to be asked next. */
  readonly ask: string | undefined;
  /** Place of the row in the table; -1 where none fits. */
  readonly row: number;
};

const nothingSaid: Decision = {
  state: 'unreachable',
  reason: 'The answer says nothing about the key.',
  next: 'Check again later; your key is unchanged.',
  ask: undefined,
  row: -1,
};

/** The first row that fits decides. */
export const decide = (
  check: Pick<AskableCheck, 'decisions'>,
  request: Pick<CheckRequest, 'id'>,
  answer: Answer,
  values: FieldValues = {},
): Decision => {
  const at = check.decisions.findIndex((row) => fitsRow(row, request, answer, values));
  const row = check.decisions[at];
  if (row === undefined) return nothingSaid;
  const { state, reason, next, ask } = row;
  return { state, reason, next, ask, row: at };
};
