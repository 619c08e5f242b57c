// Docker Hub: name and token are exchanged for a session, which proves everything else and outlives its token.
import { randomUUID } from 'node:crypto';
import { randomText } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, text, texts, type Route, type TableProvider } from '../table-server.ts';
import { freshKey, iso, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

const page = { status: 200, next: null, previous: null };
const date = { type: 'string', format: 'date-time' };
const resource = object({ type: { enum: ['TYPE_REPO', 'TYPE_ORG'] }, path: text, scopes: texts });

const dockerhubProvider = (): TableProvider => {
  const keys = remoteKeys();
  const sessions = new Map<string, RemoteKey>();
  const listed = (isOrganisation: boolean): readonly RemoteKey[] =>
    keys.listed().filter(({ notes }) => (notes['resources'] !== undefined) === isOrganisation);
  const notFound = { status: 404, body: { message: 'not found' } };
  const shown = (isOrganisation: boolean, { id, name, notes, createdAtMs, active }: RemoteKey): object => ({
    [isOrganisation ? 'id' : 'uuid']: id,
    [isOrganisation ? 'label' : 'token_label']: name,
    is_active: active,
    created_at: iso(createdAtMs),
    [isOrganisation ? 'last_used_at' : 'last_used']: null,
    expires_at: notes['expiresAt'] ?? null,
    ...(isOrganisation ? {} : { scopes: notes['scopes'], token: '' }),
  });
  const routesAt = (path: string, isOrganisation: boolean): readonly Route[] => [
    {
      call: `GET ${path}`,
      query: { page_size: '100' },
      by: 'manager',
      answer: () => {
        const results = listed(isOrganisation).map((key) => shown(isOrganisation, key));
        return { status: 200, body: { ...page, count: results.length, results } };
      },
    },
    {
      call: `GET ${path}/{id}`,
      by: 'manager',
      answer: (called) => {
        const key = keys.find(called.path['id']!);
        if (key === undefined) return notFound;
        const more = isOrganisation ? { resources: key.notes['resources'] } : {};
        return { status: 200, body: { ...shown(isOrganisation, key), ...more } };
      },
    },
    {
      call: `POST ${path}`,
      by: 'manager',
      body: {
        type: 'json',
        schema: isOrganisation
          ? object({ label: text }, { resources: { type: 'array', items: resource }, expires_at: date })
          : object({ token_label: { ...text, maxLength: 100 }, scopes: texts }, { expires_at: date }),
      },
      answer: ({ body, path: places }) => {
        const value = freshKey('dockerhub', isOrganisation ? 'organisation' : 'personal');
        const key = keys.add({
          id: randomUUID(),
          name: String(body[isOrganisation ? 'label' : 'token_label']),
          values: { identifier: places['name'] ?? 'mei', secret: value },
          notes: {
            ...(isOrganisation ? { resources: body['resources'] } : { scopes: body['scopes'] }),
            expiresAt: body['expires_at'],
          },
        });
        return { status: 201, body: { ...shown(isOrganisation, key), token: value } };
      },
    },
    {
      call: `DELETE ${path}/{id}`,
      by: 'manager',
      answer: (called) => {
        const key = keys.find(called.path['id']!);
        if (key === undefined) return notFound;
        keys.remove(key);
        return { status: 204 };
      },
    },
  ];
  return {
    keys,
    // A session that was opened lives on; what it may is its key's.
    prove: ({ bearer }) => {
      const key = sessions.get(bearer);
      return key === undefined ? undefined : { ...key, gone: false, active: true, refusedFor: 0 };
    },
    unknownKey: { status: 401, body: { message: 'unauthorized' } },
    noPermission: {
      status: 403,
      body: { message: 'access to the resource is forbidden with personal access token' },
    },
    routes: [
      {
        call: 'POST /v2/auth/token',
        by: 'anybody',
        body: { type: 'json', schema: object({ identifier: text, secret: text }) },
        answer: ({ body }) => {
          const key = keys.all.find(
            ({ values }) =>
              values['identifier'] === body['identifier'] && values['secret'] === body['secret'],
          );
          if (key === undefined || !keys.accepts(key))
            return { status: 401, body: { detail: 'Incorrect authentication credentials' } };
          const token = randomText(40);
          sessions.set(token, key);
          return { status: 200, body: { access_token: token } };
        },
      },
      ...routesAt('/v2/access-tokens', false),
      ...routesAt('/v2/orgs/{name}/access-tokens', true),
    ],
  };
};

const begin = (isOrganisation: boolean): Beginning => {
  const provider = dockerhubProvider();
  const expiresOn = laterDay();
  const old = provider.keys.add({
    id: randomUUID(),
    name: 'build server',
    values: {
      identifier: isOrganisation ? 'acme' : 'mei',
      secret: freshKey('dockerhub', isOrganisation ? 'organisation' : 'personal'),
    },
    notes: {
      ...(isOrganisation
        ? { resources: [{ type: 'TYPE_REPO', path: 'acme/app', scopes: ['repo-pull'] }] }
        : { scopes: ['repo:read'] }),
      expiresAt: `${expiresOn}T00:00:00.000Z`,
    },
  });
  const other = provider.keys.add({
    id: randomUUID(),
    name: 'other',
    values: { identifier: 'mei', secret: freshKey('dockerhub', 'personal') },
    notes: { scopes: ['repo:admin'] },
  });
  const manager = { provider: 'dockerhub', values: other.values };
  return { provider, old, values: old.values, manager, names: ['build server'], expiresOn };
};

export const dockerhubTurns: readonly DocumentedTurn[] = [
  { provider: 'dockerhub', way: 'personal', begin: () => begin(false), hasMarks: true },
  { provider: 'dockerhub', way: 'personal-by-other', begin: () => begin(false), hasMarks: true },
  { provider: 'dockerhub', way: 'organisation', begin: () => begin(true), hasMarks: true },
];
