// `due` and `care` as a script and a person see them: each command on a real vault, in this process; the first one as a process of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseWords } from '../../src/cli/arguments.ts';
import type { Answer, Command, Context } from '../../src/cli/command.ts';
import { care } from '../../src/cli/commands/care-command.ts';
import { due } from '../../src/cli/commands/due-command.ts';
import { list } from '../../src/cli/commands/key-commands.ts';
import { ok, type Result } from '../../src/core/model/result.ts';
import { bytesOf, newAgent, placeOf, type TestAgent } from '../support/agents.ts';
import { newHome, sample, type Home } from '../support/cli.ts';
import { readCalendar, valueOf } from '../support/ical.ts';

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
let tested: TestAgent;
let id = '';
let notes: string[] = [];

const command = async (which: Command, words: readonly string[]): Promise<Result<Answer>> => {
  notes = [];
  const parsed = parseWords(words, which.options, which.positionals[1]);
  if (!parsed.ok) return parsed;
  const door = { send: tested.call, through: 'process', close: () => Promise.resolve() };
  const terminal = { note: (text: string) => notes.push(text) };
  return which.run({
    words: parsed.value,
    terminal,
    unlocked: () => Promise.resolve(ok(door)),
  } as unknown as Context);
};
const run = async (which: Command, ...words: string[]): Promise<Answer> => {
  const result = await command(which, words);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const jsonOf = async <T>(which: Command, ...words: string[]): Promise<T> =>
  (await run(which, ...words)).json as T;

beforeAll(async () => {
  home = newHome();
  tested = await newAgent({ home: join(home.folder, 'home') });
  await tested.get('vault.create', { password: bytesOf(home.password) });
  const place = await placeOf(tested);
  const environmentIds = [place.environments.get('production') ?? ''];
  const facts = { name: 'payouts', kind: 'live' as const, expiresOn: dayIn(40) };
  const fields = [{ name: 'secret', value: bytesOf(sample.anything()) }];
  id = (await tested.get('keys.add', { projectId: place.projectId, environmentIds, facts, fields })).id;
}, 120_000);
afterAll(() => {
  tested.agent.close();
  home.remove();
});

describe('due', () => {
  it('is empty and says no with 0 while nothing is due', async () => {
    expect(await run(due)).toEqual({ json: [], text: 'Nothing is due.', code: 0 });
    expect((await run(due, '--within', '2w')).text).toBe('Nothing is due within 14 days.');
    expect(await jsonOf<Due>(due, '--within', '39d')).toEqual([]);
  });

  it('names what is due within a span, and says so with 1, as a command', async () => {
    const [entry, ...others] = await home.json<Due>(['due', '--within', '6w'], { code: 1 });
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
    const said = await run(due, '--within', '40');
    expect(said.code).toBe(1);
    expect(said.text).toMatch(new RegExp(`${dayIn(40)}  in 40 days  payouts  expires`));
  });
});

describe('care', () => {
  it('moves the lead time, the age, dates of one’s own; due follows', async () => {
    const words = [
      ...['payouts', '--lead-days', '60,7', '--rotate-every', '30d', '--owner-left', 'yes'],
      ...['--waiting', 'Circle support: enable the API', '--own-date', `contract ends=${dayIn(400)}`],
    ];
    expect(await jsonOf(care, ...words)).toMatchObject({
      id,
      leadDays: [60, 7],
      rotateEveryDays: 30,
      ownerLeft: true,
      ownDates: [{ label: 'contract ends', day: dayIn(400) }],
      waiting: { who: 'Circle support', what: 'enable the API' },
    });
    const listed = await jsonOf<Due>(due);
    expect(listed.map(({ why, inDays }) => [why, inDays])).toEqual([
      ['rotate', 30],
      ['expires', 40],
    ]);
    expect(await jsonOf<Due>(due, '--within', '2y')).toHaveLength(4);
    const [summary] = await tested.get('keys.list', {});
    expect(summary?.rotateBy).toBe(dayIn(30));
    expect(summary?.attention).toEqual(expect.arrayContaining(['expiring', 'owner-left', 'waiting']));
    expect((await run(care, 'payouts')).text).toContain(`date          ${dayIn(400)} contract ends`);
  });

  it('notes a value as lost: due at once, found by that word, until it is said otherwise', async () => {
    expect(await jsonOf(care, 'payouts', '--lost', 'yes')).toMatchObject({ id, lost: true });
    const listed = await jsonOf<Due>(due);
    expect(listed[0]).toMatchObject({ why: 'rotate', what: 'turn it: its value is lost', inDays: 0 });
    expect((await run(care, 'payouts')).text).toContain('value         is lost');
    expect(await jsonOf<readonly { readonly name: string }[]>(list, '--state', 'lost')).toMatchObject([
      { name: 'payouts' },
    ]);
    expect(await jsonOf(care, 'payouts', '--lost', 'no')).toMatchObject({ lost: false });
    expect(await jsonOf(list, '--state', 'lost')).toEqual([]);
  });

  it('refuses a day that is none', async () => {
    expect(await command(care, ['payouts', '--own-date', 'x=2027-02-30'])).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
  });

  it('puts off, and what is put off is no reason to stop', async () => {
    await run(care, 'payouts', '--snooze', dayIn(10));
    const put = await run(due);
    expect(put.code).toBe(0);
    for (const each of put.json as Due)
      expect(new Date(each.snoozedUntil ?? 0).getTime()).toBeGreaterThan(Date.now() + 8 * dayMs);
    expect(put.text).toContain('(put off until');
    await run(care, 'payouts', '--snooze', 'off');
    expect((await run(due)).code).toBe(1);
  });

  it('goes back to what the policies have', async () => {
    const words = ['payouts', '--lead-days', 'policy', '--rotate-every', 'policy', '--owner-left', 'no'];
    await run(care, ...words, '--waiting', 'none', '--own-date', 'contract ends=');
    expect(await jsonOf<Due>(due, '--within', '10y')).toHaveLength(1);
    expect((await run(care, 'payouts')).text).toContain('as the policies have it');
  });
});

describe('a calendar', () => {
  it('is written without names unless they are asked for, and kept where that is said', async () => {
    const file = join(home.folder, 'keys.ics');
    expect((await run(due, '--within', '1d', '--ics', file)).code).toBe(0);
    expect(notes).toEqual([`Wrote 1 date of the next twelve months to ${file}.`]);
    const event = readCalendar(readFileSync(file, 'utf8')).components[0]!;
    expect([valueOf(event, 'SUMMARY'), valueOf(event, 'DTSTART')]).toEqual([
      'A key expires',
      dayIn(40).replaceAll('-', ''),
    ]);
    await run(due, '--ics', file, '--names', '--keep');
    expect(notes[0]).toContain('It is kept up to date from now on.');
    expect(readFileSync(file, 'utf8')).toContain('SUMMARY:payouts expires');
    await tested.get('keys.edit', { id, facts: { name: 'payments' } });
    await expect
      .poll(() => readFileSync(file, 'utf8'), { timeout: 10_000 })
      .toContain('SUMMARY:payments expires');
  });

  it('never takes another file’s place', async () => {
    const file = join(home.folder, 'mine.ics');
    writeFileSync(file, 'mine');
    expect(await command(due, ['--ics', file])).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
