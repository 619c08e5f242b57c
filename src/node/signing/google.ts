// The assertion of a Google service account (RFC 7523): the private key of its file signs a claim of one minute, and never leaves.
import { createPrivateKey, createSign } from 'node:crypto';
import type { HttpRequest } from '../../core/ports.ts';

const lifeSeconds = 60;
const reading = 'https://www.googleapis.com/auth/cloud-platform.read-only';
/** What a form may ask for instead: managing keys, for a turn. Anything else is not signed. */
const managing = 'https://www.googleapis.com/auth/iam';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type KeyFile = {
  readonly client_email: string;
  readonly private_key: string;
  readonly private_key_id?: string;
};

const readFile = (text: string): KeyFile | null => {
  try {
    const file = JSON.parse(text) as Partial<KeyFile> | null;
    return typeof file?.client_email === 'string' && typeof file.private_key === 'string'
      ? (file as KeyFile)
      : null;
  } catch {
    return null;
  }
};

/**
 * Adds the assertion to the form, in which `scope` is a claim; null where the file holds no private key that can be read, or the scope is one
 * that nothing here needs.
 */
export const signForGoogle = (
  request: HttpRequest,
  values: Readonly<Record<string, string>>,
  nowMs: number,
): HttpRequest | null => {
  const file = readFile(values['secret'] ?? '');
  if (file === null) return null;
  const form = new URLSearchParams(new TextDecoder().decode(request.body ?? new Uint8Array()));
  const scope = form.get('scope') ?? reading;
  if (scope !== reading && scope !== managing) return null;
  form.delete('scope');
  const issued = Math.floor(nowMs / 1_000);
  const head = {
    alg: 'RS256',
    typ: 'JWT',
    ...(file.private_key_id === undefined ? {} : { kid: file.private_key_id }),
  };
  const claims = {
    iss: file.client_email,
    scope,
    aud: 'https://oauth2.googleapis.com/token',
    iat: issued,
    exp: issued + lifeSeconds,
  };
  const text = `${part(head)}.${part(claims)}`;
  try {
    const key = createPrivateKey(file.private_key);
    if (key.asymmetricKeyType !== 'rsa') return null;
    const signature = createSign('RSA-SHA256').update(text).sign(key).toString('base64url');
    form.set('assertion', `${text}.${signature}`);
    return { ...request, body: new TextEncoder().encode(form.toString()) };
  } catch {
    return null;
  }
};
