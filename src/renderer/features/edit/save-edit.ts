// Saves an edit and offers the way back: the facts as they were before.
import type { AppError } from '../../../core/model/app-error.ts';
import type { CallInput } from '../../../contract/contract.ts';
import { call } from '../../lib/call.ts';
import type { KeyDetail } from '../../lib/types.ts';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { changedVariables } from '../add/save-key.ts';
import { refreshKeys } from '../keys/store.ts';
import type { SomeFacts } from './facts-form.tsx';

export type Edit = {
  readonly own: SomeFacts;
  readonly environmentIds: readonly string[];
  readonly typed: Readonly<Record<string, string>>;
  readonly correction: boolean;
};

type EditInput = CallInput<'keys.edit'>;

const sameIds = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((id) => right.includes(id));

const inputOf = (detail: KeyDetail, edit: Edit): EditInput => {
  const { own, environmentIds, typed, correction } = edit;
  const variables = changedVariables(detail.fields, typed);
  return {
    id: detail.summary.id,
    revision: detail.summary.revision,
    ...(Object.keys(own).length === 0 ? {} : { facts: own }),
    ...(sameIds(environmentIds, detail.summary.environmentIds)
      ? {}
      : { environmentIds: [...environmentIds] }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    ...(correction ? { correction } : {}),
  };
};

const before = (detail: KeyDetail, edit: Edit): EditInput => ({
  id: detail.summary.id,
  facts: Object.fromEntries(
    Object.keys(edit.own).map((name) => [name, detail.facts[name as keyof KeyDetail['facts']]]),
  ),
  environmentIds: detail.summary.environmentIds,
  variables: Object.fromEntries(detail.fields.map((field) => [field.name, field.variable])),
  ...(edit.correction ? { correction: true } : {}),
});

/** Gives the error where nothing was saved. */
export const saveEdit = async (detail: KeyDetail, edit: Edit): Promise<AppError | null> => {
  const result = await call('keys.edit', inputOf(detail, edit));
  if (!result.ok) return result.error;
  await refreshKeys();
  sayDone(`${edit.own.name ?? detail.summary.name} is saved.`, () => {
    void call('keys.edit', before(detail, edit)).then(async (back) => {
      if (back.ok) await refreshKeys();
      else sayFailed(back.error);
    });
  });
  return null;
};
