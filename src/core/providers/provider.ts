// What one provider file may say. Plain data without functions, so that a definition can also arrive as JSON (an update
// file, a person's own provider) and can do no more than a built-in one. Keys of the format live in format.ts.
import type { AuthScheme, CheckFacts } from './asking.ts';
import type { KeyFormat, KeyKind } from './format.ts';
import type { RotationFacts } from './rotating.ts';

/** Where something was read, and the day it was last looked at (YYYY-MM-DD). Shown, and called old after a time. */
export type Fact = {
  readonly id: string;
  readonly text: string;
  /** A document's address, or a short name such as "Circle help page (seed 0)". */
  readonly source: string;
  readonly verifiedOn: string;
  /** True where a source contradicts another, or nothing official says it. */
  readonly uncertain?: boolean;
};

/** One value of a key. A key of one value has the single field `secret`. */
export type FieldDefinition = {
  /** The provider's own parameter name; a promise of `show --json`. */
  readonly name: string;
  readonly label: string;
  /** Default environment variable. */
  readonly variable: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly help?: string;
  /** Names that stand before the value in code, headers and forms, matched without regard to case and `-`/`_`. */
  readonly labels: readonly string[];
  /** What a value without a key format looks like, where that is known. */
  readonly shape?: 'uuid' | 'text';
  /**
   * Only keys of these formats have the field; every key where absent. A Bedrock key of AWS has no access key id, a personal token
   * of Supabase no project.
   */
  readonly formats?: readonly string[];
  /** Stands in for an empty value wherever a request names the field: a server's port. Never stored. No secret. */
  readonly usual?: string;
};

/** A page of the provider where keys are managed, for one of its environments. */
export type Portal = {
  readonly environment: string;
  readonly kinds: readonly KeyKind[];
  readonly url: string;
  /** The way through the menus once there. */
  readonly path: string;
};

/** Where requests of an environment go. https only. */
export type ApiBase = {
  readonly environment: string;
  readonly kinds: readonly KeyKind[];
  readonly url: string;
};

export type Limit = {
  readonly max: number;
  readonly per: 'environment' | 'account' | 'organisation' | 'user' | 'project';
  /** True where the provider says "typically" or the number was only observed. */
  readonly approximate: boolean;
};

export type ExpiryRule =
  | { readonly rule: 'none' }
  | {
      readonly rule: 'fixed-at-creation';
      readonly required: boolean;
      readonly defaultMonths?: number;
      readonly maxMonths?: number;
      /** What to do in place of prolonging. */
      readonly prolong: string;
    }
  | { readonly rule: 'editable'; readonly required: boolean }
  | { readonly rule: 'unknown' };

/** A level of access that the provider distinguishes. */
export type KeyClass = {
  readonly id: string;
  readonly label: string;
  readonly access: 'full' | 'limited' | 'read-only' | 'unknown';
};

/** Derives a class from a date. `createdBefore` is exclusive, YYYY-MM-DD. */
export type ClassRule = {
  readonly createdBefore: string;
  readonly classId: string;
  readonly message: string;
};

/** What the provider lets a person do again: `once` means that the vault holds the only copy. */
export type RevealRule = 'once' | 'again' | 'unknown';

/** Says when an empty IP allowlist deserves a warning. */
export type IpAllowlistRule = { readonly supported: boolean; readonly warnWhenEmpty: readonly KeyKind[] };

export type NearName = { readonly name: string; readonly domain: string; readonly difference: string };

/** A state between "issued" and "works", and who must do what. */
export type LifecycleNote = {
  readonly state: 'issued-not-activated' | 'revoked' | 'deleted' | 'owner-left' | 'blocked';
  readonly text: string;
  readonly who: string;
};

/** What a person configures once per provider (`provider configure ID --set name=value`): a region, a shop, a registry. No secret. */
export type SettingDefinition = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** Used where nothing is configured; without it a check that needs the setting cannot be asked. */
  readonly usual?: string;
  /** Nothing else is taken, where given: a setting that is part of a host would else send the key anywhere. */
  readonly choices?: readonly string[];
};

export type ProviderDefinition = {
  /** kebab-case, as in reference data; a promise of the command line. */
  readonly id: string;
  readonly name: string;
  /** Shown in the picker beside the name, since names differ by a letter or two. */
  readonly domain: string;
  readonly category: 'saas' | 'server' | 'internal';
  readonly otherNames: readonly string[];
  readonly nearNames: readonly NearName[];
  readonly formats: readonly KeyFormat[];
  readonly fields: readonly FieldDefinition[];
  /** Variable names that hint at this provider: whole names, or beginnings that end in `*`. */
  readonly envNames: readonly string[];
  /** Hosts whose mention near a value hints at this provider. */
  readonly hosts: readonly string[];
  readonly portals: readonly Portal[];
  readonly apiBases: readonly ApiBase[];
  readonly settings: readonly SettingDefinition[];
  /** True where a self-hosted installation has its own addresses. */
  readonly selfHosted: boolean;
  readonly auth: AuthScheme;
  readonly managedBy: { readonly create: string; readonly revoke: string };
  readonly limits: readonly Limit[];
  readonly requestLimit?: string;
  readonly quotaPools: Readonly<Partial<Record<KeyKind, string>>>;
  readonly reveal: Readonly<Record<KeyKind, RevealRule>>;
  /** What can be changed at the provider without a new secret. */
  readonly editable: readonly string[];
  readonly expiry: ExpiryRule;
  readonly classes: readonly KeyClass[];
  readonly classRules: readonly ClassRule[];
  readonly ipAllowlist: IpAllowlistRule;
  /** What a thief could do: moves money or spends credits. */
  readonly movesMoney: { readonly value: boolean; readonly why: string };
  readonly lifecycle: readonly LifecycleNote[];
  readonly check: CheckFacts;
  readonly rotation: RotationFacts;
  /** 64-bit fingerprints (fingerprint.ts) of values that the provider's own documentation publishes. */
  readonly publishedSamples: readonly string[];
  readonly facts: readonly Fact[];
};
