// The content of a version's secret record: JSON of field name → value, for the secret fields alone. One record per version,
// so that listing opens none and revealing one field opens one.
import { fail } from '../model/app-error.ts';
import { ok, type Result } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { isRecordOf, isText } from './guards.ts';

const isBody = isRecordOf(isText);

/** Decodes UTF-8, or null where the bytes are not. */
export const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Builds the record's bytes. The caller owns and wipes them. */
export const writeSecretBody = (values: Readonly<Record<string, string>>): SecretBytes =>
  SecretBytes.fromText(JSON.stringify(values));

/** All secret fields of a version. `damaged` where the record holds something else. */
export const readSecretBody = (secret: SecretBytes): Result<Readonly<Record<string, string>>> => {
  const damaged = fail(
    'damaged',
    'The value of this key is stored in a form that this version does not know.',
    'Update Keyturn, or restore a backup.',
  );
  const text = secret.use(textOf);
  if (text === null) return damaged;
  try {
    const body: unknown = JSON.parse(text);
    return isBody(body) ? ok(body) : damaged;
  } catch {
    return damaged;
  }
};
