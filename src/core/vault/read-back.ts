// Reads a whole vault back, record by record: how a backup proves that it is one before it gets its name.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import { verifyTrail } from './audit-trail.ts';
import { toHex } from './bytes.ts';
import { entryAt, entryCount } from './leaves.ts';
import { readSecretOf } from './read-secret.ts';
import type { Session } from './session.ts';

const unreadable = (file: string, what: string): Result<never> =>
  fail(
    'damaged',
    `The copy was read back and is not whole: ${what}. It was not kept.`,
    'Look at the list of damage. To save what is there, make a plain copy of the vault file.',
    { file },
  );

/** Number of metadata records of type `key`. */
export const countKeys = (session: Session): number => {
  let keys = 0;
  for (const record of session.records.values()) if (record.body['type'] === 'key') keys += 1;
  return keys;
};

/** Opens every secret and every audit line; metadata was opened at loading. */
export const readBack = (session: Session): Result<{ readonly keys: number }> => {
  const [first] = session.damage.values();
  if (first !== undefined) return unreadable(session.path, `${first.table} ${first.id} ${first.reason}`);
  for (const leaf of session.leaves.secret) {
    for (let index = 0; leaf !== null && index < entryCount(leaf); index += 1) {
      const id = toHex(entryAt(leaf, index).id);
      const secret = readSecretOf(session, id);
      if (!secret.ok) return unreadable(session.path, `secret ${id} cannot be opened`);
      secret.value.wipe();
    }
  }
  const trail = verifyTrail(session);
  if (!trail.ok) return unreadable(session.path, `audit line ${trail.firstBroken ?? 0} is broken`);
  return ok({ keys: countKeys(session) });
};
