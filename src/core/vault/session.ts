// Everything an open vault holds in memory. Only load.ts, write.ts and open-vault.ts change it; close() wipes it.
import type { SecretBytes } from '../model/secret-bytes.ts';
import type { Sql } from '../ports.ts';
import { toHex } from './bytes.ts';
import type { Envelope } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { bucketCount } from './leaves.ts';
import type { Manifest } from './manifest.ts';
import type { Slot } from './slots.ts';
import type { Damage, MetaRecord, RecordId, RecordTable, VaultPorts } from './vault-types.ts';

/** One leaf's opened list, or null where the bucket cannot be shown to be the latest. */
export type Leaf = Uint8Array | null;

export type Session = {
  readonly ports: VaultPorts;
  readonly path: string;
  readonly vaultId: Uint8Array;
  readonly sql: Sql;
  /** These three change together, when the vault key is replaced. */
  vaultKey: SecretBytes;
  keyring: Keyring;
  envelope: Envelope;
  /** A slot that this session opened or made itself: authentic, whatever else is damaged. */
  openedWith: Slot;
  /** Which file stood at the path when it was opened (Files.identity). */
  readonly place: string | null;
  /** The file's `user_version`. */
  readonly format: number;
  /** Null where it is missing or unreadable: then nothing is shown and nothing written. */
  manifest: Manifest | null;
  readonly leaves: Readonly<Record<RecordTable, Leaf[]>>;
  readonly records: Map<RecordId, MetaRecord>;
  readonly damage: Map<string, Damage>;
  /** Metadata records that the stored snapshot does not have as they are now. */
  snapshotBehind: number;
  /** A commit picked up changes of others that refresh() has not told yet. */
  hasUntoldChanges: boolean;
  isOpen: boolean;
};

export type SessionParts = Pick<
  Session,
  | 'ports'
  | 'path'
  | 'vaultId'
  | 'sql'
  | 'vaultKey'
  | 'keyring'
  | 'envelope'
  | 'openedWith'
  | 'format'
  | 'place'
>;

const emptyLeaves = (): Leaf[] => Array.from({ length: bucketCount }, () => new Uint8Array(0));

export const makeSession = (parts: SessionParts): Session => ({
  ...parts,
  manifest: null,
  leaves: { meta: emptyLeaves(), secret: emptyLeaves() },
  records: new Map(),
  damage: new Map(),
  snapshotBehind: 0,
  hasUntoldChanges: false,
  isOpen: true,
});

export const addDamage = (session: Session, table: string, id: string, reason: string): void => {
  session.damage.set(`${table} ${id}`, { table, id, reason });
};

/** Forgets what was reported about one bucket, before it is looked at again. Ids of records and of buckets both begin with its byte. */
export const clearBucketDamage = (session: Session, table: RecordTable, bucket: number): void => {
  const prefix = `${table} ${toHex(Uint8Array.of(bucket))}`;
  for (const key of session.damage.keys()) if (key.startsWith(prefix)) session.damage.delete(key);
};

/** A name beside `path` for a file that is not complete yet. */
export const siblingOf = (ports: VaultPorts, path: string): string =>
  `${path}.${toHex(ports.random.bytes(6))}.tmp`;

/** Wipes all keys and lets go of the file. May be called again. */
export const endSession = (session: Session): void => {
  if (!session.isOpen) return;
  session.isOpen = false;
  session.records.clear();
  session.keyring.wipe();
  session.vaultKey.wipe();
  session.sql.close();
};
