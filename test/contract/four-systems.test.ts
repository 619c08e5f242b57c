// The four systems, asked for real: a whole agent on real files asks servers on loopback that keep every sentence of the providers'
// documents, their misleading answers among them. docs/providers.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../src/contract/contract.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { startAppcircle, type Appcircle } from '../support/provider-servers/appcircle.ts';
import { startCirca, type Circa } from '../support/provider-servers/circa.ts';
import { startCircleConsole, type CircleConsole } from '../support/provider-servers/circle-console.ts';
import { startCircle, type Circle } from '../support/provider-servers/circle.ts';

let tested: TestAgent;
let environments: ReadonlyMap<string, string>;
let projectId: string;
let names = 0;

beforeAll(async () => {
  tested = await unlockedAgent();
  ({ projectId, environments } = await placeOf(tested));
});
afterAll(() => {
  tested.remove();
});

type Facts = CallInput<'keys.add'>['facts'];

const add = async (
  values: Readonly<Record<string, string>>,
  facts: Partial<Facts> = {},
  environment = 'production',
): Promise<string> => {
  names += 1;
  const { id } = await tested.get('keys.add', {
    projectId,
    environmentIds: [environments.get(environment)!],
    facts: { name: `key ${String(names)}`, ...facts },
    fields: Object.entries(values).map(([name, value]) => ({ name, value: bytesOf(value) })),
  });
  return id;
};

type Result = CallOutput<'keys.check'>['results'][number];

const check = async (id: string): Promise<Result> => {
  const { results } = await tested.get('keys.check', { ids: [id] });
  expect(results).toHaveLength(1);
  return results[0]!;
};

const care = (id: string, change: CallInput<'keys.care'>['care']) =>
  tested.get('keys.care', { id, care: change });

describe('Circle Mint', () => {
  let circle: Circle;
  beforeAll(async () => {
    circle = await startCircle('production');
    await tested.get('providers.configure', { id: 'circle-mint', baseUrl: circle.base });
  });
  afterAll(() => circle.close());

  it('refuses a good key while the product is disabled, and that is never called revoked alone', async () => {
    const key = circle.create('payouts');
    const id = await add({ secret: key.value });
    const refused = await check(id);
    expect(refused).toMatchObject({ state: 'invalid', httpStatus: 401, provider: 'circle-mint' });
    expect(refused.reason).toMatch(/revoked.*or.*not enabled/);
    circle.enable('core');
    expect(await check(id)).toMatchObject({ state: 'valid', httpStatus: 200, before: 'invalid' });
    circle.revoke(key.id, 'DELETE');
    const { before, reason } = await check(id);
    expect(before).toBe('valid');
    expect(reason).toMatch(/or/);
    const { status } = (await tested.get('keys.read', { id })).summary;
    expect(status.workedAtMs).not.toBeNull();
    expect(status.workedAtMs!).toBeLessThanOrEqual(status.sinceMs!);
  });

  it('is not activated, rather than refused, where a person said that Circle has still to do something', async () => {
    circle.disable('core');
    const id = await add({ secret: circle.create('waiting').value });
    await care(id, {
      waiting: { who: 'Circle Support', what: 'enable the Core Functionality API', sinceMs: Date.now() },
    });
    expect(await check(id)).toMatchObject({ state: 'not-activated', httpStatus: 401 });
    circle.enable('core');
    expect(await check(id)).toMatchObject({ state: 'valid' });
  });

  it('lets a read-only key of a representative read, which is all a check does', async () => {
    const id = await add({ secret: circle.issueRestricted('for Integral', ['core'], 'read-only').value });
    expect(await check(id)).toMatchObject({ state: 'valid' });
    const other = await add({ secret: circle.issueRestricted('payments only', ['payments']).value });
    expect(await check(other)).toMatchObject({ state: 'blocked', httpStatus: 403 });
  });

  it('says no to a caller outside the allowlist, and the key is still known to work', async () => {
    const key = circle.create('fenced', ['203.0.113.7']);
    const id = await add({ secret: key.value });
    expect(await check(id)).toMatchObject({ state: 'blocked', httpStatus: 403 });
    circle.edit(key.id, { allowlist: ['127.0.0.1'] });
    expect(await check(id)).toMatchObject({ state: 'valid' });
  });

  it('waits where it is asked to, and then answers', async () => {
    const id = await add({ secret: circle.create('throttled').value });
    circle.throttle(1);
    expect(await check(id)).toMatchObject({ state: 'valid' });
  });

  it('is never asked about a value that cannot be one of its keys', async () => {
    const before = circle.calls.length;
    const id = await add(
      { secret: circle.create('whole').value.slice(0, -3) },
      { provider: 'circle-mint', kind: 'live' },
    );
    const { state, httpStatus, reason } = await check(id);
    expect({ state, httpStatus }).toEqual({ state: 'malformed', httpStatus: null });
    expect(reason).not.toBe('');
    expect(circle.calls.length).toBe(before);
  });

  it('makes at most ten keys, and the count of taken slots says so', async () => {
    while (circle.list().length < 10) circle.create('more');
    expect(() => circle.create('one too many')).toThrow('maximum of 10');
    const id = await add({
      secret: `LIVE_API_KEY:${'0123456789abcdef'.repeat(2)}:${randomUUID().replaceAll('-', '')}`,
    });
    const { quotas } = await tested.get('keys.read', { id });
    expect(quotas).toMatchObject([{ max: 10, approximate: false }]);
    expect(quotas[0]!.used).toBeGreaterThan(1);
  });

  it('opens the dashboard of its own environment and no other', async () => {
    const live = await add({ secret: `LIVE_API_KEY:${'a'.repeat(31)}1:${'b'.repeat(31)}2` });
    const { portals } = await tested.get('keys.read', { id: live });
    expect(portals.map(({ url }) => url)).toEqual(['https://app.circle.com/developer']);
  });
});

describe('Circle Console', () => {
  let circle: CircleConsole;
  beforeAll(async () => {
    circle = await startCircleConsole();
    await tested.get('providers.configure', { id: 'circle-w3s', baseUrl: circle.base });
  });
  afterAll(() => circle.close());

  it('tells a key without permission from one that is gone, and from an answer that says nothing', async () => {
    const value = circle.create('test');
    const id = await add({ secret: value }, { provider: 'circle-w3s' }, 'development');
    expect(await check(id)).toMatchObject({ state: 'valid' });
    const none = await add(
      { secret: circle.create('test', 'none') },
      { provider: 'circle-w3s' },
      'development',
    );
    expect(await check(none)).toMatchObject({ state: 'blocked', httpStatus: 403 });
    circle.confuse(true);
    expect(await check(id)).toMatchObject({ state: 'not-checkable', httpStatus: 400 });
    circle.confuse(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    circle.remove(value);
    expect(await check(id)).toMatchObject({ state: 'invalid', httpStatus: 401 });
  });
});

describe('Appcircle', () => {
  let appcircle: Appcircle;
  beforeAll(async () => {
    appcircle = await startAppcircle();
    for (const id of ['appcircle', 'appcircle-pak'])
      await tested.get('providers.configure', { id, baseUrl: appcircle.base });
  });
  afterAll(() => appcircle.close());

  const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  const pair = (key: { name: string; secret: string }, organizationId?: string) => ({
    name: key.name,
    secret: key.secret,
    ...(organizationId === undefined ? {} : { organizationId }),
  });

  it('exchanges name and secret, and the token stays nowhere', async () => {
    const key = appcircle.create('ci', soon(90), ['build']);
    const id = await add(pair(key, key.organizationId), { provider: 'appcircle', expiresOn: soon(90) });
    expect(await check(id)).toMatchObject({ state: 'valid', httpStatus: 200 });
    const checks = JSON.stringify(await tested.get('keys.checks', { id }));
    const audit = JSON.stringify(await tested.get('audit.list', { limit: 1_000 }));
    expect(appcircle.tokens.length).toBeGreaterThan(0);
    for (const token of appcircle.tokens) {
      expect(checks).not.toContain(token);
      expect(audit).not.toContain(token);
      for (const file of readdirSync(tested.home, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        expect(readFileSync(join(file.parentPath, file.name)).includes(token)).toBe(false);
      }
    }
  });

  it('tells its three errors apart', async () => {
    const key = appcircle.create('three', soon(90), ['build']);
    const facts: Partial<Facts> = { provider: 'appcircle', expiresOn: soon(90) };
    const wrongOrganisation = await add(pair(key, randomUUID()), facts);
    expect(await check(wrongOrganisation)).toMatchObject({ state: 'blocked', httpStatus: 403 });
    const noGuid = await add(pair(key, 'not an id'), facts);
    expect((await check(noGuid)).state).toBe('not-checkable');
    const wrongName = await add(pair({ ...key, name: 'threee' }), facts);
    expect(await check(wrongName)).toMatchObject({ state: 'invalid', httpStatus: 401 });
    appcircle.fail(true);
    const id = await add(pair(key), facts);
    expect(await check(id)).toMatchObject({ state: 'unreachable', httpStatus: 503 });
    appcircle.fail(false);
    expect(await check(id)).toMatchObject({ state: 'valid' });
  });

  it('is not taken in by a yes that is for another organisation', async () => {
    const key = appcircle.create('overlooked', soon(90), ['build']);
    const facts: Partial<Facts> = { provider: 'appcircle', expiresOn: soon(90) };
    const own = await add(pair(key, key.organizationId), facts);
    const other = await add(pair({ ...key, name: key.name }, randomUUID()), facts);
    appcircle.overlookOrganisation(true);
    expect(await check(own)).toMatchObject({ state: 'valid', httpStatus: 200 });
    const misled = await check(other);
    expect(misled).toMatchObject({ state: 'blocked', httpStatus: 200 });
    expect(misled.reason).toMatch(/another organisation/);
    appcircle.overlookOrganisation(false);
  });

  it('is expired, not refused, once its date is past; and the date is fixed', async () => {
    const key = appcircle.create('ended', soon(-2), ['build']);
    expect(appcircle.status('ended')).toBe('Expired');
    const id = await add(pair(key), { provider: 'appcircle', expiresOn: soon(-2) });
    const { state, reason } = await check(id);
    expect(state).toBe('expired');
    expect(reason).not.toBe('');
    const later = await tested.call('keys.edit', { id, facts: { expiresOn: soon(200) } });
    expect(later).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('changes roles without a new version', async () => {
    const key = appcircle.create('roles', soon(90), ['build']);
    const id = await add(pair(key), { provider: 'appcircle', expiresOn: soon(90), roles: ['build'] });
    appcircle.manage('roles', ['build', 'publish']);
    await tested.get('keys.edit', { id, facts: { roles: ['build', 'publish'] } });
    expect((await tested.get('keys.read', { id })).versionList).toHaveLength(1);
    expect(await check(id)).toMatchObject({ state: 'valid' });
  });

  it('asks about a personal access key in its own way', async () => {
    const value = appcircle.createPersonal();
    const id = await add({ secret: value }, { provider: 'appcircle-pak', expiresOn: soon(90) });
    expect(await check(id)).toMatchObject({ state: 'valid' });
    appcircle.removePersonal(value);
    expect(await check(id)).toMatchObject({ state: 'invalid' });
  });
});

describe.each([false, true])('Circa, which notices a missing team first: %s', (isTeamFirst) => {
  let circa: Circa;
  const team = randomUUID();
  beforeAll(async () => {
    circa = await startCirca(isTeamFirst);
    circa.join('ada', team);
    await tested.get('providers.configure', { id: 'circa', baseUrl: circa.base });
  });
  afterAll(() => circa.close());

  it('works with the key of a member and that team, and spends no credit', async () => {
    const value = circa.create('live', 'ada');
    const id = await add({ secret: value, teamId: team });
    expect(await check(id)).toMatchObject({ state: 'valid', httpStatus: 200, provider: 'circa' });
    expect(circa.credits()).toBe(1_000);
    expect(circa.calls.every((call) => call === 'GET /public/me')).toBe(true);
    expect(circa.quota.live()).toBe(1);
    const told = await tested.get('keys.checks', { id });
    expect(JSON.stringify(told)).not.toContain(value);
  });

  it('is not asked without a team, and says where to find it', async () => {
    const before = circa.calls.length;
    const id = await add({ secret: circa.create('live', 'ada') });
    const result = await check(id);
    expect(result.state).toBe('not-checkable');
    expect(result.next).toMatch(/Team Settings/);
    expect(circa.calls.length).toBe(before);
  });

  it('works, but not here, with the team of somebody else or once its owner left', async () => {
    const value = circa.create('live', 'ada');
    const id = await add({ secret: value, teamId: randomUUID() });
    expect(await check(id)).toMatchObject({ state: 'blocked', httpStatus: 403 });
    const other = await add({ secret: circa.create('test', 'bob'), teamId: team }, {}, 'development');
    expect((await check(other)).state).toBe('blocked');
  });

  it('is refused at once when revoked, keeps its row, and what was known before is kept', async () => {
    const value = circa.create('live', 'ada');
    const id = await add({ secret: value, teamId: team });
    expect((await check(id)).state).toBe('valid');
    circa.revoke(value.slice(0, 18));
    const refused = await check(id);
    expect(refused).toMatchObject({ state: 'invalid', httpStatus: 401, before: 'valid' });
    expect(refused.reason).toMatch(/unknown or revoked/);
    expect(circa.list().find(({ prefix }) => prefix === value.slice(0, 18))).toMatchObject({
      isRevoked: true,
    });
    const { runs } = await tested.get('keys.checks', { id });
    expect(runs.map(({ state }) => state)).toEqual(['valid', 'invalid']);
    expect((await tested.get('keys.read', { id })).summary.masked.startsWith(value.slice(0, 18))).toBe(true);
  });

  it('shows a test key again and a live one never', () => {
    const shown = circa.create('test', 'ada');
    const hidden = circa.create('live', 'ada');
    expect(circa.reveal(shown.slice(0, 18))).toBe(shown);
    expect(circa.reveal(hidden.slice(0, 18))).toBeNull();
  });

  it('is no answer while it throttles for long, and the key stays what it was', async () => {
    const id = await add({ secret: circa.create('live', 'ada'), teamId: team });
    expect((await check(id)).state).toBe('valid');
    circa.throttle(3_600);
    expect(await check(id)).toMatchObject({ state: 'unreachable', httpStatus: 429 });
    circa.throttle(0);
    const { status } = (await tested.get('keys.read', { id })).summary;
    expect(status.state).toBe('valid');
    expect(status.reason).toMatch(/No answer since then/);
  });
});

describe('a provider that cannot be reached', () => {
  it('leaves the key as it was, in words of its own', async () => {
    await tested.get('providers.configure', { id: 'circa', baseUrl: 'http://127.0.0.1:1' });
    const id = await add({ secret: `circa_live_${'Z'.repeat(31)}9`, teamId: randomUUID() });
    const result = await check(id);
    expect(result).toMatchObject({ state: 'unreachable', httpStatus: null });
    expect(result.reason).toMatch(/127\.0\.0\.1/);
  });

  it('is not asked at all while offline is on', async () => {
    await tested.get('settings.change', { offline: true });
    const id = await add({ secret: `circa_live_${'Y'.repeat(31)}8`, teamId: randomUUID() });
    expect(await check(id)).toMatchObject({
      state: 'unreachable',
      reason: 'Offline is on: nothing is sent.',
    });
    await tested.get('settings.change', { offline: false });
  });
});
