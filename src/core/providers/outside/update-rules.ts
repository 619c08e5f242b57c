// What an update of a built-in provider may not change: where its keys are sent, what is secret, which calls are harmless. Facts,
// portals, limits, words and decisions it may. So the worst that a forged update can do is to say something wrong.
import type { CheckFacts, CheckRequest } from '../asking.ts';
import type { ProviderDefinition } from '../provider.ts';
import { placeholdersOf } from '../validate-addresses.ts';
import { authorityOf } from './rules.ts';

type Check = Extract<CheckFacts, { possible: true }>;

const costs = ['none', 'quota', 'session', 'credits'] as const;
const freedoms = ['never', 'opt-in', 'test-only', 'all'] as const;

/** The newest day on which something in it was looked at (YYYY-MM-DD). */
export const newestDay = ({ facts }: ProviderDefinition): string =>
  facts.reduce((newest, { verifiedOn }) => (verifiedOn > newest ? verifiedOn : newest), '');

const pathOf = (url: string): string =>
  url
    .slice(authorityOf(url).length)
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '');

const authoritiesOf = (definition: ProviderDefinition): ReadonlySet<string> =>
  new Set([
    ...definition.apiBases.map(({ url }) => authorityOf(url)),
    ...(definition.check.possible ? definition.check.requests.map(({ url }) => authorityOf(url)) : []),
  ]);

/** A name in braces that is part of a host must mean what it meant. */
const hostNameProblems = (update: ProviderDefinition, builtIn: ProviderDefinition): readonly string[] => {
  const inHosts = new Set([...authoritiesOf(builtIn)].flatMap(placeholdersOf));
  const meaning = (definition: ProviderDefinition, name: string): string => {
    const setting = definition.settings.find((entry) => entry.name === name);
    const field = definition.fields.find((entry) => entry.name === name);
    return JSON.stringify([
      setting?.usual,
      setting?.choices,
      field?.usual,
      field?.secret,
      setting !== undefined,
    ]);
  };
  return [...inHosts]
    .filter((name) => meaning(update, name) !== meaning(builtIn, name))
    .map((name) => `"${name}" is part of a host, and an update may not change what it means`);
};

const placesOf = (definition: ProviderDefinition, check: Check): ReadonlySet<string> =>
  new Set(
    [definition.auth, ...check.requests.flatMap(({ auth }) => auth ?? [])].flatMap(({ places }) =>
      places.map((place) => `${place.in} ${place.name} ${place.field}`),
    ),
  );

const requestProblems = (
  request: CheckRequest,
  before: Check,
  hosts: ReadonlySet<string>,
): readonly string[] => {
  const problems: string[] = [];
  const where = `check: ${request.method} ${request.url}`;
  if (!hosts.has(authorityOf(request.url)))
    problems.push(`${where} would send keys to another host than the built-in provider's`);
  const same = before.requests.filter(({ url }) => pathOf(url) === pathOf(request.url));
  const [known] = same.toSorted((left, right) => costs.indexOf(right.cost) - costs.indexOf(left.cost));
  if (known === undefined && request.method === 'POST')
    problems.push(`${where} posts to a path that the built-in provider does not ask`);
  if (known !== undefined && costs.indexOf(request.cost) < costs.indexOf(known.cost))
    problems.push(`${where} costs "${known.cost}", which an update may not make less`);
  if (known !== undefined && request.method === 'POST' && !same.some(({ method }) => method === 'POST'))
    problems.push(`${where} is asked with ${known.method} by the built-in provider`);
  if ((request.protocol ?? 'http') !== (known?.protocol ?? 'http'))
    problems.push(`${where} changes who speaks with the server`);
  if (request.signing !== known?.signing) problems.push(`${where} changes how it is signed`);
  return problems;
};

const checkProblems = (update: ProviderDefinition, builtIn: ProviderDefinition): readonly string[] => {
  const { check } = update;
  const before = builtIn.check;
  if (!check.possible) return [];
  if (!before.possible)
    return ['check: the built-in provider cannot be asked, and an update may not begin to'];
  const places = placesOf(builtIn, before);
  const hosts = authoritiesOf(builtIn);
  return [
    ...check.requests.flatMap((request) => requestProblems(request, before, hosts)),
    ...[...placesOf(update, check)]
      .filter((place) => !places.has(place))
      .map((place) => `auth: the built-in provider does not send "${place}"`),
    ...before.neverCall
      .filter((path) => !check.neverCall.includes(path))
      .map((path) => `check: neverCall must keep ${path}`),
    ...(freedoms.indexOf(check.scheduled) > freedoms.indexOf(before.scheduled)
      ? [`check: scheduled may not go from "${before.scheduled}" to "${check.scheduled}"`]
      : []),
  ];
};

const fieldProblems = (update: ProviderDefinition, builtIn: ProviderDefinition): readonly string[] => [
  ...builtIn.fields.flatMap((field) => {
    const now = update.fields.find(({ name }) => name === field.name);
    if (now === undefined) return [`fields: "${field.name}" is missing`];
    return now.secret === field.secret ? [] : [`fields: "${field.name}" may not change whether it is secret`];
  }),
  ...builtIn.formats.flatMap((format) => {
    const now = update.formats.find(({ id }) => id === format.id);
    if (now === undefined) return [`formats: "${format.id}" is missing`];
    return now.sensitivity === format.sensitivity &&
      now.publicLength <= format.publicLength &&
      now.field === format.field
      ? []
      : [`formats: "${format.id}" may not become less secret`];
  }),
];

/** Everything that keeps a definition from being an update of a built-in provider. */
export const updateProblems = (
  update: ProviderDefinition,
  builtIn: ProviderDefinition,
): readonly string[] => {
  const problems: string[] = [];
  if (newestDay(update) <= newestDay(builtIn))
    problems.push(`facts: none is newer than ${newestDay(builtIn)}, which Keyturn has itself`);
  for (const name of ['name', 'domain', 'category'] as const)
    if (update[name] !== builtIn[name]) problems.push(`${name}: an update keeps "${builtIn[name]}"`);
  const hosts = authoritiesOf(builtIn);
  for (const { url } of update.apiBases)
    if (!hosts.has(authorityOf(url)))
      problems.push(`apiBases: ${authorityOf(url)} is no host of the built-in provider`);
  problems.push(...hostNameProblems(update, builtIn), ...fieldProblems(update, builtIn));
  problems.push(...checkProblems(update, builtIn));
  return problems;
};
