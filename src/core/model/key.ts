// A key as it is stored: everything but the secret values. Which facts there are follows
// shared/reference/seed-requirements.md §5.0. Dates of providers are days (YYYY-MM-DD); our own times are epoch ms.
import type { RecordId } from './ids.ts';

export const keyKinds = ['live', 'test', 'unknown'] as const;
export type KeyKind = (typeof keyKinds)[number];

export const keyClasses = ['standard', 'restricted', 'read-only', 'unknown'] as const;
export type KeyClass = (typeof keyClasses)[number];

export const revealabilities = ['once', 'again', 'unknown'] as const;
/** Whether the provider's portal shows the value again: `once` makes the vault the only copy. */
export type Revealability = (typeof revealabilities)[number];

export const arrivals = ['created', 'portal', 'file', 'mail', 'chat', 'unknown'] as const;
/** The way by which a value reached its holder; mail and chat count as exposed. */
export type Arrival = (typeof arrivals)[number];

/** `not-checked` is ours: nobody has asked yet. The others are the promise of shared/cli.md. */
export const keyStates = [
  'valid',
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'expired',
  'unreachable',
  'not-checkable',
  'not-checked',
] as const;
export type KeyState = (typeof keyStates)[number];

/** One named part of a key. Secret parts have no value here: it lies in the version's secret record. */
export type KeyField = {
  /** Name as in shared/cli.md: `secret`, `teamId`, `accessKeyId`, … */
  readonly name: string;
  /** Environment variable under which it is exported; null keeps it out of exports. */
  readonly variable: string | null;
  readonly secret: boolean;
  /** The value of a part that is no secret (a team id, a key's name), else null. */
  readonly value: string | null;
  /** What may be shown of it in a list. */
  readonly masked: string;
};

/** One value that a key has or had. The version's id is the id of its secret record. */
export type KeyVersion = {
  readonly id: RecordId;
  /** 1 is the first. */
  readonly number: number;
  readonly addedAtMs: number;
  readonly addedBy: string;
  readonly replacedAtMs: number | null;
  readonly fields: readonly KeyField[];
  /** Keyed fingerprint of each secret field, by field name: tells equal values apart without opening them. */
  readonly fingerprints: Readonly<Record<string, string>>;
};

/** Somebody who was handed the key: a third party, a colleague, a machine. */
export type Consumer = {
  readonly name: string;
  readonly purpose: string;
  /** YYYY-MM-DD */
  readonly handedOn: string;
  /** Why a rule was set aside for this hand-over, if one was. */
  readonly exception: string | null;
};

/** Facts a person or a provider file knows about a key; all editable, none secret. */
export type KeyFacts = {
  readonly name: string;
  /** The name under which the provider's portal lists it. */
  readonly portalName: string;
  readonly provider: string | null;
  readonly kind: KeyKind;
  readonly class: KeyClass;
  readonly account: string;
  readonly organisation: string;
  readonly team: string;
  readonly owner: string;
  readonly ipAllowlist: readonly string[];
  readonly roles: readonly string[];
  /** YYYY-MM-DD, or null where unknown. */
  readonly createdOn: string | null;
  /** YYYY-MM-DD, or null where it does not expire or is unknown. */
  readonly expiresOn: string | null;
  /** The provider does not let the expiry be changed after creation. */
  readonly expiryFixed: boolean;
  readonly revealable: Revealability;
  readonly movesMoney: boolean;
  readonly quotaPool: string;
  readonly auditEmail: string;
  readonly portalUrl: string;
  readonly arrival: Arrival;
  readonly notes: string;
  readonly tags: readonly string[];
};

export type StoredKey = KeyFacts & {
  readonly type: 'key';
  readonly projectId: RecordId;
  readonly environmentIds: readonly RecordId[];
  readonly consumers: readonly Consumer[];
  /** Oldest first; the last one is current. */
  readonly versions: readonly KeyVersion[];
  /** Set on a removed key: it stays as a tombstone until a person empties the bin. */
  readonly removedAtMs: number | null;
  readonly addedAtMs: number;
  readonly changedAtMs: number;
};
