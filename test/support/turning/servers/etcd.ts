// etcd's JSON gateway as it was seen on 3.4.23: a token for name and password, changepw by the role root alone, which ends the tokens of
// the user.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type User = { password: string; readonly isRoot: boolean };
export type EtcdServer = DocumentedServer & { readonly users: Map<string, User>; auth: boolean };

const error = (status: number, message: string, code: number): Says => ({
  status,
  body: { error: `etcdserver: ${message}`, code, message: `etcdserver: ${message}` },
});

export const etcdServer = async (): Promise<EtcdServer> => {
  const users = new Map<string, User>();
  const tokens = new Map<string, string>();
  const state = { auth: true };
  const authenticate = (name: string, password: string): Says => {
    if (!state.auth) return error(400, 'authentication is not enabled', 9);
    const user = users.get(name);
    if (user === undefined || user.password !== password)
      return error(400, 'authentication failed, invalid user ID or password', 3);
    const token = `${randomText(16)}.${String(tokens.size + 1)}`;
    tokens.set(token, name);
    return { status: 200, body: { header: {}, token } };
  };
  const changePassword = (asked: Asked, name: string, password: string): Says => {
    const asker = tokens.get(asked.headers.authorization ?? '');
    if (asker === undefined) return error(401, 'invalid auth token', 16);
    if (users.get(asker)?.isRoot !== true) return error(403, 'permission denied', 7);
    const user = users.get(name);
    if (user === undefined) return error(400, 'user name not found', 9);
    user.password = password;
    for (const [token, owner] of tokens) if (owner === name) tokens.delete(token);
    return { status: 200, body: { header: {} } };
  };
  const act = (asked: Asked): Says => {
    const { name, password } = asked.json;
    if (typeof name !== 'string' || typeof password !== 'string') return error(400, 'user name is empty', 3);
    if (asked.method !== 'POST') return error(405, 'method not allowed', 12);
    if (asked.path === '/v3/auth/authenticate') return authenticate(name, password);
    if (asked.path === '/v3/auth/user/changepw') return changePassword(asked, name, password);
    return error(404, 'not found', 5);
  };
  const server = await documentedServer(act);
  return {
    ...server,
    users,
    get auth() {
      return state.auth;
    },
    set auth(on: boolean) {
      state.auth = on;
    },
  };
};
