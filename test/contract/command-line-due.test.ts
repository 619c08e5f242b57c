// `due` and `care` as a script and a person see them, on a real vault.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';
import { readCalendar, valueOf } from '../support/ical.ts';

const bare = { bare: true } as const;
const dayMs = 86_400_000;
/** A day of this machine's calendar. */
const dayIn = (days: number): string => {
  const today = new Date();
  const there = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, 12);
  return new Date(there.getTime() - there.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

type Due = {
  id: string;
  name: string;
  due: string;
  why: string;
  what: string;
  inDays: number;
  snoozedUntil: string | null;
}[];

let home: Home;
let id = '';
beforeAll(async () => {
  home = newHome();
  await home.json<unknown>(['init']);
  await home.json<unknown>(['unlock']);
  const words = ['add', 'payouts', '--env', 'production', '--expires', dayIn(40), '--value-stdin'];
  id = (await home.json<{ id: string }>(words, { ...bare, stdin: sample.anything() })).id;
}, 120_000);
afterAll(async () => {
  await home.run(['lock'], bare);
  home.remove();
});

describe('due', () => {
  it('is empty and says no with 0 while nothing is due', async () => {
    expect(await home.json<Due>(['due'], bare)).toEqual([]);
    expect((await home.run(['due', '--within', '2w'], bare)).out).toBe('Nothing is due within 14 days.\n');
  });

  it('names what is due within a span, and says so with 1', async () => {
    const [entry, ...others] = await home.json<Due>(['due', '--within', '6w'], { ...bare, code: 1 });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      id,
      name: 'payouts',
      due: dayIn(40),
      why: 'expires',
      what: 'expires',
      inDays: 40,
      snoozedUntil: null,
    });
  });
});

describe('care', () => {
  it('moves the lead time, the age, dates of one’s own; due follows', async () => {
    const words = [
      ...['care', 'payouts', '--lead-days', '60,7', '--rotate-every', '30d', '--owner-left', 'yes'],
      ...['--waiting', 'Circle support: enable the API', '--own-date', `contract ends=${dayIn(400)}`],
    ];
    const cared = await home.json<Record<string, unknown>>(words, bare);
    expect(cared).toMatchObject({
      id,
      leadDays: [60, 7],
      rotateEveryDays: 30,
      ownerLeft: true,
      ownDates: [{ label: 'contract ends', day: dayIn(400) }],
      waiting: { who: 'Circle support', what: 'enable the API' },
    });
    const due = await home.json<Due>(['due'], { ...bare, code: 1 });
    expect(due.map(({ why, inDays }) => [why, inDays])).toEqual([
      ['rotate', 30],
      ['expires', 40],
    ]);
    const listed = await home.json<{ rotateBy: string; attention: string[] }[]>(['list'], bare);
    expect(listed[0]?.rotateBy).toBe(dayIn(30));
    expect(listed[0]?.attention).toEqual(expect.arrayContaining(['expiring', 'owner-left', 'waiting']));
  });

  it('puts off, and what is put off is no reason to stop', async () => {
    const until = dayIn(10);
    await home.json<unknown>(['care', 'payouts', '--snooze', until], bare);
    const due = await home.json<Due>(['due'], bare);
    expect(due.map((each) => new Date(each.snoozedUntil ?? 0).getTime() > Date.now() + 8 * dayMs)).toEqual([
      true,
      true,
    ]);
  });
});

describe('a calendar', () => {
  it('is written without names unless they are asked for, and kept where that is said', async () => {
    const file = join(home.folder, 'keys.ics');
    const ran = await home.run(['due', '--within', '1d', '--ics', file], bare);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain(`Wrote 3 dates of the next twelve months to ${file}.`);
    const events = readCalendar(readFileSync(file, 'utf8')).components;
    expect(events.map((event) => [valueOf(event, 'SUMMARY'), valueOf(event, 'DTSTART')])).toContainEqual([
      'A key expires',
      dayIn(40).replaceAll('-', ''),
    ]);
    await home.run(['due', '--ics', file, '--names', '--keep'], bare);
    expect(readFileSync(file, 'utf8')).toContain('SUMMARY:payouts expires');
    await home.json<unknown>(['edit', 'payouts', '--name', 'payments'], bare);
    await expect
      .poll(() => readFileSync(file, 'utf8'), { timeout: 5_000 })
      .toContain('SUMMARY:payments expires');
  });

  it('never takes another file’s place', async () => {
    const file = join(home.folder, 'mine.ics');
    writeFileSync(file, 'mine');
    expect((await home.run(['due', '--ics', file], bare)).code).toBe(6);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
