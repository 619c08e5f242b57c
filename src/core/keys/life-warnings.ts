// Warnings that come from a key's life: how it arrived, how long it lasts, how many there may be, and what is lost with it.
import type { ClassRule, Limit, ProviderDefinition } from '../providers/provider.ts';
import { daysLeft } from './calendar.ts';
import { addMonths, dayOf, expiryState, parseDay } from './expiry.ts';
import type { Warning, WarningContext, WarningPeer, WarningRule, WarningSubject } from './warning.ts';

/** The class that a provider's dates give a key, where they say anything. */
export const classFromDate = (
  definition: ProviderDefinition | undefined,
  createdOn: string | undefined,
): ClassRule | undefined => {
  const created = createdOn === undefined ? undefined : parseDay(createdOn);
  if (created === undefined) return undefined;
  return definition?.classRules.find((rule) => created < (parseDay(rule.createdBefore) ?? 0));
};

const restrictedByDate: WarningRule = ({ subject }) => {
  const rule = classFromDate(subject.definition, subject.createdOn);
  if (!rule || subject.classId === 'read-only') return [];
  const { classId = 'unknown' } = subject;
  const follows =
    classId === rule.classId || classId === 'unknown'
      ? `Keyturn takes this key for ${rule.classId} until you say otherwise.`
      : `This one is recorded as ${classId}.`;
  return [
    {
      code: 'class-from-date',
      severity: 'info',
      message: `${rule.message} ${follows}`,
      next: 'Ask the provider what this key may do, and record the answer.',
    },
  ];
};

const primaryFingerprint = (key: Pick<WarningPeer, 'fields'>): string | undefined =>
  key.fields.find((field) => field.secret)?.fingerprint;

/** Whether another key takes a place of the same limit. */
export const countsFor = (limit: Limit, subject: WarningSubject, peer: WarningPeer): boolean => {
  if (peer.provider !== subject.provider || peer.ended === true || peer.id === subject.id) return false;
  if (peer.account !== undefined && subject.account !== undefined && peer.account !== subject.account)
    return false;
  return limit.per !== 'environment' || peer.kind === subject.kind;
};

/** How many different keys count against a limit, this one included. */
export const countAgainst = (
  limit: Limit,
  { subject, peers }: Pick<WarningContext, 'subject' | 'peers'>,
): number => {
  const counted = [subject, ...peers.filter((peer) => countsFor(limit, subject, peer))];
  const values = new Set(counted.map((key, index) => primaryFingerprint(key) ?? `without value ${index}`));
  return values.size;
};

const quota: WarningRule = (context) =>
  (context.subject.definition?.limits ?? []).flatMap((limit): readonly Warning[] => {
    const count = countAgainst(limit, context);
    if (count < limit.max) return [];
    const name = context.subject.definition?.name ?? context.subject.provider;
    const typically = limit.approximate ? ' (typically)' : '';
    const over = count > limit.max;
    return [
      {
        code: over ? 'quota-exceeded' : 'quota-reached',
        severity: 'warning',
        message: over
          ? `With this one you keep ${count} keys of ${name}, and it allows ${limit.max} for each ${limit.per}${typically}.`
          : `${count} of ${limit.max} keys${typically} of ${name} for this ${limit.per} are taken: no slot is free for a rotation without a gap.`,
        next: 'Revoke a key that nobody uses, and remove it here.',
      },
    ];
  });

const expiryMissing = (definition: ProviderDefinition): Warning => ({
  code: 'expiry-missing',
  severity: 'warning',
  message: `Every key of ${definition.name} expires, and no date is recorded. The provider cannot be asked for it.`,
  next: 'Enter the date that was chosen when the key was created; the portal shows it.',
});

const expiryRule: WarningRule = ({ subject, nowMs }) => {
  const { definition, expiresOn } = subject;
  if (expiresOn !== undefined && parseDay(expiresOn) === undefined)
    return [
      {
        code: 'expiry-invalid',
        severity: 'warning',
        message: 'The expiry is no day of the calendar in the form YYYY-MM-DD.',
        next: 'Enter it again, for example as 2027-03-31.',
      },
    ];
  const rule = definition?.expiry;
  if (!definition || !rule) return [];
  if (rule.rule === 'none' && expiresOn !== undefined)
    return [
      {
        code: 'expiry-unexpected',
        severity: 'info',
        message: `Keys of ${definition.name} do not expire by themselves; the recorded date is your own.`,
        next: 'Keep it as a date to rotate by, or remove it.',
      },
    ];
  const required = rule.rule !== 'none' && rule.rule !== 'unknown' && rule.required;
  if (required && expiresOn === undefined) return [expiryMissing(definition)];
  if (rule.rule !== 'fixed-at-creation' || expiresOn === undefined || rule.maxMonths === undefined) return [];
  const latest = addMonths(subject.createdOn ?? dayOf(nowMs), rule.maxMonths);
  if (latest === undefined || expiresOn <= latest) return [];
  return [
    {
      code: 'expiry-too-far',
      severity: 'warning',
      message: `${definition.name} allows ${rule.maxMonths} months at most, and this date lies beyond.`,
      next: 'Compare the date with the portal.',
    },
  ];
};

const inDays = (days: number): string => (days <= 1 ? 'tomorrow' : `in ${days} days`);

/** The day has begun somewhere, but not yet where the person is. */
const ended = (day: string, nowMs: number): string =>
  (daysLeft(day, nowMs) ?? -1) >= 0
    ? `This key may have expired: ${day} has begun in the earliest time zone.`
    : `This key expired on ${day}.`;

const running: WarningRule = ({ subject, nowMs, leadDays }) => {
  const state = expiryState(subject.expiresOn, nowMs, leadDays);
  if (state !== 'expired' && state !== 'expiring') return [];
  const rule = subject.definition?.expiry;
  const next =
    rule?.rule === 'fixed-at-creation' ? rule.prolong : 'Rotate the key, or change its expiry in the portal.';
  if (state === 'expired')
    return [
      {
        code: 'expired',
        severity: 'danger',
        message: ended(subject.expiresOn ?? '', nowMs),
        next,
      },
    ];
  const left = inDays(daysLeft(subject.expiresOn, nowMs) ?? 0);
  const message = `This key expires ${left}, on ${subject.expiresOn ?? ''} at the earliest hour of that day anywhere.`;
  return [{ code: 'expires-soon', severity: 'warning', message, next }];
};

const channels: Readonly<Record<string, string>> = {
  mail: 'by mail',
  chat: 'by chat',
  ticket: 'in a ticket',
};

const exposedChannel: WarningRule = ({ subject }) => {
  const words = channels[subject.arrivedBy ?? ''];
  if (words === undefined) return [];
  return [
    {
      code: 'exposed-channel',
      severity: 'warning',
      message: `This key came ${words}, and copies of it remain there.`,
      next: 'Delete that message, and rotate the key as soon as you can.',
    },
  ];
};

const onlyCopy: WarningRule = ({ subject }) => {
  if (subject.id !== undefined || subject.definition?.reveal[subject.kind] !== 'once') return [];
  return [
    {
      code: 'only-copy',
      severity: 'info',
      message: `${subject.definition.name} shows this key only once: the vault now holds the only copy.`,
      next: 'Make a backup of the vault before you close the portal.',
    },
  ];
};

const loopback = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/i;

const plainHttp: WarningRule = ({ subject }) =>
  (subject.addresses ?? []).some((address) => /^http:\/\//i.test(address) && !loopback.test(address))
    ? [
        {
          code: 'plain-http',
          severity: 'danger',
          message: 'An address of this key begins with http: everybody on the way could read the key.',
          next: 'Use https.',
        },
      ]
    : [];

export const lifeWarnings: readonly WarningRule[] = [
  restrictedByDate,
  quota,
  expiryRule,
  running,
  exposedChannel,
  onlyCopy,
  plainHttp,
];
