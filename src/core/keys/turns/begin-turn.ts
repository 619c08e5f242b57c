// A turn's record as it is first written. Its id is derived from the key's, so that two processes that begin one at the same time collide; and the
// key's own record is written with it, so that a removal at the same time does.
import { fail } from '../../model/app-error.ts';
import type { RecordId } from '../../model/ids.ts';
import { ok, type Result } from '../../model/result.ts';
import type { Rotation } from '../../model/rotation.ts';
import { openTurn } from '../book.ts';
import { create, findLiving, noteKey, overwrite, type Edit, type Work } from '../edit.ts';

const idFor = (work: Work, keyId: RecordId): RecordId => {
  for (let number = work.book.turnsOf(keyId).length + 1; ; number += 1) {
    const id = work.fingerprint(new TextEncoder().encode(`rotation ${keyId} ${String(number)}`));
    if (!work.book.rotations.has(id)) return id;
  }
};

/** `not-found`; `refused` where the key is removed or being turned already. */
export const beginTurn = (work: Work, rotation: Rotation): Result<Edit<RecordId>> => {
  const found = findLiving(work.book, rotation.keyId);
  if (!found.ok) return found;
  const { body } = found.value;
  if (openTurn(work.book, rotation.keyId) !== undefined)
    return fail('refused', `${body.name} is being turned already.`, 'Look at the turn that is under way.');
  const id = idFor(work, rotation.keyId);
  const what = `by the way ${rotation.way}, because ${reasonWords[rotation.reason]}`;
  return ok({
    value: id,
    changes: [create(id, rotation), overwrite(found.value, body)],
    audit: [noteKey('key-turn-begun', work, what, found.value)],
  });
};

const reasonWords: Readonly<Record<Rotation['reason'], string>> = {
  asked: 'a person asked for it',
  policy: 'it was due by age',
  expiry: 'it was about to end',
  leak: 'it was found where it should not be',
};
