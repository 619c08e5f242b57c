// What would become of the vault if a backup took its place: which keys would go, come back or be as they were. Names only, no values.
import type { RecordId } from '../model/ids.ts';
import type { MetaRecord } from '../vault/vault-types.ts';

export type BackupDifference = {
  /** Keys that the vault has now and the backup does not: they would be gone. */
  readonly gone: readonly string[];
  /** Keys that the backup has and the vault does not: they would come back. */
  readonly back: readonly string[];
  /** Keys that both have and that changed since. */
  readonly changed: readonly string[];
  /** Everything else that differs: projects, environments, plain variables. */
  readonly others: number;
};

type Records = ReadonlyMap<RecordId, MetaRecord>;

const isKey = ({ body }: MetaRecord): boolean => body['type'] === 'key';
/** A key in the bin counts as removed: that is what a person did to it. */
const isKeyInUse = (record: MetaRecord | undefined): record is MetaRecord =>
  record !== undefined && isKey(record) && (record.body['removedAtMs'] ?? null) === null;

const nameOf = ({ body, id }: MetaRecord): string => {
  const name = body['name'];
  return typeof name === 'string' && name !== '' ? name : id;
};

const sorted = (names: readonly string[]): readonly string[] => [...names].sort((a, b) => a.localeCompare(b));

/**
 * Compares a vault with a backup of it, record by record.
 * @param now records of the open vault
 * @param then records of the backup
 */
export const compareBackup = (now: Records, then: Records): BackupDifference => {
  const gone: string[] = [];
  const back: string[] = [];
  const changed: string[] = [];
  let others = 0;
  for (const id of new Set([...now.keys(), ...then.keys()])) {
    const present = now.get(id);
    const past = then.get(id);
    if (present?.revision === past?.revision) continue;
    if (isKeyInUse(present) && isKeyInUse(past)) changed.push(nameOf(present));
    else if (isKeyInUse(present)) gone.push(nameOf(present));
    else if (isKeyInUse(past)) back.push(nameOf(past));
    else others += 1;
  }
  return { gone: sorted(gone), back: sorted(back), changed: sorted(changed), others };
};
