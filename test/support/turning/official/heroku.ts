// Heroku as its schema has it: authorizations with their tokens, shown in every answer, and made anew in place.
import { randomUUID } from 'node:crypto';
import { descriptionOf } from '../official-description.ts';
import { byBearer, type OfficialProvider, type Refusals, type Says } from '../official-server.ts';
import { remoteKeys, type NewKey, type RemoteKey } from '../remote-keys.ts';
import { secretOf } from './openai.ts';

const refusal = (status: number, id: string, message: string): Says => ({ status, body: { id, message } });
const refusals: Refusals = {
  'unknown-key': refusal(401, 'unauthorized', 'Invalid credentials provided.'),
  'no-permission': refusal(403, 'forbidden', 'You do not have access.'),
  'quota-full': refusal(422, 'invalid_params', 'Too many.'),
  'not-found': refusal(404, 'not_found', 'Couldn’t find that authorization.'),
  'wrong-input': refusal(422, 'invalid_params', 'The scope is not valid.'),
};

export const herokuKey = (name: string, scope: readonly string[], id = randomUUID() as string): NewKey => ({
  id,
  name,
  values: { secret: secretOf('heroku', 'token') },
  notes: { scope },
  mayManage: scope.includes('global'),
});

const entry = (key: RemoteKey): Readonly<Record<string, unknown>> => ({
  id: key.id,
  description: key.name,
  scope: key.notes['scope'],
  access_token: { id: randomUUID(), token: key.values['secret'], expires_in: key.notes['expiresIn'] ?? null },
  refresh_token: null,
  client: null,
  grant: null,
  session: null,
  created_at: new Date(key.createdAtMs).toISOString(),
  updated_at: new Date(key.createdAtMs).toISOString(),
  user: { id: randomUUID(), email: 'a@b.example', full_name: 'A' },
});

export const herokuProvider = (): OfficialProvider => {
  const keys = remoteKeys();
  const of =
    (answer: (key: RemoteKey) => Says): OfficialProvider['answers'][string] =>
    ({ path }) => {
      const key = keys.find(path['identity']!);
      return key === undefined ? refusals['not-found'] : answer(key);
    };
  return {
    description: descriptionOf('heroku'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: ['account'],
    answers: {
      account: () => ({ status: 200, body: { id: randomUUID(), email: 'a@b.example' } }),
      authorizations: () => ({ status: 200, body: keys.listed().map(entry) }),
      authorization: of((key) => ({ status: 200, body: entry(key) })),
      create: ({ body }) => {
        const scope = body['scope'] as readonly string[];
        if (scope.length === 0) return refusals['wrong-input'];
        const key = herokuKey((body['description'] as string | undefined) ?? '', scope);
        return {
          status: 201,
          body: entry(keys.add({ ...key, notes: { scope, expiresIn: body['expires_in'] } })),
        };
      },
      delete: of((key) => {
        keys.remove(key);
        return { status: 200, body: entry(key) };
      }),
      regenerate: of((key) => {
        keys.remove(key);
        return {
          status: 200,
          body: entry(keys.add(herokuKey(key.name, key.notes['scope'] as readonly string[], key.id))),
        };
      }),
    },
  };
};
