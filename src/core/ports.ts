// Everything with an effect arrives through one of these. The core names what it needs by role; src/node fills it.
import type { AppError } from './model/app-error.ts';
import type { Result } from './model/result.ts';
import type { SecretBytes } from './model/secret-bytes.ts';

/** Wall-clock time. */
export type Clock = {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** Milliseconds from some fixed moment; never goes back. For measuring. */
  readonly monotonicMs: () => number;
};

/** Cryptographically secure random bytes. */
export type Random = {
  readonly bytes: (length: number) => Uint8Array;
};

/** Argon2id parameters, version 0x13, parallelism 1 (libsodium supports no other). */
export type KdfParams = {
  readonly memoryKiB: number;
  readonly passes: number;
};

/** Argon2id (RFC 9106). Never blocks the thread it is called from for longer than a few milliseconds. */
export type Kdf = {
  /** Derives `length` bytes. The password is not kept past the derivation. */
  readonly derive: (
    password: SecretBytes,
    salt: Uint8Array,
    params: KdfParams,
    length: number,
  ) => Promise<SecretBytes>;
  /** Which implementation answers: for doctor and tests. */
  readonly implementation: 'native' | 'wasm';
  /** What calibration aims at, in milliseconds; 0 keeps the floor (for tests). */
  readonly targetMs: number;
  /** Calibration does not go above this, in KiB. */
  readonly memoryLimitKiB: number;
};

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) and BLAKE2b (RFC 7693), both from libsodium. */
export type Aead = {
  readonly keyBytes: 32;
  readonly nonceBytes: 24;
  readonly tagBytes: 16;
  /** Returns ciphertext followed by the 16-byte tag. */
  readonly seal: (
    plain: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ) => Uint8Array;
  /** Returns null where authentication fails. */
  readonly open: (
    sealed: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ) => Uint8Array | null;
  /** BLAKE2b with an optional key of up to 64 bytes; `length` 16 to 64. */
  readonly hash: (data: Uint8Array, length: number, key?: Uint8Array) => Uint8Array;
  /** Constant-time comparison of equal-length inputs. */
  readonly equal: (left: Uint8Array, right: Uint8Array) => boolean;
  /** Overwrites with zeros. */
  readonly wipe: (bytes: Uint8Array) => void;
};

/** Whole-file access with the guarantees a vault needs. Paths are absolute. */
export type Files = {
  readonly read: (path: string, maxBytes: number) => Result<Uint8Array>;
  readonly exists: (path: string) => boolean;
  /** Tells one file from another that takes its place: equal as long as the same file stands at the path, null where there is none. */
  readonly identity: (path: string) => string | null;
  /** Writes a temporary sibling with the given mode, flushes it to disk, then renames it over `path`. */
  readonly writeAtomic: (path: string, bytes: Uint8Array, mode: number) => Result<undefined>;
  /** As writeAtomic, but fails with `already-exists` where `path` is there. */
  readonly createNew: (path: string, bytes: Uint8Array, mode: number) => Result<undefined>;
  /** Flushes `from` to disk and gives it the name `to` unless that is taken; `from` is gone afterwards. `already-exists`. */
  readonly moveNew: (from: string, to: string) => Result<undefined>;
  /** Copies bytes into a new file of that mode. `already-exists`. */
  readonly copyNew: (from: string, to: string, mode: number) => Result<undefined>;
  /** Makes a file longer, with zeros at its end. */
  readonly lengthen: (path: string, size: number) => Result<undefined>;
  /** Removes a file of ours; no error where there is none. */
  readonly remove: (path: string) => void;
  /** Length in bytes and first bytes of a regular file, or why not. `not-found`, `not-a-vault` for a folder, `io`. */
  readonly peek: (
    path: string,
    maxBytes: number,
  ) => Result<{ readonly size: number; readonly head: Uint8Array }>;
};

export type SqlValue = number | string | Uint8Array | null;
export type SqlRow = readonly SqlValue[];

/** One open SQLite connection. Synchronous. Throws {@link StoreFailure} and nothing else. */
export type Sql = {
  /** Runs one statement without results. Returns the number of rows changed. */
  readonly run: (sql: string, params?: readonly SqlValue[]) => number;
  /** All rows, as arrays in column order. */
  readonly all: (sql: string, params?: readonly SqlValue[]) => readonly SqlRow[];
  readonly close: () => void;
};

/** How a store tells that a statement failed for a reason outside the program. The vault turns it into a Result. */
export class StoreFailure extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/** SQLite files. Paths are absolute. Nothing is created but by `create`. All connections synchronise fully. */
export type Store = {
  /** Opens for reading and writing, with the write-ahead log on (`wal`) or off (`rollback`: one file, nothing beside it). */
  readonly open: (path: string, journal: 'wal' | 'rollback') => Result<Sql>;
  /** Makes an empty database, mode 0600, rollback journal. `already-exists`. */
  readonly create: (path: string) => Result<Sql>;
};

/** One question over HTTP. Header names in lower case. */
export type HttpRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** https, or http to a loopback address; anything else is refused before a connection is made. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  /** True where asking again changes nothing: retried on no answer, 429, 502, 503 and 504. */
  readonly repeatable: boolean;
};

export type HttpAnswer = {
  readonly status: number;
  /** Lower-case names; several of one name are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** At most 256 KiB; `cut` where there was more. */
  readonly body: Uint8Array;
  readonly cut: boolean;
};

/** Why there is no answer. The words never hold an address's path, a header or a body. */
export type NoAnswer = {
  readonly why:
    | 'refused-address'
    | 'no-name'
    /** Nobody takes connections there: none came about. */
    | 'not-reached'
    /** None came about, or it was cut. */
    | 'no-connection'
    | 'no-trust'
    | 'no-tls'
    | 'too-slow'
    | 'sent-elsewhere'
    | 'not-http'
    | 'stopped';
  /** Plain words, with the host alone. */
  readonly reason: string;
  readonly next: string;
};

const nothingSent: ReadonlySet<NoAnswer['why']> = new Set([
  'refused-address',
  'no-name',
  'not-reached',
  'no-trust',
  'no-tls',
]);

/** False where certainly nothing of the request has left this machine. Of everything else nobody can tell. */
export const mayBeSent = (why: NoAnswer['why']): boolean => !nothingSent.has(why);

/** Told when somebody no longer wants the answer. */
export type Stop = { readonly wanted: () => boolean; readonly onStop: (listener: () => void) => () => void };

/** Asks servers. Limits, redirects, retries and proxies are those of docs/checking.md §1.2 and §1.3. */
export type Http = {
  readonly ask: (
    request: HttpRequest,
    stop: Stop,
  ) => Promise<
    { readonly ok: true; readonly value: HttpAnswer } | { readonly ok: false; readonly error: NoAnswer }
  >;
};

export type HttpResult =
  { readonly ok: true; readonly value: HttpAnswer } | { readonly ok: false; readonly error: NoAnswer };

/** How a request is proven where the key itself is not sent. */
export type SigningName = 'aws-sigv4' | 'google-jwt' | 'http-digest';

/** Asks with a proof made of the key's fields. */
export type SignedHttp = {
  readonly ask: (
    how: SigningName,
    request: HttpRequest,
    /** The key's fields by name. */
    values: Readonly<Record<string, string>>,
    stop: Stop,
  ) => Promise<HttpResult>;
};

/** A login at a server of one's own, and nothing else. */
export type ServerLogin = {
  readonly protocol: 'postgres' | 'redis' | 'mysql' | 'mqtt';
  /** A name, or an address; IPv6 without brackets. */
  readonly host: string;
  /** Null for the protocol's usual one. */
  readonly port: number | null;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** `required`: nothing secret is sent without TLS. `preferred`: TLS where the server has it, for servers on this machine. */
  readonly tls: 'required' | 'preferred';
};

/** What a server said to a login: bounded, and as untrusted as any answer. */
export type ServerAnswer = {
  readonly accepted: boolean;
  /** Its words and codes, for `bodyHas` of a decision row. */
  readonly text: string;
  /** What it told besides, by names that the provider file reads as JSON: `{"validUntil": "…"}`. */
  readonly told: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

/** Asks servers of one's own. Protocols without an adapter are missing from `protocols`. */
export type Servers = {
  readonly protocols: readonly ServerLogin['protocol'][];
  readonly ask: (
    login: ServerLogin,
    stop: Stop,
  ) => Promise<
    { readonly ok: true; readonly value: ServerAnswer } | { readonly ok: false; readonly error: NoAnswer }
  >;
};

/** A change of one user's password at a server of one's own, by somebody who may. All of them may be repeated. */
export type ServerChange = {
  /** As `action` of a ServerCall has it. */
  readonly action: 'set-password' | 'add-password' | 'remove-password' | 'no-password' | 'end-sessions';
  /** Who changes it: a manager, or the user itself. */
  readonly login: ServerLogin;
  /** Whose password. */
  readonly user: string;
  /** The password that is set, added or removed; null for the actions that name none. */
  readonly secret: string | null;
};

/**
 * Changes passwords at servers of one's own. `accepted` of the answer is false for a login and for a change that were refused alike: its
 * `text` tells which, in the server's words and codes.
 */
export type ServerChanges = {
  readonly protocols: readonly ServerLogin['protocol'][];
  readonly change: (
    change: ServerChange,
    stop: Stop,
  ) => Promise<
    { readonly ok: true; readonly value: ServerAnswer } | { readonly ok: false; readonly error: NoAnswer }
  >;
};

/** Everything by which something leaves the machine to be asked. */
export type AskingPorts = {
  readonly http: Http;
  readonly signed: SignedHttp;
  readonly servers: Servers;
  readonly changes: ServerChanges;
  /** The registry that npm uses here by the person's own configuration; null where it says none. Read each time, never kept. */
  readonly npmRegistry: () => string | null;
};
