// GitLab's access tokens as its documents say: rotating revokes the old one in the same call, and rotating with a revoked token revokes the
// whole family.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type Token = {
  readonly id: number;
  readonly value: string;
  readonly family: number;
  readonly kind: 'person' | 'project' | 'group';
  readonly scopes: readonly string[];
  readonly expiresAt: string;
  revoked: boolean;
};

export type GitLabServer = DocumentedServer & {
  readonly tokens: Token[];
  readonly add: (scopes?: readonly string[], kind?: Token['kind']) => Token;
  readonly isAlive: (value: string) => boolean;
  /** How often a family died because a revoked token was rotated. */
  readonly familiesKilled: () => number;
};

const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const unauthorised: Says = { status: 401, body: { message: '401 Unauthorized' } };
const paths = {
  person: /^\/api\/v4\/personal_access_tokens\/(self|\d+)\/rotate$/,
  project: /^\/api\/v4\/projects\/[^/]+\/access_tokens\/(self|\d+)\/rotate$/,
  group: /^\/api\/v4\/groups\/[^/]+\/access_tokens\/(self|\d+)\/rotate$/,
} as const;

const view = ({ id, expiresAt, revoked, scopes }: Token): Readonly<Record<string, unknown>> => ({
  id,
  name: `token ${String(id)}`,
  revoked,
  created_at: '2026-01-01T00:00:00.000Z',
  scopes,
  user_id: 42,
  active: !revoked,
  expires_at: expiresAt,
});

export const gitlabServer = async (): Promise<GitLabServer> => {
  const tokens: Token[] = [];
  let killed = 0;
  const add = (
    scopes: readonly string[] = ['api'],
    kind: Token['kind'] = 'person',
    of?: Token,
    day?: string,
  ): Token => {
    const id = tokens.length + 1;
    const value = `glpat-${randomText(20)}`;
    const made = {
      id,
      value,
      family: of?.family ?? id,
      kind,
      scopes,
      expiresAt: day ?? dayFromNow(90),
      revoked: false,
    };
    tokens.push(made);
    return made;
  };
  const killFamily = (family: number): Says => {
    killed += 1;
    for (const token of tokens) if (token.family === family) token.revoked = true;
    return unauthorised;
  };
  const rotate = (asker: Token | undefined, asked: Asked, which: string, kind: Token['kind']): Says => {
    if (asker === undefined) return unauthorised;
    // Reuse is looked for wherever a revoked token comes near a rotation.
    if (asker.revoked) return killFamily(asker.family);
    const target = which === 'self' ? asker : tokens.find(({ id }) => String(id) === which);
    if (target === undefined) return { status: 404, body: { message: '404 Not Found' } };
    if (target.kind !== kind) return { status: 405, body: { message: '405 Method Not Allowed' } };
    const may = asker.scopes.includes('api') || (target === asker && asker.scopes.includes('self_rotate'));
    if (!may) return { status: 403, body: { error: 'insufficient_scope' } };
    const day = asked.form.get('expires_at') ?? dayFromNow(7);
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || day > dayFromNow(366))
      return { status: 400, body: { message: '400 Bad request' } };
    if (target.revoked) return { status: 400, body: { message: '400 Bad request - Token already revoked' } };
    target.revoked = true;
    const made = add(target.scopes, target.kind, target, day);
    return { status: 200, body: { ...view(made), token: made.value } };
  };
  const act = (asked: Asked): Says => {
    const asker = tokens.find(({ value }) => value === asked.headers['private-token']);
    if (asked.method === 'GET' && asked.path === '/api/v4/personal_access_tokens/self')
      return asker === undefined || asker.revoked ? unauthorised : { status: 200, body: view(asker) };
    for (const [kind, path] of Object.entries(paths)) {
      const which = asked.method === 'POST' ? path.exec(asked.path)?.[1] : undefined;
      if (which !== undefined) return rotate(asker, asked, which, kind as Token['kind']);
    }
    return { status: 404, body: { error: '404 Not Found' } };
  };
  const server = await documentedServer(act);
  return {
    ...server,
    tokens,
    add: (scopes, kind) => add(scopes, kind),
    isAlive: (value) => tokens.some((token) => token.value === value && !token.revoked),
    familiesKilled: () => killed,
  };
};
