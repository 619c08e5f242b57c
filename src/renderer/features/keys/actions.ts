// What a person can do with the key in sight, from a button, a shortcut or the palette alike.
import { call } from '../../lib/call.ts';
import type { Consumer, KeyDetail } from '../../lib/types.ts';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { pressCopy } from './copy-question.ts';
import { refreshKeys, showKey } from './store.ts';

/** The field that C copies and the space bar reveals: the first secret one. */
export const primaryField = (fields: KeyDetail['fields']): KeyDetail['fields'][number] | undefined =>
  fields.find((field) => field.secret) ?? fields[0];

export const copyKey = async (keyId: string): Promise<void> => {
  const detail = await call('keys.read', { id: keyId });
  if (!detail.ok) {
    sayFailed(detail.error);
    return;
  }
  const field = primaryField(detail.value.fields);
  if (field !== undefined) await pressCopy(detail.value.summary, field);
};

export const openPortal = async (keyId: string, portal: string): Promise<void> => {
  const result = await call('portal.open', { id: keyId, portal });
  if (!result.ok) sayFailed(result.error);
};

const undoRemove = async (keyId: string, name: string): Promise<void> => {
  const result = await call('keys.undoRemove', { id: keyId });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  await refreshKeys();
  showKey(keyId);
  sayDone(`${name} is back.`);
};

/** Says that a key was removed and offers the way back. */
export const sayRemoved = (keyId: string, name: string): void =>
  sayDone(`${name} was removed. It waits in the bin.`, () => void undoRemove(keyId, name));

export const restoreKey = undoRemove;

export const takeBack = async (keyId: string, consumer: Consumer): Promise<void> => {
  const result = await call('keys.takeBack', { id: keyId, name: consumer.name });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  await refreshKeys();
  sayDone(`No longer handed to ${consumer.name}.`, () => {
    void call('keys.handOver', { id: keyId, consumer }).then(async (again) => {
      if (again.ok) await refreshKeys();
      else sayFailed(again.error);
    });
  });
};

export const emptyVersions = async (keyId: string): Promise<void> => {
  const result = await call('keys.emptyVersions', { id: keyId });
  if (!result.ok) sayFailed(result.error);
  else {
    await refreshKeys();
    sayDone(`${result.value.emptied} older values were deleted for good.`);
  }
};
