// Twilio as its descriptions have it: API keys of an account, and the two slots of its Auth Token. Only the token and main keys manage keys.
// The question of the check stands in a description that is not at hand, and is answered as it is asked.
import { randomBytes } from 'node:crypto';
import { descriptionOf } from '../official-description.ts';
import type { Incoming } from '../official-description.ts';
import type { OfficialProvider, Refusals, Says } from '../official-server.ts';
import { remoteKeys, type NewKey, type RemoteKey } from '../remote-keys.ts';
import { secretOf } from './openai.ts';

const refusal = (status: number, code: number, message: string): Says => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${String(code)}`, status },
});
const refusals: Refusals = {
  'unknown-key': refusal(401, 20003, 'Authenticate'),
  'no-permission': refusal(403, 20403, 'Forbidden'),
  'quota-full': refusal(400, 20001, 'There is a secondary Auth Token already'),
  'not-found': refusal(404, 20404, 'The requested resource was not found'),
  'wrong-input': refusal(400, 20001, 'The policy is not valid'),
};

const sid = (prefix: 'AC' | 'SK'): string => `${prefix}${randomBytes(16).toString('hex')}`;
export type KeyKindThere = 'token' | 'main' | 'standard' | 'restricted';

export type TwilioProvider = OfficialProvider & {
  readonly account: string;
  readonly apiKey: (name: string, kind: Exclude<KeyKindThere, 'token'>, policy?: unknown) => NewKey;
  readonly token: () => RemoteKey | undefined;
  readonly secondary: () => RemoteKey | undefined;
};

const rfc2822 = (ms: number): string => new Date(ms).toUTCString();

const keyBody = (key: RemoteKey): Readonly<Record<string, unknown>> => ({
  sid: key.id,
  friendly_name: key.name,
  date_created: rfc2822(key.createdAtMs),
  date_updated: rfc2822(key.createdAtMs),
});

export const twilioProvider = (): TwilioProvider => {
  const keys = remoteKeys();
  const account = sid('AC');
  const kindOf = ({ notes }: RemoteKey): KeyKindThere => notes['kind'] as KeyKindThere;
  const addToken = (): RemoteKey =>
    keys.add({
      id: account,
      values: { accountSid: account, secret: randomBytes(16).toString('hex') },
      notes: { kind: 'token' },
    });
  let primary: RemoteKey | undefined = addToken();
  let second: RemoteKey | undefined;

  const apiKey: TwilioProvider['apiKey'] = (name, kind, policy) => {
    const id = sid('SK');
    return {
      id,
      name,
      values: { accountSid: account, keySid: id, secret: secretOf('twilio', 'key-secret') },
      notes: { kind, policy: policy ?? null },
      mayManage: kind === 'main',
    };
  };
  const prove = ({ headers }: Incoming): RemoteKey | undefined =>
    keys.all.find(({ values }) => {
      const user = values['keySid'] ?? values['accountSid'] ?? '';
      const pair = Buffer.from(`${user}:${values['secret'] ?? ''}`).toString('base64');
      return headers['authorization'] === `Basic ${pair}`;
    });
  const apiKeys = (): readonly RemoteKey[] => keys.listed().filter((key) => kindOf(key) !== 'token');
  const found = (id: string): RemoteKey | undefined => apiKeys().find((key) => key.id === id);
  const tokenOnly =
    (answer: () => Says): OfficialProvider['answers'][string] =>
    (_, by) =>
      kindOf(by) === 'token' ? answer() : refusals['no-permission'];
  const dates = { date_created: '2026-11-22T10:00:00Z', date_updated: '2026-11-22T10:00:00Z' };
  const url = 'https://accounts.twilio.com/v1/AuthTokens';

  return {
    description: descriptionOf('twilio'),
    keys,
    refusals,
    prove,
    open: [],
    account,
    apiKey,
    token: () => primary,
    secondary: () => second,
    answers: {
      CreateSecondaryAuthToken: tokenOnly(() => {
        if (second !== undefined) return refusals['quota-full'];
        second = addToken();
        const body = { account_sid: account, secondary_auth_token: second.values['secret'], ...dates, url };
        return { status: 201, body };
      }),
      DeleteSecondaryAuthToken: tokenOnly(() => {
        if (second === undefined) return refusals['not-found'];
        keys.remove(second);
        second = undefined;
        return { status: 204 };
      }),
      UpdateAuthTokenPromotion: tokenOnly(() => {
        if (second === undefined || primary === undefined) return refusals['not-found'];
        keys.remove(primary);
        [primary, second] = [second, undefined];
        return {
          status: 200,
          body: { account_sid: account, auth_token: primary.values['secret'], ...dates, url },
        };
      }),
      ListGetKeys: ({ query }) => {
        if (query['AccountSid'] !== account) return refusals['not-found'];
        const size = Number(query['PageSize'] ?? 50);
        const all = apiKeys();
        return {
          status: 200,
          body: {
            keys: all.slice(0, size).map((key) => ({ ...keyBody(key), flags: [] })),
            meta: {
              key: 'keys',
              page: 0,
              page_size: size,
              url: 'https://iam.twilio.com/v1/Keys',
              next_page_url: all.length > size ? 'https://iam.twilio.com/v1/Keys?Page=1' : null,
              previous_page_url: null,
            },
          },
        };
      },
      CreateNewKey: ({ body }) => {
        if (body['AccountSid'] !== account) return refusals['wrong-input'];
        const isRestricted = body['KeyType'] === 'restricted';
        const policy: unknown = isRestricted ? JSON.parse(String(body['Policy'])) : null;
        const key = keys.add(
          apiKey(
            (body['FriendlyName'] as string | undefined) ?? '',
            isRestricted ? 'restricted' : 'standard',
            policy,
          ),
        );
        return { status: 201, body: { ...keyBody(key), secret: key.values['secret'], policy } };
      },
      FetchKey: ({ path }) => {
        const key = found(path['Sid']!);
        return key === undefined
          ? refusals['not-found']
          : { status: 200, body: { ...keyBody(key), policy: key.notes['policy'] } };
      },
      DeleteKey: ({ path }) => {
        const key = found(path['Sid']!);
        if (key === undefined) return refusals['not-found'];
        keys.remove(key);
        return { status: 204 };
      },
    },
    undescribed: ({ method, url: asked }, by) => {
      const isAccount = method === 'GET' && asked === `/2010-04-01/Accounts/${account}.json`;
      const isVerify = method === 'GET' && asked === '/v2/Services?PageSize=1';
      if (!isAccount && !isVerify) return undefined;
      if (by === undefined) return refusals['unknown-key'];
      if (isVerify) return { status: 200, body: { services: [] } };
      return kindOf(by) === 'token' || kindOf(by) === 'main'
        ? { status: 200, body: { sid: account, friendly_name: 'A', status: 'active' } }
        : refusals['unknown-key'];
    },
  };
};
