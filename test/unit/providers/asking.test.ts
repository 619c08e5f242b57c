// From a key to a request and from an answer to a decision, without a network: what is sent, what is never sent, what is said.
import { describe, expect, it } from 'vitest';
import type { CheckRequest, DecisionRow } from '../../../src/core/providers/asking.ts';
import { completeProvider, type ProviderInput } from '../../../src/core/providers/define-provider.ts';
import { readBaseUrl } from '../../../src/core/providers/ask/address.ts';
import { fromBase64, toBase64 } from '../../../src/core/providers/ask/base64.ts';
import { buildAsk, type HttpAsk } from '../../../src/core/providers/ask/build.ts';
import { converse, planAsking, type Wires } from '../../../src/core/providers/ask/converse.ts';
import { readDate } from '../../../src/core/providers/ask/dates.ts';
import { decide, readAnswer } from '../../../src/core/providers/ask/decide.ts';
import { usualReach, type Question } from '../../../src/core/providers/ask/question.ts';
import { cleanText, hide, redact, tellable } from '../../../src/core/providers/ask/redact.ts';
import { take } from '../../../src/core/providers/ask/take.ts';
import { judge, type Circumstances } from '../../../src/core/providers/ask/verdict.ts';
import { exactly, literal } from '../../../src/core/providers/format.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string => new TextDecoder().decode(value ?? new Uint8Array());
const body = 'abcdefghijklmnop'.split('').reverse().join('');
const live = `acme_live_${body}`;
const test = `acme_test_${body}`;
const noon = Date.UTC(2026, 10, 22, 12);

const everyKind = ['live', 'test', 'unknown'] as const;
const get = (over: Partial<CheckRequest> = {}): CheckRequest => ({
  environment: 'production',
  kinds: everyKind,
  method: 'GET',
  url: 'https://api.acme.test/v1/me',
  cost: 'none',
  ...over,
});
const rows: readonly DecisionRow[] = [
  { status: 200, state: 'valid', reason: 'Acme answered.', next: 'Nothing to do.' },
  { status: 401, state: 'invalid', reason: 'Acme refuses it.', next: 'Look in the portal.' },
  { state: 'unreachable', reason: 'Acme said nothing.', next: 'Check again later.' },
];

type Check = Extract<ProviderInput['check'], { possible: true }>;

const acme = (check: Partial<Check> = {}, over: Partial<ProviderInput> = {}) =>
  completeProvider({
    id: 'acme',
    name: 'Acme',
    domain: 'acme.test',
    category: 'saas',
    formats: [
      {
        id: 'live',
        kind: 'live',
        label: 'live key',
        match: 'prefix',
        pattern: { parts: [literal('acme_live_'), exactly(16, 'lower')] },
      },
      {
        id: 'test',
        kind: 'test',
        label: 'test key',
        match: 'prefix',
        pattern: { parts: [literal('acme_test_'), exactly(16, 'lower')] },
      },
    ],
    fields: [
      { name: 'secret', label: 'API key', variable: 'ACME_KEY', secret: true, required: true, labels: [] },
      {
        name: 'team',
        label: 'Team',
        variable: 'ACME_TEAM',
        secret: false,
        required: false,
        help: 'In Settings.',
        labels: [],
      },
      {
        name: 'teamId',
        label: 'Team id',
        variable: 'ACME_TEAM_ID',
        secret: false,
        required: false,
        labels: [],
        shape: 'uuid',
      },
      {
        name: 'user',
        label: 'User',
        variable: 'ACME_USER',
        secret: false,
        required: false,
        labels: [],
        usual: 'api',
      },
    ],
    envNames: [],
    portals: [],
    settings: [
      {
        name: 'region',
        label: 'Region',
        help: 'The letters before the host.',
        usual: 'eu',
        choices: ['eu', 'us'],
      },
      { name: 'registry', label: 'Registry', help: 'Its address.' },
    ],
    auth: {
      places: [{ in: 'header', name: 'Authorization', prefix: 'Bearer ', field: 'secret', required: true }],
    },
    managedBy: { create: 'you', revoke: 'you' },
    movesMoney: { value: false, why: '' },
    check: {
      possible: true,
      requests: [get()],
      neverCall: ['/v1/spend'],
      scheduled: 'all',
      decisions: rows,
      ...check,
    },
    rotation: { mode: 'guided', overlap: true, needs: '', steps: [] },
    facts: [{ id: 'x', text: 'x', source: 'x', verifiedOn: '2026-11-22' }],
    ...over,
  });

const asked = (over: Partial<Question> = {}): Question => ({
  definition: acme(),
  values: { secret: live },
  kind: 'unknown',
  reach: usualReach,
  unattended: false,
  ...over,
});

const built = (question: Question): HttpAsk => {
  const plan = planAsking(question);
  if (!plan.ok) throw new Error(plan.said.reason);
  const made = buildAsk(question, plan.value.check, plan.value.prepared, plan.value.request);
  if (!made.ok) throw new Error(made.said.reason);
  if (made.value.ask.protocol !== 'http') throw new Error('no http');
  return made.value.ask;
};

const refusal = (question: Question) => {
  const plan = planAsking(question);
  if (!plan.ok) return plan.said;
  const made = buildAsk(question, plan.value.check, plan.value.prepared, plan.value.request);
  return made.ok ? null : made.said;
};

describe('which request is put', () => {
  const two = acme({
    requests: [get({ kinds: ['live'] }), get({ kinds: ['test'], url: 'https://sandbox.acme.test/v1/me' })],
  });

  it('is the first that fits the kind that the value tells, whatever was recorded', () => {
    expect(built(asked({ definition: two, kind: 'test' })).url).toBe('https://api.acme.test/v1/me');
    expect(built(asked({ definition: two, values: { secret: test }, kind: 'live' })).url).toContain(
      'sandbox',
    );
  });

  it('is none where nobody knows whether the key is live or test', () => {
    const shapeless = acme({ requests: two.check.possible ? two.check.requests : [] }, { formats: [] });
    expect(refusal(asked({ definition: shapeless }))).toMatchObject({ state: 'not-checkable' });
  });

  it('is the one for its format; a value of no known form counts as the first format', () => {
    const definition = acme({
      requests: [
        get({ formats: ['test'], url: 'https://a.test/t' }),
        get({ formats: ['live'], url: 'https://a.test/l' }),
      ],
    });
    expect(built(asked({ definition, values: { secret: test } })).url).toBe('https://a.test/t');
    expect(built(asked({ definition, values: { secret: live } })).url).toBe('https://a.test/l');
  });

  it('is not put for a value without the provider’s form', () => {
    for (const secret of [
      `acme_live_${body}x`,
      'acme_live_short',
      `acme_live_${body.slice(1)} `,
      'something else',
    ])
      expect(refusal(asked({ values: { secret } }))?.state, secret).toBe('malformed');
  });

  it('is not put where a companion is no id, and says which', () => {
    const said = refusal(asked({ values: { secret: live, teamId: 'mine' } }));
    expect(said).toMatchObject({ state: 'not-checkable' });
    expect(said?.reason).toContain('Team id');
  });

  it('is not put unattended where it costs credits', () => {
    const definition = acme({ requests: [get({ cost: 'credits' })], scheduled: 'never' });
    expect(refusal(asked({ definition, unattended: true }))?.state).toBe('not-checkable');
    expect(refusal(asked({ definition }))).toBeNull();
  });

  it('is not put where the provider cannot be asked, with its own words', () => {
    const definition = acme({}, { check: { possible: false, why: 'There is no such call.' } });
    expect(refusal(asked({ definition }))).toMatchObject({
      state: 'not-checkable',
      reason: 'There is no such call.',
    });
  });
});

describe('how a request is written', () => {
  it('has the key in its header and asks as itself', () => {
    const ask = built(asked());
    expect(Object.fromEntries(ask.headers)).toMatchObject({
      authorization: `Bearer ${live}`,
      'user-agent': 'keyturn',
    });
    expect(ask).toMatchObject({
      method: 'GET',
      body: null,
      repeatable: true,
      url: 'https://api.acme.test/v1/me',
    });
  });

  it('puts Basic, forms, JSON and queries where they belong', () => {
    const auth = (
      ...places: {
        in: 'form' | 'json' | 'query' | 'basic-user' | 'basic-password';
        field: string;
        name: string;
      }[]
    ) => ({
      places: places.map((place) => ({ ...place, prefix: '', required: true })),
    });
    const with_ = (request: Partial<CheckRequest>) =>
      built(
        asked({ definition: acme({ requests: [get(request)] }), values: { secret: live, team: 'a b&c' } }),
      );
    const basic = with_({
      auth: auth(
        { in: 'basic-user', name: '', field: 'user' },
        { in: 'basic-password', name: '', field: 'secret' },
      ),
    });
    expect(Object.fromEntries(basic.headers)['authorization']).toBe(
      `Basic ${Buffer.from(`api:${live}`).toString('base64')}`,
    );
    const form = with_({
      method: 'POST',
      auth: auth({ in: 'form', name: 'key', field: 'secret' }, { in: 'form', name: 'team', field: 'team' }),
      body: { type: 'form', entries: { grant: 'x {team}' } },
    });
    expect(text(form.body)).toBe(`grant=x%20a%20b%26c&key=${live}&team=a%20b%26c`);
    expect(form.repeatable).toBe(false);
    const json = with_({ method: 'POST', auth: auth({ in: 'json', name: 'key', field: 'secret' }) });
    expect(JSON.parse(text(json.body))).toEqual({ key: live });
    expect(Object.fromEntries(json.headers)['content-type']).toBe('application/json');
    const query = with_({
      url: 'https://api.acme.test/v1/me?a=1',
      auth: auth({ in: 'query', name: 'key', field: 'secret' }),
    });
    expect(query.url).toBe(`https://api.acme.test/v1/me?a=1&key=${live}`);
  });

  it('says which field is missing and where to find it', () => {
    const definition = acme({ requests: [get({ url: 'https://api.acme.test/{team}/me' })] });
    expect(refusal(asked({ definition }))).toMatchObject({ state: 'not-checkable', next: 'In Settings.' });
    expect(built(asked({ definition, values: { secret: live, team: 'a/../b?c#d' } })).url).toBe(
      'https://api.acme.test/a%2F..%2Fb%3Fc%23d/me',
    );
  });

  it('is not signed, and logs in nowhere, with a part missing', () => {
    const request = get({ signing: 'http-digest' });
    expect(refusal(asked({ definition: acme({ requests: [request] }) }))).toBeNull();
    const pair = acme({ requests: [request] });
    const definition = { ...pair, fields: pair.fields.map((field) => ({ ...field, required: true })) };
    expect(refusal(asked({ definition }))).toMatchObject({ state: 'not-checkable', next: 'In Settings.' });
    const login = acme({ requests: [get({ protocol: 'redis', url: 'redis://{team}' })] });
    expect(refusal(asked({ definition: login }))?.reason).toContain('Team is missing');
  });

  it('lets no value step upwards or leave the host', () => {
    const path = acme({ requests: [get({ url: 'https://api.acme.test/{team}/me' })] });
    for (const team of ['.', '..'])
      expect(refusal(asked({ definition: path, values: { secret: live, team } }))?.state).toBe(
        'not-checkable',
      );
    const host = acme({ requests: [get({ url: 'https://{team}.acme.test/me' })] });
    for (const team of ['evil.test/', 'evil.test#', 'u@evil.test', 'a:1', 'a\\b', 'a b', '-a', 'a%2f'])
      expect(refusal(asked({ definition: host, values: { secret: live, team } }))?.state, team).toBe(
        'not-checkable',
      );
    expect(built(asked({ definition: host, values: { secret: live, team: 'shop-1' } })).url).toBe(
      'https://shop-1.acme.test/me',
    );
  });

  it('takes settings: usual, chosen, none of the choices, a whole address', () => {
    const region = acme({ requests: [get({ url: 'https://{region}.acme.test/me' })] });
    const reach = (values: Record<string, string>, baseUrl: string | null = null) => ({ baseUrl, values });
    expect(built(asked({ definition: region })).url).toBe('https://eu.acme.test/me');
    expect(built(asked({ definition: region, reach: reach({ region: 'us' }) })).url).toBe(
      'https://us.acme.test/me',
    );
    expect(refusal(asked({ definition: region, reach: reach({ region: 'evil.test/' }) }))?.state).toBe(
      'not-checkable',
    );
    const own = acme({ requests: [get({ url: '{registry}/-/whoami' })] });
    expect(refusal(asked({ definition: own }))?.reason).toContain('Registry is not set');
    expect(
      built(asked({ definition: own, reach: reach({ registry: 'http://127.0.0.1:4873/npm/' }) })).url,
    ).toBe('http://127.0.0.1:4873/npm/-/whoami');
    expect(
      refusal(asked({ definition: own, reach: reach({ registry: 'http://registry.test' }) }))?.state,
    ).toBe('not-checkable');
    expect(built(asked({ definition: region, reach: reach({}, 'http://127.0.0.1:9/p') })).url).toBe(
      'http://127.0.0.1:9/p/me',
    );
  });

  it('never calls what the provider’s file or the list of all forbids', () => {
    for (const path of ['/v1/spend', '/v1/spend/more', '/v2/payouts', '/api/keys/rotate'])
      expect(
        refusal(asked({ definition: acme({ requests: [get({ url: `https://api.acme.test${path}` })] }) }))
          ?.reason,
      ).toContain('never');
    const viaField = acme({ requests: [get({ url: 'https://api.acme.test/v1/{team}' })] });
    expect(refusal(asked({ definition: viaField, values: { secret: live, team: 'spend' } }))?.state).toBe(
      'not-checkable',
    );
  });

  it('refuses headers that a definition may not set', () => {
    for (const name of ['Host', 'Content-Length', 'a b'])
      expect(
        refusal(asked({ definition: acme({ requests: [get({ headers: { [name]: 'x' } })] }) }))?.state,
      ).toBe('not-checkable');
  });

  it('takes as a base URL only what a key may travel to', () => {
    for (const good of [
      'https://a.test',
      'https://a.test:8443/x/y',
      'http://127.0.0.1:8080',
      'http://localhost',
      'http://[::1]:3',
    ])
      expect(readBaseUrl(`${good}/`), good).toBe(good);
    for (const bad of [
      'http://a.test',
      'https://u:p@a.test',
      'https://a.test?x',
      'https://a.test#x',
      'ftp://a.test',
      'https://',
      'https://a.test/../b',
      'https://a.test/%2e%2e/b',
      'https://a.test:99999',
      'http://127.0.0.1.evil.test',
      'http://localhost.evil.test',
      'https://a b',
      'javascript:x',
      '',
    ])
      expect(readBaseUrl(bad), bad).toBeUndefined();
  });
});

const answer = (status: number, content: unknown = '', headers: Record<string, string> = {}) =>
  readAnswer(
    status,
    new Map(Object.entries(headers)),
    bytes(typeof content === 'string' ? content : JSON.stringify(content)),
  );

describe('what an answer decides', () => {
  const table: readonly DecisionRow[] = [
    { request: 'other', status: 200, state: 'blocked', reason: 'other', next: 'n' },
    { statusFrom: 500, statusTo: 599, state: 'unreachable', reason: 'server', next: 'n' },
    { status: 200, json: { path: ['ok'], is: false }, state: 'invalid', reason: 'ok false', next: 'n' },
    { status: 200, json: { path: ['list', 0, 'id'] }, state: 'valid', reason: 'listed', next: 'n' },
    { header: { name: 'X-Thing', has: 'Yes' }, state: 'expired', reason: 'header', next: 'n' },
    { bodyHas: 'Malformed', state: 'malformed', reason: 'body', next: 'n' },
    { state: 'not-checkable', reason: 'all else', next: 'n' },
  ];
  const decided = (given: ReturnType<typeof answer>, id?: string) =>
    decide({ decisions: table }, id === undefined ? {} : { id }, given).reason;

  it('is said by the first row that fits', () => {
    expect(decided(answer(200), 'other')).toBe('other');
    expect(decided(answer(503))).toBe('server');
    expect(decided(answer(200, { ok: false, list: [{ id: 1 }] }))).toBe('ok false');
    expect(decided(answer(200, { ok: 'false', list: [{ id: 1 }] }))).toBe('listed');
    expect(decided(answer(200, { list: [{ id: null }] }, { 'x-thing': 'oh YES' }))).toBe('header');
    expect(decided(answer(418, 'mALformed'))).toBe('body');
    expect(decided(answer(418, '{"list":'))).toBe('all else');
  });

  it('does not find in an answer what every object has', () => {
    const trap: readonly DecisionRow[] = [
      { json: { path: ['constructor'] }, state: 'valid', reason: 'r', next: 'n' },
    ];
    expect(decide({ decisions: trap }, {}, answer(200, {})).row).toBe(-1);
  });
});

describe('what an answer tells', () => {
  const told = (
    tells: Parameters<typeof take>[0]['tells'],
    given: ReturnType<typeof answer>,
    secret = live,
  ) =>
    Object.fromEntries(
      take({ tells, request: {}, answer: given, secret, hidden: hide([secret]), nowMs: noon }).map(
        ({ fact, value }) => [fact, value],
      ),
    );

  it('is read in each of its forms', () => {
    const given = answer(
      200,
      {
        e: '2027-01-02',
        s: 1_800_000_000,
        ms: 1_800_000_000_000,
        in: 3_600,
        list: ['a', 3, {}],
        words: 'a, b c',
        names: { x: true, y: false },
        t: true,
      },
      { 'github-authentication-token-expiration': '2026-12-31 10:00:00 UTC' },
    );
    expect(told([{ fact: 'expiresAt', from: { json: ['e'] }, as: 'date' }], given)).toEqual({
      expiresAt: '2027-01-02',
    });
    expect(
      told(
        [{ fact: 'expiresAt', from: { header: 'GitHub-Authentication-Token-Expiration' }, as: 'date' }],
        given,
      ),
    ).toEqual({ expiresAt: '2026-12-31T10:00:00Z' });
    expect(told([{ fact: 'expiresAt', from: { json: ['s'] }, as: 'epoch-seconds' }], given)).toEqual({
      expiresAt: '2027-01-15T08:00:00Z',
    });
    expect(told([{ fact: 'expiresAt', from: { json: ['ms'] }, as: 'epoch-ms' }], given)).toEqual({
      expiresAt: '2027-01-15T08:00:00Z',
    });
    expect(told([{ fact: 'expiresAt', from: { json: ['in'] }, as: 'seconds-from-now' }], given)).toEqual({
      expiresAt: '2026-11-22T13:00:00Z',
    });
    expect(told([{ fact: 'scopes', from: { json: ['list'] }, as: 'list' }], given)).toEqual({
      scopes: ['a', '3'],
    });
    expect(told([{ fact: 'scopes', from: { json: ['words'] }, as: 'words' }], given)).toEqual({
      scopes: ['a', 'b', 'c'],
    });
    expect(told([{ fact: 'scopes', from: { json: ['names'] }, as: 'names' }], given)).toEqual({
      scopes: ['x'],
    });
    expect(told([{ fact: 'owner', from: { json: ['t'] }, as: 'text' }], given)).toEqual({ owner: 'yes' });
  });

  it('is nothing where it says nothing: no end, no date, another form', () => {
    const given = answer(200, { zero: 0, none: null, word: 'soon', list: 'x', far: 9e15, text: {} });
    for (const [path, as] of [
      ['zero', 'seconds-from-now'],
      ['none', 'date'],
      ['word', 'date'],
      ['list', 'list'],
      ['far', 'epoch-seconds'],
      ['text', 'text'],
    ] as const)
      expect(told([{ fact: 'expiresAt', from: { json: [path] }, as }], given), path).toEqual({});
  });

  it('is read from the claims of a token', () => {
    const token = [
      'e30',
      Buffer.from(JSON.stringify({ exp: 1_800_000_000 })).toString('base64url'),
      'x',
    ].join('.');
    expect(
      told([{ fact: 'expiresAt', from: { jwt: 'exp' }, as: 'epoch-seconds' }], answer(200), token),
    ).toEqual({ expiresAt: '2027-01-15T08:00:00Z' });
    expect(
      told(
        [{ fact: 'expiresAt', from: { jwt: 'exp', json: ['access_token'] }, as: 'epoch-seconds' }],
        answer(200, { access_token: token }),
      ),
    ).toEqual({ expiresAt: '2027-01-15T08:00:00Z' });
    expect(
      told([{ fact: 'expiresAt', from: { jwt: 'exp' }, as: 'epoch-seconds' }], answer(200), 'no.token!.x'),
    ).toEqual({});
  });

  it('never holds a part of the key, nor what would fool a reader', () => {
    const given = answer(200, {
      owner: `Ann \u202egnp.${live.slice(0, 9)}\u200b${live.slice(9)}\u0007 <b>x</b>`,
      long: 'é'.repeat(500),
    });
    const { owner } = told([{ fact: 'owner', from: { json: ['owner'] }, as: 'text' }], given);
    expect(owner).toBe('Ann gnp.[redacted] <b>x</b>');
    expect([
      ...String(told([{ fact: 'name', from: { json: ['long'] }, as: 'text' }], given)['name']),
    ]).toHaveLength(200);
  });

  it('knows dates from what only looks like them', () => {
    expect(readDate('2026-02-29')).toBeUndefined();
    expect(readDate('2026-12-31T23:30:00+02:00')).toBe('2026-12-31T21:30:00Z');
    expect(readDate('Thu, 31 Dec 2026 10:00:00 GMT')).toBe('2026-12-31T10:00:00Z');
    for (const no of [
      '',
      'never',
      '31.12.2026',
      '1899-01-01',
      '2026-13-01T00:00:00Z',
      '2026-12-31T25:00:00Z',
    ])
      expect(readDate(no), no).toBeUndefined();
  });
});

describe('redaction', () => {
  it('finds echoes whole, at both ends, encoded and in another case', () => {
    const hidden = hide([live, 'pa ss/wörd']);
    for (const echo of [
      live,
      live.slice(0, 8),
      live.slice(-8),
      live.toUpperCase(),
      encodeURIComponent('pa ss/wörd'),
      toBase64(bytes(live)).slice(0, 20),
    ])
      expect(redact(`before ${echo} after`, hidden), echo).toBe('before [redacted] after');
    expect(redact('six: sixsix', hide(['sixsix']))).toBe('six: [redacted]');
    expect(redact('nothing of it', hidden)).toBe('nothing of it');
    expect(redact('abc', hide(['abc']))).toBe('abc');
  });

  it('cuts after it has redacted', () => {
    expect(tellable(`${'x'.repeat(195)}${live}`, hide([live]))).not.toContain(live.slice(0, 5));
  });

  it('leaves one line without control characters', () => {
    expect(cleanText('a\r\nb\u0000c\u202ed\u{e0041}e')).toBe('a bcde');
  });

  it('reads what it writes in base64', () => {
    for (const length of [0, 1, 2, 3, 4, 5]) {
      const some = Uint8Array.from({ length }, (_, at) => at * 77);
      expect(toBase64(some)).toBe(Buffer.from(some).toString('base64'));
      expect(fromBase64(toBase64(some))).toEqual(some);
    }
    expect(fromBase64('a')).toBeUndefined();
    expect(fromBase64('a!bc')).toBeUndefined();
  });
});

describe('our own two rules', () => {
  const usual: Circumstances = {
    nowMs: noon,
    expiredOn: null,
    waiting: null,
    addedAtMs: 0,
    settlesWithinSeconds: 0,
  };
  const invalid = { state: 'invalid', reason: 'Refused.', next: 'Look.' } as const;

  it('call a refused key expired once its date has passed, with both reasons', () => {
    const said = judge(invalid, { ...usual, expiredOn: '1 November 2026' });
    expect(said).toMatchObject({ state: 'expired' });
    expect(said.reason).toContain('1 November 2026');
    expect(said.reason).toContain('Refused.');
    expect(judge({ ...invalid, state: 'valid' }, { ...usual, expiredOn: '1 November 2026' }).state).toBe(
      'valid',
    );
  });

  it('call a refused key not activated while somebody has to do something', () => {
    const waiting = { who: 'Circle support', what: 'enable the product' };
    for (const state of ['invalid', 'blocked'] as const)
      expect(judge({ ...invalid, state }, { ...usual, waiting }).state).toBe('not-activated');
    for (const state of ['valid', 'unreachable', 'malformed'] as const)
      expect(judge({ ...invalid, state }, { ...usual, waiting }).state).toBe(state);
  });

  it('tell of a new key how long its provider takes', () => {
    const said = judge(invalid, { ...usual, addedAtMs: noon - 1_000, settlesWithinSeconds: 172_800 });
    expect(said.next).toContain('48 hours');
    expect(judge(invalid, { ...usual, addedAtMs: noon - 1_000_000, settlesWithinSeconds: 60 })).toEqual(
      invalid,
    );
  });
});

describe('a whole check', () => {
  const chain = acme({
    requests: [
      get({ id: 'first' }),
      get({ id: 'second', formats: ['live'], url: 'https://api.acme.test/v1/second', afterSeconds: 5 }),
    ],
    decisions: [
      {
        request: 'first',
        status: 401,
        state: 'not-checkable',
        reason: 'unsettled',
        next: 'n',
        ask: 'second',
      },
      { request: 'second', status: 200, state: 'valid', reason: 'after all', next: 'n' },
      { request: 'second', status: 401, state: 'invalid', reason: 'twice', next: 'n', ask: 'second' },
      ...rows,
    ],
    tells: [{ fact: 'owner', from: { json: ['me'] }, as: 'text' }],
  });
  const wires = (answers: readonly (ReturnType<typeof answer> | string)[]) => {
    const seen: string[] = [];
    const waits: number[] = [];
    const made: Wires = {
      ask: (ask) => {
        const next = answers[seen.length] ?? 'stopped';
        seen.push(ask.url);
        return Promise.resolve(
          typeof next === 'string'
            ? { ok: false, error: { reason: next, next: 'later', stopped: next === 'stopped' } }
            : { ok: true, value: next },
        );
      },
      wait: (seconds) => {
        waits.push(seconds);
        return Promise.resolve(true);
      },
      nowMs: () => noon,
    };
    return { made, seen, waits };
  };

  it('asks on where the answer does not settle it, after the pause', async () => {
    const { made, seen, waits } = wires([answer(401), answer(200, { me: 'Ann' })]);
    expect(await converse(asked({ definition: chain }), made)).toMatchObject({
      state: 'valid',
      reason: 'after all',
      httpStatus: 200,
      questions: 2,
      told: [{ fact: 'owner', value: 'Ann' }],
    });
    expect(seen).toHaveLength(2);
    expect(waits).toEqual([5]);
  });

  it('says what the row says where the next question cannot be asked or is not answered', async () => {
    const values = { secret: test };
    expect(await converse(asked({ definition: chain, values }), wires([answer(401)]).made)).toMatchObject({
      reason: 'unsettled',
      questions: 1,
    });
    expect(await converse(asked({ definition: chain }), wires([answer(401), 'no line']).made)).toMatchObject({
      reason: 'unsettled',
    });
  });

  it('asks three questions at most', async () => {
    const { made, seen } = wires([answer(401), answer(401), answer(401), answer(401)]);
    expect(await converse(asked({ definition: chain }), made)).toMatchObject({
      state: 'invalid',
      reason: 'twice',
      questions: 3,
    });
    expect(seen).toHaveLength(3);
  });

  it('is unreachable without an answer, and nothing where it was stopped', async () => {
    expect(await converse(asked(), wires(['no line']).made)).toMatchObject({
      state: 'unreachable',
      reason: 'no line',
      httpStatus: null,
    });
    expect(await converse(asked(), wires([]).made)).toBeNull();
  });

  it('sends nothing for a malformed key', async () => {
    const { made, seen } = wires([answer(200)]);
    expect(await converse(asked({ values: { secret: 'acme_live_x' } }), made)).toMatchObject({
      state: 'malformed',
      questions: 0,
    });
    expect(seen).toEqual([]);
  });
});
