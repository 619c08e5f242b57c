// Resend as its description has it. Refusals carry a name, and a key that may only send gets 401 with one.
import { randomUUID } from 'node:crypto';
import { descriptionOf } from '../official-description.ts';
import { byBearer, type OfficialProvider, type Refusals, type Says } from '../official-server.ts';
import { remoteKeys } from '../remote-keys.ts';
import { secretOf } from './openai.ts';

const refusal = (status: number, name: string, message: string): Says => ({
  status,
  body: { statusCode: status, name, message },
});
const refusals: Refusals = {
  'unknown-key': refusal(400, 'invalid_api_key', 'API key is invalid'),
  'no-permission': refusal(401, 'restricted_api_key', 'This API key is restricted to only send emails'),
  'quota-full': refusal(403, 'limit', 'Too many keys'),
  'not-found': refusal(404, 'not_found', 'API key not found'),
  'wrong-input': refusal(422, 'validation_error', 'The domain is not valid'),
};

export const resendProvider = (): OfficialProvider => {
  const keys = remoteKeys();
  const day = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '+00');
  return {
    description: descriptionOf('resend'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: [],
    answers: {
      'domains/list': () => ({ status: 200, body: { object: 'list', has_more: false, data: [] } }),
      'api-keys/list': ({ query }) => {
        const limit = Number(query['limit'] ?? 20);
        const all = keys.listed().toReversed();
        const data = all.slice(0, limit).map(({ id, name, createdAtMs }) => ({
          id,
          name,
          created_at: day(createdAtMs),
          last_used_at: null,
        }));
        return { status: 200, body: { object: 'list', has_more: all.length > limit, data } };
      },
      'api-keys/create': ({ body }) => {
        if (body['domain_id'] !== undefined && body['permission'] !== 'sending_access')
          return refusals['wrong-input'];
        const key = keys.add({
          id: randomUUID(),
          name: String(body['name']),
          values: { secret: secretOf('resend', 'key') },
          notes: { permission: body['permission'] ?? 'full_access', domain: body['domain_id'] },
          mayManage: body['permission'] !== 'sending_access',
        });
        return { status: 201, body: { id: key.id, token: key.values['secret'] } };
      },
      'api-keys/remove': ({ path }) => {
        const key = keys.find(path['api_key_id']!);
        if (key === undefined) return refusals['not-found'];
        keys.remove(key);
        return { status: 200, body: { object: 'api_key', id: key.id, deleted: true } };
      },
    },
  };
};
