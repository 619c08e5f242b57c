// Mailgun: keys of one account, with role, kind and domain; the id is the end of the value.
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { basicOf, object, text, type TableProvider } from '../table-server.ts';
import { freshKey, iso, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

const idOf = (value: string): string => value.split('-').slice(1).join('-');
const shown = ({ id, name, notes, createdAtMs }: RemoteKey): object => ({
  id,
  description: name,
  kind: notes['kind'],
  role: notes['role'],
  domain_name: notes['domain'] ?? null,
  user_name: notes['user'] ?? null,
  requestor: null,
  is_disabled: false,
  created_at: iso(createdAtMs).slice(0, 19),
  updated_at: iso(createdAtMs).slice(0, 19),
});

const mailgunProvider = (): TableProvider => {
  const keys = remoteKeys();
  return {
    keys,
    prove: (asked) => {
      const [user, password] = basicOf(asked);
      return user === 'api' ? keys.all.find(({ values }) => values['secret'] === password) : undefined;
    },
    unknownKey: { status: 401, body: 'Forbidden' },
    noPermission: { status: 403, body: { message: 'forbidden' } },
    routes: [
      {
        call: 'GET /v3/domains',
        query: { limit: '1' },
        by: 'key',
        answer: () => ({ status: 200, body: { total_count: 0, items: [] } }),
      },
      {
        call: 'GET /v1/keys',
        by: 'manager',
        answer: () => ({
          status: 200,
          body: { total_count: keys.listed().length, items: keys.listed().map(shown) },
        }),
      },
      {
        call: 'POST /v1/keys',
        by: 'manager',
        body: {
          type: 'multipart',
          schema: object(
            { role: { enum: ['admin', 'basic', 'sending', 'developer'] } },
            {
              kind: { enum: ['domain', 'user', 'web'] },
              domain_name: text,
              user_name: text,
              description: text,
              expiration: { type: 'integer', minimum: 1 },
            },
          ),
        },
        answer: ({ body }) => {
          const value = freshKey('mailgun', 'key');
          const key = keys.add({
            id: idOf(value),
            name: String(body['description']),
            values: { secret: value },
            notes: {
              role: body['role'],
              kind: body['kind'],
              domain: body['domain_name'],
              user: body['user_name'],
            },
            mayManage: body['role'] === 'admin',
          });
          return { status: 200, body: { message: 'great success', key: { ...shown(key), secret: value } } };
        },
      },
      {
        call: 'DELETE /v1/keys/{id}',
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['id']!);
          if (key === undefined) return { status: 404, body: { message: 'no key matching id' } };
          keys.remove(key);
          return { status: 200, body: { message: 'key deleted' } };
        },
      },
    ],
  };
};

const begin = (notes: RemoteKey['notes']): Beginning => {
  const provider = mailgunProvider();
  const add = (name: string, own: RemoteKey['notes']): RemoteKey => {
    const value = freshKey('mailgun', 'key');
    const mayManage = own['role'] === 'admin';
    return provider.keys.add({ id: idOf(value), name, values: { secret: value }, notes: own, mayManage });
  };
  const [old, admin] = [add('old', notes), add('admin', { role: 'admin', kind: 'user' })];
  const manager = { provider: 'mailgun', values: admin.values };
  return { provider, old, values: old.values, manager, expiresOn: laterDay() };
};

const sending = { role: 'sending', kind: 'domain', domain: 'mail.demo.example', user: undefined };
const admin = { role: 'admin', kind: 'user', domain: undefined, user: 'Mei' };
export const mailgunTurns: readonly DocumentedTurn[] = [
  { provider: 'mailgun', way: 'self', begin: () => begin(admin), hasMarks: true },
  { provider: 'mailgun', way: 'managed', begin: () => begin(sending), hasMarks: true },
  { provider: 'mailgun', way: 'self-eu', begin: () => begin(admin), hasMarks: true },
  { provider: 'mailgun', way: 'managed-eu', begin: () => begin(sending), hasMarks: true },
];
