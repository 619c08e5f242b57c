// The due list as a calendar (RFC 5545): one all-day event per entry, with an alarm per lead time. Names leave the vault only where the person
// says so; without them an event says what is due and not of which key.
import type { Due, DueWhy } from '../due/due-list.ts';
import { addDays } from '../calendar.ts';
import { escapeText, foldLine, unfoldLines } from './content-lines.ts';

const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Keyturn//Due dates//EN'] as const;
/** A year ahead; what passed within a month still stands there. */
const daysAhead = 366;
const daysBehind = 31;
const mostAlarms = 20;

/** Whether a text is a calendar that was written here: only such a one is ever written over. */
export const isOwnCalendar = (text: string): boolean =>
  text.startsWith(head.map((line) => `${line}\r\n`).join('')) && text.endsWith('END:VCALENDAR\r\n');

const nameless: Readonly<Record<DueWhy, string>> = {
  expires: 'A key expires',
  rotate: 'A key is due for a turn',
  date: 'A date of a key',
  activate: 'A key waits to be activated',
};

const named: Readonly<Record<DueWhy, (name: string, what: string) => string>> = {
  expires: (name) => `${name} expires`,
  rotate: (name) => `${name} is due for a turn`,
  date: (name, what) => `${name}: ${what}`,
  activate: (name, what) => `${name} ${what}`,
};

const plainDay = (day: string): string => day.replaceAll('-', '');

/** `20261122T080000Z`, the form of DATE-TIME in UTC. */
const stampOf = (timeMs: number): string =>
  new Date(timeMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');

const alarm = (days: number, summary: string): readonly string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(summary)}`,
  `TRIGGER:${days === 0 ? 'PT0S' : `-P${String(days)}D`}`,
  'END:VALARM',
];

const bodyOf = (due: Due, withNames: boolean): readonly string[] => {
  const summary = withNames ? named[due.why](due.held.body.name, due.what) : nameless[due.why];
  return [
    `DTSTART;VALUE=DATE:${plainDay(due.day)}`,
    `DTEND;VALUE=DATE:${plainDay(addDays(due.day, 1) ?? due.day)}`,
    `SUMMARY:${escapeText(summary)}`,
    'TRANSP:TRANSPARENT',
    'CLASS:PRIVATE',
    ...due.leadDays.slice(0, mostAlarms).flatMap((days) => alarm(days, summary)),
  ];
};

type Written = { readonly stamps: readonly string[]; readonly sequence: number; readonly body: string };

const stampNames = ['DTSTAMP:', 'LAST-MODIFIED:', 'SEQUENCE:'] as const;
const isStamp = (line: string): boolean => stampNames.some((name) => line.startsWith(name));

/** The events of a calendar written before, by their UID. */
const readEvents = (text: string | null): ReadonlyMap<string, Written> => {
  const found = new Map<string, Written>();
  let lines: string[] | null = null;
  for (const line of text !== null && isOwnCalendar(text) ? unfoldLines(text) : []) {
    if (line === 'BEGIN:VEVENT') lines = [];
    else if (line === 'END:VEVENT' && lines !== null) {
      const uid = lines.find((each) => each.startsWith('UID:')) ?? '';
      const stamps = lines.filter(isStamp);
      const sequence = Number(stamps.find((each) => each.startsWith('SEQUENCE:'))?.slice(9) ?? 0);
      const body = lines.filter((each) => each !== uid && !isStamp(each)).join('\n');
      if (Number.isSafeInteger(sequence) && stamps.length === stampNames.length)
        found.set(uid, { stamps, sequence, body });
      lines = null;
    } else lines?.push(line);
  }
  return found;
};

const eventOf = (
  due: Due,
  withNames: boolean,
  before: ReadonlyMap<string, Written>,
  nowMs: number,
): readonly string[] => {
  const uid = `UID:${due.id}@keyturn`;
  const body = bodyOf(due, withNames);
  const known = before.get(uid);
  const fresh = [
    `DTSTAMP:${stampOf(nowMs)}`,
    `LAST-MODIFIED:${stampOf(nowMs)}`,
    `SEQUENCE:${String(known === undefined ? 0 : known.sequence + 1)}`,
  ];
  const stamps = known !== undefined && known.body === body.join('\n') ? known.stamps : fresh;
  return ['BEGIN:VEVENT', uid, ...stamps, ...body, 'END:VEVENT'];
};

/** A calendar holds at least one component (§3.6): this one says nothing. */
const nothing = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
] as const;

export type Calendar = { readonly text: string; readonly entries: number };

/**
 * The calendar of a due list.
 * @param before the calendar that stands there, so that what did not change keeps its stamps; null for none
 * @param nowMs epoch milliseconds
 */
export const calendarOf = (
  due: readonly Due[],
  withNames: boolean,
  before: string | null,
  nowMs: number,
): Calendar => {
  const near = due.filter(({ inDays }) => inDays >= -daysBehind && inDays <= daysAhead);
  const known = readEvents(before);
  const events = near.flatMap((each) => eventOf(each, withNames, known, nowMs));
  const lines = [
    ...head,
    'CALSCALE:GREGORIAN',
    'X-WR-CALNAME:Keyturn',
    ...(near.length === 0 ? nothing : events),
    'END:VCALENDAR',
  ];
  return { text: lines.map(foldLine).join(''), entries: near.length };
};
