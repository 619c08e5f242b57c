// Answers made from the rows of a decision table: for a row the answer that has what it asks for and nothing else, so that a test
// can say of every row whether it can be reached at all.
import type { CheckRequest, DecisionRow, JsonPath } from '../../src/core/providers/asking.ts';
import { readAnswer, type Answer } from '../../src/core/providers/ask/decide.ts';

type Check = { readonly requests: readonly CheckRequest[]; readonly decisions: readonly DecisionRow[] };

const valueAt = (path: JsonPath, value: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'string') return { [step]: valueAt(rest, value) };
  return [...Array.from({ length: step }, () => null), valueAt(rest, value)];
};

/** A status that the row allows and that its neighbours do not name, where it names none. */
const statusOf = (row: DecisionRow, check: Check): number => {
  if (row.status !== undefined) return row.status;
  const named = new Set(check.decisions.map((entry) => entry.status));
  const from = row.statusFrom ?? 418;
  const to = row.statusTo ?? from + 40;
  for (let status = from; status <= to; status += 1) if (!named.has(status)) return status;
  return from;
};

/** A body that holds the row's text and its place in JSON. */
const bodyOf = (row: DecisionRow): string => {
  if (row.otherClaim !== undefined) {
    const claims = btoa(JSON.stringify({ [row.otherClaim.jwt]: 'another' }));
    return JSON.stringify(valueAt(row.otherClaim.json, `x.${claims}.x`));
  }
  if (row.json === undefined) return row.bodyHas ?? '';
  const json = valueAt(row.json.path, row.json.is ?? 'something');
  if (row.bodyHas === undefined || JSON.stringify(json).toLowerCase().includes(row.bodyHas.toLowerCase()))
    return JSON.stringify(json);
  return Array.isArray(json)
    ? JSON.stringify([...(json as readonly unknown[]), row.bodyHas])
    : JSON.stringify({ ...(json as object), synthetic: row.bodyHas });
};

/** The answer that a row describes. */
export const answerFor = (row: DecisionRow, check: Check): Answer => {
  const headers = new Map<string, string>();
  if (row.header) headers.set(row.header.name.toLowerCase(), row.header.has ?? 'something');
  return readAnswer(statusOf(row, check), headers, new TextEncoder().encode(bodyOf(row)));
};

/** Fields of a key that the row may be about. */
export const valuesFor = (row: DecisionRow): Readonly<Record<string, string>> =>
  row.otherClaim === undefined ? {} : { [row.otherClaim.field]: 'this one' };

/** Requests whose answers the row may be about. */
export const requestsOf = (row: DecisionRow, check: Check): readonly CheckRequest[] =>
  check.requests.filter((request) => row.request === undefined || row.request === request.id);
