// Plain variables of an environment: settings that are no secret, kept so that an export gives a whole file back.
import type { RecordId } from '../model/ids.ts';
import { ok, type Result } from '../model/result.ts';
import { variablesOf } from './book.ts';
import { create, erase, find, note, overwrite, type Edit, type Work } from './edit.ts';

/** Sets a variable; one of the same name in the environment takes the new value. `not-found`. */
export const putVariable = (
  work: Work,
  environmentId: RecordId,
  name: string,
  value: string,
): Result<Edit<{ readonly id: RecordId }>> => {
  const environment = find(work.book.environments, environmentId, 'environment');
  if (!environment.ok) return environment;
  const all = variablesOf(work.book, environmentId);
  const present = all.find(({ body }) => body.name === name);
  const audit = [note('variable-set', work.by, `${name} in ${environment.value.body.name}`)];
  if (present !== undefined) {
    const changes = [overwrite(present, { ...present.body, value })];
    return ok({ value: { id: present.id }, changes, audit });
  }
  const id = work.newId();
  const order = (all.at(-1)?.body.order ?? -1) + 1;
  return ok({
    value: { id },
    changes: [create(id, { type: 'variable', environmentId, name, value, order })],
    audit,
  });
};

/** `not-found`. */
export const removeVariable = (work: Work, id: RecordId): Result<Edit<undefined>> => {
  const held = find(work.book.variables, id, 'variable');
  if (!held.ok) return held;
  return ok({
    value: undefined,
    changes: [erase(held.value)],
    audit: [note('variable-removed', work.by, held.value.body.name)],
  });
};
