// Supabase: keys of one project, managed with a personal access token. A name takes small letters, digits and _ only.
import { randomUUID } from 'node:crypto';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { exactly, object, text, type TableProvider } from '../table-server.ts';
import { freshKey, iso, type Beginning, type DocumentedTurn } from './kit.ts';

const ref = 'abcdefghijklmnopqrst';
const path = `/v1/projects/${ref}/api-keys`;

const shown = ({ id, name, values, notes, createdAtMs }: RemoteKey): object => ({
  id,
  name,
  type: notes['type'],
  description: notes['description'],
  api_key: `${values['secret']!.slice(0, 15)}${'·'.repeat(12)}${values['secret']!.slice(-4)}`,
  inserted_at: iso(createdAtMs),
});

const supabaseProvider = (): TableProvider => {
  const keys = remoteKeys();
  const ofProject = (): readonly RemoteKey[] =>
    keys.listed().filter(({ notes }) => notes['type'] !== 'token');
  return {
    keys,
    prove: ({ bearer, headers }) =>
      keys.all.find(({ values }) => values['secret'] === bearer || values['secret'] === headers['apikey']),
    unknownKey: { status: 401, body: { message: 'Invalid API key' } },
    noPermission: { status: 403, body: { message: 'Forbidden' } },
    routes: [
      { call: 'GET /rest/v1/', by: 'key', answer: () => ({ status: 200, body: {} }) },
      { call: 'GET /auth/v1/settings', by: 'key', answer: () => ({ status: 200, body: {} }) },
      { call: `GET ${path}`, by: 'manager', answer: () => ({ status: 200, body: ofProject().map(shown) }) },
      {
        call: `POST ${path}`,
        query: { reveal: 'true' },
        by: 'manager',
        body: {
          type: 'json',
          schema: {
            anyOf: ['secret', 'publishable'].map((type) =>
              object(
                {
                  type: exactly(type),
                  name: { type: 'string', pattern: '^[a-z_][a-z0-9_]+$', minLength: 4, maxLength: 64 },
                },
                { description: text },
              ),
            ),
          },
        },
        answer: ({ body }) => {
          const type = String(body['type']);
          const value = freshKey('supabase', type);
          const key = keys.add({
            id: randomUUID(),
            name: String(body['name']),
            values: { secret: value },
            notes: { type, description: body['description'] },
            mayManage: false,
          });
          return { status: 201, body: { ...shown(key), api_key: value } };
        },
      },
      {
        call: `DELETE ${path}/{id}`,
        query: { reason: 'turned' },
        by: 'manager',
        answer: (called) => {
          const key = keys.find(called.path['id']!);
          if (key === undefined) return { status: 404, body: { message: 'not found' } };
          keys.remove(key);
          return { status: 200, body: shown(key) };
        },
      },
    ],
  };
};

const begin = (type: 'secret' | 'publishable'): Beginning => {
  const provider = supabaseProvider();
  const add = (format: string, mayManage: boolean): RemoteKey =>
    provider.keys.add({
      id: randomUUID(),
      name: 'old',
      values: { secret: freshKey('supabase', format) },
      notes: { type: format },
      mayManage,
    });
  const [old, token] = [add(type, false), add('token', true)];
  return {
    provider,
    old,
    values: { ...old.values, ref },
    manager: { provider: 'supabase', values: token.values },
  };
};

export const supabaseTurns: readonly DocumentedTurn[] = [
  { provider: 'supabase', way: 'secret', begin: () => begin('secret'), hasMarks: true },
  { provider: 'supabase', way: 'publishable', begin: () => begin('publishable'), hasMarks: true },
];
