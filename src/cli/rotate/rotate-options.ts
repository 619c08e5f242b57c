// The words of `keyturn rotate` as what the agent takes.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, Send } from '../../contract/contract.ts';
import type { Context } from '../command.ts';
import { parseSpanMs } from '../duration.ts';
import { findKey } from '../find.ts';

export const rotateOptions = {
  env: 'list',
  grace: 'value',
  resume: 'flag',
  list: 'flag',
  plan: 'flag',
  local: 'flag',
  undo: 'flag',
  'give-up': 'flag',
  task: 'value',
  open: 'flag',
  'value-stdin': 'flag',
  field: 'list',
  way: 'value',
  manager: 'value',
  input: 'list',
  old: 'value',
  'remove-first': 'value',
  expires: 'value',
  leak: 'flag',
  found: 'value',
  'revoke-first': 'flag',
  unattended: 'value',
  hours: 'value',
  'before-expiry': 'value',
} as const;

export type Chosen = { -readonly [K in keyof CallInput<'rotation.start'>]: CallInput<'rotation.start'>[K] };

const bad = (option: string, text: string, next: string): Result<never> =>
  fail('bad-input', `--${option} ${text} cannot be read.`, next, { field: `--${option}` });

export const readInputs = (context: Context): Result<Record<string, string> | undefined> => {
  const words = context.words.lists.get('input');
  if (words === undefined) return ok(undefined);
  const inputs: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) return bad('input', word, 'Write NAME=VALUE, such as userId=1234; --plan shows the names.');
    inputs[word.slice(0, at)] = word.slice(at + 1);
  }
  return ok(inputs);
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

const readExpiry = (text: string | undefined): Result<string | null | undefined> => {
  if (text === undefined || isDay(text)) return ok(text);
  return text === 'none' ? ok(null) : bad('expires', text, 'Write it like 2027-11-22, or none.');
};

const readFound = (context: Context): Result<number | undefined> => {
  const text = context.words.values.get('found');
  if (text === undefined) return ok(undefined);
  const atMs = Date.parse(text);
  return Number.isFinite(atMs) && atMs >= 0
    ? ok(atMs)
    : bad('found', text, 'Write the time like 2026-11-22T14:30.');
};

const readGrace = (context: Context): Result<number | undefined> => {
  const text = context.words.values.get('grace');
  return text === undefined ? ok(undefined) : parseSpanMs(text, '--grace');
};

/** The key of the vault that `--manager` names. */
export const readManager = async (context: Context, send: Send): Promise<Result<string | undefined>> => {
  const name = context.words.values.get('manager');
  if (name === undefined) return ok(undefined);
  const elsewhere: Context = { ...context, words: { ...context.words, lists: new Map() } };
  const found = await findKey(elsewhere, send, name);
  return found.ok ? ok(found.value.id) : found;
};

const definedOnly = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

/** What was chosen for a turn of this key. */
export const readChoice = async (context: Context, send: Send, keyId: string): Promise<Result<Chosen>> => {
  const { values, flags } = context.words;
  const [grace, inputs, found, expiresOn] = [
    readGrace(context),
    readInputs(context),
    readFound(context),
    readExpiry(values.get('expires')),
  ];
  if (!grace.ok) return grace;
  if (!inputs.ok) return inputs;
  if (!found.ok) return found;
  if (!expiresOn.ok) return expiresOn;
  const manager = await readManager(context, send);
  if (!manager.ok) return manager;
  const isLeak = flags.has('leak') || found.value !== undefined;
  return ok(
    definedOnly({
      keyId,
      way: values.get('way'),
      order: flags.has('revoke-first') ? ('revoke-first' as const) : undefined,
      graceMs: grace.value,
      managerKeyId: manager.value,
      inputs: inputs.value,
      oldRemoteId: values.get('old'),
      expiresOn: expiresOn.value,
      reason: isLeak ? ('leak' as const) : undefined,
      foundAtMs: isLeak ? (found.value ?? Date.now()) : undefined,
      removeFirst: values.get('remove-first'),
    }) as Chosen,
  );
};

const readHours = (text: string): Result<{ from: number; to: number } | null> => {
  if (text === 'any') return ok(null);
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && from <= 23 && to >= 1 && to <= 24
    ? ok({ from, to })
    : bad('hours', text, 'Write hours of the day like 9-17, or any.');
};

type Care = CallInput<'rotation.setCare'>;

const readDays = (text: string): Result<number | null> => {
  if (text === 'never') return ok(null);
  return /^\d{1,3}$/.test(text) && Number(text) <= 366
    ? ok(Number(text))
    : bad('before-expiry', text, 'Write a number of days, or never.');
};

/** Whether the words set how a key is turned, and turn nothing now. */
export const setsCare = ({ words }: Context): boolean =>
  ['unattended', 'hours', 'before-expiry'].some((name) => words.values.has(name));

/** The key's care with what the words change. */
export const readCare = async (context: Context, send: Send, before: Care): Promise<Result<Care>> => {
  const { values } = context.words;
  const [unattended, hours, days] = [
    values.get('unattended'),
    values.get('hours'),
    values.get('before-expiry'),
  ];
  if (unattended !== undefined && unattended !== 'on' && unattended !== 'off')
    return bad('unattended', unattended, 'Write on or off.');
  const readHoursOf = hours === undefined ? ok(before.hours) : readHours(hours);
  if (!readHoursOf.ok) return readHoursOf;
  const beforeExpiryDays = days === undefined ? ok(before.beforeExpiryDays) : readDays(days);
  if (!beforeExpiryDays.ok) return beforeExpiryDays;
  const [grace, inputs, manager] = [
    readGrace(context),
    readInputs(context),
    await readManager(context, send),
  ];
  if (!grace.ok) return grace;
  if (!inputs.ok) return inputs;
  if (!manager.ok) return manager;
  return ok({
    ...before,
    way: values.get('way') ?? before.way,
    managerKeyId: manager.value ?? before.managerKeyId,
    inputs: inputs.value ?? before.inputs,
    graceMs: grace.value ?? before.graceMs,
    unattended: unattended === undefined ? before.unattended : unattended === 'on',
    hours: readHoursOf.value,
    beforeExpiryDays: beforeExpiryDays.value,
  });
};
