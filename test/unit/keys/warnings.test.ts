// The warnings as a table: each code with a case that gives it, and the cases beside it that do not.
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { environmentRoleOf } from '../../../src/core/keys/environment-role.ts';
import {
  warningCodes,
  type Warning,
  type WarningPeer,
  type WarningSubject,
} from '../../../src/core/keys/warning.ts';
import { warningsFor } from '../../../src/core/keys/warnings.ts';

const nowMs = Date.parse('2026-11-22T08:00:00Z');
const production = { id: 'e1', name: 'production' };
const staging = { id: 'e2', name: 'staging' };
const development = { id: 'e3', name: 'development' };

const subject = (provider: string, change: Partial<WarningSubject> = {}): WarningSubject => {
  const definition = findProvider(provider);
  return {
    id: 'k0',
    name: 'payouts',
    provider,
    definition,
    kind: 'live',
    classId: 'standard',
    environments: [production],
    fields: (definition?.fields ?? [{ name: 'secret', secret: true }]).map(({ name, secret }) => ({
      name,
      secret,
      fingerprint: `print of ${name}`,
    })),
    ipAllowlist: ['192.0.2.0/24'],
    consumers: [],
    ...change,
  };
};
const peer = (id: string, change: Partial<WarningPeer> = {}): WarningPeer => ({
  id,
  name: `name of ${id}`,
  provider: 'circle-mint',
  kind: 'live',
  environments: [production],
  fields: [{ name: 'secret', secret: true, fingerprint: `print of ${id}` }],
  ...change,
});
const same = { fields: [{ name: 'secret', secret: true, fingerprint: 'print of secret' }] };
const warn = (key: WarningSubject, peers: readonly WarningPeer[] = []): readonly Warning[] =>
  warningsFor({ subject: key, peers, nowMs });
const codes = (key: WarningSubject, peers: readonly WarningPeer[] = []): readonly string[] =>
  warn(key, peers).map((warning) => warning.code);
const several = (count: number, change: Partial<WarningPeer> = {}): readonly WarningPeer[] =>
  Array.from({ length: count }, (_, index) => peer(`k${index + 1}`, change));

type Case = readonly [string, readonly string[], WarningSubject, (readonly WarningPeer[])?];

const malformed = (code: 'too-short' | 'placeholder'): WarningSubject['fields'] => [
  { name: 'secret', secret: true, fingerprint: 'x', malformed: [{ code, message: 'It is too short.' }] },
];
const appcircle = (change: Partial<WarningSubject>): WarningSubject =>
  subject('appcircle', { kind: 'unknown', createdOn: '2026-10-01', ...change });

const cases: readonly Case[] = [
  ['a good Circle key', [], subject('circle-mint')],
  ['a good Circa key', [], subject('circa')],
  ['a good Appcircle key', [], appcircle({ expiresOn: '2027-09-30' })],
  ['a key of no known provider', [], subject('unknown', { kind: 'unknown' })],
  ['the same value in the same environment', ['same-value'], subject('circle-mint'), [peer('k1', same)]],
  [
    'the same value in another environment',
    ['same-value', 'one-value-two-environments'],
    subject('circle-mint'),
    [peer('k1', { ...same, environments: [staging] })],
  ],
  ['the key itself among the others', [], subject('circle-mint'), [peer('k0', same)]],
  [
    'a team id that two keys share',
    [],
    subject('circa'),
    [peer('k1', { fields: [{ name: 'teamId', secret: false, fingerprint: 'print of teamId' }] })],
  ],
  [
    'one key in two environments',
    ['one-value-two-environments'],
    subject('circle-mint', { environments: [production, { id: 'e9', name: 'prod-eu' }] }),
  ],
  [
    'a live key in development',
    ['live-outside-production'],
    subject('circa', { environments: [development] }),
  ],
  ['a live key in prod-eu', [], subject('circa', { environments: [{ id: 'x', name: 'prod-eu' }] })],
  [
    'a live key in an own environment of unknown use',
    ['live-outside-production'],
    subject('circa', { environments: [{ id: 'x', name: 'elbe', kind: 'own' }] }),
  ],
  [
    'a live key where the vault says that it is production',
    [],
    subject('circa', { environments: [{ id: 'x', name: 'elbe', kind: 'production' }] }),
  ],
  ['a test key in production', ['test-in-production'], subject('circa', { kind: 'test' })],
  ['a test key in development', [], subject('circa', { kind: 'test', environments: [development] })],
  [
    'a value of the wrong form',
    ['malformed-value'],
    subject('circle-mint', { fields: malformed('too-short') }),
  ],
  ['a placeholder', ['placeholder-value'], subject('circle-mint', { fields: malformed('placeholder') })],
  ['the example of the documentation', ['published-sample'], subject('circa', { publishedSample: true })],
  ['another provider’s value', ['other-provider'], subject('circa', { recognisedAs: 'circle-mint' })],
  [
    'a name that speaks of another',
    ['near-name-provider'],
    subject('circle-mint', { name: 'CircleCI builds' }),
  ],
  [
    'a variable that speaks of another',
    ['near-name-provider'],
    subject('circa', { variables: ['CIRCLE_API_KEY'] }),
  ],
  ['no team id', ['missing-field'], subject('circa', same)],
  ['an empty allowlist', ['empty-ip-allowlist'], subject('circle-mint', { ipAllowlist: [] })],
  [
    'an empty allowlist of a test key',
    [],
    subject('circle-mint', { ipAllowlist: [], kind: 'test', environments: [staging] }),
  ],
  [
    'an empty allowlist with a recorded reason',
    ['empty-ip-allowlist-expected'],
    subject('circle-mint', { ipAllowlist: [], allowlistException: 'a function without a fixed address' }),
  ],
  [
    'an empty allowlist for Integral',
    ['empty-ip-allowlist-expected'],
    subject('circle-mint', { ipAllowlist: [], consumers: ['Integral'], classId: 'read-only' }),
  ],
  [
    'an allowlist for Integral',
    ['allowlist-blocks-consumer'],
    subject('circle-mint', { consumers: ['integral'], classId: 'read-only' }),
  ],
  [
    'a standard key for Integral',
    ['too-much-access-for-consumer', 'empty-ip-allowlist-expected'],
    subject('circle-mint', { ipAllowlist: [], consumers: ['Integral'] }),
  ],
  [
    'a key of unknown access for Integral',
    ['unknown-access-for-consumer', 'empty-ip-allowlist-expected'],
    subject('circle-mint', { ipAllowlist: [], consumers: ['Integral'], classId: 'unknown' }),
  ],
  [
    'a standard key for anybody',
    ['too-much-access-for-consumer'],
    subject('circle-mint', { consumers: ['Ada'] }),
  ],
  ['a read-only key for anybody', [], subject('circle-mint', { consumers: ['Ada'], classId: 'read-only' })],
  [
    'a Circa key for Integral',
    ['unknown-access-for-consumer', 'wrong-provider-for-consumer'],
    subject('circa', { consumers: ['Integral'], ipAllowlist: [] }),
  ],
  ['made on 24 April 2023', ['class-from-date'], subject('circle-mint', { createdOn: '2023-04-24' })],
  ['made on 25 April 2023', [], subject('circle-mint', { createdOn: '2023-04-25' })],
  [
    'old and taken for restricted by its date',
    ['class-from-date'],
    subject('circle-mint', { createdOn: '2022-01-01', classId: 'restricted' }),
  ],
  [
    'old and known as read-only',
    [],
    subject('circle-mint', { createdOn: '2022-01-01', classId: 'read-only' }),
  ],
  ['the 9th of 10', [], subject('circle-mint'), several(8)],
  ['the 10th of 10', ['quota-reached'], subject('circle-mint'), several(9)],
  ['the 11th of 10', ['quota-exceeded'], subject('circle-mint'), several(10)],
  ['ten, some ended', [], subject('circle-mint'), [...several(8), peer('k9', { ended: true })]],
  ['ten, some for testing', [], subject('circle-mint'), several(9, { kind: 'test' })],
  ['ten of another account', [], subject('circle-mint', { account: 'a' }), several(9, { account: 'b' })],
  ['ten that are one value', [], subject('circle-mint'), several(9, { fields: peer('k1').fields })],
  ['no date where one is needed', ['expiry-missing'], appcircle({})],
  ['no calendar day', ['expiry-invalid'], appcircle({ expiresOn: '2027-02-30' })],
  ['more than a year', ['expiry-too-far'], appcircle({ expiresOn: '2027-10-02' })],
  ['a date for a key that has none', ['expiry-unexpected'], subject('circa', { expiresOn: '2027-10-02' })],
  ['a week before', ['expires-soon'], appcircle({ expiresOn: '2026-11-29' })],
  ['the day itself', ['expired'], appcircle({ expiresOn: '2026-11-22' })],
  ['sent by mail', ['exposed-channel'], subject('circle-mint', { arrivedBy: 'mail' })],
  ['copied from the portal', [], subject('circle-mint', { arrivedBy: 'portal' })],
  ['new and shown once', ['only-copy'], subject('circa', { id: undefined })],
  [
    'new and shown again at any time',
    [],
    subject('circa', { id: undefined, kind: 'test', environments: [development] }),
  ],
  ['an address without TLS', ['plain-http'], subject('circa', { addresses: ['http://api.circa.ai'] })],
  [
    'an address on this machine',
    [],
    subject('circa', { addresses: ['http://127.0.0.1:8080', 'http://localhost/x'] }),
  ],
  [
    'an address that only looks local',
    ['plain-http'],
    subject('circa', { addresses: ['http://localhost.evil.example'] }),
  ],
];

const byText = (left: string, right: string): number => (left < right ? -1 : 1);
const rows = cases.map(([name, expected, key, peers = []]) => ({ name, expected, key, peers }));

describe('warnings', () => {
  it.each(rows)('$name gives $expected', ({ expected, key, peers }) => {
    expect(codes(key, peers).toSorted(byText)).toEqual(expected.toSorted(byText));
  });

  it('has a case for every code', () => {
    const seen = new Set(cases.flatMap(([, expected]) => expected));
    expect(warningCodes.filter((code) => !seen.has(code))).toEqual([]);
  });

  it('says what is the matter and what to do, without an exclamation mark', () => {
    for (const [, , key, peers = []] of cases)
      for (const warning of warn(key, peers)) {
        expect(warning.message).toMatch(/^\S.{8,}[^!]$/);
        expect(warning.next).toMatch(/^\S.{5,}\.$/);
        expect(warning.message + warning.next).not.toMatch(/print of|undefined|!/);
      }
  });

  it('names the other keys and counts the slots', () => {
    expect(warn(subject('circle-mint'), [peer('k1', same)])[0]?.keyIds).toEqual(['k1']);
    expect(warn(subject('circle-mint'), several(9))[0]?.message).toContain('10 of 10');
  });

  it('puts the gravest first', () => {
    const all = warn(subject('circle-mint', { environments: [development], ipAllowlist: [], id: undefined }));
    expect(all.map((warning) => warning.severity)).toEqual(['danger', 'warning', 'info']);
  });
});

describe('the role of an environment', () => {
  it.each([
    ['production', 'production'],
    ['Prod', 'production'],
    ['prod-eu-1', 'production'],
    ['live', 'production'],
    ['pre-production', 'staging'],
    ['preprod', 'staging'],
    ['non-prod', 'staging'],
    ['staging', 'staging'],
    ['ci', 'ci'],
    ['local', 'development'],
    ['sandbox', 'test'],
    ['elbe', 'other'],
    ['reproduction', 'other'],
  ])('%s is %s', (name, role) => {
    expect(environmentRoleOf(name)).toBe(role);
  });
});
