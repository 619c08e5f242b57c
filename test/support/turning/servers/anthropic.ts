// Anthropic's Admin API as its pages say: it lists keys with a hint, sets their status, and makes none.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type Key = { readonly id: string; readonly value: string; readonly name: string; status: string };
export type AnthropicServer = DocumentedServer & {
  readonly admin: string;
  readonly keys: Key[];
  readonly add: (name: string) => Key;
  readonly isAlive: (value: string) => boolean;
};

const error = (status: number, type: string, message: string): Says => ({
  status,
  body: { type: 'error', error: { type, message } },
});
const view = ({ id, name, status, value }: Key): Readonly<Record<string, unknown>> => ({
  id,
  type: 'api_key',
  name,
  status,
  workspace_id: null,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  partial_key_hint: `${value.slice(0, 16)}...${value.slice(-4)}`,
});

export const anthropicServer = async (): Promise<AnthropicServer> => {
  const admin = `sk-ant-admin01-${randomText(93)}AA`;
  const keys: Key[] = [];
  const isAlive = (value: string): boolean =>
    keys.some((key) => key.value === value && key.status === 'active');
  const list = (asked: Asked): Says => {
    const limit = Number(asked.query.get('limit') ?? '20');
    if (!(limit >= 1 && limit <= 1_000)) return error(400, 'invalid_request_error', 'limit');
    const status = asked.query.get('status');
    const found = keys.filter((key) => status === null || key.status === status);
    return { status: 200, body: { data: found.slice(0, limit).map(view), has_more: found.length > limit } };
  };
  const update = (asked: Asked, id: string): Says => {
    const key = keys.find((each) => each.id === id);
    const { status } = asked.json;
    if (key === undefined) return error(404, 'not_found_error', 'Not found');
    if (!['active', 'inactive', 'archived'].includes(String(status)) || key.status === 'archived')
      return error(400, 'invalid_request_error', 'status');
    key.status = String(status);
    return { status: 200, body: view(key) };
  };
  const act = (asked: Asked): Says => {
    if (asked.headers['anthropic-version'] === undefined)
      return error(400, 'invalid_request_error', 'anthropic-version: header is required');
    const asker = asked.headers['x-api-key'];
    if (asked.path === '/v1/models')
      return isAlive(String(asker))
        ? { status: 200, body: { data: [], has_more: false } }
        : error(401, 'authentication_error', 'invalid x-api-key');
    if (asker !== admin) return error(401, 'authentication_error', 'invalid x-api-key');
    if (asked.path === '/v1/organizations/api_keys') return list(asked);
    const id = /^\/v1\/organizations\/api_keys\/(\w+)$/.exec(asked.path)?.[1];
    return id === undefined || asked.method !== 'POST'
      ? error(404, 'not_found_error', 'Not found')
      : update(asked, id);
  };
  return {
    ...(await documentedServer(act)),
    admin,
    keys,
    isAlive,
    add: (name) => {
      const made = {
        id: `apikey_${randomText(22)}`,
        value: `sk-ant-api03-${randomText(93)}AA`,
        name,
        status: 'active',
      };
      keys.push(made);
      return made;
    },
  };
};
