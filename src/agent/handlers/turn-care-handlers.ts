// What is said about turning keys besides the turns themselves: how each is turned, what is planned, which comes first after a leak, which files are
// kept up to date.
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { heldKeys } from '../../core/keys/book.ts';
import { addDays, personDay } from '../../core/keys/calendar.ts';
import { find } from '../../core/keys/edit.ts';
import { allPlanned } from '../../core/keys/turns/planned.ts';
import { careForTurn, turnCareOf } from '../../core/keys/turns/turn-care.ts';
import { forgetFile } from '../../core/keys/turns/track-file.ts';
import { byDamage } from '../../core/rotation/damage.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { commitEdit } from './commit-edit.ts';

const monthsAhead = 366;

const calendar = ({ session, core }: SessionContext): Result<CallOutput<'rotation.calendar'>> => {
  const last = addDays(personDay(core.nowMs()), monthsAhead) ?? '9999-12-31';
  return ok(
    allPlanned(session.book())
      .filter(({ day }) => day <= last)
      .map(({ held, day, why, text, unattended, rotationId }) => ({
        keyId: held.id,
        keyName: held.body.name,
        projectId: held.body.projectId,
        day,
        why,
        text,
        unattended,
        rotationId,
      })),
  );
};

const damage = (
  { session }: SessionContext,
  ids: readonly RecordId[],
): Result<CallOutput<'rotation.damage'>> => {
  const book = session.book();
  const unknown = ids.find((id) => !book.keys.has(id));
  if (unknown !== undefined) return fail('not-found', 'There is no such key.', 'Look at the list again.');
  const ranked = byDamage(heldKeys(book, new Set(ids)), ({ body }) =>
    body.provider === null ? undefined : book.catalogue().find(body.provider),
  );
  return ok(ranked.map(({ held, rank, why }) => ({ keyId: held.id, keyName: held.body.name, rank, why })));
};

type Cares =
  | 'rotation.care'
  | 'rotation.setCare'
  | 'rotation.calendar'
  | 'rotation.damage'
  | 'tracked.list'
  | 'tracked.forget';

export const turnCareHandlers: SessionHandlers<Cares> = {
  'rotation.care': ({ session }, { keyId }) => {
    const held = find(session.book().keys, keyId, 'key');
    if (!held.ok) return held;
    const { type: _type, remoteId: _remoteId, hours, inputs, ...rest } = turnCareOf(session.book(), keyId);
    return ok({ ...rest, inputs: { ...inputs }, hours: hours === null ? null : { ...hours } });
  },
  'rotation.setCare': (context, care) => commitEdit(context, careForTurn(context.work(), care)),
  'rotation.calendar': calendar,
  'rotation.damage': (context, { ids }) => damage(context, ids),
  'tracked.list': ({ session }) => {
    const book = session.book();
    return ok(
      [...book.trackedFiles.values()]
        .map(({ id, body: { environmentId, path, format, writtenAtMs } }) => {
          const environment = book.environments.get(environmentId)?.body.name ?? '';
          return { id, environmentId, environment, path, format, writtenAtMs };
        })
        .sort((left, right) => (left.path < right.path ? -1 : 1)),
    );
  },
  'tracked.forget': (context, { id }) => commitEdit(context, forgetFile(context.work(), id)),
};
