// Anthropic: no API makes a key. An admin key finds the old one by the hint in the list and sets it inactive, which an administrator
// can take back; archiving, which nobody can, stays with the person.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const adminApi = 'https://platform.claude.com/docs/en/api/php/organization/api_keys.md';
const publicCode = 'public code (many public files)';
const base = 'https://api.anthropic.com/v1/organizations/api_keys';
const headers = { 'anthropic-version': '2023-06-01' };
const byAdmin = [
  notAccepted('Anthropic does not accept the admin key.', 'Check the admin key first.'),
  mayNot('Anthropic does not let this key manage others.', 'Choose an admin key (sk-ant-admin…).'),
  askedTooOften('Anthropic'),
] as const;
const asGuided = {
  shape: 'guided',
  inputs: [],
  patience: { newSeconds: 30, oldSeconds: 60 },
  expiry: 'same-length',
} as const;

export const anthropicTurn = defineTurn({
  provider: 'anthropic',
  ways: [
    {
      ...asGuided,
      id: 'guided-disable',
      label: 'Make a second key in the Console; an admin key switches the old one off',
      formats: ['api'],
      manager: { providers: ['anthropic'], needs: 'an admin key (sk-ant-admin…)' },
      permission: 'A person who may create keys in the Console, and an admin key of the same organisation.',
      list: {
        call: {
          does: 'lists the keys of the organisation',
          method: 'GET',
          url: `${base}?limit=1000&status=active`,
          headers,
          by: 'manager',
          success: [200],
          refusals: [...byAdmin],
          repeatable: true,
        },
        items: ['data'],
        id: ['id'],
        name: ['name'],
        createdAt: ['created_at'],
        hint: { json: ['partial_key_hint'], how: 'masked' },
        complete: { path: ['has_more'], is: false },
      },
      old: [{ from: 'hint' }, { from: 'name' }],
      revoke: [
        {
          does: 'sets the old key inactive',
          method: 'POST',
          url: `${base}/{id}`,
          headers,
          body: { type: 'json', value: { status: 'inactive' } },
          by: 'manager',
          success: [200],
          successJson: { path: ['status'], is: 'inactive' },
          refusals: [
            notThere(
              'The organisation of the admin key has no such key.',
              'Nothing to do if it was deleted.',
            ),
            notTaken(
              'Anthropic does not set it inactive: it may be archived or over.',
              'Look at it in the Console.',
            ),
            ...byAdmin,
          ],
          repeatable: true,
        },
      ],
      revokeMeans: 'disabled',
      afterwards:
        'The old key is inactive, and an administrator can make it active again. Archive it in the Console when nothing misses it: that cannot be undone.',
    },
    {
      ...asGuided,
      id: 'guided',
      label: 'Make a second key and archive the old one in the Console',
      manager: 'self',
      permission: 'A person who may create and archive keys in the Console; for admin keys an administrator.',
      old: [],
    },
  ],
  facts: factsOf(seen, [
    [
      'list',
      'GET /v1/organizations/api_keys, up to 1000 at once, by status; shows id, name, created_at and a hint.',
      adminApi,
    ],
    [
      'hint',
      'partial_key_hint: the beginning and the last four characters, with a gap between.',
      publicCode,
      'uncertain',
    ],
    ['status', 'POST /v1/organizations/api_keys/{id} with status inactive, archived or active.', adminApi],
    ['undo', 'Inactive can be undone, archived cannot.', adminApi],
    ['no-create', 'The Admin API creates no key and deletes none.', adminApi],
    ['settles', 'How long an inactive key is still taken was not found.', adminApi, 'uncertain'],
  ]),
});
