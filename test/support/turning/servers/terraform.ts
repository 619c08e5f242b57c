// Terraform's tokens as its pages say: several of a user, one of an organisation or a team that the next replaces; bodies are JSON:API.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type Token = {
  readonly id: string;
  readonly value: string;
  /** `user-…`, `org:NAME` or `team-…`. */
  readonly owner: string;
  readonly description: string | null;
  readonly expiredAt: string | null;
};
export type TerraformServer = DocumentedServer & {
  readonly tokens: Token[];
  readonly add: (owner: string, description?: string) => Token;
  readonly isAlive: (value: string) => boolean;
};

const mime = 'application/vnd.api+json';
const error = (status: number, title: string): Says => ({
  status,
  body: { errors: [{ status: String(status), title }] },
});
const view = (
  { id, description, expiredAt }: Token,
  value: string | null,
): Readonly<Record<string, unknown>> => ({
  id,
  type: 'authentication-tokens',
  attributes: {
    'created-at': '2026-01-01T00:00:00.000Z',
    'last-used-at': null,
    description,
    token: value,
    'expired-at': expiredAt,
  },
});

type Attributes = { readonly description?: string; readonly 'expired-at'?: string };
const attributesOf = (asked: Asked): Attributes | undefined => {
  const { data } = asked.json as {
    readonly data?: { readonly type?: string; readonly attributes?: Attributes };
  };
  if (asked.headers['content-type'] !== mime) return undefined;
  return data?.type?.startsWith('authentication-token') === true ? (data.attributes ?? {}) : undefined;
};

export const terraformServer = async (): Promise<TerraformServer> => {
  const tokens: Token[] = [];
  const add = (owner: string, description: string | null = null, expiredAt: string | null = null): Token => {
    const made = {
      id: `at-${randomText(16)}`,
      value: `${randomText(14)}.atlasv1.${randomText(67)}`,
      owner,
      description,
      expiredAt,
    };
    tokens.push(made);
    return made;
  };
  const make = (owner: string, asked: Asked, replaces: boolean): Says => {
    const attributes = attributesOf(asked);
    if (attributes === undefined) return error(415, 'unsupported media type');
    const end = attributes['expired-at'];
    if (end !== undefined && !/^\d{4}-\d\d-\d\dT/.test(end)) return error(422, 'expired at is invalid');
    if (replaces)
      for (const token of tokens.filter((each) => each.owner === owner))
        tokens.splice(tokens.indexOf(token), 1);
    const made = add(owner, attributes.description ?? null, end ?? null);
    return { status: 201, body: { data: view(made, made.value) } };
  };
  const ofUser = (asker: Token, asked: Asked, userId: string): Says => {
    if (asker.owner !== userId) return error(404, 'not found');
    if (asked.method === 'POST') return make(userId, asked, false);
    return {
      status: 200,
      body: { data: tokens.filter(({ owner }) => owner === userId).map((each) => view(each, null)) },
    };
  };
  const remove = (asker: Token, id: string): Says => {
    const target = tokens.find((token) => token.id === id && token.owner === asker.owner);
    if (target === undefined) return error(404, 'not found');
    tokens.splice(tokens.indexOf(target), 1);
    return { status: 204 };
  };
  const act = (asked: Asked): Says => {
    const asker = tokens.find(({ value }) => value === asked.bearer);
    if (asker === undefined) return error(401, 'unauthorized');
    const part = (form: RegExp): string | undefined => form.exec(asked.path)?.[1];
    const isUser = asker.owner.startsWith('user-');
    if (asked.path === '/api/v2/account/details')
      return isUser
        ? { status: 200, body: { data: { id: asker.owner, type: 'users' } } }
        : error(404, 'not found');
    const userId = part(/^\/api\/v2\/users\/(user-\w+)\/authentication-tokens$/);
    if (userId !== undefined) return ofUser(asker, asked, userId);
    const id = part(/^\/api\/v2\/authentication-tokens\/(at-\w+)$/);
    if (id !== undefined && asked.method === 'DELETE') return remove(asker, id);
    const organisation = part(/^\/api\/v2\/organizations\/([\w-]+)\/authentication-token$/);
    if (organisation !== undefined && asked.method === 'POST')
      return asker.owner === `org:${organisation}` || isUser
        ? make(`org:${organisation}`, asked, true)
        : error(404, 'not found');
    const team = part(/^\/api\/v2\/teams\/(team-\w+)\/authentication-token$/);
    if (team !== undefined && asked.method === 'POST')
      return isUser ? make(team, asked, true) : error(404, 'not found');
    return error(404, 'not found');
  };
  const server = await documentedServer(act);
  return {
    ...server,
    tokens,
    add: (owner, description) => add(owner, description ?? null),
    isAlive: (value) => tokens.some((token) => token.value === value),
  };
};
