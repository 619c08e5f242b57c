// OpenAI as its description has it: projects with service accounts and their keys, and the admin keys that manage both. The call that deletes
// project keys refuses those of service accounts.
import { randomBytes, randomInt } from 'node:crypto';
import { sampleKey } from '../../key-samples.ts';
import { descriptionOf } from '../official-description.ts';
import { byBearer, type OfficialProvider, type Refusals, type Says } from '../official-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';

export const newId = (prefix: string): string => `${prefix}${randomBytes(8).toString('hex')}`;
export const secretOf = (provider: string, format: string): string =>
  sampleKey(provider, format, randomInt(1, 2 ** 31 - 1));
const seconds = (ms: number): number => Math.floor(ms / 1_000);
/** As the console shows it: the beginning and the end. */
const shown = ({ values }: RemoteKey): string => {
  const secret = values['secret']!;
  return `${secret.slice(0, 8)}...${secret.slice(-4)}`;
};

const refusal = (status: number, code: string, message: string): Says => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});
const refusals: Refusals = {
  'unknown-key': refusal(401, 'invalid_api_key', 'Incorrect API key provided.'),
  'no-permission': refusal(403, 'insufficient_permissions', 'You have insufficient permissions.'),
  'quota-full': refusal(400, 'limit', 'Too many keys.'),
  'not-found': refusal(404, 'not_found', 'Not found.'),
  'wrong-input': refusal(400, 'invalid_request', 'It belongs to a service account.'),
};

const list = (data: readonly unknown[], limit: number): Says => ({
  status: 200,
  body: {
    object: 'list',
    data: data.slice(0, limit),
    first_id: null,
    last_id: null,
    has_more: data.length > limit,
  },
});

const user = {
  id: 'user_1',
  object: 'organization.user',
  type: 'user',
  name: 'A',
  created_at: 1,
  role: 'owner',
};

const adminEntry = (key: RemoteKey): Readonly<Record<string, unknown>> => ({
  object: 'organization.admin_api_key',
  id: key.id,
  name: key.name,
  redacted_value: shown(key),
  created_at: seconds(key.createdAtMs),
  expires_at: key.notes['expiresAt'] ?? null,
  last_used_at: null,
  owner: user,
});

export const openaiAdminProvider = (): OfficialProvider => {
  const keys = remoteKeys();
  return {
    description: descriptionOf('openai-admin'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: [],
    answers: {
      'admin-api-keys-list': ({ query }) => {
        const all = query['order'] === 'desc' ? keys.listed().toReversed() : keys.listed();
        return list(all.map(adminEntry), Number(query['limit'] ?? 20));
      },
      'admin-api-keys-create': ({ body }) => {
        if (keys.listed().length >= keys.max) return refusals['quota-full'];
        const span = body['expires_in_seconds'] as number | undefined;
        const key = keys.add({
          id: newId('key_'),
          name: String(body['name']),
          values: { secret: secretOf('openai-admin', 'admin') },
          notes: { expiresAt: span === undefined ? null : seconds(Date.now()) + span },
        });
        return { status: 200, body: { ...adminEntry(key), value: key.values['secret'] } };
      },
      'admin-api-keys-delete': ({ path }) => {
        const key = keys.find(path['key_id']!);
        if (key === undefined) return refusals['not-found'];
        keys.remove(key);
        return {
          status: 200,
          body: { id: key.id, object: 'organization.admin_api_key.deleted', deleted: true },
        };
      },
    },
  };
};

type Account = { readonly id: string; readonly name: string; readonly project: string };

const accountOf = ({ notes }: RemoteKey): Account | undefined => notes['account'] as Account | undefined;

const ownerOf = (key: RemoteKey): unknown => {
  const account = accountOf(key);
  return account === undefined
    ? { type: 'user', user: { id: 'user_1', email: 'a@b.example', name: 'A', created_at: 1, role: 'member' } }
    : {
        type: 'service_account',
        service_account: { id: account.id, name: account.name, created_at: 1, role: 'member' },
      };
};

const keyBody = (key: RemoteKey): Readonly<Record<string, unknown>> => ({
  object: 'organization.project.service_account.api_key',
  id: key.id,
  name: key.name,
  created_at: seconds(key.createdAtMs),
  value: key.values['secret'],
});

export type OpenaiProvider = OfficialProvider & {
  readonly accounts: Account[];
  readonly addAccount: (name: string) => Account;
  readonly project: string;
};

export const openaiProvider = (): OpenaiProvider => {
  const keys = remoteKeys();
  const accounts: Account[] = [];
  const project = newId('proj_');
  const addAccount = (name: string): Account => {
    const account = { id: newId('user-'), name, project };
    accounts.push(account);
    return account;
  };
  const addKey = (account: Account, name: string): RemoteKey =>
    keys.add({
      id: newId('key_'),
      name,
      values: { secret: secretOf('openai', 'service-account') },
      notes: { account },
      mayManage: false,
    });
  const ofProject =
    (answer: OfficialProvider['answers'][string]): OfficialProvider['answers'][string] =>
    (asked, by) =>
      asked.path['project_id'] === project ? answer(asked, by) : refusals['not-found'];
  return {
    description: descriptionOf('openai'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: ['listModels'],
    accounts,
    addAccount,
    project,
    answers: {
      listModels: () => ({ status: 200, body: { object: 'list', data: [] } }),
      'list-project-api-keys': ofProject(({ query }) =>
        list(
          keys
            .listed()
            .filter(({ mayManage }) => !mayManage)
            .map((key) => ({
              object: 'organization.project.api_key',
              id: key.id,
              name: key.name,
              redacted_value: shown(key),
              created_at: seconds(key.createdAtMs),
              last_used_at: null,
              owner_project_access: 'active',
              owner: ownerOf(key),
            })),
          Number(query['limit'] ?? 20),
        ),
      ),
      'delete-project-api-key': ofProject(({ path }) => {
        const key = keys.find(path['api_key_id']!);
        if (key === undefined) return refusals['not-found'];
        if (accountOf(key) !== undefined) return refusals['wrong-input'];
        keys.remove(key);
        return {
          status: 200,
          body: { object: 'organization.project.api_key.deleted', id: key.id, deleted: true },
        };
      }),
      'create-project-service-account': ofProject(({ body }) => {
        const account = addAccount(String(body['name']));
        const key = addKey(account, 'Secret Key');
        return {
          status: 200,
          body: {
            object: 'organization.project.service_account',
            id: account.id,
            name: account.name,
            role: 'member',
            created_at: seconds(key.createdAtMs),
            api_key: keyBody(key),
          },
        };
      }),
      'delete-project-service-account': ofProject(({ path }) => {
        const at = accounts.findIndex(({ id }) => id === path['service_account_id']);
        if (at < 0) return refusals['not-found'];
        const [account] = accounts.splice(at, 1);
        for (const key of keys.listed()) if (accountOf(key) === account) keys.remove(key);
        return {
          status: 200,
          body: { object: 'organization.project.service_account.deleted', id: account!.id, deleted: true },
        };
      }),
      CreateanAPIkeyforaserviceaccount: ofProject(({ path, body }) => {
        const account = accounts.find(({ id }) => id === path['service_account_id']);
        if (account === undefined) return refusals['not-found'];
        return { status: 200, body: keyBody(addKey(account, (body['name'] as string | undefined) ?? '')) };
      }),
    },
  };
};
