// A question as a person would put it in a shell, to try it by hand. The key stands in it as the name of its environment variable:
// what is copied, kept in a history or pasted into a ticket holds no secret. curl reads it from its standard input, since the
// arguments of a program are there for every other program to see.
import type { AuthPlace, CheckRequest } from './asking.ts';
import type { ProviderDefinition } from './provider.ts';

/**
 * A text inside curl's quotes inside a here-document: curl's escapes first, then what the shell would fill in. A value that comes
 * from a variable is not escaped: one with a quotation mark or a backslash is not understood by curl, and nothing is sent.
 */
const literally = (text: string): string => text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[$`\\]/g, '\\$&');

const line = (name: string, before: string, variable = ''): string =>
  `${name} = "${literally(before)}${variable}"`;

const variableOf = (definition: ProviderDefinition, field: string): string => {
  const found = definition.fields.find(({ name }) => name === field);
  return found === undefined ? '' : `\${${found.variable}}`;
};

/** Names in braces: a field becomes its variable, a setting its usual value; what only its owner knows stays in angle brackets. */
const fill = (definition: ProviderDefinition, places: readonly AuthPlace[], text: string): string =>
  text
    .split(/(\{[A-Za-z]\w*\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return literally(part);
      const placed = places.find((place) => place.in === 'path' && place.name === name)?.field ?? name;
      const usual = definition.settings.find((setting) => setting.name === name)?.usual;
      return variableOf(definition, placed) || literally(usual ?? `<${name}>`);
    })
    .join('');

const basicLine = (definition: ProviderDefinition, places: readonly AuthPlace[]): readonly string[] => {
  const user = places.find((place) => place.in === 'basic-user');
  const password = places.find((place) => place.in === 'basic-password');
  if (user === undefined && password === undefined) return [];
  const first = user === undefined ? literally(password?.name ?? '') : variableOf(definition, user.field);
  return [`user = "${first}:${password === undefined ? '' : variableOf(definition, password.field)}"`];
};

const placeLines = (definition: ProviderDefinition, places: readonly AuthPlace[]): readonly string[] =>
  places
    .filter(({ required }) => required)
    .flatMap((place) => {
      const variable = variableOf(definition, place.field);
      if (place.in === 'header') return [line('header', `${place.name}: ${place.prefix}`, variable)];
      if (place.in === 'form') return [line('data-urlencode', `${place.name}=${place.prefix}`, variable)];
      return [];
    });

const bodyLines = (request: CheckRequest): readonly string[] => {
  const entries = Object.entries(request.body?.entries ?? {});
  const option = request.body?.type === 'multipart' ? 'form-string' : 'data-urlencode';
  return entries.map(([name, value]) => line(option, `${name}=${value}`));
};

/** JSON bodies and addresses with a query hold values in a form of their own, which a variable does not have. */
const cannotBeWritten = (request: CheckRequest, places: readonly AuthPlace[]): boolean =>
  (request.protocol ?? 'http') !== 'http' ||
  request.signing !== undefined ||
  request.body?.type === 'json' ||
  Object.values(request.body?.entries ?? {}).some((value) => /\{\w+\}/.test(value)) ||
  places.some((place) => place.in === 'json' || place.in === 'query');

/**
 * The question as a command for a POSIX shell, with the names of environment variables in place of values; null where it has to be
 * signed, or is a login. An answer that is a token of its own (`session`) is thrown away, and its status printed.
 */
export const curlInWords = (definition: ProviderDefinition, request: CheckRequest): string | null => {
  const { places } = request.auth ?? definition.auth;
  if (cannotBeWritten(request, places)) return null;
  const lines = [
    `url = "${fill(definition, places, request.url)}"`,
    ...(request.method === 'POST' ? [line('request', 'POST')] : []),
    ...Object.entries(request.headers ?? {}).map(([name, value]) => line('header', `${name}: ${value}`)),
    ...basicLine(definition, places),
    ...placeLines(definition, places),
    ...bodyLines(request),
    ...(request.cost === 'session'
      ? [line('output', '/dev/null'), String.raw`write-out = "%{http_code}\\n"`]
      : []),
  ];
  return ['curl -sS --config - <<END', ...lines, 'END'].join('\n');
};
