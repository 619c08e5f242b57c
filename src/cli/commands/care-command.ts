// care: what a person wants watched about a key. Without options it shows it.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { parseDays } from '../duration.ts';
import { noteWarnings, oneOf } from '../facts.ts';
import { openNamedKey } from '../find.ts';
import { isoTime } from '../iso-time.ts';

type Care = CallOutput<'keys.readCare'>;
type Some = { -readonly [K in keyof CallInput<'keys.care'>['care']]: CallInput<'keys.care'>['care'][K] };
type Reader = (text: string, care: Care, nowMs: number) => Result<Some>;

const bad = (option: string, text: string, next: string): Result<never> =>
  fail('bad-input', `--${option} ${text} cannot be read.`, next, { field: `--${option}` });

const asProvided = 'policy';

const readLeads: Reader = (text) => {
  if (text === asProvided) return ok({ leadDays: null });
  if (text === 'none') return ok({ leadDays: [] });
  const days = text.split(',').map((part) => part.trim());
  return days.every((part) => /^\d{1,4}$/.test(part)) && days.length <= 20
    ? ok({ leadDays: days.map(Number) })
    : bad('lead-days', text, 'Write days before the date, such as 30,14,7, or none, or policy.');
};

const readAge: Reader = (text) => {
  if (text === asProvided) return ok({ rotateEveryDays: null });
  if (text === 'never') return ok({ rotateEveryDays: 0 });
  const days = parseDays(text, '--rotate-every');
  return days.ok ? ok({ rotateEveryDays: days.value }) : days;
};

const readYes =
  (option: string, some: (yes: boolean) => Some): Reader =>
  (text) => {
    const said = oneOf(option, text, ['yes', 'no'] as const);
    return said.ok ? ok(some(said.value === 'yes')) : said;
  };

const readWaiting: Reader = (text, care, nowMs) => {
  if (text === 'none') return ok({ waiting: null });
  const [who = '', ...rest] = text.split(':');
  const what = rest.join(':').trim();
  return who.trim() === '' || what === ''
    ? bad('waiting', text, 'Write "WHO: WHAT", such as "Circle support: enable the API", or none.')
    : ok({ waiting: { who: who.trim(), what, sinceMs: care.waiting?.sinceMs ?? nowMs } });
};

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

const readSnooze: Reader = (text, _care, nowMs) => {
  if (text === 'off') return ok({ snoozedUntilMs: null });
  if (dayForm.test(text)) {
    const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
    return ok({ snoozedUntilMs: new Date(year, month - 1, day).getTime() });
  }
  const days = parseDays(text, '--snooze');
  return days.ok ? ok({ snoozedUntilMs: nowMs + days.value * dayMs }) : days;
};

const readScheduled: Reader = (text) => {
  const said = oneOf('scheduled', text, ['as-provided', 'yes', 'no'] as const);
  return said.ok ? ok({ scheduled: said.value }) : said;
};

const readers: Readonly<Record<string, Reader>> = {
  'lead-days': readLeads,
  'rotate-every': readAge,
  'owner-left': readYes('owner-left', (ownerLeft) => ({ ownerLeft })),
  lost: readYes('lost', (lost) => ({ lost })),
  waiting: readWaiting,
  snooze: readSnooze,
  scheduled: readScheduled,
};

/** `LABEL=DAY` adds or moves, `LABEL=` takes away. */
const readDates = (words: readonly string[], care: Care): Result<Some> => {
  if (words.length === 0) return ok({});
  const dates = new Map(care.ownDates.map(({ label, day }) => [label, day]));
  for (const word of words) {
    const at = word.lastIndexOf('=');
    const [label, day] = [word.slice(0, at).trim(), word.slice(at + 1)];
    if (at < 1 || label === '' || (day !== '' && !dayForm.test(day)))
      return bad('own-date', word, 'Write LABEL=2027-03-31, or LABEL= to take it away.');
    if (day === '') dates.delete(label);
    else dates.set(label, day);
  }
  return ok({ ownDates: [...dates].map(([label, day]) => ({ label, day })) });
};

/** What the words change. @param care as it is now, for what is added to it */
export const changesFrom = (words: Context['words'], care: Care, nowMs: number): Result<Some> => {
  const parts: Some[] = [];
  for (const [name, read] of Object.entries(readers)) {
    const text = words.values.get(name);
    const part = text === undefined ? ok({}) : read(text, care, nowMs);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const dates = readDates(words.lists.get('own-date') ?? [], care);
  return dates.ok ? ok(Object.assign({}, ...parts, dates.value) as Some) : dates;
};

const careJson = (id: string, care: Care) => ({
  id,
  leadDays: care.leadDays,
  rotateEveryDays: care.rotateEveryDays,
  ownDates: care.ownDates,
  ownerLeft: care.ownerLeft,
  lost: care.lost,
  waiting:
    care.waiting === null
      ? null
      : { who: care.waiting.who, what: care.waiting.what, since: isoTime(care.waiting.sinceMs) },
  snoozedUntil: isoTime(care.snoozedUntilMs),
  scheduled: care.scheduled,
});

const line = (label: string, value: string): string => `${label.padEnd(14)}${value}`;

const ageWords = (days: number | null): string => {
  if (days === null) return 'as the policies have it';
  return days === 0 ? 'never' : `every ${String(days)} days`;
};

const careText = (care: Care): string =>
  [
    line(
      'lead days',
      care.leadDays === null ? 'as the policies have it' : care.leadDays.join(', ') || 'none',
    ),
    line('turn it', ageWords(care.rotateEveryDays)),
    ...care.ownDates.map(({ label, day }) => line('date', `${day} ${label}`)),
    ...(care.ownerLeft ? [line('owner', 'has left')] : []),
    ...(care.lost ? [line('value', 'is lost')] : []),
    ...(care.waiting === null ? [] : [line('waits for', `${care.waiting.who}: ${care.waiting.what}`)]),
    ...(care.snoozedUntilMs === null ? [] : [line('put off', `until ${isoTime(care.snoozedUntilMs) ?? ''}`)]),
    line('on its own', care.scheduled),
  ].join('\n');

export const careOptions = {
  env: 'list',
  'lead-days': 'value',
  'rotate-every': 'value',
  'own-date': 'list',
  'owner-left': 'value',
  lost: 'value',
  waiting: 'value',
  snooze: 'value',
  scheduled: 'value',
} as const;

export const care: Command = {
  summary:
    'what you want watched about a key: lead times, age, dates of your own, who left, whether it is lost, what it waits for',
  usage:
    'keyturn care NAME [--lead-days 30,14,7|none|policy] [--rotate-every DAYS|never|policy] [--own-date LABEL=DAY…] [--owner-left yes|no] [--lost yes|no] [--waiting "WHO: WHAT"|none] [--snooze DURATION|DAY|off] [--scheduled as-provided|yes|no]',
  options: careOptions,
  positionals: [1, 1],
  run: async (context) => {
    const named = await openNamedKey(context);
    if (!named.ok) return named;
    const { send, key } = named.value;
    const before = await send('keys.readCare', { id: key.id });
    if (!before.ok) return before;
    const changes = changesFrom(context.words, before.value, Date.now());
    if (!changes.ok) return changes;
    if (Object.keys(changes.value).length > 0) {
      const changed = await send('keys.care', { id: key.id, care: changes.value });
      if (!changed.ok) return changed;
      noteWarnings(context, changed.value.warnings);
    }
    const after = await send('keys.readCare', { id: key.id });
    return after.ok ? ok({ json: careJson(key.id, after.value), text: careText(after.value) }) : after;
  },
};
