// What an answer to a call means for the turn: done, refused with a meaning, or nothing that says so. The answer is untrusted: it is looked
// into, and no word of it goes into what is said. docs/rotation.md §3.3.
import { atPath, type Answer } from '../../ask/decide.ts';
import { waitAskedFor } from '../../ask/retry-after.ts';
import { namesIn, textsOfCall } from '../names.ts';
import type { Heard } from '../remote-port.ts';
import { serverRefusals } from '../server-refusals.ts';
import type { HttpCall, Refusal, ServerCall } from '../turn-definition.ts';
import { readXml } from './xml.ts';

/** Longer than this nobody waits for an answer that says so. */
const longestWaitMs = 86_400_000;

const xmlType = /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i;

/** An answer whose body is XML, as JSON of the same would be. */
export const withXml = (answer: Answer): Answer =>
  answer.json === undefined && xmlType.test(answer.headers.get('content-type') ?? '')
    ? { ...answer, json: readXml(answer.text) }
    : answer;

type IsAt = { readonly path: readonly (string | number)[]; readonly is: string | number | boolean | null };

/** A place that is not there counts as null. */
export const isAt = ({ path, is }: IsAt, json: unknown): boolean => (atPath(json, path) ?? null) === is;

const fits = (row: Refusal, { status, text, json }: Answer): boolean => {
  const value = row.json === undefined ? undefined : atPath(json, row.json.path);
  return (
    (row.status === undefined || row.status === status) &&
    (row.statusFrom === undefined || status >= row.statusFrom) &&
    (row.statusTo === undefined || status <= row.statusTo) &&
    (row.bodyHas === undefined || text.toLowerCase().includes(row.bodyHas.toLowerCase())) &&
    (row.json === undefined ||
      (row.json.is === undefined ? value !== undefined && value !== null : value === row.json.is))
  );
};

const tooOften = {
  means: 'wait',
  reason: 'The provider asks to wait: too many requests, or it is busy.',
  next: 'Nothing to do: it is asked again after the time it names.',
} as const;

/** For what a turn's own rows do not name. */
const usualRefusals = (isAboutId: boolean): readonly Refusal[] => [
  ...[401, 403].map((status): Refusal => ({
    status,
    means: 'no-permission',
    reason: 'The provider does not let the key that asked do this.',
    next: 'Check that key, and look what it may do at the provider.',
  })),
  {
    status: 404,
    means: isAboutId ? 'gone' : 'refused',
    reason: isAboutId
      ? 'The provider knows no such key (any more).'
      : 'The provider does not know this call.',
    next: isAboutId ? 'Look at its list of keys.' : 'Look whether the base URL and the inputs are right.',
  },
  ...[400, 409, 422].map((status): Refusal => ({
    status,
    means: 'wrong-input',
    reason: 'The provider does not take what was said.',
    next: 'Look at what was put in for this turn; else turn the key by hand.',
  })),
  { status: 429, ...tooOften },
];

const refused = (
  row: Pick<Refusal, 'means' | 'reason' | 'next'>,
  answer: Answer,
  nowMs: number,
): Heard<never> => {
  const asked = waitAskedFor(answer.headers, nowMs);
  return {
    kind: 'refused',
    means: row.means,
    reason: row.reason,
    next: row.next,
    againInMs: asked === undefined ? null : Math.min(asked, longestWaitMs),
  };
};

/** Sent, and nobody can tell from the answer what came of it. */
export const unknownAnswer: Heard<never> = {
  kind: 'lost',
  reason: 'The provider gave an answer that does not say what was done.',
  next: 'Nothing to do: it is found out what came of it.',
};

const isSuccess = ({ success, successJson }: HttpCall, { status, json }: Answer): boolean =>
  success.includes(status) && (successJson === undefined || isAt(successJson, json));

/** @param answer as `withXml` gives it; `done` gives it back */
export const hearHttp = (call: HttpCall, answer: Answer, nowMs: number): Heard<Answer> => {
  if (isSuccess(call, answer)) return { kind: 'done', value: answer };
  const isAboutId = textsOfCall(call)
    .flatMap(namesIn)
    .some(({ name }) => name === 'id' || name === 'oldId');
  const row = [...call.refusals, ...usualRefusals(isAboutId)].find((each) => fits(each, answer));
  if (row !== undefined) return refused(row, answer, nowMs);
  return answer.status === 503 && waitAskedFor(answer.headers, nowMs) !== undefined
    ? refused(tooOften, answer, nowMs)
    : unknownAnswer;
};

/** Servers of one's own: 200 for what was taken, 401 for what was not, as for a login. */
export const hearServer = (call: ServerCall, answer: Answer, nowMs: number): Heard<Answer> => {
  if (answer.status === 200) return { kind: 'done', value: answer };
  const row = serverRefusals[call.protocol].find((each) => fits(each, answer));
  return row === undefined ? unknownAnswer : refused(row, answer, nowMs);
};
