// GitHub's revoke for whoever holds a token: without a login alone, 1 to 1000 at once, and only what looks like one of its own.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

export type GitHubServer = DocumentedServer & {
  readonly add: () => string;
  readonly isAlive: (value: string) => boolean;
};

const own = /^(?:ghp_|gho_|ghu_|ghr_|github_pat_)\w{20,}$/;

export const githubServer = async (): Promise<GitHubServer> => {
  const alive = new Set<string>();
  const revoke = (asked: Asked): Says => {
    if (asked.headers.authorization !== undefined) return { status: 403, body: { message: 'Forbidden' } };
    const list: unknown = asked.json['credentials'];
    const fits =
      Array.isArray(list) &&
      list.length >= 1 &&
      list.length <= 1_000 &&
      list.every((each) => typeof each === 'string' && own.test(each));
    if (!fits) return { status: 422, body: { message: 'Validation Failed' } };
    for (const each of list as string[]) alive.delete(each);
    return { status: 202, body: {} };
  };
  const act = (asked: Asked): Says => {
    if (asked.method === 'POST' && asked.path === '/credentials/revoke') return revoke(asked);
    if (asked.path === '/user')
      return alive.has(asked.bearer)
        ? { status: 200, body: { login: 'octo' } }
        : { status: 401, body: { message: 'Bad credentials' } };
    return { status: 404, body: { message: 'Not Found' } };
  };
  return {
    ...(await documentedServer(act)),
    add: () => {
      const value = `ghp_${randomText(36)}`;
      alive.add(value);
      return value;
    },
    isAlive: (value) => alive.has(value),
  };
};
