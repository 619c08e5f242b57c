// Getting at secret values: opened one version at a time, as late as can be, and never kept.
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { KeyVersion } from '../../core/model/key.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { currentVersion, type HeldKey } from '../../core/keys/book.ts';
import { find } from '../../core/keys/edit.ts';
import { readSecretBody } from '../../core/keys/secret-body.ts';
import type { Session } from '../session.ts';

/** All secret fields of a version; none where it has no secret part. */
export const readVersion = (
  session: Session,
  version: KeyVersion,
): Result<Readonly<Record<string, string>>> => {
  if (!version.fields.some(({ secret }) => secret)) return ok({});
  const secret = session.vault.readSecret(version.id);
  if (!secret.ok) return secret;
  try {
    return readSecretBody(secret.value);
  } finally {
    secret.value.wipe();
  }
};

export type OneValue = { readonly held: HeldKey; readonly version: KeyVersion; readonly value: string };

type Wanted = { readonly id: RecordId; readonly field: string; readonly version?: RecordId | undefined };

/** One field of one version, the current one where none is named. `not-found`, `damaged`. */
export const readValue = (session: Session, wanted: Wanted): Result<OneValue> => {
  const found = find(session.book().keys, wanted.id, 'key');
  if (!found.ok) return found;
  const held = found.value;
  const version =
    wanted.version === undefined
      ? currentVersion(held.body)
      : held.body.versions.find(({ id }) => id === wanted.version);
  if (version === undefined) {
    return fail(
      'not-found',
      `${held.body.name} has no such version.`,
      'It may have been emptied: look again.',
    );
  }
  const field = version.fields.find(({ name }) => name === wanted.field);
  if (field === undefined) {
    const names = version.fields.map(({ name }) => name).join(', ');
    return fail('not-found', `${held.body.name} has no field ${wanted.field}.`, `Its fields: ${names}.`, {
      field: wanted.field,
    });
  }
  if (field.value !== null) return ok({ held, version, value: field.value });
  const values = readVersion(session, version);
  if (!values.ok) return values;
  const value = values.value[field.name];
  return value === undefined
    ? fail('damaged', `The value of ${field.name} is missing from its record.`, 'Restore a backup.')
    : ok({ held, version, value });
};
