// Fingerprints of values are keyed with the vault's key: when that is replaced they are made anew from the values. Nothing else of a
// record changes; one of a form that this version does not know stays as it is.
import type { JsonObject } from '../model/json.ts';
import type { KeyVersion } from '../model/key.ts';
import type { ReplaceKey } from '../vault/vault-types.ts';
import { readSecretBody } from './secret-body.ts';
import { readStored } from './stored.ts';

type Look = Parameters<ReplaceKey['rewrite']>[1];

/** Fields whose value cannot be read keep no fingerprint: an old one would equal nothing any more. */
const renewed = (version: KeyVersion, look: Look): KeyVersion => {
  if (Object.keys(version.fingerprints).length === 0) return version;
  const secret = look.readSecret(version.id);
  const values = secret.ok ? readSecretBody(secret.value) : secret;
  if (secret.ok) secret.value.wipe();
  if (!values.ok) return { ...version, fingerprints: {} };
  const names = Object.keys(version.fingerprints).filter((name) => values.value[name] !== undefined);
  const fingerprints = Object.fromEntries(
    names.map((name) => [name, look.fingerprint(new TextEncoder().encode(values.value[name] ?? ''))]),
  );
  return { ...version, fingerprints };
};

/** A record's body with the fingerprints of its values made anew. See ReplaceKey.rewrite. */
export const renewFingerprints = (body: JsonObject, look: Look): JsonObject => {
  const stored = readStored(body);
  if (stored?.type === 'rotation' && stored.pending !== null)
    return { ...body, pending: renewed(stored.pending, look) };
  if (stored?.type !== 'key') return body;
  const versions = stored.versions.map((version) => renewed(version, look));
  return { ...body, versions };
};
