// OpenRouter, DigitalOcean's pairs for Spaces, and Fastly, which lets a token revoke itself.
import { randomText, randomHex } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, text, type TableProvider } from '../table-server.ts';
import { freshKey, iso, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

const byBearer =
  (keys: TableProvider['keys']): TableProvider['prove'] =>
  ({ bearer }) =>
    keys.all.find(({ values }) => values['secret'] === bearer);

const routed = ({ id, name, values, notes, createdAtMs }: RemoteKey): object => ({
  hash: id,
  name,
  label: `${values['secret']!.slice(0, 12)}...${values['secret']!.slice(-3)}`,
  disabled: false,
  created_at: iso(createdAtMs),
  ...notes,
});

const openrouterProvider = (): TableProvider => {
  const keys = remoteKeys();
  return {
    keys,
    prove: byBearer(keys),
    unknownKey: { status: 401, body: { error: { code: 401, message: 'User not found.' } } },
    noPermission: { status: 403, body: { error: { code: 403, message: 'Forbidden' } } },
    routes: [
      {
        call: 'GET /api/v1/key',
        by: 'key',
        answer: () => ({
          status: 200,
          body: { data: { label: 'sk', limit: null, usage: 0, limit_remaining: null } },
        }),
      },
      {
        call: 'GET /api/v1/keys',
        query: { include_disabled: 'true' },
        by: 'manager',
        answer: () => ({ status: 200, body: { data: keys.listed().slice(0, 100).map(routed) } }),
      },
      {
        call: 'POST /api/v1/keys',
        by: 'manager',
        body: {
          type: 'json',
          schema: object(
            { name: text },
            {
              limit: { type: 'number' },
              limit_reset: { enum: ['daily', 'weekly', 'monthly'] },
              include_byok_in_limit: { type: 'boolean' },
              workspace_id: text,
              // Other zones than UTC are refused.
              expires_at: { type: 'string', format: 'date-time', pattern: 'Z$' },
            },
          ),
        },
        answer: ({ body: { name, ...notes } }) => {
          const secret = freshKey('openrouter', 'key');
          const key = keys.add({
            id: randomHex(64),
            name: String(name),
            values: { secret },
            notes: { limit_reset: null, ...notes },
            mayManage: false,
          });
          return { status: 201, body: { key: secret, data: routed(key) } };
        },
      },
      {
        call: 'DELETE /api/v1/keys/{hash}',
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['hash']!);
          if (key === undefined) return { status: 404, body: { error: { code: 404, message: 'Not found' } } };
          keys.remove(key);
          return { status: 200, body: { deleted: true } };
        },
      },
    ],
  };
};

const beginOpenrouter = (): Beginning => {
  const provider = openrouterProvider();
  const expiresOn = laterDay();
  const add = (name: string, mayManage: boolean, notes: RemoteKey['notes']): RemoteKey =>
    provider.keys.add({
      id: randomHex(64),
      name,
      values: { secret: freshKey('openrouter', 'key') },
      notes,
      mayManage,
    });
  const old = add('old', false, {
    limit: 50,
    limit_reset: null,
    include_byok_in_limit: true,
    workspace_id: 'w1',
    expires_at: `${expiresOn}T00:00:00.000Z`,
  });
  const manager = add('management', true, {});
  return {
    provider,
    old,
    values: old.values,
    manager: { provider: 'openrouter', values: manager.values },
    expiresOn,
  };
};

const spacesKey = (): { readonly accessKeyId: string; readonly secretAccessKey: string } => ({
  accessKeyId: freshKey('digitalocean', 'spaces-id'),
  secretAccessKey: freshKey('digitalocean', 'spaces-secret'),
});
const pair = ({ id, name, notes, createdAtMs }: RemoteKey): object => ({
  name,
  access_key: id,
  grants: notes['grants'],
  created_at: iso(createdAtMs),
});

const digitaloceanProvider = (): TableProvider => {
  const keys = remoteKeys();
  const gone = { status: 404, body: { id: 'not_found', message: 'The resource was not found.' } };
  const pairs = (): readonly RemoteKey[] =>
    keys.listed().filter(({ notes }) => notes['grants'] !== undefined);
  const grant = object({
    bucket: { type: 'string' },
    permission: { enum: ['read', 'readwrite', 'fullaccess'] },
  });
  return {
    keys,
    prove: byBearer(keys),
    unknownKey: { status: 401, body: { id: 'unauthorized', message: 'Unable to authenticate you.' } },
    noPermission: { status: 403, body: { id: 'forbidden', message: 'You are not authorized.' } },
    routes: [
      {
        call: 'GET /v2/spaces/keys',
        query: { per_page: '200' },
        by: 'manager',
        answer: () => ({
          status: 200,
          body: { keys: pairs().map(pair), links: {}, meta: { total: pairs().length } },
        }),
      },
      {
        call: 'GET /v2/spaces/keys/{id}',
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['id']!);
          return key === undefined ? gone : { status: 200, body: { key: pair(key) } };
        },
      },
      {
        call: 'POST /v2/spaces/keys',
        by: 'manager',
        body: { type: 'json', schema: object({ name: text, grants: { type: 'array', items: grant } }) },
        answer: ({ body }) => {
          const values = spacesKey();
          const key = keys.add({
            id: values.accessKeyId,
            name: String(body['name']),
            values,
            notes: { grants: body['grants'] },
          });
          return { status: 201, body: { key: { ...pair(key), secret_key: values.secretAccessKey } } };
        },
      },
      {
        call: 'DELETE /v2/spaces/keys/{id}',
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['id']!);
          if (key === undefined) return gone;
          keys.remove(key);
          return { status: 204 };
        },
      },
    ],
  };
};

const beginSpaces = (): Beginning => {
  const provider = digitaloceanProvider();
  const values = spacesKey();
  const grants = [{ bucket: 'pictures', permission: 'readwrite' }];
  const old = provider.keys.add({ id: values.accessKeyId, name: 'old', values, notes: { grants } });
  const token = provider.keys.add({ id: 't', values: { secret: freshKey('digitalocean', 'token') } });
  return { provider, old, values, manager: { provider: 'digitalocean', values: token.values } };
};

export const smallTurns: readonly DocumentedTurn[] = [
  { provider: 'openrouter', way: 'management-key', begin: beginOpenrouter, hasMarks: true },
  {
    provider: 'digitalocean',
    way: 'spaces',
    begin: beginSpaces,
    refusedAs: 'not-checkable',
    hasMarks: true,
  },
];

const fastlyProvider = (): TableProvider => {
  const keys = remoteKeys();
  return {
    keys,
    prove: ({ headers }) => keys.all.find(({ values }) => values['secret'] === headers['fastly-key']),
    unknownKey: { status: 401, body: { msg: 'Provided credentials are missing or invalid' } },
    noPermission: { status: 403, body: { msg: 'You are not authorized to perform this action' } },
    routes: [
      {
        call: 'GET /tokens/self',
        by: 'key',
        answer: ({ by }) => ({
          status: 200,
          body: { id: by!.id, name: 'x', scope: 'global', expires_at: null },
        }),
      },
      {
        call: 'DELETE /tokens/self',
        by: 'manager',
        answer: ({ by }) => {
          keys.remove(by!);
          return { status: 204 };
        },
      },
    ],
  };
};

export const beginFastly = (): Beginning => {
  const provider = fastlyProvider();
  const old = provider.keys.add({ id: randomText(22), values: { secret: freshKey('fastly', 'token') } });
  return { provider, old, values: old.values };
};
