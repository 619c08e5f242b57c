// A value leaves: written into the audit trail first, and beside the key, to the hour. Where the line cannot be written, nothing leaves; that
// the hour could not be noted is no reason to keep the value back.
import type { RecordId } from '../../core/model/ids.ts';
import type { Result } from '../../core/model/result.ts';
import { useChanges } from '../../core/keys/checks/record.ts';
import type { AuditInput } from '../../core/vault/vault-types.ts';
import type { Session } from '../session.ts';

const maxTries = 3;

/** Writes the lines, and that the keys were used now. */
export const noteUse = (
  session: Session,
  by: string,
  lines: readonly AuditInput[],
  keyIds: readonly RecordId[],
): Result<undefined> => {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const work = session.work(by);
    const changes = useChanges(work, keyIds, work.nowMs);
    const written = session.commit({ value: undefined, changes, audit: lines });
    if (written.ok || written.error.kind !== 'conflict' || changes.length === 0) return written;
    session.refresh();
  }
  return session.note(...lines);
};
