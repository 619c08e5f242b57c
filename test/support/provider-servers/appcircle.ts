// Appcircle as its documentation (seed 2) and its own command line (appcircle-cli@d53afef) describe it: keys of name and secret with
// a date that cannot be changed, roles that can, and an exchange for a token.
import { randomText, serve, type Asked, type Reply, type Served } from './serve.ts';

export type AppcircleKey = {
  readonly name: string;
  readonly secret: string;
  /** YYYY-MM-DD; fixed. */
  readonly expiresOn: string;
  readonly organizationId: string;
  roles: readonly string[];
  /** Made by Appcircle, for its audit log. */
  readonly auditEmail: string;
};

export type Appcircle = Served & {
  readonly organizationId: string;
  readonly create: (
    name: string,
    expiresOn: string,
    roles: readonly string[],
    organizationId?: string,
  ) => AppcircleKey;
  /** Changes roles and leaves the secret. */
  readonly manage: (name: string, roles: readonly string[]) => void;
  /** For good: nothing of it stays. */
  readonly remove: (name: string) => void;
  readonly status: (name: string) => 'Active' | 'Expired' | undefined;
  readonly createPersonal: () => string;
  readonly removePersonal: (value: string) => void;
  /** Gives a token for the key's own organisation, whichever one is asked for: what their command line has to look out for. */
  readonly overlookOrganisation: (isOverlooked: boolean) => void;
  /** A failure on their side. */
  readonly fail: (isFailing: boolean) => void;
  /** Tokens that were handed out: none of them may be found anywhere at Keyturn's. */
  readonly tokens: string[];
};

const uuid = (): string => crypto.randomUUID();
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param nowMs the provider's clock, which alone decides what has expired */
export const startAppcircle = async (nowMs: () => number = Date.now): Promise<Appcircle> => {
  const organizationId = uuid();
  const keys = new Map<string, AppcircleKey>();
  const personal = new Set<string>();
  const tokens: string[] = [];
  let isFailing = false;
  let isOverlooked = false;

  const isExpired = (key: AppcircleKey): boolean => nowMs() >= Date.parse(`${key.expiresOn}T00:00:00Z`);

  const token = (organization: string): Reply => {
    const claims = { currentOrganizationId: organization, exp: Math.floor(nowMs() / 1_000) + 3_600 };
    const value = `${base64url({ alg: 'RS256' })}.${base64url(claims)}.${randomText(letters, 43)}`;
    tokens.push(value);
    return { status: 200, json: { access_token: value, token_type: 'Bearer', expires_in: 3_600 } };
  };

  const exchangeKey = (form: URLSearchParams): Reply => {
    const wanted = form.get('organizationId');
    if (wanted !== null && !guid.test(wanted))
      return { status: 400, json: { error: 'The organizationId must be a valid GUID' } };
    const key = keys.get(form.get('name') ?? '');
    if (key === undefined || key.secret !== form.get('secret') || isExpired(key))
      return { status: 401, json: { error: 'invalid_client' } };
    if (!isOverlooked && wanted !== null && wanted !== key.organizationId)
      return { status: 403, json: { error: 'forbidden' } };
    return token(key.organizationId);
  };

  const answer = (asked: Asked): Reply => {
    if (isFailing) return { status: 503, text: 'upstream connect error' };
    if (asked.method !== 'POST') return { status: 405, text: '' };
    if (!(asked.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'))
      return { status: 415, text: '' };
    const form = new URLSearchParams(asked.body);
    if (asked.path === '/auth/v1/api-key/token') return exchangeKey(form);
    if (asked.path === '/auth/v3/token')
      return personal.has(form.get('personalAccessKey') ?? '')
        ? token(organizationId)
        : { status: 401, json: { error: 'invalid_grant' } };
    return { status: 404, text: '' };
  };

  const served = await serve(answer);
  return {
    ...served,
    organizationId,
    tokens,
    create: (name, expiresOn, roles, organization = organizationId) => {
      const key: AppcircleKey = {
        name,
        secret: randomText(letters, 40),
        expiresOn,
        organizationId: organization,
        roles,
        auditEmail: `${randomText('abcdef', 8)}@apikey.invalid`,
      };
      keys.set(name, key);
      return key;
    },
    manage: (name, roles) => {
      const key = keys.get(name);
      if (key !== undefined) key.roles = roles;
    },
    remove: (name) => {
      keys.delete(name);
    },
    status: (name) => {
      const key = keys.get(name);
      if (key === undefined) return undefined;
      return isExpired(key) ? 'Expired' : 'Active';
    },
    createPersonal: () => {
      const value = Buffer.from(randomText(letters, 48)).toString('base64');
      personal.add(value);
      return value;
    },
    removePersonal: (value) => {
      personal.delete(value);
    },
    overlookOrganisation: (is) => {
      isOverlooked = is;
    },
    fail: (is) => {
      isFailing = is;
    },
  };
};
