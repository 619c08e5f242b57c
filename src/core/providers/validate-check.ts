// Refuses a check that would do harm or lead nowhere: paths that change or cost something, rows for requests that do not exist,
// questions without end. Part of validate-provider.ts, for built-in definitions and for those from outside.
import type { CheckFacts, CheckRequest } from './asking.ts';
import { changingWordIn } from './changing-calls.ts';
import type { ProviderDefinition } from './provider.ts';

type Check = Extract<CheckFacts, { possible: true }>;

const maxWaitSeconds = 10;
const maxQuestions = 3;

const requestProblems = (definition: ProviderDefinition, check: Check, request: CheckRequest): string[] => {
  const problems: string[] = [];
  const word = (request.protocol ?? 'http') === 'http' ? changingWordIn(request.url) : undefined;
  if (word !== undefined) problems.push(`check calls ${request.url}: "${word}" changes or costs something`);
  if (check.neverCall.some((path) => request.url.includes(path)))
    problems.push(`check calls ${request.url}, which is on its own deny list`);
  const names = new Set(definition.fields.map((field) => field.name));
  for (const place of request.auth?.places ?? [])
    if (!names.has(place.field)) problems.push(`a request uses the undeclared field "${place.field}"`);
  const formats = new Set(definition.formats.map((format) => format.id));
  for (const id of request.formats ?? [])
    if (!formats.has(id)) problems.push(`a request is for the unknown format "${id}"`);
  if ((request.afterSeconds ?? 0) > maxWaitSeconds) problems.push('a question waits for too long');
  if (request.cost === 'credits' && check.scheduled === 'all')
    problems.push('a check that costs credits is asked unattended');
  return problems;
};

/** How many questions follow one after another from this request, itself included. */
const questionsFrom = (check: Check, id: string | undefined, seen: readonly string[]): number => {
  const follow = check.decisions.filter(
    (row) => row.ask !== undefined && (row.request === undefined || row.request === id),
  );
  if (seen.length > maxQuestions) return seen.length;
  return 1 + Math.max(0, ...follow.map((row) => questionsFrom(check, row.ask, [...seen, row.ask ?? ''])));
};

const rowProblems = (definition: ProviderDefinition, check: Check): string[] => {
  const ids = new Set(check.requests.map((request) => request.id));
  const known = (id: string | undefined): boolean => id === undefined || ids.has(id);
  const problems: string[] = [];
  for (const row of check.decisions) {
    if (!known(row.request)) problems.push(`a row is for the unknown request "${row.request}"`);
    if (!known(row.ask)) problems.push(`a row asks the unknown request "${row.ask}"`);
    const compared = row.otherClaim?.field;
    if (compared !== undefined && definition.fields.find(({ name }) => name === compared)?.secret !== false)
      problems.push(`a row compares "${compared}", which is no open field`);
    if (row.reason === '' || row.next === '') problems.push('a row without a reason or a next step');
  }
  for (const told of check.tells ?? [])
    if (!known(told.request))
      problems.push(`a telling is from the answer to the unknown request "${told.request}"`);
  if (check.requests.some((request) => questionsFrom(check, request.id, []) > maxQuestions))
    problems.push(`one check asks more than ${maxQuestions} questions`);
  return problems;
};

const fitsEverything: readonly string[] = ['state', 'reason', 'next', 'ask'];

/** Everything that is wrong with how a provider is asked, in words for its author. */
export const checkProblems = (definition: ProviderDefinition): string[] => {
  const { check } = definition;
  if (!check.possible) return [];
  const problems = check.requests.flatMap((request) => requestProblems(definition, check, request));
  if (check.decisions.length === 0) problems.push('a check needs a decision table');
  problems.push(...rowProblems(definition, check));
  const last = check.decisions[check.decisions.length - 1];
  if (last && Object.keys(last).some((name) => !fitsEverything.includes(name)))
    problems.push('the last row of a decision table must fit every answer');
  return problems;
};
