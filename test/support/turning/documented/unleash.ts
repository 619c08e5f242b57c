// Unleash: tokens are known by their value alone; a delete of an unknown one is answered like any other, and for a while it is still taken.
import { randomHex } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, text, texts, type TableProvider } from '../table-server.ts';
import { iso, type Beginning, type DocumentedTurn } from './kit.ts';

const shown = ({ values, name, notes, createdAtMs }: RemoteKey): object => ({
  secret: values['secret'],
  tokenName: name,
  createdAt: iso(createdAtMs),
  ...notes,
});
const secretFor = (type: unknown): string =>
  type === 'admin' ? `*:*.${randomHex(56)}` : `default:development.${randomHex(56)}`;

const unleashProvider = (): TableProvider => {
  const keys = remoteKeys();
  const path = '/api/admin/api-tokens';
  return {
    keys,
    prove: ({ headers }) => keys.all.find(({ values }) => values['secret'] === headers.authorization),
    unknownKey: { status: 401, body: { message: 'This endpoint requires an API token.' } },
    noPermission: { status: 403, body: { message: 'You need to be an admin' } },
    routes: [
      {
        call: 'GET /api/admin/projects',
        by: 'manager',
        answer: () => ({ status: 200, body: { projects: [] } }),
      },
      {
        call: 'GET /api/client/features',
        by: 'key',
        answer: () => ({ status: 200, body: { features: [] } }),
      },
      {
        call: `GET ${path}`,
        by: 'manager',
        answer: () => ({ status: 200, body: { tokens: keys.listed().map(shown) } }),
      },
      {
        call: `POST ${path}`,
        by: 'manager',
        body: {
          type: 'json',
          schema: object(
            { tokenName: text, type: { enum: ['client', 'frontend', 'admin'] } },
            { environment: text, projects: texts, expiresAt: { type: 'string', format: 'date-time' } },
          ),
        },
        answer: ({ body: { tokenName, ...notes } }) => {
          const secret = secretFor(notes['type']);
          const mayManage = notes['type'] === 'admin';
          const key = keys.add({ id: secret, name: String(tokenName), values: { secret }, notes, mayManage });
          return { status: 201, body: shown(key) };
        },
      },
      {
        call: `DELETE ${path}/{secret}`,
        by: 'manager',
        answer: (called) => {
          const key = keys.find(called.path['secret']!);
          if (key !== undefined) keys.remove(key);
          return { status: 200 };
        },
      },
    ],
  };
};

const begin = (type: 'admin' | 'client'): Beginning => {
  const provider = unleashProvider();
  const add = (kind: string): RemoteKey => {
    const secret = secretFor(kind);
    const notes =
      kind === 'admin'
        ? { type: kind, environment: '*', projects: ['*'] }
        : { type: kind, environment: 'development', projects: ['default'] };
    return provider.keys.add({
      id: secret,
      name: kind,
      values: { secret },
      notes,
      mayManage: kind === 'admin',
    });
  };
  const [old, admin] = [add(type), add('admin')];
  return { provider, old, values: old.values, manager: { provider: 'unleash', values: admin.values } };
};

export const unleashTurns: readonly DocumentedTurn[] = [
  { provider: 'unleash', way: 'self', begin: () => begin('admin'), hasMarks: true },
  { provider: 'unleash', way: 'admin-token', begin: () => begin('client'), hasMarks: true },
];
