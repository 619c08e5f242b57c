// RabbitMQ's management interface as it was seen on 3.10.8: PUT of a user without tags drops them, and 401 has two spellings.
import { documentedServer, type Asked, type DocumentedServer, type Says } from '../documented-server.ts';

type User = { password: string; tags: readonly string[] };
export type RabbitServer = DocumentedServer & { readonly users: Map<string, User> };

const refuse = (error: string, reason: string): Says => ({ status: 401, body: { error, reason } });

const basic = (header = ''): readonly [user: string, password: string] => {
  const [user = '', ...password] = Buffer.from(header.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  return [user, password.join(':')];
};

export const rabbitServer = async (): Promise<RabbitServer> => {
  const users = new Map<string, User>();
  const put = (name: string, asked: Asked): Says => {
    const { password, tags } = asked.json;
    if (typeof password !== 'string')
      return { status: 400, body: { error: 'bad_request', reason: 'not_json' } };
    const list = Array.isArray(tags) ? (tags as string[]) : typeof tags === 'string' ? tags.split(',') : [];
    const known = users.has(name);
    users.set(name, { password, tags: list.filter((tag) => tag !== '') });
    return { status: known ? 204 : 201 };
  };
  const act = (asked: Asked): Says => {
    const [user, password] = basic(asked.headers.authorization);
    const asker = users.get(user);
    if (asker === undefined || asker.password !== password) return refuse('not_authorized', 'Login failed');
    if (asker.tags.length === 0) return refuse('not_authorised', 'Not management user');
    if (asked.path === '/api/whoami') return { status: 200, body: { name: user, tags: asker.tags } };
    const name = decodeURIComponent(/^\/api\/users\/([^/]+)$/.exec(asked.path)?.[1] ?? '');
    if (name === '') return { status: 404, body: { error: 'Object Not Found' } };
    if (!asker.tags.includes('administrator')) return refuse('not_authorised', 'Not administrator user');
    if (asked.method === 'PUT') return put(name, asked);
    const found = users.get(name);
    return found === undefined
      ? { status: 404, body: { error: 'Object Not Found', reason: 'Not Found' } }
      : { status: 200, body: { name, password_hash: 'x', tags: found.tags, limits: {} } };
  };
  return { ...(await documentedServer(act)), users };
};
