// Slack's token rotation as its pages say: HTTP 200 always, a refresh token that works once, an access token that lives on.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

export type SlackPair = { readonly access: string; readonly refresh: string };
export type SlackServer = DocumentedServer & {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly add: () => SlackPair;
  readonly isAlive: (access: string) => boolean;
  readonly isUsable: (refresh: string) => boolean;
};

const no = (error: string): Says => ({ status: 200, body: { ok: false, error } });

/** @param nowMs the clock by which access tokens live twelve hours */
export const slackServer = async (nowMs: () => number = Date.now): Promise<SlackServer> => {
  const clientId = '1234567890.1234567890123';
  const clientSecret = randomText(32);
  const access = new Map<string, number>();
  const refresh = new Set<string>();
  const isAlive = (value: string): boolean => (access.get(value) ?? 0) > nowMs();
  const add = (): SlackPair => {
    const made = { access: `xoxe.xoxb-1-${randomText(166)}`, refresh: `xoxe-1-${randomText(146)}` };
    access.set(made.access, nowMs() + 43_200_000);
    refresh.add(made.refresh);
    return made;
  };
  const next = (asked: Asked, name: 'access_token' | 'token'): Says => {
    const used = asked.form.get('refresh_token') ?? '';
    if (!refresh.delete(used)) return no('invalid_refresh_token');
    const made = add();
    return {
      status: 200,
      body: { ok: true, [name]: made.access, refresh_token: made.refresh, expires_in: 43_200, team_id: 'T1' },
    };
  };
  const act = (asked: Asked): Says => {
    if (asked.path === '/api/auth.test')
      return isAlive(asked.bearer)
        ? { status: 200, body: { ok: true, team: 'Test', user: 'bot', team_id: 'T1', user_id: 'U1' } }
        : no(access.has(asked.bearer) ? 'token_expired' : 'invalid_auth');
    if (asked.method !== 'POST') return no('method_not_supported');
    if (asked.path === '/api/tooling.tokens.rotate') return next(asked, 'token');
    if (asked.path !== '/api/oauth.v2.access') return no('unknown_method');
    if (asked.form.get('client_id') !== clientId) return no('invalid_client_id');
    if (asked.form.get('client_secret') !== clientSecret) return no('bad_client_secret');
    if (asked.form.get('grant_type') !== 'refresh_token') return no('invalid_grant_type');
    return next(asked, 'access_token');
  };
  return {
    ...(await documentedServer(act)),
    clientId,
    clientSecret,
    add,
    isAlive,
    isUsable: (value) => refresh.has(value),
  };
};
