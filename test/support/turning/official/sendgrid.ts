// SendGrid as its description has it: scopes that a key has, and a key with all of them where none are named.
import { sampleKey } from '../../key-samples.ts';
import { randomInt } from 'node:crypto';
import { descriptionOf } from '../official-description.ts';
import { byBearer, type OfficialProvider, type Refusals, type Says } from '../official-server.ts';
import { remoteKeys, type NewKey, type RemoteKey } from '../remote-keys.ts';

const refusal = (status: number, message: string): Says => ({
  status,
  body: { errors: [{ field: null, message }] },
});
const refusals: Refusals = {
  'unknown-key': refusal(401, 'authorization required'),
  'no-permission': refusal(403, 'access forbidden'),
  'quota-full': refusal(403, 'Cannot create: the maximum number of API keys is reached'),
  'not-found': refusal(404, 'unable to find API Key'),
  'wrong-input': refusal(400, 'one of the scopes is not valid'),
};

export const managing = ['api_keys.create', 'api_keys.read', 'api_keys.delete'] as const;
/** What a key without named scopes gets. */
export const everything: readonly string[] = [...managing, 'mail.send', 'alerts.read', 'billing.update'];

export const sendgridKey = (name: string, scopes: readonly string[]): NewKey => {
  const secret = sampleKey('sendgrid', 'key', randomInt(1, 2 ** 31 - 1));
  return {
    id: secret.split('.')[1]!,
    name,
    values: { secret },
    notes: { scopes },
    mayManage: managing.every((scope) => scopes.includes(scope)),
  };
};

export const scopesOf = ({ notes }: RemoteKey): readonly string[] => notes['scopes'] as readonly string[];

export const sendgridProvider = (): OfficialProvider => {
  const keys = remoteKeys();
  keys.max = 100;
  return {
    description: descriptionOf('sendgrid'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: ['GET_scopes'],
    answers: {
      GET_scopes: (_, by) => ({ status: 200, body: { scopes: scopesOf(by) } }),
      GET_api_keys: () => ({
        status: 200,
        body: { result: keys.listed().map(({ id, name }) => ({ api_key_id: id, name })) },
      }),
      'create-api-keys': ({ body }, by) => {
        if (keys.listed().length >= keys.max) return refusals['quota-full'];
        const scopes = (body['scopes'] as readonly string[] | undefined) ?? everything;
        // Nobody gives what it has not.
        if (scopes.some((scope) => !scopesOf(by).includes(scope))) return refusals['no-permission'];
        if (scopes.length === 0) return refusals['wrong-input'];
        const key = keys.add(sendgridKey(String(body['name']), scopes));
        return {
          status: 201,
          body: { api_key: key.values['secret'], api_key_id: key.id, name: key.name, scopes },
        };
      },
      'DELETE_api_keys-api_key_id': ({ path }) => {
        const key = keys.find(path['api_key_id']!);
        if (key === undefined) return refusals['not-found'];
        keys.remove(key);
        return { status: 204 };
      },
    },
  };
};
