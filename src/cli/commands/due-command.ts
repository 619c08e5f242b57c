// due: what expires, wants turning, has a date of one's own or waits; and the same as a calendar file.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput, Send } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { parseDays } from '../duration.ts';
import { findProject } from '../find.ts';
import { columns } from '../table.ts';
import { isoTime } from '../iso-time.ts';

type Entry = CallOutput<'due.list'>[number];

/** "today", "in 12 days", "3 days ago". */
export const inWords = (days: number): string => {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${String(days)} days` : `${String(-days)} days ago`;
};

const entryJson = (entry: Entry) => ({
  id: entry.keyId,
  name: entry.name,
  due: entry.due,
  why: entry.why,
  what: entry.what,
  inDays: entry.inDays,
  now: entry.now,
  provider: entry.provider,
  kind: entry.kind,
  snoozedUntil: isoTime(entry.snoozedUntilMs),
  turn: entry.turn ?? null,
});

const nothing = (within: number | undefined): string =>
  within === undefined ? 'Nothing is due.' : `Nothing is due within ${String(within)} days.`;

const listText = (entries: readonly Entry[], within: number | undefined): string =>
  entries.length === 0
    ? nothing(within)
    : columns(
        ['DUE', '', 'NAME', 'WHAT'],
        entries.map((entry) => {
          const until = isoTime(entry.snoozedUntilMs)?.slice(0, 10);
          const what = until === undefined ? entry.what : `${entry.what} (put off until ${until})`;
          return [entry.due, inWords(entry.inDays), entry.name, what];
        }),
      );

const filterFrom = async (
  context: Context,
  send: Send,
  within: number | undefined,
): Promise<Result<CallInput<'due.list'>>> => {
  const part = within === undefined ? {} : { withinDays: within };
  if (!context.words.values.has('project')) return ok(part);
  const project = await findProject(context, send, false);
  return project.ok ? ok({ ...part, projectId: project.value.id }) : project;
};

const writeCalendar = async (context: Context, send: Send): Promise<Result<undefined>> => {
  const file = context.words.values.get('ics');
  if (file === undefined) return ok(undefined);
  const { flags } = context.words;
  const written = await send('due.calendarPath', {
    path: resolve(file),
    withNames: flags.has('names'),
    keep: flags.has('keep'),
  });
  if (!written.ok) return written;
  const { file: path, entries } = written.value;
  const kept = flags.has('keep') ? ' It is kept up to date from now on.' : '';
  context.terminal.note(
    `Wrote ${String(entries)} ${entries === 1 ? 'date' : 'dates'} of the next twelve months to ${path}.${kept}`,
  );
  return ok(undefined);
};

const spanOf = (context: Context): Result<number | undefined> => {
  const { values, flags } = context.words;
  if (!values.has('ics') && (flags.has('names') || flags.has('keep')))
    return fail('bad-input', '--names and --keep are about a calendar.', 'Give --ics FILE with them.');
  const within = values.get('within');
  return within === undefined ? ok(undefined) : parseDays(within, '--within');
};

export const due: Command = {
  summary: 'what expires or wants turning; exit code 1 where something does',
  usage: 'keyturn due [--within DURATION] [--ics FILE [--names] [--keep]]',
  options: { within: 'value', ics: 'value', names: 'flag', keep: 'flag' },
  positionals: [0, 0],
  run: async (context) => {
    const within = spanOf(context);
    if (!within.ok) return within;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const filter = await filterFrom(context, send, within.value);
    if (!filter.ok) return filter;
    const entries = await send('due.list', filter.value);
    if (!entries.ok) return entries;
    const written = await writeCalendar(context, send);
    if (!written.ok) return written;
    return ok({
      json: entries.value.map(entryJson),
      text: listText(entries.value, within.value),
      // What a person has put off is no reason for a script to stop.
      code: entries.value.some(({ snoozedUntilMs }) => snoozedUntilMs === null) ? 1 : 0,
    });
  },
};
