// Whose values prove a call, and where they go: by the provider file of that key, or by the call's own scheme.
import type { AuthScheme } from '../../asking.ts';
import { placeAll, type Placed } from '../../ask/build.ts';
import { chooseRequest } from '../../ask/choose.ts';
import { prepare, type Prepared } from '../../ask/prepare.ts';
import { say, type OrSaid, type Reach } from '../../ask/question.ts';
import type { ProviderDefinition } from '../../provider.ts';
import type { Values } from '../remote-port.ts';
import type { HttpCall } from '../turn-definition.ts';

/** A key with its provider: all fields as stored. */
export type Party = { readonly definition: ProviderDefinition; readonly values: Values };

export type Proof =
  | { readonly kind: 'party'; readonly party: Party }
  | { readonly kind: 'session'; readonly token: string; readonly auth: AuthScheme }
  | { readonly kind: 'nobody' };

export type Proven = { readonly placed: Placed; readonly values: Values };

const nothingPlaced: Placed = {
  header: [],
  form: [],
  json: [],
  'basic-user': [],
  'basic-password': [],
  query: [],
  path: [],
};

const hasAll = ({ places }: AuthScheme, { values }: Prepared): boolean =>
  places.every(
    ({ required, field, in: where }) => !required || where === 'path' || (values[field] ?? '') !== '',
  );

/** A key that has not what its provider's scheme wants is proven as in its check: an Auth Token of Twilio has no SID of a key. */
const schemeOf = ({ definition, values }: Party, prepared: Prepared, reach: Reach): AuthScheme => {
  if (hasAll(definition.auth, prepared) || !definition.check.possible) return definition.auth;
  const question = { definition, values, kind: prepared.kind, reach, unattended: false };
  const request = chooseRequest(question, definition.check, prepared);
  return (request.ok ? request.value.auth : undefined) ?? definition.auth;
};

const byParty = (party: Party, call: HttpCall, reach: Reach): OrSaid<Proven> => {
  const { definition, values } = party;
  const prepared = prepare({ definition, values, kind: 'unknown', reach, unattended: false });
  if (!prepared.ok) return prepared;
  const scheme =
    call.auth ?? (call.signing === undefined ? schemeOf(party, prepared.value, reach) : { places: [] });
  const formatId = (prepared.value.format ?? definition.formats[0])?.id;
  // What stands in an address stands there by a name in braces of the call.
  const places = scheme.places.filter((place) => place.in !== 'path');
  const placed = placeAll({ definition, prepared: prepared.value, reach, places }, formatId);
  return placed.ok ? { ok: true, value: { placed: placed.value, values: prepared.value.values } } : placed;
};

/** Puts the values of whoever proves a call in their places. */
export const prove = (
  proof: Proof | null,
  call: HttpCall,
  definition: ProviderDefinition,
  reach: Reach,
): OrSaid<Proven> => {
  if (proof === null)
    return say(
      'not-checkable',
      'The key that proves the call is not at hand.',
      'Choose the manager’s key in the plan, and look whether it is still in the vault.',
    );
  if (proof.kind === 'nobody') return { ok: true, value: { placed: nothingPlaced, values: {} } };
  if (proof.kind === 'party') return byParty(proof.party, call, reach);
  const values = { token: proof.token };
  const prepared: Prepared = { values, format: undefined, kind: 'unknown' };
  const fields = definition.fields.filter(({ name }) => name !== 'token');
  const placed = placeAll(
    { definition: { ...definition, fields }, prepared, reach, places: proof.auth.places },
    undefined,
  );
  return placed.ok ? { ok: true, value: { placed: placed.value, values } } : placed;
};
