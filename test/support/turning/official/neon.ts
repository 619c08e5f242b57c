// Neon as its description has it: keys of a person, and of an organisation, which a person manages who administers it.
import { randomInt, randomUUID } from 'node:crypto';
import { descriptionOf, type Asked } from '../official-description.ts';
import { byBearer, type OfficialProvider, type Refusals, type Says } from '../official-server.ts';
import { remoteKeys, type NewKey, type RemoteKey } from '../remote-keys.ts';
import { secretOf } from './openai.ts';

const refusal = (status: number, message: string): Says => ({ status, body: { code: '', message } });
const refusals: Refusals = {
  'unknown-key': refusal(401, 'authentication failed'),
  'no-permission': refusal(403, 'not allowed'),
  'quota-full': refusal(400, 'too many keys'),
  'not-found': refusal(404, 'not found'),
  'wrong-input': refusal(400, 'project not found'),
};
const person = randomUUID();

export const neonKey = (name: string, organisation: string | null, project?: unknown): NewKey => ({
  id: String(randomInt(1, 1_000_000)),
  name,
  values: { secret: secretOf('neon', 'key') },
  notes: { organisation, ...(project === undefined ? {} : { project }) },
  // Keys of an organisation manage no keys here: the stricter of what may be so.
  mayManage: organisation === null,
});

type Body = Readonly<Record<string, unknown>>;
const common = (key: RemoteKey): Body => ({
  id: Number(key.id),
  name: key.name,
  created_at: new Date(key.createdAtMs).toISOString(),
  ...(key.notes['project'] === undefined ? {} : { project_id: key.notes['project'] }),
});

export type NeonProvider = OfficialProvider & { readonly organisation: string };

export const neonProvider = (): NeonProvider => {
  const keys = remoteKeys();
  const organisation = `org-quiet-tree-${String(randomInt(10_000_000, 99_999_999))}`;
  type Answer = (asked: Asked, owner: string | null) => Says;
  const ownerOf = ({ path }: Asked): string | null => path['org_id'] ?? null;
  const owned = (owner: string | null): readonly RemoteKey[] =>
    keys.listed().filter(({ notes }) => notes['organisation'] === owner);
  const inside =
    (answer: Answer) =>
    (asked: Asked): Says => {
      const owner = ownerOf(asked);
      return owner === null || owner === organisation ? answer(asked, owner) : refusals['not-found'];
    };
  const list = inside((_, owner) => ({
    status: 200,
    body: owned(owner).map((key) => ({
      ...common(key),
      created_by: { id: person, name: 'A', image: '' },
      last_used_at: null,
      last_used_from_addr: '',
    })),
  }));
  const create = inside(({ body }, owner) => {
    const key = keys.add(neonKey(String(body['key_name']), owner, body['project_id']));
    return { status: 200, body: { ...common(key), key: key.values['secret'], created_by: person } };
  });
  const revoke = inside(({ path }, owner) => {
    const key = owned(owner).find(({ id }) => id === path['key_id']);
    if (key === undefined) return refusals['not-found'];
    keys.remove(key);
    return {
      status: 200,
      body: {
        ...common(key),
        created_by: person,
        last_used_at: null,
        last_used_from_addr: '',
        revoked: true,
      },
    };
  });
  return {
    description: descriptionOf('neon'),
    keys,
    refusals,
    prove: byBearer(keys),
    open: ['getAuthDetails'],
    organisation,
    answers: {
      getAuthDetails: (_, { notes }) => ({
        status: 200,
        body: {
          account_id: person,
          auth_method: notes['organisation'] === null ? 'api_key_user' : 'api_key_org',
        },
      }),
      listApiKeys: list,
      createApiKey: create,
      revokeApiKey: revoke,
      listOrgApiKeys: list,
      createOrgApiKey: create,
      revokeOrgApiKey: revoke,
    },
  };
};
