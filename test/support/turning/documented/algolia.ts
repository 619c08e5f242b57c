// Algolia: a key is known by its value alone, which stands in addresses; the admin key is no entry of the list.
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, texts, type TableProvider } from '../table-server.ts';
import { freshKey, type Beginning, type DocumentedTurn } from './kit.ts';

const appId = 'AB12CD34EF';
const shown = ({ values, name, notes, createdAtMs }: RemoteKey): object => ({
  value: values['secret'],
  description: name,
  createdAt: Math.floor(createdAtMs / 1000),
  validity: 0,
  ...notes,
});

const algoliaProvider = (): TableProvider => {
  const keys = remoteKeys();
  const find = (value: string | undefined): RemoteKey | undefined =>
    keys.listed().find(({ values }) => values['secret'] === value);
  const gone = { status: 404, body: { message: 'Key does not exist', status: 404 } };
  return {
    keys,
    prove: ({ headers }) =>
      headers['x-algolia-application-id'] === appId
        ? keys.all.find(({ values }) => values['secret'] === headers['x-algolia-api-key'])
        : undefined,
    unknownKey: { status: 403, body: { message: 'Invalid Application-ID or API key', status: 403 } },
    noPermission: { status: 403, body: { message: 'Method not allowed with this API key', status: 403 } },
    routes: [
      {
        call: 'GET /1/keys/{key}',
        by: 'key',
        answer: ({ path, by }) => {
          // A key that is gone and still accepted is told as it was.
          const key = by?.values['secret'] === path['key'] ? by : find(path['key']);
          return key === undefined || (key !== by && by?.mayManage !== true)
            ? gone
            : { status: 200, body: shown(key) };
        },
      },
      {
        call: 'GET /1/keys',
        by: 'manager',
        answer: () => ({
          status: 200,
          body: { keys: keys.listed().flatMap((key) => (key.mayManage ? [] : [shown(key)])) },
        }),
      },
      {
        call: 'POST /1/keys',
        by: 'manager',
        body: {
          type: 'json',
          schema: object(
            { acl: texts },
            {
              description: { type: 'string' },
              indexes: texts,
              validity: { type: 'integer' },
              maxHitsPerQuery: { type: 'integer' },
              maxQueriesPerIPPerHour: { type: 'integer' },
              queryParameters: { type: 'string' },
              referers: texts,
            },
          ),
        },
        answer: ({ body: { description, ...notes } }) => {
          const secret = freshKey('algolia', 'key');
          keys.add({ id: secret, name: String(description), values: { secret }, notes, mayManage: false });
          return { status: 201, body: { key: secret, createdAt: new Date().toISOString() } };
        },
      },
      {
        call: 'DELETE /1/keys/{key}',
        by: 'manager',
        answer: ({ path }) => {
          const key = find(path['key']);
          if (key === undefined) return gone;
          keys.remove(key);
          return { status: 200, body: { deletedAt: new Date().toISOString() } };
        },
      },
    ],
  };
};

const begin = (): Beginning => {
  const provider = algoliaProvider();
  const add = (name: string, mayManage: boolean, notes: RemoteKey['notes']): RemoteKey => {
    const secret = freshKey('algolia', 'key');
    return provider.keys.add({ id: secret, name, values: { secret }, notes, mayManage });
  };
  const old = add('old', false, {
    acl: ['search', 'browse'],
    indexes: ['movies'],
    maxHitsPerQuery: 20,
    maxQueriesPerIPPerHour: 100,
    queryParameters: 'typoTolerance=strict',
    referers: ['https://demo.example/*'],
  });
  const admin = add('admin', true, { acl: ['admin'] });
  return {
    provider,
    old,
    values: { ...old.values, appId },
    manager: { provider: 'algolia', values: { ...admin.values, appId } },
  };
};

export const algoliaTurns: readonly DocumentedTurn[] = [
  { provider: 'algolia', way: 'admin-key', begin, hasMarks: true },
];
