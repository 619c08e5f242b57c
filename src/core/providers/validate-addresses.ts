// Refuses addresses that a key must not travel to: no TLS off this machine, a secret in braces, a name in braces that is
// nobody's, a scheme that is not the request's protocol. What stands in braces is filled in when a key is checked.
import type { CheckRequest, Protocol } from './asking.ts';
import type { ProviderDefinition } from './provider.ts';

/** Host names, each label of which may be a name in braces; a port, which may be one too; a path without a fragment. */
const authority = '(?:[a-z0-9.-]|\\{[A-Za-z]\\w{0,40}\\})+(?::(?:\\d{1,5}|\\{[A-Za-z]\\w{0,40}\\}))?';
const rest = '(?:\\/[^\\s#]*)?';
const httpsForm = new RegExp(`^https:\\/\\/${authority}${rest}$`);
const loopbackForm = new RegExp(
  `^http:\\/\\/(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::(?:\\d{1,5}|\\{[A-Za-z]\\w{0,40}\\}))?${rest}$`,
);
/** A setting that holds the whole beginning of an address, which is judged when it is configured: a registry of one's own. */
const ownServerForm = new RegExp(`^\\{([A-Za-z]\\w{0,40})\\}${rest}$`);
const placeholder = /\{([^{}]*)\}/g;

const schemes: Readonly<Record<Exclude<Protocol, 'http'>, string>> = {
  postgres: 'postgres',
  redis: 'redis',
  mysql: 'mysql',
  mqtt: 'mqtt',
};

/** True for https anywhere, and for http on this machine. */
export const isSafeAddress = (address: string): boolean =>
  httpsForm.test(address) || loopbackForm.test(address);

/** Names in braces, in order. */
export const placeholdersOf = (address: string): readonly string[] =>
  [...address.matchAll(placeholder)].map((match) => match[1] ?? '');

const beginsWithSetting = (definition: ProviderDefinition, url: string): boolean => {
  const name = ownServerForm.exec(url)?.[1];
  return definition.settings.some((setting) => setting.name === name);
};

const hasRightScheme = ({ protocol = 'http', url }: CheckRequest): boolean =>
  protocol === 'http'
    ? isSafeAddress(url)
    : new RegExp(`^${schemes[protocol]}:\\/\\/${authority}${rest}$`).test(url);

const requestProblems = (definition: ProviderDefinition, request: CheckRequest): readonly string[] => {
  const problems: string[] = [];
  if (!hasRightScheme(request) && !beginsWithSetting(definition, request.url))
    problems.push(
      request.protocol === undefined || request.protocol === 'http'
        ? `"${request.url}" is not a plain https address`
        : `"${request.url}" is not an address of ${request.protocol}`,
    );
  const { places } = request.auth ?? definition.auth;
  for (const name of placeholdersOf(request.url)) {
    const field = definition.fields.find((entry) => entry.name === name);
    const placed = places.some((place) => place.in === 'path' && place.name === name);
    const setting = definition.settings.some((entry) => entry.name === name);
    if (field?.secret === true && !placed) problems.push(`"${request.url}" names the secret field "${name}"`);
    if (!field && !setting && !placed)
      problems.push(`"${request.url}" names "${name}", which is not declared`);
  }
  return problems;
};

/** Problems of every address that a definition names, in words for its author. */
export const addressProblems = (definition: ProviderDefinition): readonly string[] => {
  const plain = [
    ...definition.portals.map((portal) => portal.url),
    ...definition.apiBases.map((base) => base.url),
  ];
  return [
    ...plain
      .filter((address) => !isSafeAddress(address))
      .map((address) => `"${address}" is not a plain https address`),
    ...(definition.check.possible
      ? definition.check.requests.flatMap((request) => requestProblems(definition, request))
      : []),
  ];
};
