// Saves a draft as a key: the key itself, then the variables that a person named otherwise.
import type { AppError } from '../../../core/model/app-error.ts';
import type { CallInput } from '../../../contract/contract.ts';
import { call } from '../../lib/call.ts';
import type { DraftField } from '../../lib/types.ts';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { refreshKeys, showKey } from '../keys/store.ts';

export type AddInput = CallInput<'keys.add'>;

/** Only what differs from the provider's own names; an empty one keeps the field out of exports. */
export const changedVariables = (
  fields: readonly Pick<DraftField, 'name' | 'variable'>[],
  typed: Readonly<Record<string, string>>,
): Record<string, string | null> =>
  Object.fromEntries(
    fields.flatMap((field): readonly [string, string | null][] => {
      const text = typed[field.name]?.trim();
      const wanted = text === undefined ? field.variable : text === '' ? null : text;
      return wanted === field.variable ? [] : [[field.name, wanted]];
    }),
  );

const takeOut = async (id: string, name: string): Promise<void> => {
  const result = await call('keys.remove', { id, confirmName: name });
  if (result.ok) await refreshKeys();
  else sayFailed(result.error);
};

/** Adds the key and shows it. Gives the error where nothing was saved. */
export const saveKey = async (
  input: AddInput,
  fields: readonly DraftField[],
  typed: Readonly<Record<string, string>>,
): Promise<AppError | null> => {
  const added = await call('keys.add', input);
  if (!added.ok) return added.error;
  const { id } = added.value;
  const variables = changedVariables(fields, typed);
  if (Object.keys(variables).length > 0) {
    const edited = await call('keys.edit', { id, variables });
    if (!edited.ok) sayFailed(edited.error);
  }
  await refreshKeys();
  showKey(id);
  const { name } = input.facts;
  sayDone(`${name} is in the vault.`, () => void takeOut(id, name));
  return null;
};
