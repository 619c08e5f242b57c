// DigitalOcean: pairs for Spaces are made and deleted by API with a personal access token, with the grants of the old pair. Tokens themselves
// are made in the control panel alone, and pairs for Functions are guided: what a new one may run is not told.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/digitalocean/openapi@7c1300c specification/DigitalOcean-public.v2.yaml';
const spaces = 'github.com/digitalocean/openapi specification/resources/spaces';
const url = 'https://api.digitalocean.com/v2/spaces/keys';

const usual: readonly Refusal[] = [
  notAccepted('DigitalOcean does not accept the token that asked.', 'Look at API → Tokens.'),
  mayNot(
    'The token that asked may not manage keys of Spaces.',
    'It needs spaces_key:read, spaces_key:create_credentials and spaces_key:delete.',
  ),
  askedTooOften('DigitalOcean'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'success' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'manager', refusals: usual, ...own });

export const digitaloceanTurn = defineTurn({
  provider: 'digitalocean',
  ways: [
    {
      id: 'spaces',
      label: 'A second pair for Spaces with the same grants',
      shape: 'overlap',
      formats: ['spaces-id', 'spaces-secret'],
      manager: {
        providers: ['digitalocean'],
        needs: 'a personal access token that may manage keys of Spaces',
      },
      inputs: [],
      permission: 'spaces_key:read, spaces_key:create_credentials and spaces_key:delete.',
      make: {
        before: [
          call({
            does: 'asks DigitalOcean for the grants of the old pair',
            method: 'GET',
            url: `${url}/{oldId}`,
            success: [200],
            refusals: [
              notThere('DigitalOcean knows no such pair for this token.', 'Compare the access key id.', {
                means: 'wrong-input',
              }),
              ...usual,
            ],
            learns: [{ name: 'grants', from: { json: ['key', 'grants'] }, required: true, anything: true }],
            repeatable: true,
          }),
        ],
        call: call({
          does: 'creates a second pair with the same grants',
          method: 'POST',
          url,
          body: { type: 'json', value: { name: '{mark}', grants: '{grants}' } },
          success: [201],
          refusals: [
            notTaken(
              'DigitalOcean does not take the name or the grants.',
              'Make the pair in the control panel.',
            ),
            ...usual,
          ],
          repeatable: false,
        }),
        gives: {
          accessKeyId: { json: ['key', 'access_key'] },
          secretAccessKey: { json: ['key', 'secret_key'] },
        },
        id: { json: ['key', 'access_key'] },
      },
      list: {
        call: call({
          does: 'lists the pairs for Spaces',
          method: 'GET',
          url: `${url}?per_page=200`,
          success: [200],
          repeatable: true,
        }),
        items: ['keys'],
        id: ['access_key'],
        name: ['name'],
        createdAt: ['created_at'],
        complete: { path: ['links', 'pages', 'next'], is: null },
      },
      old: [{ from: 'field', field: 'accessKeyId' }],
      revoke: [
        call({
          does: 'deletes the old pair',
          method: 'DELETE',
          url: `${url}/{id}`,
          success: [204],
          refusals: [notThere('DigitalOcean knows no such pair any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        }),
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 60, oldSeconds: 120 },
      afterwards: 'Addresses that were signed with the old pair stop with it.',
      expiry: 'none',
    },
    {
      id: 'guided',
      label: 'Make it in the control panel',
      shape: 'guided',
      formats: ['token', 'oauth', 'refresh', 'functions-id'],
      manager: 'self',
      inputs: [],
      permission: 'The person, in the control panel.',
      old: [],
      patience: { newSeconds: 60, oldSeconds: 120 },
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /v2/spaces/keys with name and grants answers 201 with access_key and secret_key.',
      description,
    ],
    ['scope', 'Making wants spaces_key:create_credentials, deleting spaces_key:delete.', spaces],
    ['read', 'GET /v2/spaces/keys/{access_key} shows name and grants, not the secret.', spaces],
    ['list', 'The list has pages: links and meta.total.', spaces],
    ['delete', 'DELETE answers 204, and 404 where there is none.', spaces],
    ['tokens', 'Personal access tokens cannot be made by API, so they are guided.', description],
    ['per-page', 'That a page may hold 200 pairs was read for other lists only.', description, 'uncertain'],
    ['settles', 'How long a deleted pair is still taken was not found.', description, 'uncertain'],
    [
      'signed',
      'That signed addresses end with their pair was not confirmed.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
