// The servers that stand in for providers must refuse what their descriptions do not know, or nothing is proven by them.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/node/http-client.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { signForAws } from '../../../../src/node/signing/aws.ts';
import { problemsOf } from '../../../support/turning/json-schema.ts';
import { officialServer, type OfficialServer } from '../../../support/turning/official-server.ts';
import { awsKey, awsProvider } from '../../../support/turning/official/aws-iam.ts';
import { neonKey, neonProvider } from '../../../support/turning/official/neon.ts';

const open: OfficialServer[] = [];
const neon = async () => {
  const server = await officialServer(neonProvider());
  open.push(server);
  const key = server.provider.keys.add(neonKey('old', null));
  const headers = { authorization: `Bearer ${key.values['secret']!}`, 'content-type': 'application/json' };
  return { server, headers };
};
const nobody = { wanted: () => true, onStop: () => () => undefined };
/** Status of an answer; 0 where none came. */
const statusOf = async (request: HttpRequest): Promise<number> => {
  const heard = await createHttp().ask(request, nobody);
  return heard.ok ? heard.value.status : 0;
};
const post = (url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<number> =>
  statusOf({
    method: 'POST',
    url,
    headers: Object.entries(headers),
    body: new TextEncoder().encode(JSON.stringify(body)),
    repeatable: false,
  });

afterEach(async () => {
  for (const server of open.splice(0)) await server.close().catch(() => undefined);
});

describe('a server of an official description', () => {
  it('answers what is described, in the described form', async () => {
    const { server, headers } = await neon();
    const made = await post(`${server.url}/api/v2/api_keys`, headers, { key_name: 'second' });
    expect(made).toBe(200);
    expect(server.called).toEqual(['createApiKey']);
    expect(server.provider.keys.listed().map(({ name }) => name)).toEqual(['old', 'second']);
    await expect(server.close()).resolves.toBeUndefined();
  });

  it.each([
    ['an entry that is not described', '/api/v2/api_keys', { key_name: 'a', expires_in: 1 }],
    ['an entry that is missing', '/api/v2/api_keys', {}],
    ['an entry of another type', '/api/v2/api_keys', { key_name: 1 }],
    ['an entry that is too long', '/api/v2/api_keys', { key_name: 'a'.repeat(65) }],
    ['a query that is not described', '/api/v2/api_keys?limit=1', { key_name: 'a' }],
    ['a path that is not described', '/api/v2/keys', { key_name: 'a' }],
    ['an id in the path that has not its form', '/api/v2/organizations/A_B/api_keys', { key_name: 'a' }],
  ])('fails a test that sends %s', async (_, path, body) => {
    const { server, headers } = await neon();
    expect(await post(`${server.url}${path}`, headers, body)).toBe(501);
    expect(server.provider.keys.listed()).toHaveLength(1);
    await expect(server.close()).rejects.toThrow('not as described');
  });

  it('fails a test that puts the key elsewhere, sends another type of body, or a header of its own', async () => {
    for (const change of [
      { authorization: 'none' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'x-extra': '1' },
    ]) {
      const { server, headers } = await neon();
      await post(`${server.url}/api/v2/api_keys`, { ...headers, ...change }, { key_name: 'a' });
      await expect(server.close()).rejects.toThrow('not as described');
    }
  });

  it('cuts the line before it does anything, or after, as it is told', async () => {
    const { server, headers } = await neon();
    const ask = (): Promise<number> => post(`${server.url}/api/v2/api_keys`, headers, { key_name: 'second' });
    server.fail('createApiKey', { kind: 'cut-before' });
    expect(await ask()).toBe(0);
    expect(server.provider.keys.listed()).toHaveLength(1);
    server.fail('createApiKey', { kind: 'cut-after' });
    expect(await ask()).toBe(0);
    expect(server.provider.keys.listed()).toHaveLength(2);
    expect(await ask()).toBe(200);
  });

  it('refuses a new key and takes a gone one for as many requests as it is told', async () => {
    const { server } = await neon();
    const { keys } = server.provider;
    keys.newRefusedFor = 2;
    keys.goneAcceptedFor = 1;
    const key = keys.add(neonKey('late', null));
    const ask = (): Promise<number> =>
      statusOf({
        method: 'GET',
        url: `${server.url}/api/v2/auth`,
        headers: [['authorization', `Bearer ${key.values['secret']!}`]],
        body: null,
        repeatable: true,
      });
    expect([await ask(), await ask(), await ask()]).toEqual([401, 401, 200]);
    keys.remove(key);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 401, 401]);
  });
});

describe('the server of AWS', () => {
  const sign = (url: string, body: string, values: Readonly<Record<string, string>>, nowMs = Date.now()) =>
    signForAws(
      {
        method: 'POST',
        url,
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: new TextEncoder().encode(body),
        repeatable: false,
      },
      values,
      nowMs,
    );
  const list = 'Action=ListAccessKeys&Version=2010-05-08';

  it('takes a request whose signature is right, and no other', async () => {
    const server = await officialServer(awsProvider());
    open.push(server);
    const { values } = server.provider.keys.add(awsKey('deploy'));
    const ask = (signed: HttpRequest, body?: string): Promise<number> =>
      statusOf(body === undefined ? signed : { ...signed, body: new TextEncoder().encode(body) });
    const at = `${server.url}/`;
    expect(await ask(sign(at, list, values))).toBe(200);
    const other = { ...values, secretAccessKey: createHash('sha1').update('another').digest('hex') };
    expect(await ask(sign(at, list, other))).toBe(403);
    expect(await ask(sign(at, list, values, Date.now() - 3_600_000))).toBe(403);
    // Signed for one thing, sent for another.
    expect(await ask(sign(at, list, values), 'Action=CreateAccessKey&Version=2010-05-08')).toBe(403);
    expect(server.provider.keys.listed()).toHaveLength(1);
  });
});

describe('the schemas', () => {
  it('stop at a word that is not known here', () => {
    expect(() => problemsOf({}, { not: {} } as never)).toThrow('"not"');
  });

  it('never say a value', () => {
    const secret = 'a value of a key';
    const said = problemsOf({ secret }, { type: 'object', properties: { secret: { type: 'integer' } } });
    expect(said.join()).not.toContain(secret);
    expect(said).toHaveLength(1);
  });
});
