// What is remembered of answers, what is told beside what is recorded, and who is asked on their own: the domain without a vault.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { currentVersion } from '../../../src/core/keys/book.ts';
import {
  maxRuns,
  maxTimes,
  thinTimes,
  withAnswer,
  withUse,
  type Asked,
} from '../../../src/core/keys/checks/log.ts';
import { dueToAsk, nextOf, unattendedOf } from '../../../src/core/keys/checks/plan.ts';
import { logIdOf, recordAnswers, useChanges } from '../../../src/core/keys/checks/record.ts';
import { mayAskUnattended } from '../../../src/core/keys/checks/schedule.ts';
import { sentenceOf } from '../../../src/core/keys/checks/sentence.ts';
import { takeTold, viewTold } from '../../../src/core/keys/checks/told.ts';
import { addProject } from '../../../src/core/keys/projects.ts';
import { addProviders, configureProvider, removeProvider } from '../../../src/core/keys/providers.ts';
import { emptyRemoved, removeKey } from '../../../src/core/keys/remove-key.ts';
import { statusOf } from '../../../src/core/keys/status.ts';
import type { KeyFacts } from '../../../src/core/model/key.ts';
import type { KeyLog } from '../../../src/core/model/key-log.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';
import { newDesk, noon, type Desk } from '../../support/key-book.ts';
import { sampleKey } from '../../support/key-samples.ts';

const keyId = '1'.repeat(32);
const versionId = '2'.repeat(32);
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const answer = (over: Partial<Asked> = {}): Asked => ({
  keyId,
  versionId,
  state: 'valid',
  reason: 'Works.',
  next: 'Nothing to do.',
  httpStatus: 200,
  atMs: noon,
  told: [],
  ...over,
});
const logOf = (...answers: Asked[]): KeyLog =>
  answers.reduce<KeyLog | undefined>((log, asked) => withAnswer(log, asked), undefined)!;

const setUp = (facts: Partial<KeyFacts> & { readonly provider?: string } = {}, format = 'live') => {
  const desk = newDesk();
  const provider = facts.provider ?? 'circa';
  const projectId = desk.apply(addProject(desk.work(), 'shop')).id;
  const environmentIds = [...desk.book().environments.keys()].slice(0, 1);
  const values = { secret: sampleKey(provider, format) };
  const composed = composeKey(desk.work(), {
    projectId,
    environmentIds,
    facts: { name: 'mail', ...facts },
    values,
    variables: {},
  });
  if (!composed.ok) throw new Error(composed.error.message);
  desk.apply({ ok: true, value: composed.value.edit });
  return { desk, id: composed.value.id };
};
const heldIn = (desk: Desk, id: string) => desk.book().keys.get(id)!;
const asked = (desk: Desk, id: string, over: Partial<Asked> = {}): Asked =>
  answer({ keyId: id, versionId: currentVersion(heldIn(desk, id).body).id, ...over });
const record = (desk: Desk, ...answers: Asked[]): void => {
  desk.apply({ ok: true, value: recordAnswers(desk.work(), answers) });
};

describe('a log', () => {
  it('joins equal answers into one run, and begins another for any other', () => {
    const log = logOf(
      answer(),
      answer({ atMs: noon + hourMs }),
      answer({ atMs: noon + 2 * hourMs, state: 'invalid', httpStatus: 401 }),
      answer({ atMs: noon + 3 * hourMs, versionId: '3'.repeat(32) }),
    );
    expect(log.runs.map(({ state, count, fromMs, toMs }) => [state, count, fromMs, toMs])).toEqual([
      ['valid', 2, noon, noon + hourMs],
      ['invalid', 1, noon + 2 * hourMs, noon + 2 * hourMs],
      ['valid', 1, noon + 3 * hourMs, noon + 3 * hourMs],
    ]);
  });

  it('keeps the newest runs, and few enough times to draw 90 days', () => {
    const flapping = Array.from({ length: 200 }, (_, at) =>
      answer({ atMs: noon + at * hourMs, state: at % 2 === 0 ? 'valid' : 'unreachable' }),
    );
    const runs = logOf(...flapping).runs;
    expect(runs).toHaveLength(maxRuns);
    expect(runs.at(-1)?.fromMs).toBe(noon + 199 * hourMs);
    const steady = Array.from({ length: 2_400 }, (_, at) => answer({ atMs: noon + at * hourMs }));
    const [run] = logOf(...steady).runs;
    expect(run?.count).toBe(2_400);
    expect(run!.timesMs.length).toBeLessThanOrEqual(maxTimes);
    const span = run!.toMs - run!.timesMs[0]!;
    expect(span).toBeGreaterThan(88 * dayMs);
    expect(span).toBeLessThanOrEqual(90 * dayMs);
    const days = new Set(run!.timesMs.map((time) => Math.floor(time / dayMs)));
    expect(days.size).toBeGreaterThan(85);
  });

  it('survives a clock that is set back', () => {
    const [run] = logOf(
      answer(),
      answer({ atMs: noon - 5 * dayMs }),
      answer({ atMs: noon - 4 * dayMs }),
    ).runs;
    expect(run).toMatchObject({ count: 3, fromMs: noon - 5 * dayMs, toMs: noon - 4 * dayMs });
    expect(thinTimes([noon + 1, noon - 1], noon)).toEqual([noon - 1]);
  });

  it('keeps the last word on each fact, and forgets what was told of another value', () => {
    const told = (owner: string) => [{ fact: 'owner' as const, value: owner }];
    const log = logOf(
      answer({ told: [...told('Ann'), { fact: 'scopes', value: ['a'] }] }),
      answer({ atMs: noon + 1, told: told('Bob') }),
    );
    expect(log.told).toEqual([
      { fact: 'scopes', value: ['a'], atMs: noon },
      { fact: 'owner', value: 'Bob', atMs: noon + 1 },
    ]);
    expect(withAnswer(log, answer({ versionId: '3'.repeat(32) })).told).toEqual([]);
  });

  it('notes a use to the hour, once', () => {
    const log = withUse(undefined, keyId, noon + 1_234)!;
    expect(log.usedAtMs).toBe(noon);
    expect(withUse(log, keyId, noon + hourMs - 1)).toBeNull();
    expect(withUse(log, keyId, noon + hourMs)?.usedAtMs).toBe(noon + hourMs);
  });
});

describe('recording', () => {
  it('writes one record per key under an id that every process derives alike', () => {
    const { desk, id } = setUp();
    record(desk, asked(desk, id), asked(desk, id, { atMs: noon + 1 }));
    expect(desk.book().logs.get(id)?.id).toBe(logIdOf(desk.work(), id));
    expect(desk.book().logs.get(id)?.body.runs).toMatchObject([{ count: 2 }]);
    desk.apply({
      ok: true,
      value: { value: undefined, changes: useChanges(desk.work(), [id, id, keyId], noon), audit: [] },
    });
    expect(desk.book().logs.get(id)?.body).toMatchObject({ usedAtMs: noon, runs: [{ count: 2 }] });
    expect(useChanges(desk.work(), [id], noon + 1)).toEqual([]);
  });

  it('writes a line only where the state became another one', () => {
    const { desk, id } = setUp();
    const lines = (): number => desk.audit.filter(({ event }) => event === 'key-state-changed').length;
    record(desk, asked(desk, id));
    record(desk, asked(desk, id, { atMs: noon + 1 }));
    expect(lines()).toBe(0);
    record(desk, asked(desk, id, { atMs: noon + 2, state: 'invalid', reason: 'Refused.' }));
    expect(lines()).toBe(1);
    expect(desk.audit.at(-1)?.detail).toMatchObject({
      what: 'was valid, is invalid: Refused.',
      name: 'mail',
    });
  });

  it('ends with the key, when the bin is emptied', () => {
    const { desk, id } = setUp();
    record(desk, asked(desk, id));
    desk.apply(removeKey(desk.work(), id, 'mail'));
    expect(desk.book().logs.has(id)).toBe(true);
    desk.apply(emptyRemoved(desk.work(), undefined));
    expect([...desk.records.values()].filter(({ body }) => body['keyId'] === id)).toEqual([]);
  });

  it('passes over keys that are gone', () => {
    const { desk } = setUp();
    expect(recordAnswers(desk.work(), [answer()]).changes).toEqual([]);
  });
});

describe('the sentence afterwards', () => {
  it('counts, and names what changed', () => {
    const one = (name: string, state: string, before: string) => ({ name, state, before });
    expect(sentenceOf([], false)).toBe('No key was asked about.');
    expect(sentenceOf([one('a', 'valid', 'not-checked')], false)).toBe('1 key: 1 valid.');
    expect(sentenceOf([one('a', 'valid', 'valid'), one('b', 'invalid', 'valid')], false)).toBe(
      '2 keys: 1 valid, 1 invalid. Changed: b was valid and is invalid.',
    );
    expect(sentenceOf([one('a', 'valid', 'valid')], true)).toBe('Stopped. 1 key: 1 valid. Nothing changed.');
    const many = Array.from({ length: 5 }, (_, at) => one(`k${String(at)}`, 'invalid', 'valid'));
    expect(sentenceOf(many, false)).toContain('and 2 more.');
  });
});

describe('what a provider told', () => {
  const told = [
    { fact: 'expiresAt' as const, value: '2027-03-01T10:00:00Z' },
    { fact: 'scopes' as const, value: ['read', 'write'] },
    { fact: 'owner' as const, value: 'Ann' },
    { fact: 'quota' as const, value: '300 a minute' },
  ];

  it('stands beside what is recorded, and is taken over only when a person says so', () => {
    const { desk, id } = setUp({
      owner: 'Bob',
      roles: ['write', 'read'],
      expiresOn: '2027-03-02',
      expiryFixed: true,
    });
    record(desk, asked(desk, id, { told }));
    const view = () =>
      new Map(
        viewTold(heldIn(desk, id).body, desk.book().logs.get(id)?.body).map((each) => [each.fact, each]),
      );
    expect(view().get('owner')).toMatchObject({ told: 'Ann', recorded: 'Bob', differs: true, canTake: true });
    expect(view().get('scopes')).toMatchObject({ differs: false, canTake: false });
    expect(view().get('quota')).toMatchObject({ recorded: null, differs: false, canTake: false });
    expect(view().get('expiresAt')).toMatchObject({
      told: '1 March 2027, 10:00 UTC',
      recorded: '2 March 2027',
      differs: true,
    });
    expect(heldIn(desk, id).body.owner).toBe('Bob');
    desk.apply(takeTold(desk.work(), id, ['owner', 'expiresAt']));
    expect(heldIn(desk, id).body).toMatchObject({ owner: 'Ann', expiresOn: '2027-03-01' });
    expect(view().get('owner')?.differs).toBe(false);
    expect(takeTold(desk.work(), id, ['quota'])).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(takeTold(desk.work(), id, ['account'])).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });
});

describe('on its own', () => {
  const circle = findProvider('circle-mint')!;
  const possible = circle.check.possible ? circle.check : undefined!;
  const with_ = (over: Partial<typeof possible>): ProviderDefinition => ({
    ...circle,
    check: { ...possible, ...over },
  });

  it('is asked only what its provider file and the person let happen', () => {
    const happens = (
      definition: ProviderDefinition,
      kind: 'live' | 'test' | 'unknown',
      consent: 'as-provided' | 'yes' | 'no',
    ) => mayAskUnattended(definition, kind, consent).happens;
    for (const kind of ['live', 'test', 'unknown'] as const) {
      expect(happens(with_({ scheduled: 'all' }), kind, 'as-provided')).toBe(kind !== 'live');
      expect(happens(with_({ scheduled: 'all' }), kind, 'yes')).toBe(true);
      expect(happens(with_({ scheduled: 'all' }), kind, 'no')).toBe(false);
      expect(happens(with_({ scheduled: 'test-only' }), kind, 'as-provided')).toBe(kind === 'test');
      expect(happens(with_({ scheduled: 'opt-in' }), kind, 'as-provided')).toBe(false);
      expect(happens(with_({ scheduled: 'opt-in' }), kind, 'yes')).toBe(true);
      expect(happens(with_({ scheduled: 'never' }), kind, 'yes')).toBe(false);
      const costly = with_({
        scheduled: 'opt-in',
        requests: possible.requests.map((request) => ({ ...request, cost: 'credits' })),
      });
      expect(happens(costly, kind, 'yes')).toBe(false);
      expect(happens({ ...circle, check: { possible: false, why: 'no' } }, kind, 'yes')).toBe(false);
    }
  });

  it('is due once a day, sooner after silence, and never while removed', () => {
    const { desk, id } = setUp({ provider: 'appcircle-pak' }, findProvider('appcircle-pak')!.formats[0]!.id);
    const held = () => heldIn(desk, id);
    expect(unattendedOf(desk.book(), held()).happens).toBe(true);
    const first = nextOf(desk.work(), held())!;
    expect(first - noon).toBeGreaterThan(0);
    expect(first - noon).toBeLessThanOrEqual(dayMs);
    const at = (nowMs: number) => desk.work({ nowMs });
    expect(dueToAsk(at(first - 1))).toEqual([]);
    expect(dueToAsk(at(first)).map((each) => each.id)).toEqual([id]);
    record(desk, asked(desk, id, { atMs: first }));
    expect(nextOf(at(first + 1), held())).toBe(first + dayMs);
    record(desk, asked(desk, id, { atMs: first + dayMs, state: 'unreachable' }));
    expect(nextOf(at(first + dayMs), held())).toBe(first + dayMs + 4 * hourMs);
    desk.records.set(id, {
      ...desk.records.get(id)!,
      revision: 9,
      body: { ...held().body, removedAtMs: noon },
    });
    expect(nextOf(at(first + 9 * dayMs), held())).toBeNull();
  });
});

describe('how a provider is reached', () => {
  it('is configured with addresses that a key may travel to, and with settings that the provider has', () => {
    const desk = newDesk();
    const set = (id: string, given: Parameters<typeof configureProvider>[2]) =>
      configureProvider(desk.work(), id, given);
    for (const baseUrl of [
      'http://example.com',
      'https://a:b@example.com',
      'https://example.com/?x=1',
      'file:///etc',
    ])
      expect(set('circa', { baseUrl }), baseUrl).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
    expect(set('nobody', { baseUrl: null })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(set('circa', { values: { colour: 'red' } })).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
    expect(set('npm', { values: { registry: 'http://registry.example.com' } })).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
    desk.apply(set('npm', { values: { registry: 'https://registry.example.com/npm/' } }));
    desk.apply(set('npm', { baseUrl: 'http://localhost:4873/' }));
    expect(desk.book().providerSettings.get('npm')?.body).toMatchObject({
      baseUrl: 'http://localhost:4873',
      values: { registry: 'https://registry.example.com/npm' },
    });
    desk.apply(set('npm', { baseUrl: null, values: { registry: null } }));
    expect(desk.book().providerSettings.size).toBe(0);
    desk.apply(set('npm', { baseUrl: null }));
  });

  it('may be said by a definition from outside, which joins the catalogue and leaves it again', () => {
    const { desk, id } = setUp();
    const circa = findProvider('circa')!;
    const own: ProviderDefinition = {
      ...circa,
      id: 'acme',
      name: 'Acme',
      facts: circa.facts.map((fact) => ({ ...fact, verifiedOn: '2026-11-22' })),
    };
    expect(desk.book().catalogue().find('acme')).toBeUndefined();
    expect(addProviders(desk.work(), [own], 'acme.json').value).toEqual({ added: ['acme'], updated: [] });
    expect(removeProvider(desk.work(), 'acme')).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(removeProvider(desk.work(), 'circa')).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(statusOf(heldIn(desk, id).body, noon).state).toBe('not-checked');
  });
});
