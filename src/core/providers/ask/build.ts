// From a chosen request to what is sent: address, headers and body with the key in the places where its provider wants it.
// Refuses what would cost or change something, whatever a definition says. docs/checking.md §1.1 and §1.2.
import type { AuthPlace, CheckRequest, Protocol, Signing } from '../asking.ts';
import { changingWordIn } from '../changing-calls.ts';
import { formatsOfValues, hasField } from '../field-formats.ts';
import { addressOf, fillPlain, type Address, type Filling } from './address.ts';
import { toBase64 } from './base64.ts';
import type { AskableCheck } from './choose.ts';
import type { Prepared } from './prepare.ts';
import { say, type OrSaid, type Question } from './question.ts';

export type Header = readonly [name: string, value: string];

/** A question over HTTP; `signing` is still to be done by whoever can. */
export type HttpAsk = {
  readonly protocol: 'http';
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | null;
  readonly repeatable: boolean;
  readonly signing: Signing | null;
  readonly values: Readonly<Record<string, string>>;
};

/** A login at a server of one's own. */
export type ServerAsk = {
  readonly protocol: Exclude<Protocol, 'http'>;
  readonly url: string;
  readonly values: Readonly<Record<string, string>>;
};

export type Built = {
  readonly ask: HttpAsk | ServerAsk;
  /** What the request carries that must not be seen anywhere, besides the key's own secrets. */
  readonly carried: readonly string[];
};

export type Entry = readonly [string, string];
/** Values by where they go, prefixes put on. */
export type Placed = Readonly<Record<AuthPlace['in'], readonly Entry[]>>;

/** The fields of a scheme in their places; not where a required one is missing. */
export const placeAll = (filling: Filling, requestFormat: string | undefined): OrSaid<Placed> => {
  const { definition, prepared, places } = filling;
  const placed: Record<AuthPlace['in'], Entry[]> = {
    header: [],
    form: [],
    json: [],
    'basic-user': [],
    'basic-password': [],
    query: [],
    path: [],
  };
  for (const place of places) {
    const value = prepared.values[place.field] ?? '';
    const field = definition.fields.find((each) => each.name === place.field);
    const isOfFormat =
      field?.formats === undefined || requestFormat === undefined || field.formats.includes(requestFormat);
    if (value === '' && place.required && isOfFormat)
      return say(
        'not-checkable',
        `${field?.label ?? place.field} is missing, and the question needs it.`,
        field?.help ?? 'Add it to the key.',
      );
    if (value !== '') placed[place.in].push([place.name, `${place.prefix}${value}`]);
  }
  return { ok: true, value: placed };
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const formEncode = (entries: readonly Entry[]): string =>
  entries.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

/** Stands in no value: a value that held it was refused as having line breaks, which a boundary begins with. */
const boundary = 'keyturn-keyturn-keyturn';

const multipart = (entries: readonly Entry[]): string =>
  [
    ...entries.map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${encodeURIComponent(name)}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join('');

export const writers = {
  form: { type: 'application/x-www-form-urlencoded', write: formEncode },
  json: {
    type: 'application/json',
    write: (entries: readonly Entry[]) => JSON.stringify(Object.fromEntries(entries)),
  },
  multipart: { type: `multipart/form-data; boundary=${boundary}`, write: multipart },
} as const;

export type Body = { readonly type: string; readonly bytes: Uint8Array } | null;

const bodyOf = (filling: Filling, request: CheckRequest, placed: Placed): OrSaid<Body> => {
  const own: Entry[] = [];
  for (const [name, text] of Object.entries(request.body?.entries ?? {})) {
    const filled = fillPlain(filling, text);
    if (!filled.ok) return filled;
    own.push([name, filled.value]);
  }
  const entries = [...own, ...placed.form, ...placed.json];
  if (request.body === undefined && entries.length === 0) return { ok: true, value: null };
  const { type, write } = writers[request.body?.type ?? (placed.json.length > 0 ? 'json' : 'form')];
  return { ok: true, value: { type, bytes: bytesOf(write(entries)) } };
};

/** User and password of basic authentication, not yet encoded. */
export const basicOf = (placed: Placed): string | undefined => {
  const [user, password] = [placed['basic-user'][0], placed['basic-password'][0]];
  // Without a field for it the user is always the same, and stands as the name of the place.
  return user === undefined && password === undefined
    ? undefined
    : `${user?.[1] ?? password?.[0] ?? ''}:${password?.[1] ?? ''}`;
};

/** What the connection itself says, or what would send the request elsewhere. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-authorization',
]);
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/;

/** RFC 9110 field values, in the characters that a header can carry. */
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** @param own what the definition sets, names filled in */
export const headersWith = (own: readonly Entry[], placed: Placed, body: Body): OrSaid<readonly Header[]> => {
  const headers = new Map<string, string>([
    ['accept', 'application/json, */*;q=0.5'],
    ['user-agent', 'keyturn'],
  ]);
  if (body !== null) headers.set('content-type', body.type);
  for (const [name, text] of own) headers.set(name.toLowerCase(), text);
  const basic = basicOf(placed);
  if (basic !== undefined) headers.set('authorization', `Basic ${toBase64(bytesOf(basic))}`);
  for (const [name, value] of placed.header) headers.set(name.toLowerCase(), value);
  for (const name of headers.keys())
    if (ownHeaders.has(name) || !headerName.test(name))
      return say(
        'not-checkable',
        `The provider file sets the header "${name}", which is not for it to set.`,
        'Correct it.',
      );
  for (const value of headers.values())
    if (!headerValue.test(value))
      return say(
        'malformed',
        'It holds characters that a request cannot carry. Nothing was sent.',
        'Copy the value again from the provider and store it as a new one.',
      );
  return { ok: true, value: [...headers] };
};

const headersOf = (
  filling: Filling,
  request: CheckRequest,
  placed: Placed,
  body: Body,
): OrSaid<readonly Header[]> => {
  const own: Entry[] = [];
  for (const [name, text] of Object.entries(request.headers ?? {})) {
    const filled = fillPlain(filling, text);
    if (!filled.ok) return filled;
    own.push([name, filled.value]);
  }
  return headersWith(own, placed, body);
};

const forbidden = (check: AskableCheck, path: string): string | undefined =>
  check.neverCall.find((each) => path.includes(each)) ?? changingWordIn(`https://x${path}`);

export const withQuery = (path: string, entries: readonly Entry[]): string =>
  entries.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${formEncode(entries)}`;

const buildHttp = (
  filling: Filling,
  request: CheckRequest,
  { base, path }: Address,
  placed: Placed,
): OrSaid<Built> => {
  const body = bodyOf(filling, request, placed);
  if (!body.ok) return body;
  const headers = headersOf(filling, request, placed, body.value);
  if (!headers.ok) return headers;
  const basic = basicOf(placed);
  const ask: HttpAsk = {
    protocol: 'http',
    method: request.method,
    url: `${base}${withQuery(path, placed.query)}`,
    headers: headers.value,
    body: body.value?.bytes ?? null,
    repeatable: request.method !== 'POST',
    signing: request.signing ?? null,
    values: filling.prepared.values,
  };
  return { ok: true, value: { ask, carried: basic === undefined ? [] : [basic] } };
};

/** What signs or logs in is placed nowhere, so it is looked for here: half a pair would be refused as if the key were wrong. */
const lackingUnplaced = (
  { definition, prepared }: Filling,
  request: CheckRequest,
): ReturnType<typeof say> | undefined => {
  if (request.signing === undefined && (request.protocol ?? 'http') === 'http') return undefined;
  const formats = formatsOfValues(definition, new Map(Object.entries(prepared.values)));
  const field = definition.fields.find(
    (each) => each.required && hasField(each, formats) && (prepared.values[each.name] ?? '') === '',
  );
  return (
    field &&
    say(
      'not-checkable',
      `${field.label} is missing, and nothing can be asked without it.`,
      field.help ?? 'Add it to the key.',
    )
  );
};

/** Makes what is sent of a request. Nothing is sent here. */
export const buildAsk = (
  { definition, reach }: Question,
  check: AskableCheck,
  prepared: Prepared,
  request: CheckRequest,
): OrSaid<Built> => {
  const places =
    request.signing === undefined ? (request.auth ?? definition.auth).places : (request.auth?.places ?? []);
  const filling: Filling = { definition, prepared, reach, places };
  const lacking = lackingUnplaced(filling, request);
  if (lacking) return lacking;
  const address = addressOf(filling, request);
  if (!address.ok) return address;
  const protocol = request.protocol ?? 'http';
  const { base, path } = address.value;
  if (protocol !== 'http')
    return {
      ok: true,
      value: { ask: { protocol, url: `${base}${path}`, values: prepared.values }, carried: [] },
    };
  const word = forbidden(check, path);
  if (word !== undefined)
    return say(
      'not-checkable',
      `The question would call "${word}", which changes or costs something. Keyturn never does.`,
      'Correct the provider file.',
    );
  const placed = placeAll(filling, (prepared.format ?? definition.formats[0])?.id);
  return placed.ok ? buildHttp(filling, request, address.value, placed.value) : placed;
};
