// Values of a turn's keys, opened as late as can be: all fields of the old one, the new one, the manager's. Never kept by whoever gets them longer
// than a call.
import { ok, type Result } from '../../core/model/result.ts';
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { KeyVersion } from '../../core/model/key.ts';
import type { Rotation } from '../../core/model/rotation.ts';
import { currentVersion } from '../../core/keys/book.ts';
import { find } from '../../core/keys/edit.ts';
import { versionOf } from '../../core/keys/turns/save-turn.ts';
import type { Values } from '../../core/rotation/desk.ts';
import { readVersion } from '../handlers/key-values.ts';
import type { Session } from '../session.ts';

/** Every field of a version, secret or not. */
export const wholeVersion = (session: Session, version: KeyVersion): Result<Values> => {
  const secrets = readVersion(session, version);
  if (!secrets.ok) return secrets;
  const plain = version.fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  return ok({ ...Object.fromEntries(plain), ...secrets.value });
};

/** The old or the new value of a turn. `not-found` where it is not there (any more), `damaged`. */
export const valueOfTurn = (session: Session, rotation: Rotation, whose: 'old' | 'new'): Result<Values> => {
  const held = find(session.book().keys, rotation.keyId, 'key');
  if (!held.ok) return held;
  const version = versionOf(held.value.body, rotation, whose);
  return version === undefined
    ? fail(
        'not-found',
        `The ${whose} value is not in the vault.`,
        'It may have been emptied: look at the versions.',
      )
    : wholeVersion(session, version);
};

/** The present value of any key. `not-found`, `damaged`. */
export const valueOfKey = (session: Session, keyId: RecordId): Result<Values> => {
  const held = find(session.book().keys, keyId, 'key');
  return held.ok ? wholeVersion(session, currentVersion(held.value.body)) : held;
};
