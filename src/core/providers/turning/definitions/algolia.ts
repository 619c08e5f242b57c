// Algolia knows a key by its value alone: reading one or deleting it puts the value into the address, and the list shows all of them. What an
// update leaves out is reset, so a second key is made with everything that the old one has. A deleted one can be restored for a while.
import type { AuthScheme } from '../../asking.ts';
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/algolia/api-clients-automation specs/search/paths/keys';
const schemas = 'github.com/algolia/api-clients-automation specs/search/common/schemas.yml';
const url = 'https://{appId}.algolia.net/1/keys';
const secretInUrl = 'Algolia has no address for a key without the key in it.';

/** The check of a key puts it into the address as well; here each call says so itself. */
const auth: AuthScheme = {
  places: [
    { in: 'header', name: 'X-Algolia-Application-Id', prefix: '', field: 'appId', required: true },
    { in: 'header', name: 'X-Algolia-API-Key', prefix: '', field: 'secret', required: true },
  ],
};

const usual: readonly Refusal[] = [
  mayNot(
    'Algolia does not accept the key that asked, or it is no admin key of this application.',
    'Use the admin key of the same application.',
  ),
  notAccepted('Algolia does not accept the key that asked.', 'Use the admin key of the same application.'),
  askedTooOften('Algolia'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'manager', auth, success: [200], refusals: usual, ...own });

const learns = ['indexes', 'maxHitsPerQuery', 'maxQueriesPerIPPerHour', 'queryParameters', 'referers'];

export const algoliaTurn = defineTurn({
  provider: 'algolia',
  ways: [
    {
      id: 'admin-key',
      label: 'A second key with the same permissions, made with the admin key',
      shape: 'overlap',
      formats: ['key'],
      manager: { providers: ['algolia'], needs: 'the admin key of the same application' },
      inputs: [],
      permission: 'The admin key. It cannot be turned itself this way: that is done in the dashboard.',
      make: {
        before: [
          call({
            does: 'asks Algolia what the old key may do',
            method: 'GET',
            url: `${url}/{old:secret}`,
            secretInUrl,
            refusals: [
              notThere('Algolia knows no such key in this application.', 'Compare the application id.', {
                means: 'wrong-input',
              }),
              ...usual,
            ],
            learns: [
              { name: 'acl', from: { json: ['acl'] }, required: true },
              ...learns.map((name) => ({ name, from: { json: [name] }, required: false })),
            ],
            repeatable: true,
          }),
        ],
        call: call({
          does: 'creates a second key with the same permissions, indices, limits and referrers',
          method: 'POST',
          url,
          body: {
            type: 'json',
            value: {
              acl: '{acl}',
              description: '{mark}',
              validity: '{expiresInSeconds?}',
              ...Object.fromEntries(learns.map((name) => [name, `{${name}?}`])),
            },
          },
          success: [200, 201],
          refusals: [
            notTaken(
              'Algolia does not take one of the permissions or limits.',
              'Make the key in the dashboard.',
            ),
            ...usual,
          ],
          repeatable: false,
        }),
        gives: { secret: { json: ['key'] } },
        id: { json: ['key'] },
      },
      list: {
        call: call({ does: 'lists the keys of the application', method: 'GET', url, repeatable: true }),
        items: ['keys'],
        id: ['value'],
        name: ['description'],
        createdAt: ['createdAt'],
        complete: true,
        idIsSecret: true,
      },
      old: [{ from: 'field', field: 'secret' }],
      revoke: [
        call({
          does: 'deletes the old key',
          method: 'DELETE',
          url: `${url}/{id}`,
          secretInUrl,
          refusals: [notThere('Algolia knows no such key any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        }),
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 60, oldSeconds: 60 },
      afterwards:
        'Algolia can restore a deleted key for a while. Secured keys that were derived from the old one stop with it.',
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /1/keys with acl and the rest answers with key and createdAt; the admin key.',
      description,
    ],
    ['read', 'GET /1/keys/{key} answers with acl, indexes, limits, referers and validity.', description],
    ['reset', 'What a PUT leaves out is reset, so the old key is not touched.', description],
    ['list', 'GET /1/keys lists all keys with their values.', schemas],
    ['delete', 'DELETE /1/keys/{key} answers 200 with deletedAt; it can be restored.', description],
    ['validity', 'validity counts seconds from now; 0 means no end.', schemas],
    ['settles', 'How long a new key takes, or a deleted one lives, was not found.', description, 'uncertain'],
    [
      'derived',
      'Secured keys end with the key they derive from.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['admin', 'That the admin key cannot be made by API was not confirmed.', description, 'uncertain'],
  ]),
});
