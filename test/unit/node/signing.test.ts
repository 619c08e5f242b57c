// Proofs of requests, against the standards' own examples and against verification by the other side. Keys are made here.
import { createHash, createHmac, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/core/ports.ts';
import { readNpmRegistry } from '../../../src/node/npm-registry.ts';
import { createHttp } from '../../../src/node/http-client.ts';
import { signForAws } from '../../../src/node/signing/aws.ts';
import { answerChallenge, readChallenge } from '../../../src/node/signing/digest.ts';
import { signForGoogle } from '../../../src/node/signing/google.ts';
import { createSignedHttp } from '../../../src/node/signing/signed-http.ts';
import { answeringServer } from '../../support/answering-server.ts';

const request = (over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: 'https://example.amazonaws.com/',
  headers: [],
  body: null,
  repeatable: true,
  ...over,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const headerOf = (signed: HttpRequest, name: string): string =>
  signed.headers.find(([each]) => each === name)?.[1] ?? '';
const nobody = { wanted: () => true, onStop: () => () => undefined };

describe('AWS Signature Version 4', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
  const time = Date.UTC(2015, 7, 30, 12, 36, 0);

  /** Computes the signature as the other side does: from what it received, line by line after the document. */
  const verify = (signed: HttpRequest, secret: string, canonical: string, scope: string): void => {
    const text = ['AWS4-HMAC-SHA256', '20150830T123600Z', scope, sha(canonical)].join('\n');
    const key = scope
      .split('/')
      .reduce<Buffer | string>(
        (held, part) => createHmac('sha256', held).update(part).digest(),
        `AWS4${secret}`,
      );
    const signature = createHmac('sha256', key).update(text).digest('hex');
    expect(headerOf(signed, 'authorization')).toContain(`Signature=${signature}`);
  };

  it('is what the service computes, for a form of STS', () => {
    const [id, secret] = [randomBytes(10).toString('hex'), randomBytes(20).toString('hex')];
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const signed = signForAws(
      request({ method: 'POST', url: 'https://sts.amazonaws.com/', body: bytes(body) }),
      { accessKeyId: id, secretAccessKey: secret },
      time,
    );
    const canonical = `POST\n/\n\nhost:sts.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n${sha(body)}`;
    verify(signed, secret, canonical, '20150830/us-east-1/sts/aws4_request');
    expect(headerOf(signed, 'authorization')).toContain(
      `Credential=${id}/20150830/us-east-1/sts/aws4_request`,
    );
    expect(JSON.stringify(signed)).not.toContain(secret);
  });

  it('is for the service that a form asks, at an address that names none', () => {
    const secret = randomBytes(20).toString('hex');
    for (const [version, service] of [
      ['2010-05-08', 'iam'],
      ['2011-06-15', 'sts'],
    ] as const) {
      const body = `Action=Something&Version=${version}`;
      const signed = signForAws(
        request({ method: 'POST', url: 'http://127.0.0.1:4566/', body: bytes(body) }),
        { accessKeyId: 'id', secretAccessKey: secret },
        time,
      );
      const canonical = `POST\n/\n\nhost:127.0.0.1:4566\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n${sha(body)}`;
      verify(signed, secret, canonical, `20150830/us-east-1/${service}/aws4_request`);
      expect(headerOf(signed, 'authorization')).toContain(`/us-east-1/${service}/aws4_request`);
    }
  });

  it('covers the session token, the region, and a query in its order', () => {
    const secret = randomBytes(20).toString('hex');
    const values = { accessKeyId: 'id', secretAccessKey: secret, sessionToken: 'token' };
    const signed = signForAws(
      request({ url: 'https://iam.eu-central-1.amazonaws.com/a?b=2&a=1%20x' }),
      values,
      time,
    );
    const canonical = `GET\n/a\na=1%20x&b=2\nhost:iam.eu-central-1.amazonaws.com\nx-amz-date:20150830T123600Z\nx-amz-security-token:token\n\nhost;x-amz-date;x-amz-security-token\n${sha('')}`;
    verify(signed, secret, canonical, '20150830/eu-central-1/iam/aws4_request');
    expect(headerOf(signed, 'x-amz-security-token')).toBe('token');
  });
});

describe('a Google service account', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const form = request({
    method: 'POST',
    url: 'https://oauth2.googleapis.com/token',
    body: bytes('grant_type=x'),
  });

  it('signs a claim that its public key proves, good for a minute', () => {
    const file = JSON.stringify({
      client_email: 'a@b.example',
      private_key: privateKey,
      private_key_id: 'k1',
    });
    const signed = signForGoogle(form, { secret: file }, 1_000_000_000_000)!;
    const body = new TextDecoder().decode(signed.body!);
    const [head = '', claims = '', signature = ''] = body.replace('grant_type=x&assertion=', '').split('.');
    expect(
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url'),
    ).toBe(true);
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: 'k1',
    });
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect({ iss, iat, exp }).toEqual({ iss: 'a@b.example', iat: 1_000_000_000, exp: 1_000_000_060 });
    expect(body).not.toContain('PRIVATE KEY');
  });

  it('signs for reading unless a turn asks to manage keys, and for nothing else', () => {
    const secret = JSON.stringify({ client_email: 'a@b.example', private_key: privateKey });
    const scopeOf = (asked: string): unknown => {
      const signed = signForGoogle({ ...form, body: bytes(`grant_type=x${asked}`) }, { secret }, 0);
      const body = new URLSearchParams(new TextDecoder().decode(signed?.body ?? new Uint8Array()));
      expect(body.has('scope')).toBe(false);
      const claims = body.get('assertion')?.split('.')[1] ?? '';
      return claims === '' ? null : JSON.parse(Buffer.from(claims, 'base64url').toString());
    };
    const base = 'https://www.googleapis.com/auth';
    expect(scopeOf('')).toMatchObject({ scope: `${base}/cloud-platform.read-only` });
    expect(scopeOf(`&scope=${encodeURIComponent(`${base}/iam`)}`)).toMatchObject({ scope: `${base}/iam` });
    expect(scopeOf(`&scope=${encodeURIComponent(`${base}/cloud-platform`)}`)).toBeNull();
  });

  it('signs nothing with a file that holds no such key, and says so instead of asking', async () => {
    const signed = createSignedHttp(createHttp(), Date.now);
    for (const secret of [
      '',
      'no json',
      '{}',
      'null',
      JSON.stringify({ client_email: 'a', private_key: 'nothing' }),
    ]) {
      expect(signForGoogle(form, { secret }, 0), secret).toBeNull();
      expect(await signed.ask('google-jwt', form, { secret }, nobody)).toMatchObject({ ok: false });
    }
  });
});

describe('HTTP Digest', () => {
  it('answers the example of RFC 2617', () => {
    const challenge = readChallenge(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    )!;
    const answered = answerChallenge(
      request({ url: 'https://host.com/dir/index.html' }),
      challenge,
      'Mufasa',
      'Circle Of Life',
    );
    // Without qop the RFC's own older form: MD5(MD5(user:realm:password):nonce:MD5(GET:/dir/index.html)).
    expect(headerOf(answered, 'authorization')).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
    expect(headerOf(answered, 'authorization')).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  });

  it('speaks to a server that asks for it with SHA-256 and qop, and sends no password', async () => {
    const password = randomBytes(12).toString('hex');
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    const server = await answeringServer(({ headers, method, url }) => {
      const given = readChallenge(headers.authorization);
      if (given === undefined)
        return {
          status: 401,
          headers: {
            'www-authenticate':
              'Basic realm="x", Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256',
          },
        };
      const expected = hash(
        `${hash(`user:r:${password}`)}:n1:00000001:${given.get('cnonce') ?? ''}:auth:${hash(`${method}:${url}`)}`,
      );
      return given.get('response') === expected ? { status: 200, body: 'in' } : { status: 403 };
    });
    const signed = createSignedHttp(createHttp(), Date.now);
    const result = await signed.ask(
      'http-digest',
      request({ url: `${server.url}/api?x=1` }),
      { user: 'user', password },
      nobody,
    );
    expect(result).toMatchObject({ ok: true, value: { status: 200 } });
    expect(JSON.stringify(server.seen)).not.toContain(password);
    await server.close();
  });

  it('does not answer what it does not speak', () => {
    for (const header of [
      undefined,
      'Basic realm="x"',
      'Digest realm="x"',
      'Digest realm="r", nonce="n", algorithm=MD4',
      'Digest realm="r", nonce="n", qop="auth-int"',
    ])
      expect(readChallenge(header), header).toBeUndefined();
  });
});

describe('the registry of npm', () => {
  it('is what npm itself would use: the environment, then the file at home, and nothing that has to be guessed', () => {
    const home = mkdtempSync(join(tmpdir(), 'keyturn-npm-'));
    const write = (text: string): void => {
      writeFileSync(join(home, '.npmrc'), text);
    };
    expect(readNpmRegistry({}, home)).toBeNull();
    write('//registry.example.com/:_authToken=x\nregistry = "https://registry.example.com/npm/"\r\n');
    expect(readNpmRegistry({}, home)).toBe('https://registry.example.com/npm/');
    expect(readNpmRegistry({ NPM_CONFIG_REGISTRY: 'https://other.example.com' }, home)).toBe(
      'https://other.example.com',
    );
    write('@scope:registry=https://scoped.example.com\nregistry=https://${HOST}/\n');
    expect(readNpmRegistry({}, home)).toBeNull();
    rmSync(home, { recursive: true });
  });
});
