// Warnings that come from where a key is used and by whom: its environment, its IP allowlist, the third parties that hold it.
import { findConsumer, type ConsumerDefinition } from '../providers/consumers.ts';
import type { KeyClass } from '../providers/provider.ts';
import { environmentRoleOf } from './environment-role.ts';
import type { Warning, WarningRule, WarningSubject } from './warning.ts';

const liveOutsideProduction: WarningRule = ({ subject }) => {
  const others = subject.environments.filter(
    (entry) => environmentRoleOf(entry.name, entry.kind) !== 'production',
  );
  if (subject.kind !== 'live' || others.length === 0) return [];
  const money = subject.definition?.movesMoney.value === true;
  return [
    {
      code: 'live-outside-production',
      severity: money ? 'danger' : 'warning',
      message: `This is a live key, and ${others.map((entry) => entry.name).join(', ')} is no production environment.`,
      next: 'Use a test key there. If the environment is production under another name, keep it as it is.',
    },
  ];
};

const testInProduction: WarningRule = ({ subject }) => {
  const places = subject.environments.filter(
    (entry) => environmentRoleOf(entry.name, entry.kind) === 'production',
  );
  if (subject.kind !== 'test' || places.length === 0) return [];
  return [
    {
      code: 'test-in-production',
      severity: 'warning',
      message: `This is a test key, and ${places.map((entry) => entry.name).join(', ')} is a production environment.`,
      next: 'Create a live key for production, or move this one to another environment.',
    },
  ];
};

const knownConsumers = (subject: WarningSubject): readonly ConsumerDefinition[] =>
  subject.consumers.flatMap((name) => findConsumer(name) ?? []);

const emptyAllowlist: WarningRule = ({ subject }) => {
  const rule = subject.definition?.ipAllowlist;
  if (!rule?.supported || !rule.warnWhenEmpty.includes(subject.kind)) return [];
  const entries = subject.ipAllowlist;
  if (entries !== undefined && entries.length > 0) return [];
  const reason =
    knownConsumers(subject).find((entry) => entry.emptyAllowlistReason !== undefined)?.emptyAllowlistReason ??
    subject.allowlistException;
  if (reason !== undefined)
    return [
      {
        code: 'empty-ip-allowlist-expected',
        severity: 'info',
        message: `The IP allowlist stays empty: ${reason}`,
        next: 'Nothing to do. The exception stands in the audit trail.',
      },
    ];
  return [
    {
      code: 'empty-ip-allowlist',
      severity: entries === undefined ? 'info' : 'warning',
      message:
        entries === undefined
          ? 'No IP allowlist is recorded for this live key.'
          : 'This live key has an empty IP allowlist: it works from anywhere.',
      next: 'Enter the addresses of your servers in the portal and here. The allowlist can be changed without a new key.',
    },
  ];
};

const blockedConsumer: WarningRule = ({ subject }) => {
  if ((subject.ipAllowlist ?? []).length === 0) return [];
  return knownConsumers(subject)
    .filter((consumer) => consumer.emptyAllowlistReason !== undefined)
    .map((consumer) => ({
      code: 'allowlist-blocks-consumer',
      severity: 'warning',
      message: `${consumer.name} cannot use a key with an IP allowlist. ${consumer.emptyAllowlistReason}`,
      next: `Give ${consumer.name} a read-only key of its own with an empty allowlist.`,
    }));
};

const accessOf = (subject: WarningSubject): KeyClass['access'] =>
  subject.definition?.classes.find((entry) => entry.id === subject.classId)?.access ??
  (subject.classId === 'read-only' ? 'read-only' : 'unknown');

const consumerAccess = (subject: WarningSubject, name: string): readonly Warning[] => {
  const consumer = findConsumer(name);
  const shown = consumer?.name ?? name;
  const access = accessOf(subject);
  if (access === 'read-only' || consumer?.access === 'any') return [];
  const severity = subject.definition?.movesMoney.value ? 'danger' : 'warning';
  const next =
    consumer?.beforehand[1] ?? `Ask the provider for a read-only key and give that one to ${shown} instead.`;
  if (access === 'unknown')
    return [
      {
        code: 'unknown-access-for-consumer',
        severity,
        message: `${shown} holds this key, and what it may do is not known. Keyturn treats it as one that may read and write.`,
        next,
      },
    ];
  return [
    {
      code: 'too-much-access-for-consumer',
      severity,
      message: `${shown} holds this key, and it may do more than read.`,
      next,
    },
  ];
};

const tooMuchAccess: WarningRule = ({ subject }) =>
  subject.consumers.flatMap((name) => consumerAccess(subject, name));

const wrongProvider: WarningRule = ({ subject }) =>
  knownConsumers(subject)
    .filter((consumer) => !consumer.takes.includes(subject.provider))
    .map((consumer) => ({
      code: 'wrong-provider-for-consumer',
      severity: 'warning',
      message: `${consumer.name} takes no keys of ${subject.definition?.name ?? subject.provider}.`,
      next: 'Check which key was handed over.',
    }));

export const placeWarnings: readonly WarningRule[] = [
  liveOutsideProduction,
  testInProduction,
  emptyAllowlist,
  blockedConsumer,
  tooMuchAccess,
  wrongProvider,
];
