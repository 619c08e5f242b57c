// What a definition from outside must keep to beyond what every definition must: it may describe a provider, and it may not claim
// keys of others, slow the program down, or send a key to a place that a person did not see.
import { compilePattern, partLengths } from '../pattern.ts';
import type { KeyFormat } from '../format.ts';
import type { ProviderDefinition } from '../provider.ts';
import { unsafeBecause } from './pattern-safety.ts';

/** Formats from outside come behind the built-in ones. */
export const outsidePriority = -1;
/** Shorter beginnings stand in too many texts to decide anything: five characters, or four of which the last is a sign. */
const tellingAnchor = /^.{3}[^0-9A-Za-z]$|^.{5}/;
/** What a mask of one's own may show. */
const maxPublicLength = 24;
/** Variables that decide what programs do, whatever a provider calls its key. */
const reservedVariable =
  /^(?:PATH|HOME|SHELL|USER|IFS|ENV|BASH_ENV|PS4|NODE_OPTIONS|PYTHON(?:PATH|STARTUP|HOME)|PERL5(?:OPT|LIB)|RUBY(?:OPT|LIB)|JAVA_TOOL_OPTIONS|GIT_.*|LD_.*|DYLD_.*|KEYTURN_.*|ELECTRON_.*|npm_.*)$/;

const sourceProblem = ({ pattern }: KeyFormat): string | undefined => {
  if ('parts' in pattern) return undefined;
  const unsafe = unsafeBecause(pattern.source, pattern.maxLength);
  if (unsafe !== undefined) return unsafe;
  const away = compilePattern(pattern).anchors.find(({ offset }) => offset !== 0);
  return away === undefined ? undefined : `it does not begin with "${away.text}", one of its anchors`;
};

const formatProblems = (format: KeyFormat, known: KeyFormat | undefined): readonly string[] => {
  const problems: string[] = [];
  const highest = known?.priority ?? outsidePriority;
  if (format.priority > highest)
    problems.push(`format ${format.id}: a priority of ${highest} at most, since built-in formats come first`);
  if (known && JSON.stringify(known.pattern) === JSON.stringify(format.pattern)) return problems;
  const unsafe = sourceProblem(format);
  if (unsafe !== undefined) return [`format ${format.id}: ${unsafe}`];
  const { anchors } = compilePattern(format.pattern);
  if (format.match === 'prefix' && anchors.some(({ text }) => !tellingAnchor.test(text)))
    problems.push(
      `format ${format.id}: a beginning needs at least 5 characters, or 4 with a sign at the end`,
    );
  if (format.publicLength > maxPublicLength)
    problems.push(`format ${format.id}: at most ${maxPublicLength} characters may be public`);
  if ('parts' in format.pattern) {
    const shortest = format.pattern.parts.reduce((sum, part) => sum + partLengths(part)[0], 0);
    if (format.match === 'prefix' && shortest < 8)
      problems.push(`format ${format.id}: it fits values of ${shortest} characters, which decide nothing`);
  }
  return problems;
};

/** Scheme, host and port of an address, names in braces included. */
export const authorityOf = (address: string): string =>
  /^(?:[a-z]+:\/\/[^/?]*|\{\w+\})/.exec(address)?.[0] ?? address;

const requestProblems = (definition: ProviderDefinition): readonly string[] => {
  if (!definition.check.possible) return [];
  const bases = new Set(definition.apiBases.map(({ url }) => authorityOf(url)));
  return definition.check.requests.flatMap((request) => {
    const problems: string[] = [];
    if ((request.protocol ?? 'http') !== 'http')
      problems.push(`check: only http is asked for a provider of one's own`);
    if (!bases.has(authorityOf(request.url)))
      problems.push(`check: ${authorityOf(request.url)} is none of its apiBases`);
    if (request.signing !== undefined && request.signing !== 'http-digest')
      problems.push(`check: "${request.signing}" is made for one built-in provider`);
    return problems;
  });
};

const variableProblems = (definition: ProviderDefinition): readonly string[] => [
  ...definition.fields
    .filter(({ variable }) => reservedVariable.test(variable))
    .map(({ name, variable }) => `field ${name}: ${variable} decides what programs do and holds no key`),
  ...definition.envNames
    .filter((name) => name.endsWith('*') && name.length < 4)
    .map((name) => `envNames: "${name}" fits nearly every variable`),
];

/**
 * For every definition from outside. What an update leaves as it was built in is not judged again.
 * @param known the built-in provider of the same id
 */
export const outsideProblems = (
  definition: ProviderDefinition,
  known: ProviderDefinition | undefined,
): readonly string[] => [
  ...definition.formats.flatMap((format) =>
    formatProblems(
      format,
      known?.formats.find(({ id }) => id === format.id),
    ),
  ),
  ...variableProblems(definition),
];

/** For a provider of one's own, which none of the built-in ones is. */
export const ownProblems = (
  definition: ProviderDefinition,
  builtIn: readonly ProviderDefinition[],
): readonly string[] => {
  const name = definition.name.trim().toLowerCase();
  const twin = builtIn.find((each) => each.name.toLowerCase() === name);
  return [
    ...(definition.id === 'unknown' ? ['id: "unknown" stands for no provider'] : []),
    ...(twin ? [`name: ${twin.name} is a built-in provider; choose another name`] : []),
    ...requestProblems(definition),
  ];
};
