// What is due, when it says so, and what wants a person.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCare } from '../../../src/core/keys/care.ts';
import { attentionOf } from '../../../src/core/keys/due/attention.ts';
import { allDue, dueCount, dueList } from '../../../src/core/keys/due/due-list.ts';
import { removeKey } from '../../../src/core/keys/remove-key.ts';
import { replaceValue } from '../../../src/core/keys/edit-key.ts';
import { putTurnCare, usualTurnCare } from '../../../src/core/keys/turns/turn-care.ts';
import { readPolicies, writePolicies } from '../../../src/core/keys/policies.ts';
import { statusOf } from '../../../src/core/keys/status.ts';
import type { PolicyRule } from '../../../src/core/model/key-log.ts';
import { ok } from '../../../src/core/model/result.ts';
import { dueDesk } from '../../support/due-desk.ts';

const at = (text: string): number => Date.parse(text);
const added = at('2026-11-01T12:00:00Z');
const now = at('2026-11-22T08:00:00Z');
const day = 86_400_000;
const before = process.env['TZ'];

beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const rule = (over: Partial<PolicyRule>): PolicyRule => ({
  projectId: null,
  environmentId: null,
  kind: null,
  leadDays: null,
  rotateEveryDays: null,
  unusedAfterDays: null,
  ...over,
});

const wants = (made: ReturnType<typeof dueDesk>, id: string, nowMs = now): readonly string[] =>
  attentionOf(made.desk.book(), made.held(id), nowMs);

describe('what is due', () => {
  it('is a date, an age, a date of one’s own and a wait, soonest first', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-04' }, added);
    made.care(id, {
      rotateEveryDays: 30,
      ownDates: [{ label: 'contract ends', day: '2028-02-29' }],
      waiting: { who: 'Circle support', what: 'enable the API', sinceMs: at('2026-11-10T09:00:00Z') },
    });
    const found = allDue(made.work(now)).map(({ why, what, day: on, inDays, now: wants }) => [
      why,
      what,
      on,
      inDays,
      wants,
    ]);
    expect(found).toEqual([
      ['activate', 'waits for Circle support: enable the API', '2026-11-17', -5, true],
      ['rotate', 'turn it: 21 days old, every 30', '2026-12-01', 9, true],
      ['expires', 'expires', '2026-12-04', 12, true],
      ['date', 'contract ends', '2028-02-29', 464, false],
    ]);
    expect(dueList(made.work(now)).map(({ why }) => why)).toEqual(['activate', 'rotate', 'expires']);
    expect(dueList(made.work(now), { withinDays: 9 }).map(({ why }) => why)).toEqual(['activate', 'rotate']);
    expect(dueList(made.work(now), { withinDays: 3_650 })).toHaveLength(4);
    expect(dueList(made.work(now), { withinDays: 3_650, projectId: 'f'.repeat(32) })).toEqual([]);
  });

  it('warns of a provider’s day from its earliest reading, of one’s own when it begins here', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test', expiresOn: '2026-12-04' }, added);
    made.care(id, { leadDays: [0, 7], ownDates: [{ label: 'x', day: '2026-10-26' }] });
    const [own, expires] = allDue(made.work(now));
    expect(expires?.remindMs).toEqual([at('2026-11-26T10:00:00Z'), at('2026-12-03T10:00:00Z')]);
    expect(expires?.atMs).toBe(at('2026-12-03T10:00:00Z'));
    // Summer time ends on the 25th: each of these is a midnight in Berlin.
    expect(own?.remindMs).toEqual([at('2026-10-18T22:00:00Z'), at('2026-10-25T23:00:00Z')]);
  });

  it('believes the provider’s word where it is earlier, and only about the value it was said of', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2027-06-01' }, added);
    made.log(id, [], [{ fact: 'expiresAt', value: '2026-11-22T07:30:00Z', atMs: added + day }]);
    const [due] = allDue(made.work(now));
    expect(due).toMatchObject({ why: 'expires', day: '2026-11-22', what: 'expired, as its provider says' });
    expect(due?.atMs).toBe(at('2026-11-22T07:30:00Z'));
    expect(attentionOf(made.desk.book(), made.held(id), now)).toContain('expired');
    expect(statusOf(made.held(id).body, now, made.desk.book().logs.get(id)?.body)).toMatchObject({
      state: 'expired',
      reason: 'It expired on 22 November 2026, as its provider said.',
    });
    expect(attentionOf(made.desk.book(), made.held(id), at('2026-11-22T07:29:59Z'))).toContain('expiring');
    const values = { values: { secret: 'the next one' }, variables: {} };
    made.desk.apply(replaceValue(made.desk.work({ nowMs: now }), id, values, {}));
    expect(allDue(made.work(now)).map(({ day: on }) => on)).toEqual(['2027-06-01']);
  });

  it('keeps the recorded date where the provider’s is later or is none', () => {
    const made = dueDesk();
    const later = made.key({ name: 'later', kind: 'live', expiresOn: '2026-12-04' }, added);
    made.log(later, [], [{ fact: 'expiresAt', value: '2027-01-01', atMs: added }]);
    const odd = made.key({ name: 'odd', kind: 'live' }, added);
    made.log(odd, [], [{ fact: 'expiresAt', value: 'next spring', atMs: added }]);
    expect(allDue(made.work(now)).map(({ day: on }) => on)).toEqual(['2026-12-04']);
  });

  it('is put off with the key, and comes back', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-04' }, added);
    made.care(id, { snoozedUntilMs: now + day }, now);
    expect(dueList(made.work(now))[0]).toMatchObject({ now: false, snoozedUntilMs: now + day });
    expect(dueList(made.work(now + day))[0]).toMatchObject({ now: true, snoozedUntilMs: null });
  });

  it('says nothing of a removed key', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-04' }, added);
    made.desk.apply(removeKey(made.desk.work(), id, 'mail'));
    expect(allDue(made.work(now))).toEqual([]);
    expect(attentionOf(made.desk.book(), made.held(id), now)).toEqual([]);
  });

  it('keeps an entry’s id as long as its date, and tells two dates of a day apart', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-04' }, added);
    const ids = (): string[] => allDue(made.work(now)).map((due) => due.id);
    const [first] = ids();
    made.care(id, { leadDays: [90], ownerLeft: true });
    expect(ids()).toEqual([first]);
    made.care(id, {
      ownDates: [
        { label: 'a', day: '2027-01-01' },
        { label: 'b', day: '2027-01-01' },
        { label: 'b', day: '2027-01-01' },
      ],
    });
    expect(new Set(ids()).size).toBe(3);
    expect(ids()).toHaveLength(3);
    for (const each of ids()) expect(each).toMatch(/^[0-9a-f]{32}$/);
  });

  it('asks weekly about an activation, for ever', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mint', kind: 'live' }, added);
    made.care(id, { waiting: { who: 'support', what: 'sign', sinceMs: added } });
    fc.assert(
      fc.property(fc.nat(2_000), (days) => {
        const [due] = allDue(made.work(added + days * day));
        const next = due?.remindMs.filter((time) => time > added + days * day) ?? [];
        expect(due?.now).toBe(days >= 7);
        expect(next.length).toBeGreaterThan(8);
        expect((next[0] ?? 0) - (added + days * day)).toBeLessThanOrEqual(7 * day);
      }),
      { numRuns: 60 },
    );
  });

  it('holds every reminder within its lead time, in order, and counts down by one a day', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2027-03-28' }, added);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Pacific/Kiritimati', 'Asia/Kolkata'),
        fc.integer({ min: 0, max: 800 * 24 }),
        (leads, zone, hours) => {
          process.env['TZ'] = zone;
          made.care(id, { leadDays: leads, ownDates: [{ label: 'own', day: '2027-03-28' }] });
          const nowMs = added + hours * 3_600_000;
          for (const due of allDue(made.work(nowMs))) {
            expect([...due.remindMs].sort((a, b) => a - b)).toEqual(due.remindMs);
            expect(due.remindMs[0]).toBe(due.fromMs);
            expect(due.now).toBe(nowMs >= due.fromMs);
            if (leads.includes(0)) expect(due.remindMs.at(-1)).toBe(due.atMs);
            // The earliest reading is never later than the day itself.
            if (due.inDays <= 0) expect(nowMs).toBeGreaterThanOrEqual(due.atMs);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('lead times and ages', () => {
  it('are the key’s own, else the first fitting rule’s, else the usual ones', () => {
    const made = dueDesk();
    const facts = { name: 'mail', kind: 'live' as const, expiresOn: '2027-01-21' };
    const id = made.key(facts, added);
    const wants = (): boolean => allDue(made.work(now)).find(({ why }) => why === 'expires')?.now ?? false;
    expect(wants()).toBe(false);
    const production = made.environments.get('production') ?? '';
    const staging = made.environments.get('staging') ?? '';
    const write = (...rules: PolicyRule[]): void => {
      made.desk.apply(writePolicies(made.desk.work(), rules));
    };
    write(rule({ environmentId: staging, leadDays: [90] }), rule({ kind: 'test', leadDays: [90] }));
    expect(wants()).toBe(false);
    write(
      rule({ environmentId: production, projectId: made.projectId, rotateEveryDays: 60 }),
      rule({ kind: 'live', leadDays: [90], rotateEveryDays: 10 }),
    );
    expect(wants()).toBe(true);
    expect(allDue(made.work(now)).find(({ why }) => why === 'rotate')?.day).toBe('2026-12-31');
    made.care(id, { leadDays: [7], rotateEveryDays: 0 });
    expect(wants()).toBe(false);
    expect(allDue(made.work(now)).map(({ why }) => why)).toEqual(['expires']);
    expect(readPolicies(made.desk.book())).toHaveLength(2);
  });

  it('of a rule name a project and an environment that belong together', () => {
    const made = dueDesk();
    const write = (over: Partial<PolicyRule>): unknown => writePolicies(made.desk.work(), [rule(over)]);
    expect(write({ projectId: 'f'.repeat(32) })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(write({ environmentId: 'f'.repeat(32) })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });
});

describe('what wants a person', () => {
  it('is called expiring, then expired, by the earliest reading', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test', expiresOn: '2026-12-04' }, added);
    expect(wants(made, id, at('2026-11-26T09:59:59Z'))).toEqual([]);
    expect(wants(made, id, at('2026-11-26T10:00:00Z'))).toEqual(['expiring']);
    expect(wants(made, id, at('2026-12-03T09:59:59Z'))).toEqual(['expiring']);
    expect(wants(made, id, at('2026-12-03T10:00:00Z'))).toEqual(['expired']);
    expect(statusOf(made.held(id).body, at('2026-12-03T10:00:00Z')).reason).toBe(
      'It may have expired: 4 December 2026 has begun in the earliest time zone.',
    );
    expect(statusOf(made.held(id).body, at('2026-12-05T10:00:00Z')).reason).toBe(
      'It expired on 4 December 2026.',
    );
  });

  it('is no longer expired once the provider accepted it after that date', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test', expiresOn: '2026-11-20' }, added);
    made.log(id, [{ toMs: now - 1_000 }]);
    expect(wants(made, id)).toEqual([]);
    expect(statusOf(made.held(id).body, now, made.desk.book().logs.get(id)?.body).state).toBe('valid');
  });

  it('is expired where the provider says so, date or not', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test' }, added);
    made.log(id, [
      { state: 'expired', toMs: now - 2_000 },
      { state: 'unreachable', toMs: now - 1_000 },
    ]);
    expect(wants(made, id)).toEqual(['expired']);
  });

  it('is never checked only where somebody could be asked', () => {
    const made = dueDesk();
    const asked = made.key({ name: 'asked', provider: 'circle-mint', kind: 'test' }, added);
    const plain = made.key({ name: 'plain', kind: 'test' }, added);
    expect(wants(made, asked)).toEqual(['never-checked']);
    expect(wants(made, plain)).toEqual([]);
    made.log(asked, [{ state: 'unreachable', toMs: now }]);
    expect(wants(made, asked)).toEqual([]);
  });

  it('is overdue after the day, unused after its time, and what the person said', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test' }, added);
    made.care(id, { rotateEveryDays: 21 });
    expect(wants(made, id)).toEqual([]);
    expect(wants(made, id, now + day)).toEqual(['overdue']);
    made.care(id, { rotateEveryDays: null, ownerLeft: true });
    expect(wants(made, id, added + 90 * day)).toEqual(['owner-left']);
    expect(wants(made, id, added + 90 * day + 1)).toEqual(['unused', 'owner-left']);
    made.care(id, { ownerLeft: false, waiting: { who: 'a', what: 'b', sinceMs: now } });
    expect(wants(made, id)).toEqual(['waiting']);
    made.desk.apply(writePolicies(made.desk.work(), [rule({ unusedAfterDays: 0 })]));
    expect(wants(made, id, added + 900 * day)).toEqual(['waiting']);
  });
});

describe('a turn before the end', () => {
  const turnBefore = (made: ReturnType<typeof dueDesk>, id: string, beforeExpiryDays: number): void => {
    const care = { ...usualTurnCare(id), beforeExpiryDays };
    made.desk.apply(ok({ value: undefined, changes: putTurnCare(made.desk.work(), care), audit: [] }));
  };
  const turns = (made: ReturnType<typeof dueDesk>) =>
    allDue(made.work(now))
      .filter(({ why }) => why === 'rotate')
      .map(({ what, day: on, now: isNow }) => [what, on, isNow]);

  it('is due so many days before it as was asked for', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-04' }, added);
    expect([turns(made), dueCount(made.work(now))]).toEqual([[], 1]);
    turnBefore(made, id, 14);
    expect(dueCount(made.work(now))).toBe(2);
    expect(turns(made)).toEqual([['turn it before it ends on 4 December 2026', '2026-11-20', true]]);
    turnBefore(made, id, 3);
    expect(turns(made)).toEqual([['turn it before it ends on 4 December 2026', '2026-12-01', false]]);
  });

  it('and one by age are one line, the sooner', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', expiresOn: '2026-12-24' }, added);
    turnBefore(made, id, 14);
    made.care(id, { rotateEveryDays: 90 });
    expect(turns(made)).toEqual([['turn it before it ends on 24 December 2026', '2026-12-10', false]]);
    made.care(id, { rotateEveryDays: 10 });
    expect(turns(made)).toEqual([['turn it: 21 days old, every 10', '2026-11-11', true]]);
  });
});

describe('a lost value', () => {
  const told = (made: ReturnType<typeof dueDesk>, atMs: number) =>
    dueList(made.work(atMs)).map(({ why, what, day: on, now: isNow }) => [why, what, on, isNow]);

  it('is due at once, and said weekly until there is another value', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', revealable: 'once' }, added);
    made.care(id, { lost: true }, now);
    expect(wants(made, id)).toEqual(['lost']);
    expect(told(made, now)).toEqual([['rotate', 'turn it: its value is lost', '2026-11-22', true]]);
    const [due] = allDue(made.work(now + 10 * day));
    expect(due?.remindMs.slice(0, 2)).toEqual([now + 7 * day, now + 14 * day]);

    const values = { values: { secret: 'the next one' }, variables: {} };
    made.desk.apply(replaceValue(made.desk.work({ nowMs: now }), id, values, {}));
    expect(wants(made, id)).toEqual([]);
    expect(told(made, now)).toEqual([]);
    expect(readCare(made.desk.book(), id)).toMatchObject({ ok: true, value: { lost: false } });
    made.care(id, { lost: true }, now + day);
    expect(told(made, now + day)).toEqual([['rotate', 'turn it: its value is lost', '2026-11-23', true]]);
  });

  it('is copied again where the portal shows it', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'test', revealable: 'again' }, added);
    made.care(id, { lost: true }, now);
    expect(told(made, now).map(([, what]) => what)).toEqual(['copy it from its portal: its value is lost']);
  });

  it('of a key that is over its age as well is one line, of the more urgent day and with the loss in its words', () => {
    for (const revealable of ['once', 'again'] as const) {
      const made = dueDesk();
      const id = made.key({ name: 'mail', kind: 'live', revealable }, added);
      made.care(id, { rotateEveryDays: 10 });
      made.care(id, { lost: true }, now);
      // Over its age since the 11th, lost since the 22nd.
      expect(told(made, now)).toEqual([
        ['rotate', 'turn it: 21 days old, every 10; its value is lost', '2026-11-11', true],
      ]);
      expect(dueCount(made.work(now))).toBe(1);
      expect(allDue(made.work(now))[0]?.remindMs[0]).toBe(now + 7 * day);
      expect(wants(made, id)).toEqual(expect.arrayContaining(['overdue', 'lost']));
      // Lost first, over its age later.
      made.care(id, { rotateEveryDays: 25 });
      const later = now + 10 * day;
      expect(told(made, later)).toEqual([['rotate', 'turn it: its value is lost', '2026-11-22', true]]);
      expect(allDue(made.work(later))).toHaveLength(1);
    }
  });

  it('that the portal shows again is copied, and turned when its time comes', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live', revealable: 'again' }, added);
    made.care(id, { rotateEveryDays: 30 });
    made.care(id, { lost: true }, now);
    expect(allDue(made.work(now)).map(({ what, day: on }) => [what, on])).toEqual([
      ['copy it from its portal: its value is lost', '2026-11-22'],
      ['turn it: 21 days old, every 30', '2026-12-01'],
    ]);
  });

  it('was lost when it was first said; found again it leaves the record as earlier versions wrote it', () => {
    const made = dueDesk();
    const id = made.key({ name: 'mail', kind: 'live' }, added);
    const kept = () => made.desk.book().cares.get(id)?.body;
    made.care(id, { leadDays: [7], lost: false }, now);
    const before = kept();
    expect(Object.keys(before ?? {})).not.toContain('lost');
    made.care(id, { lost: true }, now);
    made.care(id, { lost: true, ownerLeft: true }, now + day);
    expect(kept()?.lost?.sinceMs).toBe(now);
    made.care(id, { ownerLeft: false }, now + day);
    expect(kept()?.lost?.sinceMs).toBe(now);
    made.care(id, { lost: false }, now + day);
    expect(kept()).toEqual(before);
    expect(wants(made, id)).toEqual([]);
  });
});

describe('what has come', () => {
  it('is the same whether a key is remembered as quiet or looked at anew', () => {
    const made = dueDesk();
    const ids = ['a', 'b', 'c', 'd'].map((name, index) =>
      made.key({ name, kind: 'live', expiresOn: `2027-0${String(index + 1)}-15` }, added),
    );
    made.care(ids[1]!, { ownDates: [{ label: 'x', day: '2027-06-01' }], rotateEveryDays: 100 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...ids), fc.nat(3)), { maxLength: 12 }),
        (steps) => {
          for (const [days, id, change] of steps) {
            if (change === 0) made.care(id, { leadDays: [days % 90] });
            if (change === 1) made.care(id, { snoozedUntilMs: added + (days + 5) * day }, added + days * day);
            if (change === 2) made.care(id, { ownDates: [{ label: 'y', day: '2027-02-01' }] });
            const work = made.work(added + days * day);
            const whole = allDue(work).filter(({ fromMs }) => work.nowMs >= fromMs);
            expect(dueList(work).map((due) => due.id)).toEqual(whole.map((due) => due.id));
            expect(dueCount(work)).toBe(whole.filter((due) => due.now).length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
