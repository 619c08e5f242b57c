// What a warning is, and what the warnings look at. Codes are a promise: `warnings:[{code,message}]` of the command line;
// add to them freely, change none. Nothing here holds a value: equality is told by keyed fingerprints.
import type { EnvironmentKind } from '../model/environment.ts';
import type { KeyKind } from '../providers/format.ts';
import type { Malformed } from '../providers/malformed.ts';
import type { ProviderDefinition } from '../providers/provider.ts';

export const warningCodes = [
  'same-value',
  'one-value-two-environments',
  'live-outside-production',
  'test-in-production',
  'malformed-value',
  'placeholder-value',
  'published-sample',
  'other-provider',
  'near-name-provider',
  'missing-field',
  'empty-ip-allowlist',
  'empty-ip-allowlist-expected',
  'allowlist-blocks-consumer',
  'too-much-access-for-consumer',
  'unknown-access-for-consumer',
  'wrong-provider-for-consumer',
  'class-from-date',
  'quota-reached',
  'quota-exceeded',
  'expiry-missing',
  'expiry-invalid',
  'expiry-too-far',
  'expiry-unexpected',
  'expires-soon',
  'expired',
  'exposed-channel',
  'only-copy',
  'plain-http',
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** `danger`: money or data may be lost. `warning`: likely a mistake. `info`: worth knowing. */
export type WarningSeverity = 'info' | 'warning' | 'danger';

export type Warning = {
  readonly code: WarningCode;
  readonly severity: WarningSeverity;
  /** What is the matter, in plain words. Holds names, never values. */
  readonly message: string;
  /** What to do about it. */
  readonly next: string;
  readonly field?: string;
  /** Ids of other keys concerned. */
  readonly keyIds?: readonly string[];
};

export type WarningField = {
  readonly name: string;
  readonly secret: boolean;
  /** Keyed fingerprint of the value; undefined where there is none. */
  readonly fingerprint: string | undefined;
  readonly malformed?: readonly Malformed[];
};

export type WarningEnvironment = {
  readonly id: string;
  readonly name: string;
  /** What it is for, where the vault knows; else, and for an own one, its name decides. */
  readonly kind?: EnvironmentKind;
};

/** Any other key of the vault. */
export type WarningPeer = {
  readonly id: string;
  readonly name: string;
  /** Provider id. */
  readonly provider: string;
  readonly kind: KeyKind;
  /** Account or organisation at the provider, where recorded. */
  readonly account?: string | undefined;
  readonly environments: readonly WarningEnvironment[];
  readonly fields: readonly WarningField[];
  /** Revoked and deleted keys count for no quota. */
  readonly ended?: boolean;
};

export type ArrivalChannel = 'created' | 'portal' | 'mail' | 'chat' | 'ticket' | 'file' | 'unknown';

/** The key that is being added, edited or listed. */
export type WarningSubject = Omit<WarningPeer, 'id'> & {
  /** Undefined while it is being added. */
  readonly id: string | undefined;
  /** Undefined for an unknown provider. */
  readonly definition: ProviderDefinition | undefined;
  readonly classId?: string | undefined;
  /** YYYY-MM-DD. */
  readonly createdOn?: string | undefined;
  readonly expiresOn?: string | undefined;
  /** Undefined where nothing was recorded; empty where it is known to be empty. */
  readonly ipAllowlist?: readonly string[] | undefined;
  /** A recorded reason for an empty allowlist. */
  readonly allowlistException?: string | undefined;
  /** Names of third parties that the key was handed to. */
  readonly consumers: readonly string[];
  readonly arrivedBy?: ArrivalChannel;
  /** Addresses that were recorded with the key, such as a base URL. */
  readonly addresses?: readonly string[];
  /** Names of environment variables, for hints at another provider. */
  readonly variables?: readonly string[];
  /** Id of the provider that the value was recognised as, where it is not the chosen one. */
  readonly recognisedAs?: string;
  readonly publishedSample?: boolean;
};

export type WarningContext = {
  readonly subject: WarningSubject;
  readonly peers: readonly WarningPeer[];
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** From how many days before its end a key expires soon. */
  readonly leadDays: number;
};

export type WarningRule = (context: WarningContext) => readonly Warning[];
