// From a call of a turn file to what is sent: names in braces, bodies, whose values prove it, and what is never sent.
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../../../src/core/providers/ask/base64.ts';
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import {
  buildHttpCall,
  buildServerCall,
  type CallContext,
  type TurnHttpAsk,
  type TurnServerAsk,
} from '../../../../src/core/providers/turning/ask/build-call.ts';
import type { Known } from '../../../../src/core/providers/turning/ask/known.ts';
import type { HttpCall, ServerCall } from '../../../../src/core/providers/turning/turn-definition.ts';
import { sampleKey } from '../../../support/key-samples.ts';

const provider = (id: string) => {
  const found = findProvider(id);
  if (!found) throw new Error(id);
  return found;
};
const gitlab = provider('gitlab');
const old = sampleKey('gitlab', gitlab.formats[0]?.id ?? '');
const fresh = sampleKey('gitlab', gitlab.formats[0]?.id ?? '', 2);
const known = (over: Partial<Known> = {}): Known => ({
  definition: gitlab,
  reach: { baseUrl: null, values: {} },
  values: { secret: old },
  own: { mark: 'key-kt-1a2b3c4d', id: 'k/7', expiresOn: '2026-12-28', expiresInDays: 30 },
  inputs: [{ name: 'projectId', label: 'Project', help: 'Its number.', required: true }],
  given: { projectId: 'group/project' },
  learnt: { scopes: '["read","write"]', level: '20', title: '"a title"', policy: '{"allow":{"a":[1]}}' },
  fields: { old: { secret: old }, new: { secret: fresh }, manager: null },
  ...over,
});
const context = (over: Partial<Known> = {}, more: Partial<CallContext> = {}): CallContext => ({
  known: known(over),
  proof: { kind: 'party', party: { definition: gitlab, values: { secret: old } } },
  isReading: false,
  ...more,
});
const call = (over: Partial<HttpCall> = {}): HttpCall => ({
  does: 'asks',
  method: 'POST',
  url: 'https://gitlab.com/api/v4/things',
  by: 'old',
  success: [200],
  refusals: [],
  repeatable: true,
  ...over,
});
const build = (made: HttpCall, where: CallContext = context()): TurnHttpAsk => {
  const built = buildHttpCall(where, made);
  if (!built.ok) throw new Error(built.said.reason);
  return built.value.ask as TurnHttpAsk;
};
const why = (made: HttpCall, where: CallContext = context()): string => {
  const built = buildHttpCall(where, made);
  return built.ok ? `sent to ${(built.value.ask as TurnHttpAsk).url}` : built.said.reason;
};
const bodyOf = ({ body }: TurnHttpAsk): string => new TextDecoder().decode(body ?? new Uint8Array());
const json = (value: NonNullable<HttpCall['body']>['value']): HttpCall =>
  call({ body: { type: 'json', value } });
const header = ({ headers }: TurnHttpAsk, name: string): string | undefined =>
  headers.find(([each]) => each === name)?.[1];

describe('an address', () => {
  it('takes inputs, learnt values, ids and names, percent-encoded', () => {
    const url = 'https://gitlab.com/api/v4/projects/{projectId}/keys/{id}?level={level}&name={title}';
    expect(build(call({ url })).url).toBe(
      'https://gitlab.com/api/v4/projects/group%2Fproject/keys/k%2F7?level=20&name=a%20title',
    );
  });

  it('takes a base URL of one’s own in the place of its origin', () => {
    const reach = { baseUrl: 'http://127.0.0.1:8080/gitlab', values: {} };
    expect(build(call(), context({ reach })).url).toBe('http://127.0.0.1:8080/gitlab/api/v4/things');
  });

  it.each([
    ['a name that nobody told', { url: 'https://gitlab.com/{userId}' }, /did not tell "userId"/],
    ['an input that was not given', { url: 'https://gitlab.com/{groupId}' }, /Group is not given/],
    ['a list', { url: 'https://gitlab.com/{scopes}' }, /cannot be a part/],
    ['no new id yet', { url: 'https://gitlab.com/{newId}' }, /not known which key/],
    ['steps upwards', { url: 'https://gitlab.com/x/{dots}/y' }, /cannot stand in an address/],
  ])('is not written with %s', (_, over, reason) => {
    const inputs = [{ name: 'groupId', label: 'Group', help: 'Its number.', required: true }];
    expect(why(call(over), context({ inputs, given: { dots: '..' } }))).toMatch(reason);
  });
});

describe('a body', () => {
  it('takes a text that is one name as it is: lists, numbers and objects too', () => {
    const made = build(
      json({
        name: '{mark}',
        to: 'x {level} y',
        scopes: '{scopes}',
        days: '{expiresInDays}',
        deep: [{ policy: '{policy}' }],
      }),
    );
    expect(JSON.parse(bodyOf(made))).toEqual({
      name: 'key-kt-1a2b3c4d',
      to: 'x 20 y',
      scopes: ['read', 'write'],
      days: 30,
      deep: [{ policy: { allow: { a: [1] } } }],
    });
    expect(header(made, 'content-type')).toBe('application/json');
  });

  it('leaves out what may be missing, in objects and lists, and is not written without what may not', () => {
    expect(
      JSON.parse(bodyOf(build(json({ a: '{nothing?}', b: ['{nothing?}', 'c'], d: '{title?}' })))),
    ).toEqual({
      b: ['c'],
      d: 'a title',
    });
    expect(why(json({ a: '{nothing}' }))).toMatch(/did not tell/);
    expect(why(json({ ends: '{expiresAt}' }))).toMatch(/no wished end/);
    expect(JSON.parse(bodyOf(build(json({ ends: '{expiresAt?}' }))))).toEqual({});
  });

  it('takes secrets of both keys; other braces are text', () => {
    const made = build(
      json({ token: '{old:secret}', next: '{new:secret}', query: 'mutation { key { id } }' }),
    );
    expect(JSON.parse(bodyOf(made))).toEqual({ token: old, next: fresh, query: 'mutation { key { id } }' });
    expect(why(json({ a: '{manager:secret}' }))).toMatch(/manager key’s secret is not at hand/);
  });

  it('is a form: lists repeat, objects are JSON, yes is a word', () => {
    const made = build(
      call({
        body: { type: 'form', value: { 'a b': 'c&d', s: '{scopes}', p: '{policy}', yes: true, n: 4 } },
      }),
    );
    expect(bodyOf(made)).toBe(
      'a%20b=c%26d&s=read&s=write&p=%7B%22allow%22%3A%7B%22a%22%3A%5B1%5D%7D%7D&yes=true&n=4',
    );
  });

  it('is a multipart form, and is not written with a line break that could end a part', () => {
    const made = build(call({ body: { type: 'multipart', value: { name: '{mark}' } } }));
    expect(bodyOf(made)).toContain('name="name"\r\n\r\nkey-kt-1a2b3c4d\r\n');
    const broken = context({ learnt: { title: JSON.stringify('a\r\n--x') } });
    expect(why(call({ body: { type: 'multipart', value: { name: '{title}' } } }), broken)).toMatch(
      /line break/,
    );
  });

  it('is none for a call without one', () => {
    const made = build(call());
    expect(made.body).toBeNull();
    expect(header(made, 'content-type')).toBeUndefined();
  });
});

describe('a proof', () => {
  it('is placed by the provider file of whoever proves the call', () => {
    const place = gitlab.auth.places[0];
    expect(header(build(call()), place?.name.toLowerCase() ?? '')).toBe(`${place?.prefix ?? ''}${old}`);
  });

  it('is placed by the call’s own scheme where it has one, in a body beside what stands there', () => {
    const auth = {
      places: [{ in: 'json', name: 'token', prefix: '', field: 'secret', required: true }],
    } as const;
    expect(JSON.parse(bodyOf(build(call({ auth, body: { type: 'json', value: { a: 1 } } }))))).toEqual({
      a: 1,
      token: old,
    });
    expect(why(call({ auth, body: { type: 'json', value: ['a'] } }))).toMatch(/no place/);
  });

  it('is a session’s token, which is carried and hidden', () => {
    const auth = {
      places: [{ in: 'header', name: 'Authorization', prefix: 'JWT ', field: 'token', required: true }],
    } as const;
    const built = buildHttpCall(context({}, { proof: { kind: 'session', token: 'a.b.c', auth } }), call());
    if (!built.ok) throw new Error(built.said.reason);
    expect(header(built.value.ask as TurnHttpAsk, 'authorization')).toBe('JWT a.b.c');
    expect(built.value.carried).toContain('a.b.c');
  });

  it('is nobody’s where a call needs none, and a call without its key is not written', () => {
    const made = build(call(), context({}, { proof: { kind: 'nobody' } }));
    expect(JSON.stringify(made.headers)).not.toContain(old);
    expect(why(call(), context({}, { proof: null }))).toMatch(/not at hand/);
  });

  it('is that of its check where a key has not what the usual one wants: an Auth Token of Twilio', () => {
    const twilio = provider('twilio');
    const values = {
      accountSid: sampleKey('twilio', 'account-sid'),
      secret: sampleKey('twilio', 'auth-token'),
    };
    const proof = { kind: 'party', party: { definition: twilio, values } } as const;
    const made = build(call(), { known: known({ definition: twilio, values }), proof, isReading: false });
    const basic = header(made, 'authorization')?.replace('Basic ', '') ?? '';
    expect(new TextDecoder().decode(fromBase64(basic))).toBe(`${values.accountSid}:${values.secret}`);
  });

  it('is not sent where it has not its provider’s form, or cannot stand in a header', () => {
    const odd = { kind: 'party', party: { definition: gitlab, values: { secret: `${old}\nx` } } } as const;
    expect(why(call(), context({}, { proof: odd }))).toMatch(/Nothing was sent|line break/);
  });

  it('of one server is not shown to another', () => {
    const rabbit = provider('rabbitmq');
    const values = { host: 'mq.test', managementPort: '15671', user: 'app', password: 'p'.repeat(20) };
    const url = 'https://{host}:{managementPort}/api/users/{user}';
    const by = (host: string) =>
      why(call({ url, by: 'manager' }), {
        known: known({ definition: rabbit, values }),
        proof: { kind: 'party', party: { definition: rabbit, values: { ...values, host, user: 'root' } } },
        isReading: false,
      });
    expect(by('MQ.test')).toBe('sent to https://mq.test:15671/api/users/app');
    expect(by('other.test')).toMatch(/another server/);
  });
});

describe('a request', () => {
  it('is repeated by the client only where it reads', () => {
    expect(build(call()).repeatable).toBe(false);
    expect(build(call(), context({}, { isReading: true })).repeatable).toBe(true);
    expect(build(call({ repeatable: false }), context({}, { isReading: true })).repeatable).toBe(false);
  });

  it('has the headers of its call, names filled in, and none that is not for it to set', () => {
    const made = build(call({ headers: { 'x-version': '{level}' } }));
    expect(header(made, 'x-version')).toBe('20');
    expect(why(call({ headers: { host: 'evil.test' } }))).toMatch(/not for it to set/);
    expect(
      why(call({ headers: { 'x-a': '{title}' } }), context({ learnt: { title: '"a\\r\\nb: c"' } })),
    ).toMatch(/cannot carry/);
  });
});

describe('a change at a server of one’s own', () => {
  const postgres = provider('postgres');
  const values = {
    host: 'db.test',
    port: '5432',
    database: 'shop',
    user: 'app',
    password: 'old-password-1234',
  };
  const change = (over: Partial<ServerCall> = {}): ServerCall => ({
    protocol: 'postgres',
    does: 'sets',
    by: 'manager',
    action: 'set-password',
    user: '{otherUser}',
    secret: 'new',
    ...over,
  });
  const where = (over: Readonly<Record<string, string>> = {}): CallContext => ({
    known: known({
      definition: postgres,
      values,
      given: { otherUser: 'app_b' },
      fields: {
        old: values,
        new: { ...values, user: 'app_b', password: 'new-password-1234' },
        manager: null,
      },
    }),
    proof: {
      kind: 'party',
      party: {
        definition: postgres,
        values: { ...values, user: 'root', password: 'root-password', ...over },
      },
    },
    isReading: false,
  });
  const built = (made: ServerCall, at = where()): TurnServerAsk | string => {
    const one = buildServerCall(at, made);
    return one.ok ? (one.value.ask as TurnServerAsk) : one.said.reason;
  };

  it('is made by whoever may, with the password that is meant', () => {
    expect(built(change())).toMatchObject({
      protocol: 'postgres',
      action: 'set-password',
      whose: 'app_b',
      secret: 'new-password-1234',
      values: { user: 'root', password: 'root-password' },
    });
    expect(built(change({ secret: 'old', user: '{user}' }))).toMatchObject({
      whose: 'app',
      secret: 'old-password-1234',
    });
    const { secret: _none, ...without } = change({ action: 'no-password' });
    expect(built(without)).toMatchObject({ secret: null });
  });

  it('finds the password in a connection string', () => {
    const url = 'postgres://root:root-password@db.test:5432/shop';
    const field = postgres.fields.find(({ name, secret }) => secret && name !== 'password')?.name ?? '';
    const at = where();
    const party = { definition: postgres, values: { [field]: url } };
    expect(built(change(), { ...at, proof: { kind: 'party', party } })).toMatchObject({
      values: { user: 'root', password: 'root-password' },
    });
  });

  it('is not made at another server, or without a login', () => {
    expect(built(change(), where({ host: 'other.test' }))).toMatch(/another server/);
    expect(built(change(), where({ port: '6432' }))).toMatch(/another server/);
    expect(built(change(), { ...where(), proof: null })).toMatch(/not at hand/);
    expect(built(change({ protocol: 'redis' }))).toMatch(/another kind/);
  });
});
