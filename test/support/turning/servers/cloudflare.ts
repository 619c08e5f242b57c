// Cloudflare's tokens as its description says: verify tells the id, PUT …/value rolls, and every answer has success beside its status.
import {
  documentedServer,
  randomHex,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type Token = { readonly id: string; value: string; readonly owner: string; readonly canWrite: boolean };
export type CloudflareServer = DocumentedServer & {
  /** @param owner `user`, or the id of an account */
  readonly add: (owner?: string, canWrite?: boolean) => Token;
  readonly isAlive: (value: string) => boolean;
};

const fail = (status: number, code: number, message: string): Says => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
});
const yes = (result: unknown): Says => ({
  status: 200,
  body: { success: true, errors: [], messages: [], result },
});
const path = /^\/client\/v4\/(?:(user)|accounts\/([^/]+))\/tokens\/(verify|([0-9a-f]{32})\/value)$/;

export const cloudflareServer = async (): Promise<CloudflareServer> => {
  const tokens: Token[] = [];
  const act = (asked: Asked): Says => {
    const asker = tokens.find(({ value }) => value === asked.bearer);
    const [, user, account, call, id] = path.exec(asked.path) ?? [];
    const owner = user ?? account;
    if (owner === undefined) return fail(404, 7003, 'Could not route');
    if (asker === undefined || asker.owner !== owner) return fail(401, 1000, 'Invalid API Token');
    if (call === 'verify')
      return asked.method === 'GET'
        ? yes({ id: asker.id, status: 'active' })
        : fail(405, 10405, 'Method not allowed');
    if (asked.method !== 'PUT' || asked.text !== '{}') return fail(400, 10001, 'Bad request');
    if (!asker.canWrite) return fail(403, 9109, 'Unauthorized to access requested resource');
    const target = tokens.find((token) => token.id === id && token.owner === owner);
    if (target === undefined) return fail(404, 1003, 'Token not found');
    target.value = `cf${owner === 'user' ? 'u' : 'a'}t_${randomText(40)}${randomHex(8)}`;
    return yes(target.value);
  };
  const server = await documentedServer(act);
  return {
    ...server,
    add: (owner = 'user', canWrite = false) => {
      const value = `cf${owner === 'user' ? 'u' : 'a'}t_${randomText(40)}${randomHex(8)}`;
      const made = { id: randomHex(32), value, owner, canWrite };
      tokens.push(made);
      return made;
    },
    isAlive: (value) => tokens.some((token) => token.value === value),
  };
};
