// npm and Verdaccio: tokens of one user at /-/npm/v1/tokens. Verdaccio makes one with the password; npm wants a code that only a person has.
import { randomUUID } from 'node:crypto';
import { randomText } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { object, text, texts, type Route, type TableProvider } from '../table-server.ts';
import { freshKey, iso, type Beginning, type DocumentedTurn } from './kit.ts';

const path = '/-/npm/v1/tokens';

const common = (provider: Omit<TableProvider, 'routes' | 'prove'>): Omit<TableProvider, 'routes'> => ({
  ...provider,
  prove: ({ bearer }) => provider.keys.all.find(({ values }) => values['secret'] === bearer),
});

const whoami: Route = {
  call: 'GET /-/whoami',
  by: 'key',
  answer: () => ({ status: 200, body: { username: 'mei' } }),
};

const verdaccioProvider = (password: string): TableProvider => {
  const keys = remoteKeys();
  const refused = { status: 403, body: { error: 'unauthorized access' } };
  const shown = ({ id, values, notes, createdAtMs }: RemoteKey): object => ({
    user: 'mei',
    token: `${values['secret']!.slice(0, 5)}...${values['secret']!.slice(-5)}`,
    key: id,
    cidr: notes['cidr'],
    readonly: notes['readonly'],
    created: iso(createdAtMs),
  });
  return {
    ...common({ keys, unknownKey: refused, noPermission: refused }),
    routes: [
      whoami,
      {
        call: `GET ${path}`,
        by: 'key',
        answer: () => ({ status: 200, body: { objects: keys.listed().map(shown), urls: { next: '' } } }),
      },
      {
        call: `POST ${path}`,
        by: 'key',
        body: {
          type: 'json',
          schema: object({ password: text, readonly: { type: 'boolean' }, cidr_whitelist: texts }),
        },
        answer: ({ body }) => {
          if (body['password'] !== password) return { status: 401, body: { error: 'bad username/password' } };
          const token = freshKey('verdaccio', 'legacy');
          const key = keys.add({
            id: randomUUID().replaceAll('-', ''),
            values: { secret: token },
            notes: { readonly: body['readonly'], cidr: body['cidr_whitelist'] },
            mayManage: body['readonly'] !== true,
          });
          return { status: 200, body: { ...shown(key), token } };
        },
      },
      {
        call: `DELETE ${path}/token/{key}`,
        by: 'manager',
        answer: (called) => {
          const key = keys.find(called.path['key']!);
          if (key !== undefined) keys.remove(key);
          return { status: 200, body: {} };
        },
      },
    ],
  };
};

const beginVerdaccio = (): Beginning => {
  const password = randomText(16);
  const provider = verdaccioProvider(password);
  const add = (isReadOnly: boolean): RemoteKey =>
    provider.keys.add({
      id: randomUUID().replaceAll('-', ''),
      values: { secret: freshKey('verdaccio', 'legacy') },
      notes: { readonly: isReadOnly, cidr: ['10.0.0.0/8'] },
      mayManage: !isReadOnly,
    });
  const [old, other] = [add(true), add(false)];
  return {
    provider,
    old,
    values: old.values,
    manager: { provider: 'verdaccio', values: { ...other.values, password } },
  };
};

export const verdaccioTurns: readonly DocumentedTurn[] = [
  { provider: 'verdaccio', way: 'by-password', begin: beginVerdaccio, hasMarks: false },
];

/** npm as far as Keyturn goes: the list, the delete, whose token it is. */
const npmProvider = (): TableProvider => {
  const keys = remoteKeys();
  return {
    ...common({
      keys,
      unknownKey: { status: 401, body: { message: 'Unauthorized' } },
      noPermission: { status: 401, body: { message: 'This operation requires a one-time password.' } },
    }),
    routes: [
      whoami,
      {
        call: `GET ${path}`,
        by: 'manager',
        answer: () => ({
          status: 200,
          body: {
            objects: keys.listed().map(({ id, name, values, createdAtMs }) => ({
              key: id,
              name,
              token: values['secret']!.slice(0, 8),
              created: iso(createdAtMs),
              readonly: false,
              cidr_whitelist: [],
            })),
            urls: {},
          },
        }),
      },
      {
        call: `DELETE ${path}/token/{key}`,
        by: 'manager',
        answer: (called) => {
          const key = keys.find(called.path['key']!);
          if (key === undefined) return { status: 404, body: { message: 'Not found' } };
          keys.remove(key);
          return { status: 204 };
        },
      },
    ],
  };
};

export const beginNpm = (): Beginning => {
  const provider = npmProvider();
  const add = (name: string): RemoteKey =>
    provider.keys.add({ id: randomText(40), name, values: { secret: freshKey('npm', 'granular') } });
  const [old, made] = [add('old'), add('made on the web')];
  return { provider, old, values: old.values, pasted: made.values };
};
