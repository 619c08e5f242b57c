// AWS Signature Version 4 (docs.aws.amazon.com/IAM, "Create a signed AWS API request"): the secret signs, and never leaves.
import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '../../core/ports.ts';

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Uint8Array | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const queryOf = (url: URL): string =>
  [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

/** At an address of one's own the host names no service; the version that a form asks for does. */
const serviceOfVersion: Readonly<Record<string, string>> = { '2010-05-08': 'iam', '2011-06-15': 'sts' };

const serviceOfForm = (body: Uint8Array | null): string => {
  const version = new URLSearchParams(new TextDecoder().decode(body ?? new Uint8Array())).get('Version');
  return serviceOfVersion[version ?? ''] ?? 'sts';
};

/** `sts.amazonaws.com` is `sts` in us-east-1; `service.region.amazonaws.com` says both. */
const scopeOf = (
  host: string,
  body: Uint8Array | null,
): { readonly service: string; readonly region: string } => {
  const [service = '', region = ''] = host.split('.');
  return /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)
    ? { service, region }
    : { service: host.endsWith('.amazonaws.com') ? service : serviceOfForm(body), region: 'us-east-1' };
};

/** @param nowMs epoch milliseconds; AWS refuses times that are more than 15 minutes off */
export const signForAws = (
  request: HttpRequest,
  values: Readonly<Record<string, string>>,
  nowMs: number,
): HttpRequest => {
  const url = new URL(request.url);
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const { service, region } = scopeOf(url.hostname, request.body);
  const token = values['sessionToken'] ?? '';
  const added: [string, string][] = [
    ['x-amz-date', time],
    ...(token === '' ? [] : ([['x-amz-security-token', token]] as [string, string][])),
  ];
  const signed = [['host', url.host] as [string, string], ...added].sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    url.pathname === '' ? '/' : url.pathname,
    queryOf(url),
    ...signed.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    sha256(request.body ?? ''),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Uint8Array | string>(
    (held, part) => hmac(held, part),
    `AWS4${values['secretAccessKey'] ?? ''}`,
  );
  const signature = hmac(key, text).toString('hex');
  const credential = `${values['accessKeyId'] ?? ''}/${scope}`;
  const proof = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...request, headers: [...request.headers, ...added, ['authorization', proof]] };
};
