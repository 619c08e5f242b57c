// Neon's keys of one person, small: enough for the agent and the command line to turn a key that makes its own successor. Its description is held
// against the calls elsewhere (official/neon.ts).
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from './documented-server.ts';

export type SmallKey = { readonly id: number; readonly name: string; readonly value: string; gone: boolean };

export type SmallNeon = DocumentedServer & {
  readonly keys: SmallKey[];
  readonly add: (name: string) => SmallKey;
  readonly alive: () => readonly SmallKey[];
};

export const neonValue = (): string => `napi_${randomText(64).toLowerCase()}`;

const unknown: Says = { status: 401, body: { message: 'authentication failed' } };

export const smallNeon = async (): Promise<SmallNeon> => {
  const keys: SmallKey[] = [];
  let last = 0;
  const add = (name: string): SmallKey => {
    last += 1;
    const made = { id: last, name, value: neonValue(), gone: false };
    keys.push(made);
    return made;
  };
  const alive = (): readonly SmallKey[] => keys.filter(({ gone }) => !gone);
  const view = ({ id, name }: SmallKey) => ({
    id,
    name,
    created_at: '2026-01-01T00:00:00Z',
    last_used_at: null,
  });
  const act = ({ method, path, bearer, json }: Asked): Says => {
    const asking = alive().find(({ value }) => value === bearer);
    if (asking === undefined) return unknown;
    if (method === 'GET' && path === '/api/v2/auth') return { status: 200, body: { account_id: 'me' } };
    if (method === 'GET' && path === '/api/v2/api_keys') return { status: 200, body: alive().map(view) };
    if (method === 'POST' && path === '/api/v2/api_keys') {
      const made = add(String(json['key_name']));
      return { status: 200, body: { ...view(made), key: made.value } };
    }
    const id = /^\/api\/v2\/api_keys\/(\d+)$/.exec(path)?.[1];
    const found = alive().find((key) => String(key.id) === id);
    if (method !== 'DELETE' || found === undefined) return { status: 404, body: { message: 'not found' } };
    found.gone = true;
    return { status: 200, body: view(found) };
  };
  const server = await documentedServer(act);
  return { ...server, keys, add, alive };
};
