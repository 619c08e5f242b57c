// Resend: keys are made by a key with full access. Nothing in the list tells what a key may do, so a key that may only send is made anew with
// the permission that the chosen way names, never with more.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { BodyValue, HttpCall, Refusal, TurnInput, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/resend/resend-openapi@fd6f395 resend.yaml';
const publicCode = 'public code (many public files)';
const url = 'https://api.resend.com/api-keys';

/** The name in an answer says more than its number, which may be 400, 401 or 403. */
const named: readonly Refusal[] = [
  {
    json: { path: ['name'], is: 'restricted_api_key' },
    means: 'no-permission',
    reason: 'The key that asked may only send e-mail; it cannot manage keys.',
    next: 'Choose a way with a key of full access.',
  },
  {
    json: { path: ['name'], is: 'invalid_api_key' },
    means: 'refused',
    reason: 'Resend does not accept the key that asked.',
    next: 'Look at API Keys whether it is listed.',
  },
];

const byStatus: readonly Refusal[] = [
  notAccepted('Resend does not accept the key that asked.', 'Look at API Keys whether it is listed.'),
  mayNot(
    'Resend refuses this to the key that asked.',
    'Look at the permission of the key and the state of the team.',
  ),
  askedTooOften('Resend'),
];
const usual: readonly Refusal[] = [...named, ...byStatus];

const create = (
  permission: 'full_access' | 'sending_access',
  more: { readonly [name: string]: BodyValue },
): HttpCall => ({
  does: 'creates a second key with the same permission',
  method: 'POST',
  url,
  body: { type: 'json', value: { name: '{mark}', permission, ...more } },
  by: 'manager',
  success: [201],
  refusals: [
    ...named,
    notTaken('Resend does not take the name or the domain.', 'Compare the id of the domain with its page.', {
      status: 422,
    }),
    notTaken('Resend does not take the name or the domain.', 'Compare the id of the domain with its page.'),
    notThere('Resend knows no such domain.', 'Compare the id of the domain with its page.', {
      means: 'wrong-input',
    }),
    ...byStatus,
  ],
  repeatable: false,
});

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'> & { readonly inputs?: readonly TurnInput[] },
  call: HttpCall,
): TurnWay => ({
  inputs: [],
  ...own,
  shape: 'overlap',
  make: { call, gives: { secret: { json: ['token'] } }, id: { json: ['id'] } },
  list: {
    call: {
      does: 'lists the keys of the team',
      method: 'GET',
      url: `${url}?limit=100`,
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
    complete: { path: ['has_more'], is: false },
  },
  old: [{ from: 'name' }],
  revoke: [
    {
      does: 'deletes the old key',
      method: 'DELETE',
      url: `${url}/{id}`,
      by: own.manager === 'self' ? 'new' : 'manager',
      success: [200],
      refusals: [notThere('Resend knows no such key any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 10, oldSeconds: 60 },
  expiry: 'none',
});

const full = { providers: ['resend'], needs: 'a key of the same team with full access' } as const;

export const resendTurn = defineTurn({
  provider: 'resend',
  ways: [
    way(
      {
        id: 'full-access',
        label: 'A key with full access makes its successor',
        manager: 'self',
        permission: 'Full access of the key itself.',
      },
      create('full_access', {}),
    ),
    way(
      {
        id: 'sending-one-domain',
        label: 'A key that may send for one domain',
        manager: full,
        inputs: [
          {
            name: 'domainId',
            label: 'Domain',
            help: 'The id of the one domain that the key may send for, as in the address of its page.',
            required: true,
          },
        ],
        permission: 'A key of the same team with full access.',
      },
      create('sending_access', { domain_id: '{domainId}' }),
    ),
    way(
      {
        id: 'sending',
        label: 'A key that may send for every domain',
        manager: full,
        permission: 'A key of the same team with full access.',
      },
      create('sending_access', {}),
    ),
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /api-keys with name, permission and domain_id answers 201 with id and token.',
      description,
    ],
    [
      'list',
      'The list shows id, name and dates, up to 100 on a page; nothing of the value or the permission.',
      description,
    ],
    ['delete', 'DELETE /api-keys/{id} answers 200.', description],
    ['names', 'Refusals carry a name: restricted_api_key, invalid_api_key.', publicCode],
    ['422', 'What is not taken is answered 422 or 400.', publicCode, 'uncertain'],
    ['length', 'How long a name may be is not in the description.', description, 'uncertain'],
    ['quota', 'How many keys there may be is not said.', description, 'uncertain'],
  ]),
});
