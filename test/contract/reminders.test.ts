// In time, also while locked: the schedule beside the vault as real agents keep and read it, and what must never stand in it.
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventPayload } from '../../src/contract/events.ts';
import { parseSchedule } from '../../src/core/keys/reminders/parse-schedule.ts';
import type { Schedule } from '../../src/core/keys/reminders/schedule.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, newAgent, newFolder, placeOf, testPassword, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';
import { spellings } from '../support/spellings.ts';

const at = (text: string): number => Date.parse(text);
const day = 86_400_000;
const noon = at('2026-11-22T12:00:00Z');
type News = EventPayload<'reminders.due'>;

let nowMs = noon;
let home = '';
let agents: TestAgent[] = [];
let zone: string | undefined;

const ports = async (): Promise<VaultPorts> => {
  const real = await nodePorts({ targetMs: 0 });
  return { ...real, clock: { ...real.clock, nowMs: () => nowMs } };
};

/** The app's agent, or one that tells nothing; as a fresh process after a lock it knows nothing but the files. */
const start = async (tells = true): Promise<{ readonly tested: TestAgent; readonly news: News[] }> => {
  const tested = await newAgent({ home, ports: await ports(), tells });
  const news: News[] = [];
  tested.agent.on('reminders.due', (payload) => {
    news.push(payload);
  });
  agents.push(tested);
  return { tested, news };
};

const unlock = ({ get }: TestAgent): Promise<undefined> =>
  get('vault.unlock', { password: bytesOf(testPassword) });

const file = (): string => join(home, 'reminders.json');
const held = (): Schedule => {
  const parsed = parseSchedule(readFileSync(file(), 'utf8'));
  if (parsed === null) throw new Error('the schedule cannot be read');
  return parsed;
};

const secret = sampleKey('circle-mint', 'live', 5);
const addKey = async (tested: TestAgent, name: string, expiresOn: string): Promise<string> => {
  const place = await placeOf(tested);
  const environmentIds = [place.environments.get('production') ?? ''];
  const facts = {
    name,
    expiresOn,
    provider: 'circle-mint',
    notes: 'notes about money',
    tags: ['a-tag'],
    owner: 'Maria Muster',
  };
  const fields = [{ name: 'secret', value: bytesOf(`${secret}${name}`) }];
  return (await tested.get('keys.add', { projectId: place.projectId, environmentIds, facts, fields })).id;
};

type Made = { readonly folder: string; readonly id: string };
const made = new Map<number, Made>();
afterAll(() => {
  for (const { folder } of made.values()) rmSync(folder, { recursive: true, force: true });
});

/** Yesterday: a vault with a key that ends on 30 November, locked. Each is made once and copied. */
const lockedSince = async (whenMs: number): Promise<string> => {
  nowMs = whenMs;
  const known = made.get(whenMs);
  if (known !== undefined) {
    cpSync(known.folder, home, { recursive: true });
    return known.id;
  }
  const { tested } = await start();
  await tested.get('vault.create', { password: bytesOf(testPassword) });
  const id = await addKey(tested, 'mail-of-maria', '2026-11-30');
  await tested.get('vault.lock', {});
  tested.agent.close();
  const folder = newFolder();
  cpSync(home, folder, { recursive: true });
  made.set(whenMs, { folder, id });
  return id;
};

beforeEach(() => {
  zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  nowMs = noon;
  home = newFolder();
  agents = [];
});
afterEach(() => {
  for (const agent of agents) agent.remove();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('a vault that has been locked since yesterday', () => {
  it('is told of once, without a name, by an agent that has only the files', async () => {
    await lockedSince(at('2026-11-22T12:00:00Z'));
    nowMs = at('2026-11-23T12:00:00Z');
    const { tested, news } = await start();
    expect(tested.agent.state().vault).toBe('locked');
    const [due] = await tested.get('reminders.read', {});
    expect(due).toMatchObject({ kind: 'expires', day: '2026-11-30', atMs: at('2026-11-22T10:00:00Z') });
    // 30 and 14 days lay behind when it was entered; 7 days before by the earliest reading came to pass meanwhile.
    expect(news).toEqual([{ count: 1, ids: [due?.id], news: null }]);
    nowMs = at('2026-11-23T12:01:00Z');
    await tested.get('reminders.read', {});
    expect(news).toHaveLength(1);
    nowMs = at('2026-11-26T12:00:00Z');
    await tested.get('reminders.read', {});
    expect(news.at(-1)).toEqual({
      count: 1,
      ids: [due?.id],
      news: { title: 'A key wants you', body: '1 expires within 4 days.', ids: [due?.id] },
    });
    expect(JSON.stringify(news)).not.toContain('maria');
    tested.agent.close();
    const again = await start();
    await again.tested.get('reminders.read', {});
    expect(again.news).toEqual([{ count: 1, ids: [due?.id], news: null }]);
  });

  it('is told of by itself within a second or two', async () => {
    await lockedSince(at('2026-11-22T12:00:00Z'));
    nowMs = at('2026-11-26T12:00:00Z');
    const { news } = await start();
    await expect.poll(() => news.length, { timeout: 5_000 }).toBe(1);
    expect(news[0]?.news?.body).toBe('1 expires within 4 days.');
  });

  it('is told of after the quiet hours, once, whatever was missed', async () => {
    await lockedSince(at('2026-11-20T12:00:00Z'));
    nowMs = at('2026-11-26T22:30:00Z');
    const { tested, news } = await start();
    await tested.get('reminders.read', {});
    expect(news.map((each) => each.news)).toEqual([null]);
    nowMs = at('2026-11-27T07:00:00Z');
    await tested.get('reminders.read', {});
    await tested.get('reminders.read', {});
    expect(news.map((each) => each.news?.body)).toEqual([undefined, '1 expires within 3 days.']);
  });

  it('is told of by nobody but the app', async () => {
    await lockedSince(at('2026-11-20T12:00:00Z'));
    nowMs = at('2026-11-26T12:00:00Z');
    const { tested, news } = await start(false);
    await tested.get('reminders.read', {});
    expect(news.every((each) => each.news === null)).toBe(true);
    expect(held().shown.map(({ upToMs }) => upToMs)).toEqual([at('2026-11-15T10:00:00Z')]);
  });

  it('can be put off, and the vault hears of it at the next unlock', async () => {
    const id = await lockedSince(at('2026-11-20T12:00:00Z'));
    nowMs = at('2026-11-26T12:00:00Z');
    const { tested, news } = await start();
    const [due] = await tested.get('reminders.read', {});
    const untilMs = nowMs + day;
    await tested.get('reminders.snooze', { ids: [due?.id ?? ''], untilMs });
    expect(await tested.get('reminders.read', {})).toEqual([]);
    expect(news.at(-1)).toEqual({ count: 0, ids: [], news: null });
    tested.agent.close();

    const second = await start();
    await unlock(second.tested);
    await expect
      .poll(async () => (await second.tested.get('keys.readCare', { id })).snoozedUntilMs, { timeout: 5_000 })
      .toBe(untilMs);
    expect((await second.tested.get('due.list', {}))[0]).toMatchObject({
      now: false,
      snoozedUntilMs: untilMs,
    });
    expect(held().snoozed).toEqual([{ id: due?.id, untilMs, taken: true }]);
    // Taken back in the vault: what was said while it was locked is not said again.
    await second.tested.get('keys.care', { id, care: { snoozedUntilMs: null } });
    await second.tested.get('vault.lock', {});
    expect(held().snoozed).toEqual([]);
    second.tested.agent.close();

    nowMs = untilMs + 1;
    const third = await start();
    expect(await third.tested.get('reminders.read', {})).toHaveLength(1);
  });

  it('comes back when the time is over', async () => {
    await lockedSince(at('2026-11-20T12:00:00Z'));
    nowMs = at('2026-11-24T12:00:00Z');
    const { tested, news } = await start();
    const [due] = await tested.get('reminders.read', {});
    await tested.get('reminders.snooze', { ids: [due?.id ?? ''], untilMs: nowMs + day });
    nowMs += day + 60_000;
    await tested.get('reminders.read', {});
    expect(news.at(-1)?.news?.body).toBe('1 expires within 5 days.');
  });
});

describe('what stands outside the vault', () => {
  it('is nothing that stands in it, in no spelling', async () => {
    await lockedSince(noon);
    const { tested } = await start();
    await unlock(tested);
    const id = await addKey(tested, 'zweiter-schlüssel', '2027-01-31');
    await tested.get('keys.care', {
      id,
      care: {
        ownDates: [{ label: 'contract with Beispiel GmbH', day: '2027-03-01' }],
        waiting: { who: 'Circle support', what: 'enable the API', sinceMs: nowMs },
      },
    });
    const detail = await tested.get('keys.read', { id });
    const overview = await tested.get('overview.read', {});
    await tested.get('vault.lock', {});
    const bytes = readFileSync(file());
    expect(held().entries).toHaveLength(4);
    const told: string[] = [
      secret,
      'contract with Beispiel GmbH',
      'Circle support',
      'enable the API',
      testPassword,
    ];
    const gather = (value: unknown): void => {
      if (typeof value === 'string') told.push(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
    };
    gather(detail);
    gather(overview.projects);
    // Words of the format itself, days that the schedule is made of, and texts too short to mean anything.
    const format = /^(expires|rotate|date|activate|taken|shown|entries|\d{4}-\d{2}-\d{2}|.{0,4})$/u;
    const checked = [...new Set(told)].filter((text) => !format.test(text));
    expect(checked.length).toBeGreaterThan(30);
    expect(checked).toEqual(expect.arrayContaining(['zweiter-schlüssel', id, 'circle-mint', 'Maria Muster']));
    for (const text of checked)
      for (const spelling of spellings(text))
        expect(bytes.includes(spelling), `${text} stands in the schedule`).toBe(false);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('is gone when reminders are turned off, and back when they are on', async () => {
    await lockedSince(noon);
    const { tested, news } = await start();
    await tested.get('reminders.read', {});
    expect(existsSync(file())).toBe(true);
    await tested.get('settings.change', { reminders: false });
    expect(await tested.get('reminders.read', {})).toEqual([]);
    expect(existsSync(file())).toBe(false);
    expect(news.at(-1)).toEqual({ count: 0, ids: [], news: null });
    await unlock(tested);
    await tested.get('settings.change', { reminders: true });
    await tested.get('vault.lock', {});
    expect(held().entries).toHaveLength(1);
  });

  it('is written by the command line too', async () => {
    const id = await lockedSince(noon);
    const { tested } = await start(false);
    await unlock(tested);
    await tested.get('keys.edit', { id, facts: { expiresOn: '2027-05-01' } });
    tested.agent.close();
    expect(held().entries.map((each) => each.day)).toEqual(['2027-05-01']);
  });

  it('is left as it is where it is something else, and doctor says so', async () => {
    await lockedSince(noon);
    writeFileSync(file(), '{"mine":true}');
    const { tested, news } = await start();
    expect(await tested.get('reminders.read', {})).toEqual([]);
    await unlock(tested);
    await addKey(tested, 'another', '2026-12-01');
    await tested.get('vault.lock', {});
    await tested.get('settings.change', { reminders: true });
    expect(readFileSync(file(), 'utf8')).toBe('{"mine":true}');
    const { checks } = await tested.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'reminders')).toMatchObject({ ok: false });
    await tested.get('settings.change', { reminders: false });
    await tested.get('reminders.read', {});
    expect(readFileSync(file(), 'utf8')).toBe('{"mine":true}');
    expect(news.every((each) => each.news === null)).toBe(true);
  });

  it('is not used of another vault than the open one, whose own takes its place', async () => {
    await lockedSince(noon);
    const foreign = readFileSync(file(), 'utf8').replace(/"vault":"[0-9a-f]{4}/, '"vault":"0000');
    writeFileSync(file(), foreign.replaceAll(held().entries[0]?.id ?? '', 'c'.repeat(32)));
    nowMs += 5 * day;
    const { tested } = await start();
    await unlock(tested);
    await tested.get('vault.lock', {});
    expect(JSON.stringify(held())).not.toContain('c'.repeat(32));
    expect(held().vault).not.toMatch(/^0000/);
  });

  it('is refused to put off what is not there, and to put off into the past', async () => {
    await lockedSince(noon);
    const { tested } = await start();
    const unknown = { ids: ['d'.repeat(32)], untilMs: nowMs + day };
    expect(await tested.call('reminders.snooze', unknown)).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    const [due] = await tested.get('reminders.read', {});
    for (const untilMs of [nowMs, Number.MAX_SAFE_INTEGER]) {
      const odd = { ids: [due?.id ?? ''], untilMs };
      expect(await tested.call('reminders.snooze', odd)).toMatchObject({
        ok: false,
        error: { kind: 'bad-input' },
      });
    }
    expect(held().snoozed).toEqual([]);
  });
});

describe('a calendar that is kept', () => {
  it('follows the vault, and can be named by the shell and the command line alone', async () => {
    const id = await lockedSince(noon);
    const { tested } = await start();
    await unlock(tested);
    const path = join(home, 'keys.ics');
    const wanted = { path, withNames: true, keep: true };
    expect(await tested.call('due.calendarPath', wanted, 'window')).toMatchObject({
      ok: false,
      error: { kind: 'wrong-sender' },
    });
    const named = { calendarFile: { path: join(home, 'other.ics'), withNames: true } };
    expect(await tested.agent.call('window', 'settings.change', named)).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
    expect(await tested.get('due.calendarPath', wanted, 'shell')).toEqual({ file: path, entries: 1 });
    expect(readFileSync(path, 'utf8')).toContain('SUMMARY:mail-of-maria expires');
    await tested.get('keys.edit', { id, facts: { name: 'post' } });
    await tested.get('vault.lock', {});
    expect(readFileSync(path, 'utf8')).toContain('SUMMARY:post expires');

    await unlock(tested);
    writeFileSync(path, 'mine');
    await tested.get('keys.edit', { id, facts: { name: 'mail' } });
    await tested.get('vault.lock', {});
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const { checks } = await tested.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'calendar')).toMatchObject({ ok: false });
    expect((await tested.get('settings.change', { calendarFile: null })).calendarFile).toBeNull();
  });
});
