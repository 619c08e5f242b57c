// What is read from answers to calls of a turn: meanings, learnt values, gifts, ids, lists, hints, ends. No word of an answer is said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer, type Answer } from '../../../../src/core/providers/ask/decide.ts';
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import { chooseValue } from '../../../../src/core/providers/turning/ask/chosen.ts';
import { dayOfEnd, endsOf } from '../../../../src/core/providers/turning/ask/ends.ts';
import { readGifts, withFields } from '../../../../src/core/providers/turning/ask/gifts.ts';
import { hearHttp, hearServer, withXml } from '../../../../src/core/providers/turning/ask/hear.ts';
import { fitsHint } from '../../../../src/core/providers/turning/ask/hint.ts';
import { learnFrom } from '../../../../src/core/providers/turning/ask/learn.ts';
import { readList } from '../../../../src/core/providers/turning/ask/list.ts';
import { readXml } from '../../../../src/core/providers/turning/ask/xml.ts';
import { secretHandle } from '../../../../src/core/providers/turning/secret-handle.ts';
import type { HttpCall, Learning, Listing } from '../../../../src/core/providers/turning/turn-definition.ts';
import { findWay, turnFor } from '../../../../src/core/providers/turning/turn-catalogue.ts';
import { sampleKey } from '../../../support/key-samples.ts';

const noon = Date.UTC(2026, 10, 28, 12);
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): Answer =>
  readAnswer(
    status,
    new Map(Object.entries(headers)),
    new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  );
const provider = (id: string) => {
  const found = findProvider(id);
  if (!found) throw new Error(id);
  return found;
};
const call = (over: Partial<HttpCall> = {}): HttpCall => ({
  does: 'asks',
  method: 'POST',
  url: 'https://acme.test/keys',
  by: 'manager',
  success: [200, 201],
  refusals: [],
  repeatable: false,
  ...over,
});
const meaning = (made: HttpCall, said: Answer): string => {
  const heard = hearHttp(made, said, noon);
  return heard.kind === 'refused' ? heard.means : heard.kind;
};

describe('an answer means', () => {
  const about = call({ method: 'DELETE', url: 'https://acme.test/keys/{id}' });

  it.each([
    [call(), 200, 'done'],
    [call(), 204, 'lost'],
    [call(), 401, 'no-permission'],
    [call(), 403, 'no-permission'],
    [call(), 404, 'refused'],
    [about, 404, 'gone'],
    [call(), 400, 'wrong-input'],
    [call(), 409, 'wrong-input'],
    [call(), 422, 'wrong-input'],
    [call(), 429, 'wait'],
    [call(), 418, 'lost'],
    [call(), 500, 'lost'],
    [call(), 502, 'lost'],
    [call(), 503, 'lost'],
    [call(), 504, 'lost'],
    [call(), 302, 'lost'],
  ] as const)('without a row of its own: %# %s', (made, status, means) => {
    expect(meaning(made, answer(status))).toBe(means);
  });

  it('what the first row of the turn says, before the usual ones', () => {
    const full = {
      status: 403,
      bodyHas: 'LIMIT',
      means: 'quota-full',
      reason: 'Full.',
      next: 'Less.',
    } as const;
    const no = { statusFrom: 400, statusTo: 499, means: 'refused', reason: 'No.', next: 'Look.' } as const;
    const made = call({ refusals: [full, no] });
    expect(meaning(made, answer(403, 'limit reached'))).toBe('quota-full');
    expect(meaning(made, answer(403, 'no'))).toBe('refused');
    expect(meaning(made, answer(429))).toBe('refused');
    expect(
      meaning(call({ refusals: [{ ...no, json: { path: ['e'], is: 7 } }] }), answer(400, { e: 7 })),
    ).toBe('refused');
    expect(meaning(call({ refusals: [{ ...no, json: { path: ['e'] } }] }), answer(400, { e: null }))).toBe(
      'wrong-input',
    );
  });

  it('a success only with what must stand in its body; an absent place is null', () => {
    const ok = call({ successJson: { path: ['ok'], is: true } });
    expect(meaning(ok, answer(200, { ok: true }))).toBe('done');
    expect(meaning(ok, answer(200, { ok: false }))).toBe('lost');
    expect(meaning(ok, answer(200, '<html>'))).toBe('lost');
    expect(meaning(call({ successJson: { path: ['policy'], is: null } }), answer(200, {}))).toBe('done');
  });

  it('when to come back: as seconds or as a date, a day at most; and 503 only with it', () => {
    const wait = (headers: Record<string, string>, status = 429) =>
      hearHttp(call(), answer(status, '', headers), noon);
    expect(wait({ 'retry-after': '7' })).toMatchObject({ means: 'wait', againInMs: 7_000 });
    expect(wait({ 'retry-after': '7' }, 503)).toMatchObject({ means: 'wait', againInMs: 7_000 });
    expect(wait({ 'retry-after': 'Sat, 28 Nov 2026 12:01:00 GMT' })).toMatchObject({ againInMs: 60_000 });
    expect(wait({ 'retry-after': '999999' })).toMatchObject({ againInMs: 86_400_000 });
    expect(wait({})).toMatchObject({ means: 'wait', againInMs: null });
  });

  it('nothing that its words could say', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), fc.integer({ min: 100, max: 599 }), (words, status) => {
        const heard = hearHttp(call(), answer(status, { error: words, reason: words }), noon);
        if (heard.kind !== 'done') expect(`${heard.reason}${heard.next}`).not.toContain(words);
      }),
    );
  });

  it('for servers of one’s own what their codes say', () => {
    const change = {
      protocol: 'postgres',
      does: 'sets',
      by: 'manager',
      action: 'set-password',
      user: '{user}',
    } as const;
    expect(hearServer(change, answer(200, { ok: true }), noon).kind).toBe('done');
    expect(hearServer(change, answer(401, { code: '42501' }), noon)).toMatchObject({
      means: 'no-permission',
    });
    expect(hearServer(change, answer(401, { code: '28P01' }), noon)).toMatchObject({ means: 'refused' });
    expect(hearServer(change, answer(401, { code: '53300' }), noon)).toMatchObject({ means: 'wait' });
  });
});

describe('learnt', () => {
  const one = (name: string, over: Partial<Learning> = {}): Learning => ({
    name,
    from: { json: [name] },
    required: true,
    ...over,
  });
  const told = (json: unknown, learning: Learning, secrets: readonly string[] = []) =>
    learnFrom([learning], { headers: new Map([['x-id', 'seven']]), json }, secrets);

  it('texts, numbers, yes and no, lists of them, headers, entries of a list; objects only where anything may be', () => {
    expect(told({ a: 'b' }, one('a'))).toEqual({ ok: true, values: { a: '"b"' } });
    expect(told({ a: 12 }, one('a'))).toEqual({ ok: true, values: { a: '12' } });
    expect(told({ a: ['b', 1, true] }, one('a'))).toEqual({ ok: true, values: { a: '["b",1,true]' } });
    expect(told({}, one('a', { from: { header: 'X-Id' } }))).toEqual({ ok: true, values: { a: '"seven"' } });
    expect(told({ a: [{ id: 1 }, { id: 2 }] }, one('a', { from: { json: ['a'], each: 'id' } }))).toEqual({
      ok: true,
      values: { a: '[1,2]' },
    });
    expect(told({ a: { b: 1 } }, one('a'))).toEqual({ ok: false, name: 'a' });
    expect(told({ a: { b: [1] } }, one('a', { anything: true }))).toEqual({
      ok: true,
      values: { a: '{"b":[1]}' },
    });
  });

  it('nothing where nothing is told: an end for what is needed, left out where it is not', () => {
    expect(told({ a: null }, one('a'))).toEqual({ ok: false, name: 'a' });
    expect(told(undefined, one('a', { required: false }))).toEqual({ ok: true, values: {} });
    expect(told({}, one('constructor', { required: false }))).toEqual({ ok: true, values: {} });
  });

  it('no secret, whatever echoes it, and nothing without bounds', () => {
    const secret = sampleKey('sendgrid', 'key');
    expect(told({ a: `x ${secret}` }, one('a'), [secret])).toEqual({ ok: false, name: 'a' });
    expect(told({ a: { b: [secret] } }, one('a', { anything: true }), [secret])).toEqual({
      ok: false,
      name: 'a',
    });
    expect(told({ a: 'x'.repeat(3_000) }, one('a'))).toEqual({ ok: false, name: 'a' });
    expect(told({ a: Array.from({ length: 2_000 }, () => 'x') }, one('a'))).toEqual({ ok: false, name: 'a' });
    expect(told({ a: Array.from({ length: 900 }, () => 'x'.repeat(40)) }, one('a'))).toEqual({
      ok: false,
      name: 'a',
    });
    expect(told({ a: 'line\u202ebreak' }, one('a'))).toEqual({ ok: false, name: 'a' });
    let deep: unknown = 1;
    for (let at = 0; at < 50; at += 1) deep = { deep };
    expect(told({ a: deep }, one('a', { anything: true }))).toEqual({ ok: false, name: 'a' });
  });
});

describe('gifts', () => {
  const sendgrid = provider('sendgrid');
  const fresh = sampleKey('sendgrid', 'key', 2);
  const gives = { secret: { json: ['api_key'] } } as const;

  it('are taken where they have the provider’s form', () => {
    expect(readGifts(sendgrid, gives, { api_key: fresh }, {})).toEqual({ secret: fresh });
  });

  it.each([
    ['missing', {}],
    ['null', { api_key: null }],
    ['no text', { api_key: 7 }],
    ['empty', { api_key: '' }],
    ['over two lines', { api_key: `${fresh}\n` }],
    ['no JSON at all', undefined],
  ])('are none where the value is %s', (_, json) => {
    expect(readGifts(sendgrid, gives, json, {})).toBeUndefined();
  });

  it('are kept where their form is a new one: it may be the only copy, and the test shows what it is worth', () => {
    expect(readGifts(sendgrid, gives, { api_key: 'hello' }, {})).toEqual({ secret: 'hello' });
  });

  it('are none where the value is the one that the key had', () => {
    expect(readGifts(sendgrid, gives, { api_key: fresh }, { secret: fresh })).toBeUndefined();
  });

  it('are decoded where they are base64, and none where they are not', () => {
    const gcp = provider('gcp-sa');
    const decoding = { secret: { json: ['data'], decode: 'base64' } } as const;
    const field = gcp.fields.find(({ secret }) => secret)?.name ?? '';
    const made = { [field]: decoding.secret };
    const text = '{"type": "synthetic"}\n';
    const read = readGifts({ ...gcp, formats: [] }, made, { data: btoa(text) }, {});
    expect(read).toEqual({ [field]: text });
    expect(readGifts({ ...gcp, formats: [] }, made, { data: 'no*base64' }, {})).toBeUndefined();
    expect(readGifts({ ...gcp, formats: [] }, made, { data: '/w==' }, {})).toBeUndefined();
  });

  it('take the old values’ places: in a field, in a connection string, in a lone secret', () => {
    const postgres = provider('postgres');
    const change = { password: 'n3w/with:odd@signs' };
    const apart = withFields(postgres, { host: 'db', user: 'app', password: 'old' }, change);
    expect(apart).toEqual({ host: 'db', user: 'app', password: change.password });
    const url = `postgres://app:${'old'.repeat(3)}@db.test:5432/shop`;
    const field = postgres.fields.find((each) => each.secret && each.name !== 'password')?.name ?? 'url';
    const whole = withFields(postgres, { [field]: url }, change);
    expect(whole).toEqual({
      [field]: `postgres://app:${encodeURIComponent(change.password)}@db.test:5432/shop`,
    });
    expect(withFields(provider('rabbitmq'), { user: 'a', secret: 'b' }, { password: 'c' })).toEqual({
      user: 'a',
      secret: 'c',
    });
  });
});

describe('values that are chosen here', () => {
  it('are letters and digits, so many, each as likely as any other', () => {
    const counts = new Map<string, number>();
    const bytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
    const text = chooseValue(bytes, 62_000);
    expect(text).toMatch(/^[A-Za-z0-9]{62000}$/);
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // Six deviations of a binomial of 1,000: with a bias of modulo the first letters had 1,210.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(190);
  });

  it('pass over the bytes that would make some letters likelier', () => {
    const given = [255, 248, 247, 0, 61];
    const bytes = (length: number): Uint8Array => Uint8Array.from(given.splice(0, length));
    expect(chooseValue(bytes, 3)).toBe('9A9');
  });
});

describe('ends', () => {
  it('are told in every form, from a day that is still to come', () => {
    expect(endsOf('2026-12-28', noon)).toEqual({
      expiresOn: '2026-12-28',
      expiresAt: '2026-12-28T00:00:00Z',
      expiresInSeconds: 29.5 * 86_400,
      expiresInHours: 29.5 * 24,
      expiresInDays: 30,
      expiresAtMs: Date.UTC(2026, 11, 28),
    });
    expect(endsOf(null, noon)).toEqual({});
    expect(endsOf('2026-11-28', noon)).toBeUndefined();
    expect(endsOf('2026-02-30', noon)).toBeUndefined();
    expect(endsOf('tomorrow', noon)).toBeUndefined();
  });

  it.each([
    ['2027-01-31', '2027-01-31'],
    ['2027-01-31T23:30:00Z', '2027-01-31'],
    ['2027-01-31T23:30:00-02:00', '2027-02-01'],
    [Date.UTC(2027, 0, 31) / 1_000, '2027-01-31'],
    [Date.UTC(2027, 0, 31), '2027-01-31'],
    ['never', null],
    [0, null],
    [Number.NaN, null],
    [1e300, null],
    [null, null],
    [{}, null],
  ])('are read from %s', (told, day) => {
    expect(dayOfEnd(told)).toBe(day);
  });
});

describe('a hint', () => {
  const sendgrid = provider('sendgrid');
  const value = sampleKey('sendgrid', 'key');
  const end = value.slice(-4);
  const fit = (how: Parameters<typeof fitsHint>[1], hint: unknown) => fitsHint(sendgrid, how, hint, [value]);
  const other = end === 'zzzz' ? 'yyyy' : 'zzzz';

  it.each([
    ['masked', `${value.slice(0, 8)}…${end}`, true],
    ['masked', `${value.slice(0, 8)}${'*'.repeat(20)}${end}`, true],
    ['masked', `${value.slice(0, 8)}...${end}`, true],
    ['masked', `${value.slice(0, 8)}...${other}`, false],
    ['masked', `XX.${value.slice(3, 8)}...${end}`, false],
    ['masked', `${value.slice(0, 8)}*${value.slice(20, 24)}*${end}`, true],
    ['masked', value, true],
    // Only what every key of the provider begins with.
    ['masked', `${value.slice(0, 3)}...`, null],
    ['masked', '****', null],
    ['masked', `...${end.slice(-2)}`, null],
    ['ends-with', end, true],
    ['ends-with', `****${end}`, true],
    ['ends-with', other, false],
    ['ends-with', end.slice(-2), null],
    ['begins-with', value.slice(0, 9), true],
    ['begins-with', value.slice(0, 3), null],
    ['begins-with', `${value.slice(0, 3)}${other}`, value.slice(3, 7) === other],
    ['masked', 17, null],
    ['masked', '', null],
  ] as const)('%s %# fits: %s', (how, hint, fits) => {
    expect(fit(how, hint)).toBe(fits);
  });

  it('does not fit where its parts would share characters', () => {
    expect(fitsHint(sendgrid, 'masked', 'abcdef…defghi', ['abcdefghi'])).toBe(false);
  });
});

describe('a list', () => {
  const openai = provider('openai');
  const way = findWay(turnFor('openai'), turnFor('openai')?.ways[0]?.id ?? '');
  if (!way) throw new Error('no way');
  const listing: Listing = {
    call: call({ method: 'GET', repeatable: true }),
    items: ['data'],
    id: ['id'],
    name: ['name'],
    createdAt: ['created'],
    only: { path: ['state'], is: 'active' },
    max: ['limits', 'max'],
    complete: { path: ['has_more'], is: false },
  };
  const secret = sampleKey('openai', openai.formats[0]?.id ?? '');
  const read = (json: unknown, over: Partial<Listing> = {}, secrets: readonly string[] = [secret]) =>
    readList(
      {
        way: { ...way, list: { ...listing, ...over } },
        listing: { ...listing, ...over },
        definition: openai,
        oldSecrets: [secret],
        secrets,
      },
      answer(200, json),
    );
  const item = (id: unknown, name = 'a', more: object = {}) => ({
    id,
    name,
    state: 'active',
    created: 12,
    ...more,
  });

  it('has the entries that count, and says whether it is whole and how many there may be', () => {
    const list = read({
      data: [item('k1'), item(2, 'b'), item('k3', 'c', { state: 'revoked' })],
      has_more: false,
      limits: { max: 10 },
    });
    expect(list?.entries.map(({ id, name, createdAt }) => [id, name, createdAt])).toEqual([
      ['k1', 'a', '12'],
      ['2', 'b', '12'],
    ]);
    expect(list).toMatchObject({ complete: true, max: 10 });
    expect(read({ data: [], has_more: true })).toMatchObject({ complete: false, max: null });
    expect(read({ data: [] })?.complete).toBe(false);
    expect(read({ data: [] }, { complete: { path: ['next'], is: null } })?.complete).toBe(true);
    expect(
      read({ data: [item('a', 'a', { state: 'x' }), item('b')] }, { complete: { fewerThan: 2 } })?.complete,
    ).toBe(false);
    expect(read({ data: [item('b')] }, { complete: { fewerThan: 2 } })?.complete).toBe(true);
  });

  it('is none where there is no list, and not whole where an entry cannot be read', () => {
    expect(read({ data: 'no' })).toBeUndefined();
    expect(read('<html>')).toBeUndefined();
    const broken = read({ data: [item('a'), item(null), item({}), item('x\u0000')], has_more: false });
    expect(broken?.entries).toHaveLength(1);
    expect(broken?.complete).toBe(false);
  });

  it('is cleaned: no secret of ours in a name or an id, no odd signs, bounded; a mark stays whole', () => {
    const list = read({
      data: [
        item('a', `x ${secret}`),
        item(`id-${secret}`),
        item('c', 'n\u202ex'),
        item('d', 'x'.repeat(900)),
        item('e', 'openai-kt-1a2b3c4d'),
      ],
      has_more: false,
    });
    expect(JSON.stringify(list?.entries.map(({ id, name }) => [id, name]))).not.toContain(secret);
    expect(list?.entries.map(({ name }) => name)).toEqual([
      '[redacted]',
      'nx',
      'x'.repeat(200),
      'openai-kt-1a2b3c4d',
    ]);
    expect(list?.complete).toBe(false);
  });

  it('tells handles where the ids are secrets, and knows the old key by its value', () => {
    const other = sampleKey('openai', openai.formats[0]?.id ?? '', 5);
    const list = read({ data: [item(secret), item(other)], has_more: false }, { idIsSecret: true });
    expect(list?.entries.map(({ id, fitsOld }) => [id, fitsOld])).toEqual([
      [secretHandle(secret), true],
      [secretHandle(other), false],
    ]);
  });
});

describe('XML', () => {
  it('is read into what JSON of the same would be', () => {
    const text = `<?xml version="1.0"?>
      <ListResponse xmlns="https://iam.test/doc/"><Result><Keys>
        <member><Id>A&amp;1</Id><Status>Active</Status></member>
        <member><Id>B&#x2d;2</Id><Status/></member>
      </Keys><IsTruncated>false</IsTruncated></Result></ListResponse>`;
    expect(readXml(text)).toEqual({
      ListResponse: {
        Result: {
          Keys: [
            { Id: 'A&1', Status: 'Active' },
            { Id: 'B-2', Status: '' },
          ],
          IsTruncated: false,
        },
      },
    });
    expect(readXml('<a><b>1</b><b>2</b></a>')).toEqual({ a: { b: ['1', '2'] } });
    expect(readXml('<Keys><member>1</member></Keys>')).toEqual({ Keys: ['1'] });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity of its own', '<a>&x;</a>'],
    ['an entity without an end', '<a>&amp</a>'],
    ['a crossing', '<a><b></a></b>'],
    ['something left open', '<a><b></b>'],
    ['two roots', '<a/><b/>'],
    ['text outside', '<a/>x'],
    ['text between elements', '<a>x<b/></a>'],
    ['a comment', '<a><!-- x --></a>'],
    ['a section', '<a><![CDATA[x]]></a>'],
    ['a character that is none', '<a>&#xD800;</a>'],
    ['too deep', `${'<a>'.repeat(30)}${'</a>'.repeat(30)}`],
    ['too many', `<a>${'<b/>'.repeat(10_001)}</a>`],
    ['too long', `<a>${'x'.repeat(300_000)}</a>`],
    ['nothing', ''],
  ])('is none with %s', (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('is total: whatever comes is read or not, and names of every object are names', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readXml(text);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<a>', '</a>', '<b/>', 'x', '&lt;', '<', '>', '&')), (parts) => {
        readXml(parts.join(''));
      }),
    );
    const read = readXml('<__proto__><x>1</x></__proto__>');
    expect(Object.hasOwn(read as object, '__proto__')).toBe(true);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('is taken where the answer says it is XML, and an empty list is one', () => {
    const xml = withXml(answer(200, '<R><Keys/></R>', { 'content-type': 'text/xml; charset=utf-8' }));
    expect(xml.json).toEqual({ R: { Keys: '' } });
    expect(withXml(answer(200, '<R/>', { 'content-type': 'text/html' })).json).toBeUndefined();
    const aws = findWay(turnFor('aws-iam'), turnFor('aws-iam')?.ways[0]?.id ?? '');
    if (!aws?.list) throw new Error('no list');
    const empty = readList(
      {
        way: aws,
        listing: { ...aws.list, items: ['R', 'Keys'], complete: true },
        definition: provider('aws-iam'),
        oldSecrets: [],
        secrets: [],
      },
      xml,
    );
    expect(empty).toEqual({ entries: [], max: null, complete: true });
  });
});
