// The calendar: read back by a strict reader of RFC 5545, kept up to date without needless changes, and never over a file of somebody else.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCalendar } from '../../../src/agent/due/calendar-file.ts';
import { allDue, type Due } from '../../../src/core/keys/due/due-list.ts';
import { calendarOf, isOwnCalendar } from '../../../src/core/keys/ical/calendar.ts';
import { escapeText, foldLine, unfoldLines } from '../../../src/core/keys/ical/content-lines.ts';
import { nodeFiles } from '../../../src/node/files.ts';
import { dueDesk } from '../../support/due-desk.ts';
import { readCalendar, textOf, valueOf } from '../../support/ical.ts';

const now = Date.parse('2026-11-22T08:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'keyturn-ics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dues = (name = 'mail; the "first", of \\ all'): { due: readonly Due[]; key: string } => {
  const made = dueDesk();
  const id = made.key({ name, kind: 'live', expiresOn: '2027-02-28' }, now);
  made.care(id, {
    leadDays: [30, 7, 0],
    rotateEveryDays: 90,
    ownDates: [
      { label: 'Vertrag läuft aus, überall: 🗝 '.repeat(6).trim(), day: '2026-12-31' },
      { label: 'far away', day: '2028-02-29' },
    ],
    waiting: { who: 'Circle', what: 'sign', sinceMs: now },
  });
  return { due: allDue(made.work(now)), key: id };
};

describe('a calendar', () => {
  it('is what RFC 5545 allows, with an alarm per lead time', () => {
    const { due } = dues();
    const { text, entries } = calendarOf(due, true, null, now);
    const calendar = readCalendar(text);
    expect(entries).toBe(4);
    const summaries = calendar.components.map((event) => [
      valueOf(event, 'DTSTART'),
      textOf(valueOf(event, 'SUMMARY')),
    ]);
    expect(summaries).toEqual([
      ['20261129', 'mail; the "first", of \\ all waits for Circle: sign'],
      ['20261231', `mail; the "first", of \\ all: ${'Vertrag läuft aus, überall: 🗝 '.repeat(6).trim()}`],
      ['20270220', 'mail; the "first", of \\ all is due for a turn'],
      ['20270228', 'mail; the "first", of \\ all expires'],
    ]);
    const expires = calendar.components.at(-1);
    expect(expires?.properties.find(({ name }) => name === 'DTSTART')?.parameters).toEqual({ VALUE: 'DATE' });
    expect(valueOf(expires!, 'DTEND')).toBe('20270301');
    expect(valueOf(expires!, 'UID')).toBe(`${due.find(({ why }) => why === 'expires')!.id}@keyturn`);
    expect(valueOf(expires!, 'DTSTAMP')).toBe('20261122T080000Z');
    expect(expires!.components.map((alarm) => valueOf(alarm, 'TRIGGER'))).toEqual(['-P30D', '-P7D', 'PT0S']);
  });

  it('says of which key only where that is wanted', () => {
    const { due, key } = dues('very-secret-name');
    const { text } = calendarOf(due, false, null, now);
    readCalendar(text);
    for (const told of ['very-secret-name', key, 'Vertrag', 'Circle']) expect(text).not.toContain(told);
    expect(text).toContain('SUMMARY:A key expires');
  });

  it('is a calendar also where nothing is due', () => {
    const { text, entries } = calendarOf([], false, null, now);
    expect(entries).toBe(0);
    expect(readCalendar(text).components.map(({ name }) => name)).toEqual(['VTIMEZONE']);
  });

  it('keeps the stamps of what did not change, and counts up what did', () => {
    const { due } = dues();
    const first = calendarOf(due, true, null, now).text;
    expect(calendarOf(due, true, first, now + 86_400_000).text).toBe(first);
    const second = calendarOf(due, false, first, now + 86_400_000).text;
    const events = readCalendar(second).components;
    expect(events.map((event) => valueOf(event, 'SEQUENCE'))).toEqual(['1', '1', '1', '1']);
    expect(events.map((event) => valueOf(event, 'LAST-MODIFIED'))).toEqual(Array(4).fill('20261123T080000Z'));
    expect(events.map((event) => valueOf(event, 'UID'))).toEqual(
      readCalendar(first).components.map((event) => valueOf(event, 'UID')),
    );
    expect(valueOf(readCalendar(calendarOf(due, true, second, now).text).components[0]!, 'SEQUENCE')).toBe(
      '2',
    );
  });

  it('carries any text whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const plain = text.replaceAll(/[\u0000-\u001f\u007f]/g, '');
        const folded = foldLine(`SUMMARY:${escapeText(plain)}`);
        for (const line of folded.slice(0, -2).split('\r\n'))
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        const [whole = ''] = unfoldLines(folded);
        expect(textOf(whole.slice('SUMMARY:'.length))).toBe(plain);
      }),
      { numRuns: 500 },
    );
    expect(escapeText('a\r\nb\u0007c')).toBe('a\\nb c');
  });
});

describe('the calendar’s file', () => {
  const files = nodeFiles();
  const at = (name: string): string => join(folder, name);
  const write = (path: string): ReturnType<typeof writeCalendar> =>
    writeCalendar(files, { path, withNames: false }, dues().due, now);

  it('is written for its owner, and left alone where it says the same', () => {
    const path = at('keys.ics');
    expect(write(path)).toEqual({ ok: true, value: { file: path, entries: 4 } });
    const { ino, mode } = statSync(path);
    expect(mode & 0o777).toBe(0o600);
    expect(write(path)).toMatchObject({ ok: true });
    expect(statSync(path).ino).toBe(ino);
  });

  it.each([
    [
      'another program’s calendar',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n',
    ],
    ['a text', 'what I must not forget'],
    ['half of ours', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keyturn//Due dates//EN\r\n'],
    ['an empty file', ''],
  ])('never takes the place of %s', (name, text) => {
    const path = at(`${String(name.length)}.ics`);
    writeFileSync(path, text);
    expect(write(path)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(isOwnCalendar(text)).toBe(false);
  });

  it('is a calendar by its name', () => {
    expect(write(at('keys.txt'))).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
  });
});
