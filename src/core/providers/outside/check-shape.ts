// The shape of how a provider is asked, in a JSON document: asking.ts once more, as rules with bounds.
import {
  checkStates,
  protocols,
  signings,
  toldFacts,
  type AuthPlace,
  type AuthScheme,
  type CheckFacts,
  type CheckRequest,
  type DecisionRow,
  type Telling,
} from '../asking.ts';
import { boolean, either, integer, list, object, oneOf, table, text, type Rule } from './shape.ts';
import { address, id, kinds, line, word, words } from './words.ts';

type Possible = Extract<CheckFacts, { possible: true }>;

const status = integer(0, 999);
const headerName = /^[A-Za-z][\w-]{0,60}$/;
const headerValue = text(200, 0, { pattern: /^[ -~]*$/, words: 'plain characters' });

const place = object<AuthPlace>({
  in: oneOf(['header', 'form', 'json', 'basic-user', 'basic-password', 'query', 'path']),
  name: text(60),
  prefix: headerValue,
  field: word('a field'),
  required: boolean,
});
/** Which field goes where. */
export const authShape = object<AuthScheme>({ places: list(place, 10), note: { optional: words } });

const request = object<CheckRequest>({
  id: { optional: id },
  environment: line,
  kinds,
  formats: { optional: list(id, 30, 1) },
  protocol: { optional: oneOf(protocols) },
  method: oneOf(['GET', 'POST', 'HEAD']),
  url: address,
  headers: { optional: table(headerName, headerValue, 20) },
  body: {
    optional: object<NonNullable<CheckRequest['body']>>({
      type: oneOf(['form', 'json', 'multipart']),
      entries: table(/^.{1,60}$/, text(1_000), 20),
    }),
  },
  auth: { optional: authShape },
  signing: { optional: oneOf(signings) },
  afterSeconds: { optional: integer(1, 10) },
  cost: oneOf(['none', 'quota', 'credits', 'session']),
});

const step: Rule = (value, where, problems) =>
  (typeof value === 'number' ? integer(0, 1_000) : text(100, 1))(value, where, problems);
const jsonPath = list(step, 10);
const scalar: Rule = (value, where, problems) => {
  if (typeof value === 'string') text(200)(value, where, problems);
  else if (typeof value !== 'number' && typeof value !== 'boolean')
    problems.push(`${where}: should be text, a number, true or false`);
};

const decision = object<DecisionRow>({
  request: { optional: id },
  status: { optional: status },
  statusFrom: { optional: status },
  statusTo: { optional: status },
  bodyHas: { optional: text(200, 1) },
  json: {
    optional: object<NonNullable<DecisionRow['json']>>({ path: jsonPath, is: { optional: scalar } }),
  },
  header: {
    optional: object<NonNullable<DecisionRow['header']>>({
      name: text(60, 1, { pattern: headerName, words: 'a header' }),
      has: { optional: text(200, 1) },
    }),
  },
  otherClaim: {
    optional: object<NonNullable<DecisionRow['otherClaim']>>({
      json: jsonPath,
      jwt: line,
      field: word('a field'),
    }),
  },
  state: oneOf(checkStates),
  reason: words,
  next: words,
  ask: { optional: id },
});

const telling = object<Telling>({
  fact: oneOf(toldFacts),
  request: { optional: id },
  from: either([
    {
      tell: 'jwt',
      rule: object<{ jwt: string; json: unknown }>({ jwt: line, json: { optional: jsonPath } }),
    },
    {
      tell: 'json',
      rule: object<{ json: unknown; each: string }>({ json: jsonPath, each: { optional: line } }),
    },
    { tell: 'header', rule: object<{ header: string }>({ header: line }) },
  ]),
  as: oneOf(['date', 'epoch-seconds', 'epoch-ms', 'seconds-from-now', 'text', 'list', 'words', 'names']),
});

/** How a provider is asked, or why it cannot be. */
export const checkShape = either([
  {
    tell: 'possible',
    is: false,
    rule: object<{ possible: false; why: string }>({ possible: oneOf([false]), why: words }),
  },
  {
    tell: 'possible',
    is: true,
    rule: object<Possible>({
      possible: oneOf([true]),
      requests: list(request, 20, 1),
      neverCall: list(text(200, 1), 100),
      scheduled: oneOf(['all', 'test-only', 'opt-in', 'never']),
      decisions: list(decision, 100, 1),
      tells: { optional: list(telling, 30) },
      settlesWithinSeconds: { optional: integer(0, 604_800) },
    }),
  },
]);
