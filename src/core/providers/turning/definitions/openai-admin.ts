// OpenAI admin keys: one makes and deletes others, itself too, and each may carry an end of its own.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/openai/openai-openapi@f85dbe2 openapi.json';
const url = 'https://api.openai.com/v1/organization/admin_api_keys';

const usual: readonly Refusal[] = [
  notAccepted(
    'OpenAI does not accept the admin key that asked.',
    'Look whether it is listed among the admin keys.',
  ),
  mayNot('OpenAI does not let this key manage admin keys.', 'Ask an owner of the organisation.'),
  askedTooOften('OpenAI'),
];

export const openaiAdminTurn = defineTurn({
  provider: 'openai-admin',
  ways: [
    {
      id: 'self',
      label: 'The admin key makes its successor',
      shape: 'overlap',
      manager: 'self',
      inputs: [],
      permission: 'An admin key that may manage admin keys: the key itself.',
      make: {
        call: {
          does: 'creates a second admin key',
          method: 'POST',
          url,
          body: { type: 'json', value: { name: '{mark}', expires_in_seconds: '{expiresInSeconds?}' } },
          by: 'manager',
          success: [200],
          refusals: [
            notTaken(
              'OpenAI does not take the name or the end of the key.',
              'Choose an end within 365 days.',
            ),
            ...usual,
          ],
          repeatable: false,
        },
        gives: { secret: { json: ['value'] } },
        id: { json: ['id'] },
        expiresAt: ['expires_at'],
      },
      list: {
        call: {
          does: 'lists the admin keys of the organisation',
          method: 'GET',
          // The newest first: a key that was just made is on the first page.
          url: `${url}?limit=100&order=desc`,
          by: 'manager',
          success: [200],
          refusals: usual,
          repeatable: true,
        },
        items: ['data'],
        id: ['id'],
        name: ['name'],
        createdAt: ['created_at'],
        lastUsedAt: ['last_used_at'],
        hint: { json: ['redacted_value'], how: 'masked' },
        complete: { path: ['has_more'], is: false },
      },
      old: [{ from: 'hint' }],
      revoke: [
        {
          does: 'deletes the old admin key',
          method: 'DELETE',
          url: `${url}/{id}`,
          by: 'new',
          success: [200],
          successJson: { path: ['deleted'], is: true },
          refusals: [notThere('OpenAI knows no such admin key any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 10, oldSeconds: 60 },
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /organization/admin_api_keys with name and, if wished, expires_in_seconds, 1 to 31,536,000.',
      description,
    ],
    ['value', 'The value stands in the answer to the creation alone.', description],
    ['list', 'The list shows redacted_value, so the old key’s id can be told.', description],
    ['delete', 'DELETE answers 200 with deleted: true.', description],
    ['page', 'How many keys a page may hold is not said; 100 is asked for.', description, 'uncertain'],
    ['errors', 'The numbers of refusals are not in the description.', description, 'uncertain'],
    ['settle', 'How long a change takes to be known everywhere is not said.', description, 'uncertain'],
  ]),
});
