// Writes the address of a request: names in braces filled in, a base URL of one's own put in front. Values come from people and
// files, so none of them may add a host, a path, a query or a step upwards. docs/checking.md §1.2.
import type { AuthPlace, CheckRequest } from '../asking.ts';
import type { ProviderDefinition, SettingDefinition } from '../provider.ts';
import { placeholdersOf } from '../validate-addresses.ts';
import type { Prepared } from './prepare.ts';
import { say, type OrSaid, type Reach } from './question.ts';

const loopback = String.raw`(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])`;
/** https anywhere or http on this machine; host, port and a plain path, nothing else. */
const baseForm = new RegExp(
  String.raw`^(?:https:\/\/(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])|http:\/\/${loopback})(?::\d{1,5})?(?:\/[\w.~%!$&'()*+,;=:@-]+)*$`,
  'i',
);

/** A base URL without the slash at its end; undefined where it is none that a key may be sent to. */
export const readBaseUrl = (text: string): string | undefined => {
  const bare = text.trim().replace(/\/+$/, '');
  const port = /^[a-z]+:\/\/[^/]*?:(\d+)(?:\/|$)/i.exec(bare)?.[1];
  const isPort = port === undefined || (Number(port) > 0 && Number(port) < 65_536);
  const climbs = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(bare.replace(/^[a-z]+:\/\/[^/]*/i, ''));
  return bare.length <= 2_000 && baseForm.test(bare) && isPort && !climbs ? bare : undefined;
};

type Parts = { readonly origin: string; readonly path: string };

/** `https://host:port` or a placeholder that stands for it, and what follows. */
const split = (url: string): Parts => {
  const match = /^([a-z]+:\/\/[^/]*|\{[^{}]+\})(.*)$/.exec(url);
  return { origin: match?.[1] ?? '', path: match?.[2] ?? url };
};

const hostValue =
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[?[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,8}\]?)$/i;
const isStep = (value: string): boolean => value === '.' || value === '..';

export type Filling = {
  readonly definition: ProviderDefinition;
  readonly prepared: Prepared;
  readonly reach: Reach;
  readonly places: readonly AuthPlace[];
};

const settingValue = (setting: SettingDefinition, reach: Reach): OrSaid<string> => {
  const value = reach.values[setting.name] ?? setting.usual ?? '';
  if (value === '')
    return say(
      'not-checkable',
      `${setting.label} is not set, and the question needs it.`,
      `Set it for this provider: ${setting.help}`,
    );
  if (setting.choices !== undefined && !setting.choices.includes(value))
    return say(
      'not-checkable',
      `${setting.label} is set to something that this provider does not have.`,
      `Choose one of ${setting.choices.join(', ')}.`,
    );
  return { ok: true, value };
};

/** A field that is no secret or stands in the path, or a setting, by its name. */
export const lookUp = ({ definition, prepared, reach, places }: Filling, name: string): OrSaid<string> => {
  const place = places.find((each) => each.in === 'path' && each.name === name);
  const field = definition.fields.find((each) => each.name === (place?.field ?? name));
  const setting = definition.settings.find((each) => each.name === name);
  if (field !== undefined && (place !== undefined || !field.secret)) {
    const value = prepared.values[field.name] ?? '';
    // What most keys of a person share, such as a shop, may be set once for the provider; a key's own value wins.
    if (value === '' && setting !== undefined) return settingValue(setting, reach);
    return value === ''
      ? say(
          'not-checkable',
          `${field.label} is missing, and the question needs it.`,
          field.help ?? 'Add it to the key.',
        )
      : { ok: true, value: `${place?.prefix ?? ''}${value}` };
  }
  if (setting !== undefined) return settingValue(setting, reach);
  return say(
    'not-checkable',
    `The provider file names "${name}" and does not say what it is.`,
    'Correct it.',
  );
};

const unfit = (name: string): OrSaid<never> =>
  say('not-checkable', `What is set as ${name} cannot stand in an address. Nothing was sent.`, 'Correct it.');

const inHost = (name: string, value: string): string | undefined => {
  if (!hostValue.test(value)) return undefined;
  const isSixth = value.includes(':') && !value.startsWith('[');
  return /port$/i.test(name) && !/^\d{1,5}$/.test(value) ? undefined : isSixth ? `[${value}]` : value;
};

const inPath = (value: string): string | undefined => (isStep(value) ? undefined : encodeURIComponent(value));

/** What stands for a name in braces, not yet encoded. */
export type Look = (name: string) => OrSaid<string>;

const fillText = (
  look: Look,
  text: string,
  encode: (name: string, value: string) => string | undefined,
  isMeant: (name: string) => boolean = () => true,
): OrSaid<string> => {
  let filled = text;
  for (const name of new Set(placeholdersOf(text))) {
    if (!isMeant(name)) continue;
    const found = look(name);
    if (!found.ok) return found;
    const encoded = encode(name, found.value);
    if (encoded === undefined) return unfit(name);
    filled = filled.replaceAll(`{${name}}`, () => encoded);
  }
  return { ok: true, value: filled };
};

const originOf = (look: Look, reach: Reach, origin: string): OrSaid<string> => {
  if (reach.baseUrl !== null && !/^(?:postgres|redis|mysql|mqtt):/.test(origin))
    return { ok: true, value: reach.baseUrl };
  return origin.startsWith('{')
    ? fillText(look, origin, (_name, value) => readBaseUrl(value))
    : fillText(look, origin, inHost);
};

/** Values of the body and of headers name fields in braces too: put in as they are. Other braces are text, as in GraphQL. */
export const fillPlain = (filling: Filling, text: string): OrSaid<string> => {
  const { fields, settings } = filling.definition;
  const isMeant = (name: string): boolean =>
    fields.some((field) => field.name === name && !field.secret) ||
    settings.some((setting) => setting.name === name);
  return fillText(
    (name) => lookUp(filling, name),
    text,
    (_name, value) => (/[\u0000\r\n]/.test(value) ? undefined : value),
    isMeant,
  );
};

export type Address = {
  /** Scheme, host, port, and the path of a base URL of one's own. */
  readonly base: string;
  /** Path and query of the question itself. */
  readonly path: string;
};

/** Names in braces of scheme, host and port; none where a base URL of one's own takes their place. */
export const namesOfOrigin = (url: string, reach: Reach): readonly string[] =>
  reach.baseUrl === null ? placeholdersOf(split(url).origin) : [];

/** An address with its names filled in: in the host as parts of one, in path and query percent-encoded. */
export const addressBy = (look: Look, reach: Reach, url: string): OrSaid<Address> => {
  const { origin, path } = split(url);
  const base = originOf(look, reach, origin);
  if (!base.ok) return base;
  const rest = fillText(look, path, (_name, value) => inPath(value));
  return rest.ok ? { ok: true, value: { base: base.value, path: rest.value } } : rest;
};

/** The whole address of a request without what `query` places add. */
export const addressOf = (filling: Filling, request: CheckRequest): OrSaid<Address> =>
  addressBy((name) => lookUp(filling, name), filling.reach, request.url);
