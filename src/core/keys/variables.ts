// Plain variables of an environment: settings that are no secret, kept so that an export gives a whole file back.
import type { RecordId } from '../model/ids.ts';
import { ok, type Result } from '../model/result.ts';
import { variablesOf } from './book.ts';
import { create, erase, find, note, overwrite, type Edit, type Work } from './edit.ts';

export type GivenVariable = { readonly name: string; readonly value: string };

/**
 * Sets variables in one go, new ones after those that are there, in the given order; one of the same name takes the new value.
 * Names are given once. `not-found`.
 */
export const putVariables = (
  work: Work,
  environmentId: RecordId,
  given: readonly GivenVariable[],
): Result<Edit<readonly RecordId[]>> => {
  const environment = find(work.book.environments, environmentId, 'environment');
  if (!environment.ok) return environment;
  const all = variablesOf(work.book, environmentId);
  const present = new Map(all.map((held) => [held.body.name, held]));
  let order = all.at(-1)?.body.order ?? -1;
  const puts = given.map(({ name, value }) => {
    const held = present.get(name);
    if (held !== undefined) return { id: held.id, change: overwrite(held, { ...held.body, value }) };
    const id = work.newId();
    order += 1;
    return { id, change: create(id, { type: 'variable', environmentId, name, value, order }) };
  });
  return ok({
    value: puts.map(({ id }) => id),
    changes: puts.map(({ change }) => change),
    audit: given.map(({ name }) =>
      note('variable-set', work.by, `${name} in ${environment.value.body.name}`),
    ),
  });
};

/** Sets one variable. `not-found`. */
export const putVariable = (
  work: Work,
  environmentId: RecordId,
  name: string,
  value: string,
): Result<Edit<{ readonly id: RecordId }>> => {
  const edit = putVariables(work, environmentId, [{ name, value }]);
  if (!edit.ok) return edit;
  const [id = ''] = edit.value.value;
  return ok({ ...edit.value, value: { id } });
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
