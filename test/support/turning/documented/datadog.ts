// Datadog: API keys and application keys in one organisation; every question but the check of an API key is proven by one of each.
import { randomUUID } from 'node:crypto';
import type { Asked } from '../documented-server.ts';
import { remoteKeys, type RemoteKey, type RemoteKeys } from '../remote-keys.ts';
import { exactly, object, text, texts, type Route, type TableProvider } from '../table-server.ts';
import { freshKey, iso, type Beginning, type DocumentedTurn } from './kit.ts';

type Kind = 'apiKey' | 'applicationKey';
const ofKind = (keys: RemoteKeys, kind: Kind): readonly RemoteKey[] =>
  keys.listed().filter(({ values }) => values[kind] !== undefined);

const attributes = ({ name, values, notes, createdAtMs }: RemoteKey, kind: Kind): object => ({
  name,
  ...(kind === 'apiKey'
    ? { category: notes['category'], remote_config_read_enabled: notes['remote'], date_last_used: null }
    : { scopes: notes['scopes'] ?? null, last_used_at: null }),
  last4: values[kind]!.slice(-4),
  created_at: iso(createdAtMs),
});

const routesFor = (keys: RemoteKeys, kind: Kind, path: string, type: string): readonly Route[] => {
  const optional =
    kind === 'apiKey'
      ? { category: { type: 'string' }, remote_config_read_enabled: { type: 'boolean' } }
      : { scopes: texts };
  const attributesSchema = object({ name: text }, optional);
  const max = kind === 'apiKey' ? 'max_allowed' : 'max_allowed_per_user';
  return [
    {
      call: `GET /api/v2/${path}`,
      query: { 'page[size]': '100' },
      by: 'manager',
      answer: () => ({
        status: 200,
        body: {
          data: ofKind(keys, kind).map((key) => ({ id: key.id, type, attributes: attributes(key, kind) })),
          meta: {
            [max]: Math.min(keys.max, 1000),
            page: { total_filtered_count: ofKind(keys, kind).length },
          },
        },
      }),
    },
    {
      call: `POST /api/v2/${path}`,
      by: 'manager',
      body: {
        type: 'json',
        schema: object({ data: object({ type: exactly(type), attributes: attributesSchema }) }),
      },
      answer: ({ body }) => {
        const said = (body['data'] as { attributes: Readonly<Record<string, unknown>> }).attributes;
        const notes =
          kind === 'apiKey'
            ? { category: said['category'], remote: said['remote_config_read_enabled'] }
            : said['scopes'] === undefined
              ? {}
              : { scopes: said['scopes'] };
        const value = freshKey('datadog', kind === 'apiKey' ? 'api-key' : 'application-key');
        const key = keys.add({
          id: randomUUID(),
          name: String(said['name']),
          values: { [kind]: value },
          notes,
        });
        return {
          status: 201,
          body: { data: { id: key.id, type, attributes: { ...attributes(key, kind), key: value } } },
        };
      },
    },
    {
      call: `DELETE /api/v2/${path}/{id}`,
      by: 'manager',
      answer: ({ path: places }) => {
        const key = keys.find(places['id']!);
        if (key === undefined) return { status: 404, body: { errors: ['API key not found'] } };
        keys.remove(key);
        return { status: 204 };
      },
    },
  ];
};

const refused = { status: 403, body: { errors: ['Forbidden'] } };

const datadogProvider = (): TableProvider => {
  const keys = remoteKeys();
  const apiKeyOf = ({ headers }: Asked): RemoteKey | undefined =>
    keys.all.find(
      ({ values }) => values['apiKey'] !== undefined && values['apiKey'] === headers['dd-api-key'],
    );
  return {
    keys,
    // Both must be right: the application key is what is accepted, beside a living API key.
    prove: (asked) => {
      const api = apiKeyOf(asked);
      return api === undefined || (api.gone && api.acceptedFor <= 0)
        ? undefined
        : keys.all.find(
            ({ values }) =>
              values['applicationKey'] !== undefined &&
              values['applicationKey'] === asked.headers['dd-application-key'],
          );
    },
    unknownKey: refused,
    noPermission: refused,
    routes: [
      {
        call: 'GET /api/v1/validate',
        by: 'anybody',
        answer: ({ asked }) => {
          const key = apiKeyOf(asked);
          return key !== undefined && keys.accepts(key) ? { status: 200, body: { valid: true } } : refused;
        },
      },
      {
        call: 'GET /api/v2/current_user/application_keys',
        by: 'key',
        answer: () => ({ status: 200, body: { data: [] } }),
      },
      ...routesFor(keys, 'apiKey', 'api_keys', 'api_keys'),
      ...routesFor(keys, 'applicationKey', 'current_user/application_keys', 'application_keys'),
      ...routesFor(keys, 'applicationKey', 'service_accounts/sa-1/application_keys', 'application_keys'),
    ],
  };
};

const begin = (turned: Kind, hasBoth: boolean): Beginning => {
  const provider = datadogProvider();
  const { keys } = provider;
  const add = (kind: Kind, name: string): RemoteKey =>
    keys.add({
      id: randomUUID(),
      name,
      values: { [kind]: freshKey('datadog', kind === 'apiKey' ? 'api-key' : 'application-key') },
      notes: kind === 'apiKey' ? { category: 'ci', remote: false } : { scopes: ['metrics_read'] },
    });
  const [api, application] = [add('apiKey', 'old api'), add('applicationKey', 'old application')];
  const other = { ...add('apiKey', 'other').values, ...add('applicationKey', 'other').values };
  return {
    provider,
    old: turned === 'apiKey' ? api : application,
    values: hasBoth ? { ...api.values, ...application.values } : api.values,
    manager: { provider: 'datadog', values: other },
    inputs: { serviceAccountId: 'sa-1' },
  };
};

export const datadogTurns: readonly DocumentedTurn[] = [
  {
    provider: 'datadog',
    way: 'application-key',
    begin: () => begin('applicationKey', true),
    refusedAs: 'blocked',
    hasMarks: true,
  },
  { provider: 'datadog', way: 'api-key-self', begin: () => begin('apiKey', true), hasMarks: true },
  { provider: 'datadog', way: 'api-key', begin: () => begin('apiKey', false), hasMarks: true },
  {
    provider: 'datadog',
    way: 'service-account',
    begin: () => begin('applicationKey', true),
    refusedAs: 'blocked',
    hasMarks: true,
  },
];
