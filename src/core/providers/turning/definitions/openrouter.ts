// OpenRouter: a management key makes, lists and deletes keys for models by their hash. The new one gets the same limit, from its beginning.
// Management keys themselves are made on the web.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Learning, Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const createPage = 'https://openrouter.ai/docs/api/api-reference/api-keys/create-keys.md';
const listPage = 'https://openrouter.ai/docs/api/api-reference/api-keys/list.md';
const guide = 'https://openrouter.ai/docs/features/provisioning-api-keys';
const publicCode = "public code 'openrouter.ai/api/v1/keys'";
const url = 'https://openrouter.ai/api/v1/keys';

const usual: readonly Refusal[] = [
  notAccepted(
    'OpenRouter does not accept the key that asked: unknown, deleted, or no management key.',
    'Use a management key: Settings → Management Keys.',
  ),
  mayNot('OpenRouter does not let the key that asked do this.', 'Use a management key.'),
  askedTooOften('OpenRouter'),
];

const same = (name: string, place: string): Learning => ({
  name,
  from: { json: [place] },
  required: false,
});

export const openrouterTurn = defineTurn({
  provider: 'openrouter',
  ways: [
    {
      id: 'management-key',
      label: 'A second key with the same limit, made with a management key',
      shape: 'overlap',
      manager: { providers: ['openrouter'], needs: 'a management key of the same account' },
      inputs: [],
      permission: 'A management key. Management keys themselves are made on the web.',
      make: {
        call: {
          does: 'creates a second key with the same limit',
          method: 'POST',
          url,
          body: {
            type: 'json',
            value: {
              name: '{mark}',
              limit: '{limit?}',
              limit_reset: '{limitReset?}',
              include_byok_in_limit: '{includeByok?}',
              workspace_id: '{workspaceId?}',
              expires_at: '{expiresAt?}',
            },
          },
          by: 'manager',
          success: [201],
          refusals: [
            notTaken('OpenRouter does not take name, limit or end.', 'Make the key on the web.'),
            ...usual,
          ],
          repeatable: false,
        },
        gives: { secret: { json: ['key'] } },
        id: { json: ['data', 'hash'] },
        expiresAt: ['data', 'expires_at'],
      },
      list: {
        call: {
          does: 'lists the keys of the account',
          method: 'GET',
          url: `${url}?include_disabled=true`,
          by: 'manager',
          success: [200],
          refusals: usual,
          repeatable: true,
        },
        items: ['data'],
        id: ['hash'],
        name: ['name'],
        createdAt: ['created_at'],
        hint: { json: ['label'], how: 'masked' },
        complete: { fewerThan: 100 },
        learns: [
          same('limit', 'limit'),
          same('limitReset', 'limit_reset'),
          same('includeByok', 'include_byok_in_limit'),
          same('workspaceId', 'workspace_id'),
        ],
      },
      old: [{ from: 'hint' }, { from: 'name' }],
      revoke: [
        {
          does: 'deletes the old key',
          method: 'DELETE',
          url: `${url}/{id}`,
          by: 'manager',
          success: [200],
          refusals: [notThere('OpenRouter knows no such key any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 30, oldSeconds: 60 },
      afterwards: 'What the old key had used does not count against the limit of the new one.',
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    ['create', 'POST /api/v1/keys with name answers 201 with key and data; a management key.', createPage],
    ['end', 'expires_at is ISO 8601 in UTC; other zones are refused.', createPage],
    ['limit', 'limit, limit_reset and include_byok_in_limit may be set when a key is made.', createPage],
    ['list', 'A page of the list holds 100 keys, of the default workspace.', guide],
    ['include-disabled', 'include_disabled lists disabled keys too.', listPage],
    ['delete', 'DELETE /api/v1/keys/{hash} deletes.', publicCode],
    ['label', 'label shows the beginning and the end of the key.', listPage, 'uncertain'],
    ['management', 'A management key cannot be used for models, and is made on the web.', guide],
    ['settles', 'How long a deleted key is still taken was not found.', publicCode, 'uncertain'],
  ]),
});
