// HTTP Digest access authentication (RFC 7616) for one question: the server's challenge is answered with a hash, the password stays.
import { createHash, randomBytes } from 'node:crypto';
import type { HttpRequest } from '../../core/ports.ts';

const algorithms: Readonly<Record<string, string>> = {
  md5: 'md5',
  'sha-256': 'sha256',
  'sha-512-256': 'sha512-256',
};

/** The parameters of a Digest challenge; undefined where the server asks for none that we speak. */
export const readChallenge = (header: string | undefined): ReadonlyMap<string, string> | undefined => {
  const text = /(?:^|,\s*)Digest\s+(.{1,4096})$/i.exec(header ?? '')?.[1];
  if (text === undefined) return undefined;
  const found = new Map<string, string>();
  for (const match of text.matchAll(/([a-z]+)\s*=\s*(?:"([^"\\]*)"|([^\s",]+))/gi))
    found.set((match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? '');
  const algorithm = (found.get('algorithm') ?? 'MD5').toLowerCase();
  const qop = found.get('qop');
  const speaks = qop === undefined || qop.split(/\s*,\s*/).includes('auth');
  return found.has('realm') && found.has('nonce') && speaks && algorithms[algorithm] !== undefined
    ? found
    : undefined;
};

const quoted = (text: string): string => `"${text.replaceAll(/["\\\r\n]/g, '')}"`;

/** The request with the answer to the challenge. */
export const answerChallenge = (
  request: HttpRequest,
  challenge: ReadonlyMap<string, string>,
  user: string,
  password: string,
): HttpRequest => {
  const { pathname, search } = new URL(request.url);
  const uri = `${pathname}${search}`;
  const algorithm = challenge.get('algorithm') ?? 'MD5';
  const name = algorithms[algorithm.toLowerCase()] ?? 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  const hasQop = challenge.has('qop');
  const cnonce = randomBytes(16).toString('hex');
  const count = '00000001';
  const first = hash(`${user}:${realm}:${password}`);
  const second = hash(`${request.method}:${uri}`);
  const response = hasQop
    ? hash(`${first}:${nonce}:${count}:${cnonce}:auth:${second}`)
    : hash(`${first}:${nonce}:${second}`);
  const opaque = challenge.get('opaque');
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(hasQop ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return { ...request, headers: [...request.headers, ['authorization', `Digest ${parts.join(', ')}`]] };
};
