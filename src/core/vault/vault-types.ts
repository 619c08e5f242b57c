// What the rest of the product may know of a vault: records, changes, the open vault. No byte layout and no SQL here:
// those are docs/vault-format-v1.md and the files beside this one.
import type { JsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import type { SecretBytes } from '../model/secret-bytes.ts';
import type { Aead, Clock, Files, Kdf, Random, Store } from '../ports.ts';

/** 16 random bytes as 32 lower-case hexadecimal digits. Says nothing about when or in which order it was made. */
export type RecordId = string;

export type MetaRecord = {
  readonly id: RecordId;
  /** 1 when first written, one more with each change. */
  readonly revision: number;
  readonly body: JsonObject;
};

/**
 * One change of a commit. `expected` is the record's revision now, 0 where it must not exist yet; anything else fails the
 * whole commit with `conflict`. Bytes and bodies are borrowed: the caller goes on owning them and wipes them.
 */
export type Change =
  | {
      readonly op: 'put';
      readonly table: 'meta';
      readonly id: RecordId;
      readonly body: JsonObject;
      readonly expected: number;
    }
  | {
      readonly op: 'put';
      readonly table: 'secret';
      readonly id: RecordId;
      readonly bytes: SecretBytes;
      readonly expected: number;
    }
  | {
      readonly op: 'delete';
      readonly table: RecordTable;
      readonly id: RecordId;
      readonly expected: number;
    };

export type RecordTable = 'meta' | 'secret';

export type AuditInput = {
  readonly event: string;
  readonly keyId?: string;
  /** Who did it, in words: `app`, `cli`, a user name. */
  readonly by: string;
  /** Facts worth keeping. Never a secret. */
  readonly detail?: JsonObject;
};

/** A sealed line of the audit trail, opened. `event` is `unreadable` where the line is damaged. */
export type AuditEntry = AuditInput & {
  /** 1 for the oldest. */
  readonly sequence: number;
  /** Milliseconds since the Unix epoch, by the clock of the machine that wrote it. */
  readonly atMs: number;
};

export type Damage = { readonly table: string; readonly id: string; readonly reason: string };

export type AuditVerdict = { readonly ok: boolean; readonly entries: number; readonly firstBroken?: number };

export type Credential =
  | { readonly password: SecretBytes }
  | { readonly recoveryCode: SecretBytes }
  | { readonly keychainSecret: SecretBytes };

/** The vault's own view of the ports. */
export type VaultPorts = {
  readonly random: Random;
  readonly clock: Clock;
  readonly kdf: Kdf;
  readonly aead: Aead;
  readonly files: Files;
  readonly store: Store;
};

/** What is in a copy of a vault. */
export type CopyView = {
  readonly vaultId: string;
  readonly counter: number;
  readonly keys: number;
  readonly records: ReadonlyMap<RecordId, MetaRecord>;
  /** Time of its last audit line, by the clock of the machine that wrote it. */
  readonly lastChangeMs: number | null;
};

/** A vault whose key is in memory. All calls but the ones returning promises are synchronous and short. */
export type OpenVault = {
  /** 32 hexadecimal digits; the same in every backup of this vault. */
  readonly vaultId: string;
  readonly path: string;
  /** Number of commits so far. An older number than one seen before means that the whole file was put back. */
  counter(): number;
  newId(): RecordId;
  /** Opened metadata, a live view: it changes with commit() and refresh(). */
  records(): ReadonlyMap<RecordId, MetaRecord>;
  /** Revision of a secret now, 0 where there is none. Opens nothing. */
  secretRevision(id: RecordId): number;
  /** Opens one secret. The caller owns and wipes it. `not-found`, `damaged`. */
  readSecret(id: RecordId): Result<SecretBytes>;
  /** All changes and audit lines in one transaction, or none. `conflict`, `busy`, `io`, `damaged`, `locked`. */
  commit(changes: readonly Change[], audit: readonly AuditInput[]): Result<{ readonly counter: number }>;
  /** Picks up what another process committed. Cheap when nothing was. */
  refresh(): Result<{ readonly changed: boolean }>;
  /** Keyed BLAKE2b (32 hexadecimal digits): equal for equal bytes within this vault, useless outside it. */
  fingerprint(bytes: Uint8Array): string;
  /**
   * A key of its own for one use in finding pasted keys: 32 bytes, the same at every unlock until the vault key is replaced. The caller wipes it.
   */
  leakKey(use: LeakKeyUse): Uint8Array;
  /** What was found not to be as written, at opening and since. Everything else stays readable. */
  damage(): readonly Damage[];
  /** After a person has seen {@link damage}: takes the present rows as the truth, so that writing is possible again. Deletes nothing. */
  acceptDamage(by: string): Result<{ readonly accepted: number }>;
  /** Newest first, starting below sequence `before`. */
  auditEntries(options: { readonly before?: number; readonly limit: number }): Result<readonly AuditEntry[]>;
  verifyAudit(): Result<AuditVerdict>;
  /** Wraps the vault key anew and touches nothing else. `wrong-password`. Passwords are borrowed. */
  changePassword(current: SecretBytes, next: SecretBytes, by?: string): Promise<Result<undefined>>;
  /** Sets a new password without the old one; only a vault that was opened with the recovery code lets that happen. `refused`. */
  resetPassword(next: SecretBytes, by?: string): Promise<Result<undefined>>;
  /** Makes a new recovery code; the old one stops working. Text to show once, grouped; the caller wipes it. */
  newRecoveryCode(by?: string): Promise<Result<SecretBytes>>;
  /**
   * Seals every record anew under a fresh vault key, and gives a new recovery code; password and code that opened it before the change of
   * key open only older copies. Writes in one transaction at the end. `wrong-password`, `cancelled`, `damaged`, `busy`, `io`, `locked`.
   */
  replaceKey(work: ReplaceKey): Promise<Result<SecretBytes>>;
  /** What to remember outside the file, so that an older copy of it is noticed: sealed, tells nothing. Null while nothing can be proven. */
  anchor(): Uint8Array | null;
  compareAnchor(bytes: Uint8Array): AnchorVerdict;
  /** Writes one encrypted file, reads every record of it back, never overwrites. `keys` counts meta records of type `key`. */
  backupTo(path: string, by?: string): Promise<Result<{ readonly keys: number; readonly bytes: number }>>;
  /**
   * Copies the file byte for byte, with its log, to a new name: what can be kept of a vault of which no backup can be proven because part of it
   * is damaged. Nothing is read back. `already-exists`, `io`.
   */
  copyAsItIs(path: string): Result<undefined>;
  /**
   * Makes the way in that the system's keychain holds, in place of the one before: 32 random bytes, which the caller hands over and
   * wipes. A line is written only where `isNew`. Changing the password does not remove it; replacing the vault key does.
   */
  makeKeychainSlot(by: string, isNew: boolean): Result<SecretBytes>;
  /** Removes it. False where there was none. */
  removeKeychainSlot(by: string): Result<boolean>;
  /** 16 hexadecimal digits, keyed: equal as long as no record is added, changed or removed. Audit lines do not count. */
  contentMark(): string;
  /** Looks into a copy of this vault with the key that is in memory. `wrong-password` where that key does not open it. */
  readCopy(path: string): Promise<Result<CopyView>>;
  /** Wipes all keys. Every later call fails with `locked` or throws. May be called again. */
  close(): void;
};

/** `guard`: the lasting tables. `index`: the sealed index of what was read. `values`: telling unknown values apart. */
export type LeakKeyUse = 'guard' | 'index' | 'values';

/** What a replacement of the vault key needs to know. */
export type ReplaceKey = {
  /** Asked for again; borrowed. */
  readonly password: SecretBytes;
  readonly by: string;
  /** A record's body as it must read under the new key: fingerprints are keyed. Returns the same object where nothing changes. */
  readonly rewrite: (
    body: JsonObject,
    look: {
      readonly readSecret: (id: RecordId) => Result<SecretBytes>;
      readonly fingerprint: (bytes: Uint8Array) => string;
    },
  ) => JsonObject;
  /** Progress, between two portions. Resolves to false to stop. */
  readonly step: (done: number, total: number) => Promise<boolean>;
};

/**
 * `older`: commits that were seen are missing. `other`: the file went another way since. `foreign`: the note was not made under this
 * file's key, so the file is from before the key was replaced, or the note was changed.
 */
export type AnchorVerdict =
  { readonly state: 'newest' | 'other' | 'foreign' } | { readonly state: 'older'; readonly missing: number };

export type VaultState =
  | 'missing' // nothing there
  | 'ready'
  | 'older' // an earlier format: opened after a backup and a migration
  | 'newer' // a later Keyturn wrote it
  | 'not-a-vault' // something else stands there
  | 'truncated'; // begins as a vault, but its end is missing

export type VaultFacts = { readonly state: VaultState; readonly format?: number };
