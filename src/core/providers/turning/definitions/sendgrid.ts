// SendGrid: a key made without scopes may do everything, so the old key's own scopes are read first and copied. The id of a key is the part
// between its two dots. Keys of the European region are made there.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/sendgrid/sendgrid-oai@bef1536 spec/paths/security/api_keys.json';
const page = 'https://twilio.com/docs/sendgrid/api-reference/api-keys/delete-api-keys';

const usual: readonly Refusal[] = [
  notAccepted(
    'SendGrid does not accept the key that asked: unknown, deleted, or of the other region.',
    'Compare the region of the account with the way that was chosen.',
  ),
  mayNot(
    'SendGrid does not let the key that asked do this.',
    'It needs the scopes api_keys.create, api_keys.read and api_keys.delete, and every scope of the key that is turned.',
  ),
  askedTooOften('SendGrid'),
];

const readScopes = (base: string): HttpCall => ({
  does: 'asks SendGrid for the scopes of the old key',
  method: 'GET',
  url: `${base}/v3/scopes`,
  by: 'old',
  success: [200],
  refusals: usual,
  learns: [{ name: 'scopes', from: { json: ['scopes'] }, required: true }],
  repeatable: true,
});

const create = (base: string): HttpCall => ({
  does: 'creates a second key with the same scopes',
  method: 'POST',
  url: `${base}/v3/api_keys`,
  body: { type: 'json', value: { name: '{mark}', scopes: '{scopes}' } },
  by: 'manager',
  success: [201],
  refusals: [
    mayNot(
      'SendGrid has no place for another key: 100 are all that an account may have.',
      'Delete a key that nobody uses, then begin again.',
      { bodyHas: 'maximum', means: 'quota-full' },
    ),
    notTaken(
      'SendGrid does not take the name or one of the scopes.',
      'Look at the scopes of the old key: one of them may be no longer given.',
    ),
    ...usual,
  ],
  repeatable: false,
});

const list = (base: string): HttpCall => ({
  does: 'lists the keys of the account',
  method: 'GET',
  url: `${base}/v3/api_keys`,
  by: 'manager',
  success: [200],
  refusals: usual,
  repeatable: true,
});

const remove = (base: string, by: 'new' | 'manager'): HttpCall => ({
  does: 'deletes the old key',
  method: 'DELETE',
  url: `${base}/v3/api_keys/{id}`,
  by,
  success: [204],
  refusals: [notThere('SendGrid knows no such key any more.', 'Nothing to do.'), ...usual],
  repeatable: true,
});

type Region = { readonly suffix: string; readonly words: string; readonly base: string };
const regions: readonly Region[] = [
  { suffix: '', words: '', base: 'https://api.sendgrid.com' },
  { suffix: '-eu', words: ' (European region)', base: 'https://api.eu.sendgrid.com' },
];

const way = (
  { suffix, words, base }: Region,
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>,
): TurnWay => ({
  ...own,
  id: `${own.id}${suffix}`,
  label: `${own.label}${words}`,
  shape: 'overlap',
  inputs: [],
  make: {
    before: [readScopes(base)],
    call: create(base),
    gives: { secret: { json: ['api_key'] } },
    id: { json: ['api_key_id'] },
  },
  list: {
    call: list(base),
    items: ['result'],
    id: ['api_key_id'],
    name: ['name'],
    complete: true,
  },
  old: [{ from: 'field', field: 'secret', part: { by: '.', at: 1 } }],
  revoke: [remove(base, own.manager === 'self' ? 'new' : 'manager')],
  revokeMeans: 'deleted',
  patience: { newSeconds: 60, oldSeconds: 60 },
  quota: 100,
  expiry: 'none',
});

const self = {
  id: 'self',
  label: 'The key makes its successor',
  manager: 'self',
  permission: 'The scopes api_keys.create, api_keys.read and api_keys.delete on the key itself.',
} as const;
const managed = {
  id: 'managed',
  label: 'Another key makes it',
  manager: {
    providers: ['sendgrid'],
    needs: 'a key of the same account with the scopes api_keys.create, api_keys.read and api_keys.delete',
  },
  permission: 'The scopes api_keys.create, api_keys.read and api_keys.delete, and all scopes of the old key.',
} as const;

export const sendgridTurn = defineTurn({
  provider: 'sendgrid',
  ways: regions.flatMap((region) => [way(region, self), way(region, managed)]),
  facts: factsOf(seen, [
    ['scopes', 'GET /v3/scopes answers with the scopes of the key that asks.', description],
    ['full', 'A key made without scopes has full access.', description],
    ['create', 'POST /v3/api_keys answers 201 with api_key and api_key_id.', description],
    ['list', 'The list holds all keys, with name and id and no part of the value.', description],
    ['delete', 'DELETE /v3/api_keys/{id} answers 204, and 404 where there is none.', description],
    ['delay', 'After a small delay, which is not said, a deleted key is refused.', page, 'uncertain'],
    [
      'added-scopes',
      'SendGrid lists scopes that it adds by itself (2fa_required); whether it takes them in a creation was not seen. A no changes nothing.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['quota', 'At most 100 keys; one more is refused with 403.', description],
    [
      'quota-words',
      'That the 403 of a full account says "maximum" was not seen.',
      'general knowledge, no page read',
      'uncertain',
    ],
    [
      'id',
      'The id of a key is the part between its two dots.',
      'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/sendgrid/sendgrid.go',
    ],
  ]),
});
