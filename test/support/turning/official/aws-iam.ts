// IAM as its description has it, for one user with two places. Every request is verified by its signature, computed here from what came. The
// question of the check (STS) stands in a description that is not at hand.
import { createHash, createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { sampleKey } from '../../key-samples.ts';
import { descriptionOf, type Incoming } from '../official-description.ts';
import type { OfficialProvider, Refusals, Says } from '../official-server.ts';
import { remoteKeys, type NewKey, type RemoteKey } from '../remote-keys.ts';

const refusal = (status: number, code: string): Says => ({
  status,
  body: { Error: { Code: code, Message: `It is ${code}.`, Type: 'Sender' }, RequestId: randomUUID() },
});
const refusals: Refusals = {
  'unknown-key': refusal(403, 'InvalidClientTokenId'),
  'no-permission': refusal(403, 'AccessDenied'),
  'quota-full': refusal(409, 'LimitExceeded'),
  'not-found': refusal(404, 'NoSuchEntity'),
  'wrong-input': refusal(400, 'ValidationError'),
};

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const authorization =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;

/** Who signed, for which service; undefined where the signature, the time or the region is not right. */
const signerOf = (
  incoming: Incoming,
  all: readonly RemoteKey[],
): { readonly key: RemoteKey; readonly service: string } | undefined => {
  const { headers, method, body } = incoming;
  const [, id, day, region, service, names, given] =
    authorization.exec(String(headers['authorization'] ?? '')) ?? [];
  const key = all.find((each) => each.id === id);
  const time = String(headers['x-amz-date'] ?? '');
  if (key === undefined || region !== 'us-east-1' || !/^\d{8}T\d{6}Z$/.test(time) || !time.startsWith(day!))
    return undefined;
  const sentMs = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Math.abs(Date.now() - sentMs) > 900_000) return undefined;
  const signed = names!.split(';');
  if (!signed.includes('host') || !signed.includes('x-amz-date')) return undefined;
  const url = new URL(incoming.url, 'http://x');
  const canonical = [
    method,
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&'),
    ...signed.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${day!}/${region}/${service!}/aws4_request`;
  const signing = scope
    .split('/')
    .reduce<Buffer | string>(
      (held, part) => createHmac('sha256', held).update(part).digest(),
      `AWS4${key.values['secretAccessKey'] ?? ''}`,
    );
  const right = createHmac('sha256', signing)
    .update(['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'))
    .digest();
  return timingSafeEqual(right, Buffer.from(given!, 'hex')) ? { key, service: service! } : undefined;
};

export const awsKey = (user: string, mayManage = true): NewKey => {
  const accessKeyId = sampleKey('aws-iam', 'long-term-id', randomInt(1, 2 ** 31 - 1));
  const secretAccessKey = sampleKey('aws-iam', 'secret', randomInt(1, 2 ** 31 - 1));
  return { id: accessKeyId, values: { accessKeyId, secretAccessKey }, notes: { user }, mayManage };
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same answer as IAM writes it where nobody asks for JSON: lists of `member`, dates as ISO 8601. */
const xmlOf = (value: unknown, name: string): string => {
  if (Array.isArray(value))
    return `<${name}>${value.map((each) => xmlOf(each, 'member')).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null)
    return `<${name}>${Object.entries(value)
      .map(([inner, each]) => xmlOf(each, inner))
      .join('')}</${name}>`;
  const text = name === 'CreateDate' ? new Date(Number(value) * 1_000).toISOString() : String(value);
  return `<${name}>${escaped(text)}</${name}>`;
};

const inXml = ({ status, body }: Says): Says => {
  const [[name, inner] = ['Response', {}]] = Object.entries(body as Readonly<Record<string, unknown>>);
  const root = name === 'Error' ? xmlOf(body, 'ErrorResponse') : xmlOf(inner, name);
  return {
    status,
    body: root.replace(/^<(\w+)>/, '<$1 xmlns="https://iam.amazonaws.com/doc/2010-05-08/">'),
    headers: { 'content-type': 'text/xml' },
  };
};

export type AwsProvider = OfficialProvider & { readonly user: string };

export const awsProvider = (answersIn: 'json' | 'xml' = 'json'): AwsProvider => {
  const keys = remoteKeys();
  keys.max = 2;
  const user = 'deploy';
  const isSts = ({ body }: Incoming): boolean =>
    body.toString() === 'Action=GetCallerIdentity&Version=2011-06-15';
  const prove = (incoming: Incoming): RemoteKey | undefined => {
    const signer = signerOf(incoming, keys.all);
    return signer?.service === (isSts(incoming) ? 'sts' : 'iam') ? signer.key : undefined;
  };
  const userOf = (body: Readonly<Record<string, unknown>>, by: RemoteKey): unknown =>
    body['UserName'] ?? by.notes['user'];
  const of = (name: unknown): readonly RemoteKey[] =>
    keys.listed().filter(({ notes }) => notes['user'] === name);
  const meta = { ResponseMetadata: { RequestId: randomUUID() } };
  const entry = (key: RemoteKey): Readonly<Record<string, unknown>> => ({
    UserName: key.notes['user'],
    AccessKeyId: key.id,
    Status: key.active ? 'Active' : 'Inactive',
    CreateDate: key.createdAtMs / 1_000,
  });
  return {
    description: descriptionOf('aws-iam'),
    keys,
    refusals,
    prove,
    open: [],
    user,
    ...(answersIn === 'xml' ? { write: inXml } : {}),
    answers: {
      CreateAccessKey: ({ body }, by) => {
        const name = userOf(body, by);
        if (of(name).length === 0) return refusals['not-found'];
        if (of(name).length >= keys.max) return refusals['quota-full'];
        const key = keys.add(awsKey(String(name)));
        const AccessKey = { ...entry(key), SecretAccessKey: key.values['secretAccessKey'] };
        return {
          status: 200,
          body: { CreateAccessKeyResponse: { CreateAccessKeyResult: { AccessKey }, ...meta } },
        };
      },
      ListAccessKeys: ({ body }, by) => ({
        status: 200,
        body: {
          ListAccessKeysResponse: {
            ListAccessKeysResult: { AccessKeyMetadata: of(userOf(body, by)).map(entry), IsTruncated: false },
            ...meta,
          },
        },
      }),
      UpdateAccessKey: ({ body }, by) => {
        const key = of(userOf(body, by)).find(({ id }) => id === body['AccessKeyId']);
        if (key === undefined) return refusals['not-found'];
        key.active = body['Status'] === 'Active';
        key.acceptedFor = keys.goneAcceptedFor;
        return { status: 200, body: { UpdateAccessKeyResponse: meta } };
      },
      DeleteAccessKey: ({ body }, by) => {
        const key = of(userOf(body, by)).find(({ id }) => id === body['AccessKeyId']);
        if (key === undefined) return refusals['not-found'];
        keys.remove(key);
        return { status: 200, body: { DeleteAccessKeyResponse: meta } };
      },
    },
    undescribed: (incoming, by) => {
      if (incoming.method !== 'POST' || incoming.url !== '/' || !isSts(incoming)) return undefined;
      if (by === undefined) return refusals['unknown-key'];
      const GetCallerIdentityResult = { Account: '000000000000', Arn: 'arn', UserId: 'A' };
      return { status: 200, body: { GetCallerIdentityResponse: { GetCallerIdentityResult, ...meta } } };
    },
  };
};
