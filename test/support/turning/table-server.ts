// A provider on loopback as a table has it: the calls that its documents name, each with the query, headers and body that they name and
// nothing else. Looks at the proof for real, keeps its keys, and fails as documented-server.ts does. What is not in the table fails the test.
import { documentedServer, type Asked, type DocumentedServer, type Says } from './documented-server.ts';
import { fromText, problemsOf, type Schema } from './json-schema.ts';
import type { RemoteKey, RemoteKeys } from './remote-keys.ts';

export type Called = {
  readonly asked: Asked;
  /** What stands in the places of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whoever proves it; a key that is gone is let through where it is still accepted. */
  readonly by: RemoteKey | undefined;
};

export type Route = {
  /** `DELETE /v1/keys/{id}`. */
  readonly call: string;
  /** All of the query, or none. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: there must be no body. */
  readonly body?: {
    readonly type: 'json' | 'form' | 'multipart';
    readonly schema: Schema;
    readonly as?: string;
  };
  /** `manager`: of a key that manages others, while the permission is not withdrawn. `anybody`: looks at the proof itself. */
  readonly by: 'key' | 'manager' | 'anybody';
  readonly answer: (called: Called) => Says;
};

export type TableProvider = {
  readonly keys: RemoteKeys;
  readonly prove: (asked: Asked) => RemoteKey | undefined;
  readonly unknownKey: Says;
  readonly noPermission: Says;
  readonly routes: readonly Route[];
};

export type TableServer = DocumentedServer & {
  readonly provider: TableProvider;
  /** Routes that were called as documented, in order. */
  readonly called: string[];
  /** From now on calls that fit are answered so, and nothing is done; the first `after` of them are left alone. */
  readonly say: (fits: (asked: Asked) => boolean, says: Says, after?: number) => void;
};

/** The places of a path, decoded; undefined where it is another path. */
const placesIn = (pattern: string, path: string): Called['path'] | undefined => {
  const [want, have] = [pattern.split('/'), path.split('/')];
  if (want.length !== have.length) return undefined;
  const places: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const name = /^(.*)\{(\w+)\}(.*)$/.exec(part);
    const is = decodeURIComponent(have[index] ?? '');
    if (name === null) {
      if (part !== is) return undefined;
      continue;
    }
    const [, before = '', key = '', after = ''] = name;
    if (!is.startsWith(before) || !is.endsWith(after)) return undefined;
    const value = is.slice(before.length, is.length - after.length);
    if (value === '') return undefined;
    places[key] = value;
  }
  return places;
};

const multipartOf = ({ headers, text }: Asked): Readonly<Record<string, string>> => {
  const boundary = /boundary=([\w-]+)/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const parts = text.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      return [/name="([^"]*)"/.exec(head)?.[1] ?? '', rest.join('\r\n\r\n').replace(/\r\n$/, '')];
    }),
  );
};

const types = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
};

const bodyOf = (asked: Asked, { type, schema }: NonNullable<Route['body']>): Called['body'] => {
  if (type === 'json') return asked.json;
  const texts = type === 'form' ? Object.fromEntries(asked.form) : multipartOf(asked);
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fromText(text, schema.properties?.[name] ?? {})]),
  );
};

/** What of a call is not as documented. Never a value: it may be a secret. */
const problemsWith = (asked: Asked, { query = {}, headers = {}, body }: Route): readonly string[] => {
  const problems: string[] = [];
  for (const name of new Set([...asked.query.keys(), ...Object.keys(query)]))
    if (asked.query.get(name) !== (query[name] ?? null)) problems.push(`query ${name}`);
  for (const [name, value] of Object.entries(headers))
    if (asked.headers[name] !== value) problems.push(`header ${name}`);
  if (body === undefined) return asked.text === '' ? problems : [...problems, 'a body'];
  if (!(asked.headers['content-type'] ?? '').startsWith(body.as ?? types[body.type]))
    problems.push('content-type');
  return [...problems, ...problemsOf(bodyOf(asked, body), body.schema)];
};

const unfit: Says = { status: 501, body: 'not documented' };

const permitted = (provider: TableProvider, route: Route, asked: Asked): Says | RemoteKey | undefined => {
  if (route.by === 'anybody') return undefined;
  const { keys } = provider;
  const by = provider.prove(asked);
  if (by === undefined || !keys.accepts(by)) return provider.unknownKey;
  return route.by === 'manager' && (!by.mayManage || keys.withdrawn) ? provider.noPermission : by;
};

const isSays = (value: Says | RemoteKey | undefined): value is Says =>
  value !== undefined && 'status' in value;

/** Closing it throws where a call was not as documented. */
export const tableServer = async (provider: TableProvider): Promise<TableServer> => {
  const called: string[] = [];
  const violations: string[] = [];
  const sayings: { readonly fits: (asked: Asked) => boolean; readonly says: Says; after: number }[] = [];

  const act = (asked: Asked): Says => {
    const found = provider.routes.flatMap((route) => {
      const [method, pattern = ''] = route.call.split(' ');
      const path = method === asked.method ? placesIn(pattern, asked.path) : undefined;
      return path === undefined ? [] : [{ route, path, problems: problemsWith(asked, route) }];
    });
    const one = found.find(({ problems }) => problems.length === 0);
    if (one === undefined) {
      const why = found.map(({ route, problems }) => `${route.call}: ${problems.join(', ')}`);
      violations.push(why.length === 0 ? `${asked.method} of an unknown path` : why.join(' | '));
      return unfit;
    }
    const { route, path } = one;
    called.push(route.call);
    const said = sayings.find(({ fits }) => fits(asked));
    if (said !== undefined && said.after === 0) return said.says;
    if (said !== undefined) said.after -= 1;
    const by = permitted(provider, route, asked);
    if (isSays(by)) return by;
    return route.answer({ asked, path, by, body: route.body === undefined ? {} : bodyOf(asked, route.body) });
  };

  const server = await documentedServer(act);
  return {
    ...server,
    provider,
    called,
    say: (fits, says, after = 0) => {
      sayings.push({ fits, says, after });
    },
    close: async () => {
      await server.close();
      if (violations.length > 0) throw new Error(`not as documented: ${violations.join(' || ')}`);
    },
  };
};

export const object = (required: Schema['properties'], optional: Schema['properties'] = {}): Schema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required ?? {}),
});
export const text: Schema = { type: 'string', minLength: 1, maxLength: 200 };
export const texts: Schema = { type: 'array', items: { type: 'string' } };
export const exactly = (value: string): Schema => ({ enum: [value] });
export const basicOf = ({ headers }: Asked): readonly [user: string, password: string] => {
  const raw = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const [user = '', ...rest] = Buffer.from(raw, 'base64').toString().split(':');
  return [user, rest.join(':')];
};
