// Vercel: tokens of one person, some of them for a team. A refused token gets 403 with a mark.
import { randomUUID } from 'node:crypto';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, text, type Called, type Route, type TableProvider } from '../table-server.ts';
import { freshKey, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

const view = ({ id, name, createdAtMs, notes }: RemoteKey): object => ({
  id,
  name,
  type: 'oauth2-token',
  scopes: [notes['scope']],
  activeAt: createdAtMs,
  createdAt: createdAtMs,
  ...(notes['expiresAt'] === undefined ? {} : { expiresAt: notes['expiresAt'] }),
});

const vercelProvider = (): TableProvider => {
  const keys = remoteKeys();
  const create = ({ body, asked }: Called): ReturnType<Route['answer']> => {
    const teamId = asked.query.get('teamId');
    const value = freshKey('vercel', 'token');
    const key = keys.add({
      id: randomUUID(),
      name: String(body['name']),
      values: { secret: value },
      notes: {
        scope: teamId === null ? { type: 'user' } : { type: 'team', teamId },
        expiresAt: body['expiresAt'],
      },
    });
    return { status: 200, body: { token: view(key), bearerToken: value } };
  };
  const schema = object({ name: text }, { expiresAt: { type: 'number' } });
  return {
    keys,
    prove: ({ bearer }) => keys.all.find(({ values }) => values['secret'] === bearer),
    unknownKey: {
      status: 403,
      body: { error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } },
    },
    noPermission: { status: 403, body: { error: { code: 'forbidden', message: 'Not authorized' } } },
    routes: [
      {
        call: 'GET /v5/user/tokens/current',
        by: 'key',
        answer: ({ by }) => ({ status: 200, body: { token: view(by!) } }),
      },
      {
        call: 'GET /v5/user/tokens',
        by: 'manager',
        answer: () => ({
          status: 200,
          body: {
            tokens: keys.listed().map(view),
            pagination: { count: keys.listed().length, next: null, prev: null },
          },
        }),
      },
      { call: 'POST /v3/user/tokens', by: 'manager', body: { type: 'json', schema }, answer: create },
      {
        call: 'POST /v3/user/tokens',
        query: { teamId: 'team_1' },
        by: 'manager',
        body: { type: 'json', schema },
        answer: create,
      },
      {
        call: 'DELETE /v3/user/tokens/{id}',
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['id']!);
          if (key === undefined)
            return { status: 404, body: { error: { code: 'not_found', message: 'Not found' } } };
          keys.remove(key);
          return { status: 200, body: { tokenId: key.id } };
        },
      },
    ],
  };
};

const begin = (scope: object): Beginning => {
  const provider = vercelProvider();
  const expiresOn = laterDay();
  const old = provider.keys.add({
    id: randomUUID(),
    name: 'old',
    values: { secret: freshKey('vercel', 'token') },
    notes: { scope, expiresAt: Date.parse(`${expiresOn}T00:00:00Z`) },
  });
  return { provider, old, values: old.values, inputs: { teamId: 'team_1' }, expiresOn };
};

export const vercelTurns: readonly DocumentedTurn[] = [
  { provider: 'vercel', way: 'person', begin: () => begin({ type: 'user' }), hasMarks: true },
  { provider: 'vercel', way: 'team', begin: () => begin({ type: 'team', teamId: 'team_1' }), hasMarks: true },
];
