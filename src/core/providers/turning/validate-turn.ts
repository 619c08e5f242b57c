// Refuses a turn that would lead nowhere or do harm: names that nobody knows, secrets in addresses, steps that do not fit the shape,
// facts without a source. What needs the provider's own file is looked at apart (validate-turn-provider.ts).
import { isSafeAddress } from '../validate-addresses.ts';
import { builtInNames, isHttp, namesIn, onlyNameIn, textsOf, textsOfCall, type BraceName } from './names.ts';
import type { BodyValue, HttpCall, Making, Refusal, TurnDefinition, TurnWay } from './turn-definition.ts';
import { callsOf, learntBy, learntNames, type PlacedCall } from './way-calls.ts';

const idForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const nameForm = /^[A-Za-z]\w{0,60}$/;
const dateForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const ownServerForm = /^\{[A-Za-z]\w{0,60}\}(?:\/[^\s#]*)?$/;
const leastChosenLength = 20;
const mostChosenLength = 100;

const refusalProblems = (refusal: Refusal): readonly string[] => {
  const problems: string[] = [];
  if (refusal.reason === '' || refusal.next === '')
    problems.push('a refusal without a reason or a next step');
  if (namesIn(`${refusal.reason}${refusal.next}`).length > 0)
    problems.push('the words of a refusal hold a name in braces');
  return problems;
};

const optionalOutside = (value: BodyValue): boolean =>
  textsOf(value).some(
    (text) => namesIn(text).some(({ optional }) => optional) && onlyNameIn(text) === undefined,
  );

const isFlat = (value: BodyValue): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(
    (each: BodyValue) =>
      typeof each !== 'object' || (Array.isArray(each) && each.every((entry) => typeof entry !== 'object')),
  );

const bodyProblems = (call: HttpCall): readonly string[] => {
  if (call.body === undefined) return [];
  const problems: string[] = [];
  if (call.method === 'GET') problems.push('a GET has a body');
  if (optionalOutside(call.body.value)) problems.push('a name with ? is a part of a text');
  if (call.body.type !== 'json' && !isFlat(call.body.value))
    problems.push(`a body of type ${call.body.type} holds more than texts and lists of texts`);
  return problems;
};

const addressProblems = (call: HttpCall, isIdSecret: boolean): readonly string[] => {
  const problems: string[] = [];
  const secrets = namesIn(call.url).filter(({ of }) => of !== null);
  // A colon inside of braces is no port.
  const plain = secrets.reduce((url, { name, bare }) => url.replaceAll(`{${name}}`, `{${bare}}`), call.url);
  if (!isSafeAddress(plain) && !ownServerForm.test(plain))
    problems.push(`"${call.url}" is not a plain https address`);
  const hasSecret = secrets.length > 0 || (isIdSecret && namesIn(call.url).some(({ name }) => name === 'id'));
  if (hasSecret && (call.secretInUrl ?? '') === '')
    problems.push(`"${call.url}" holds a secret and does not say why`);
  if (!hasSecret && call.secretInUrl !== undefined)
    problems.push(`"${call.url}" holds no secret, and secretInUrl says it does`);
  if (namesIn(call.url).some(({ optional }) => optional)) problems.push('an address has a name with ?');
  return problems;
};

const httpProblems = (call: HttpCall, isIdSecret: boolean): readonly string[] => {
  const problems = [
    ...addressProblems(call, isIdSecret),
    ...bodyProblems(call),
    ...call.refusals.flatMap(refusalProblems),
  ];
  if (call.does === '') problems.push('a call does not say what it does');
  if (call.success.length === 0 || !call.success.every((status) => status >= 200 && status < 300))
    problems.push('a call needs a status of success, from 200 to 299');
  for (const text of Object.values(call.headers ?? {}))
    if (namesIn(text).some(({ of, optional }) => of !== null || optional))
      problems.push('a header holds a secret: that is for auth to place');
  return problems;
};

const idsAt: Readonly<Record<PlacedCall['at'], readonly string[]>> = {
  session: [],
  before: ['oldId'],
  list: [],
  old: [],
  make: ['oldId'],
  unmake: ['oldId'],
  revoke: ['oldId', 'newId', 'id'],
};
const newAt: ReadonlySet<PlacedCall['at']> = new Set(['make', 'unmake', 'revoke']);

/** A name that means nothing where it stands. */
const nameProblem = (way: TurnWay, { at }: PlacedCall, { name, of, bare }: BraceName): string | undefined => {
  if (of === 'new' && !newAt.has(at)) return `{${name}}: there is no new key yet`;
  if (of === 'new' && at === 'make' && !isChosen(way, bare))
    return `{${name}} is sent before it is known: only chosen values are`;
  if (['id', 'oldId', 'newId'].includes(name) && !idsAt[at].includes(name))
    return `{${name}} is not known in the call "${at}"`;
  if (of === 'manager' && way.manager === 'self') return `{${name}}: the key is its own manager`;
  return (name === 'mark' || name === 'markLower') && at !== 'make'
    ? `{${name}} is not known in the call "${at}"`
    : undefined;
};

const isChosen = (way: TurnWay, field: string): boolean => {
  const gift = way.make?.gives[field];
  return gift === undefined || 'chosen' in gift || 'text' in gift;
};

const callProblems = (way: TurnWay): readonly string[] => {
  const later = new Set(learntNames(way));
  for (const { name } of [...way.inputs, ...(way.reads ?? [])]) later.delete(name);
  const problems: string[] = [];
  for (const placed of callsOf(way)) {
    const { call } = placed;
    if (isHttp(call)) problems.push(...httpProblems(call, way.list?.idIsSecret === true));
    for (const name of textsOfCall(call).flatMap(namesIn)) {
      const problem = nameProblem(way, placed, name);
      if (problem !== undefined) problems.push(problem);
      if (later.has(name.name)) problems.push(`{${name.name}} is learnt after the call that needs it`);
    }
    for (const name of learntBy(way, placed)) {
      if (!nameForm.test(name) || builtInNames.has(name))
        problems.push(`"${name}" is no name for a learning`);
      later.delete(name);
    }
    if (call.by === 'session' && (way.session === undefined || placed.at === 'session'))
      problems.push('a call is proven by a session that is not there');
  }
  return problems;
};

type Rule = readonly [problem: string, isBroken: boolean];

const brokenOf = (rules: readonly Rule[]): readonly string[] =>
  rules.flatMap(([problem, isBroken]) => (isBroken ? [problem] : []));

const endProblems = ({ shape, revoke, wayBack }: TurnWay): readonly string[] => {
  const endsAtOnce = shape === 'swap' || shape === 'chain';
  return brokenOf([
    ['the old one is dead already: revoke is empty', endsAtOnce && revoke?.length !== 0],
    ['wayBack is missing', endsAtOnce && (wayBack ?? '') === ''],
    ['nothing revokes the old one', shape === 'overlap' && revoke?.length === 0],
  ]);
};

const makeProblems = (way: TurnWay, { call, gives }: Making): readonly string[] => {
  const gifts = Object.values(gives);
  const isRepeatable = !isHttp(call) || call.repeatable;
  return brokenOf([
    ['make gives nothing', gifts.length === 0],
    [
      'a call that is made again after a lost answer must be repeatable',
      way.oldTells === false && !isRepeatable,
    ],
    [
      'a call that may kill the new key when it is made again is not repeatable',
      way.reuseKills === true && isRepeatable,
    ],
    [
      'setting a value that was chosen here is repeatable',
      gifts.some((gift) => 'chosen' in gift) && !isRepeatable,
    ],
  ]);
};

const shapeProblems = (way: TurnWay): readonly string[] => [
  ...brokenOf([
    ['make is missing', way.make === undefined && way.shape !== 'guided'],
    ['a guided way has a call that makes the key', way.make !== undefined && way.shape === 'guided'],
    [
      `chosenLength is not from ${leastChosenLength} to ${mostChosenLength}`,
      way.chosenLength !== undefined && !isChosenLength(way.chosenLength),
    ],
  ]),
  ...endProblems(way),
  ...(way.make === undefined ? [] : makeProblems(way, way.make)),
];

const isChosenLength = (length: number): boolean =>
  Number.isInteger(length) && length >= leastChosenLength && length <= mostChosenLength;

const duplicates = (what: string, names: readonly string[]): readonly string[] =>
  names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${what} "${name}" stands twice`);

const wayProblems = (way: TurnWay): readonly string[] => {
  const problems: string[] = [];
  if (!idForm.test(way.id)) problems.push(`id "${way.id}" is not in kebab-case`);
  if (way.label === '' || way.permission === '') problems.push('label or permission is missing');
  if (way.manager !== 'self' && (way.manager.providers.length === 0 || way.manager.needs === ''))
    problems.push('a manager needs a provider and words for what it must be');
  problems.push(
    ...duplicates(
      'input',
      way.inputs.map(({ name }) => name),
    ),
  );
  for (const { name, label, help } of way.inputs)
    if (!nameForm.test(name) || builtInNames.has(name) || label === '' || help === '')
      problems.push(`input "${name}" has no proper name, label or help`);
  if (way.old.some(({ from }) => from === 'hint' || from === 'name') && way.list === undefined)
    problems.push('the old key is found in a list that is not there');
  if (way.old.some(({ from }) => from === 'hint') && way.list?.hint === undefined)
    problems.push('the old key is found by a hint that the list does not show');
  const { newSeconds, oldSeconds } = way.patience;
  if (!(newSeconds >= 0 && oldSeconds >= 0)) problems.push('patience is missing');
  return [...problems, ...shapeProblems(way), ...callProblems(way)];
};

/** Everything that is wrong with a turn, in words for its author; empty where it is good. */
export const turnProblems = (definition: TurnDefinition): readonly string[] => {
  const problems: string[] = [];
  if (!idForm.test(definition.provider))
    problems.push(`provider "${definition.provider}" is not in kebab-case`);
  if (definition.ways.length === 0 && definition.assistance === undefined) problems.push('there is no way');
  problems.push(
    ...duplicates(
      'way',
      definition.ways.map(({ id }) => id),
    ),
  );
  for (const way of definition.ways)
    problems.push(...wayProblems(way).map((problem) => `way ${way.id}: ${problem}`));
  if (definition.facts.length === 0) problems.push('a turn needs at least one fact with its source');
  problems.push(
    ...duplicates(
      'fact',
      definition.facts.map(({ id }) => id),
    ),
  );
  for (const { id, source, verifiedOn, text } of definition.facts)
    if (!dateForm.test(verifiedOn) || source === '' || text === '')
      problems.push(`fact ${id}: text, source or date`);
  return problems;
};
