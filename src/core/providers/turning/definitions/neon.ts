// Neon: a personal key makes its successor; keys of an organisation are made by a personal key of its administrator. The list says for which
// project a key is, and its successor is for the same one only.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { BodyValue, HttpCall, Learning, Refusal, TurnInput, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'npm @neondatabase/api-client@2.7.1 public-v2-for-users.gen.yaml';
const base = 'https://console.neon.tech/api/v2';

const usual: readonly Refusal[] = [
  notAccepted('Neon does not accept the key that asked.', 'Look whether it is listed under API keys.'),
  mayNot(
    'Neon refuses this to the key that asked.',
    'Keys of an organisation are managed by its administrators.',
  ),
  askedTooOften('Neon'),
  {
    status: 423,
    means: 'wait',
    reason: 'Neon is busy with another operation.',
    next: 'Nothing to do: it is asked again.',
  },
  {
    status: 503,
    means: 'wait',
    reason: 'Neon cannot do it now; it says that nothing was done.',
    next: 'Nothing to do: it is asked again.',
  },
];
const wrongPlace = notThere(
  'Neon knows no such organisation or project.',
  'Compare the ids with the console.',
  {
    means: 'wrong-input',
  },
);

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'inputs' | 'permission'>,
  path: string,
  more: { readonly [name: string]: BodyValue } = {},
  learns: readonly Learning[] = [],
): TurnWay => {
  const call = (
    does: string,
    method: HttpCall['method'],
    url: string,
    own: Pick<HttpCall, 'by' | 'refusals' | 'repeatable'> & Partial<HttpCall>,
  ): HttpCall => ({ does, method, url, success: [200], ...own });
  return {
    ...own,
    shape: 'overlap',
    make: {
      call: call('creates a second key', 'POST', `${base}/${path}`, {
        body: { type: 'json', value: { key_name: '{mark}', ...more } },
        by: 'manager',
        refusals: [
          notTaken('Neon does not take the name or the project.', 'Compare the ids with the console.'),
          wrongPlace,
          ...usual,
        ],
        repeatable: false,
      }),
      gives: { secret: { json: ['key'] } },
      id: { json: ['id'] },
    },
    list: {
      call: call('lists the keys', 'GET', `${base}/${path}`, {
        by: 'manager',
        refusals: [wrongPlace, ...usual],
        repeatable: true,
      }),
      items: [],
      id: ['id'],
      name: ['name'],
      createdAt: ['created_at'],
      lastUsedAt: ['last_used_at'],
      complete: true,
      learns,
    },
    old: [{ from: 'name' }],
    revoke: [
      call('revokes the old key', 'DELETE', `${base}/${path}/{id}`, {
        by: own.manager === 'self' ? 'new' : 'manager',
        refusals: [notThere('Neon knows no such key any more.', 'Nothing to do.'), ...usual],
        repeatable: true,
      }),
    ],
    revokeMeans: 'deleted',
    patience: { newSeconds: 10, oldSeconds: 60 },
    expiry: 'none',
  };
};

const organisationId: TurnInput = {
  name: 'organisationId',
  label: 'Organisation',
  help: 'Its id: org- and words and digits, under the settings of the organisation.',
  required: true,
};
const administrator = {
  providers: ['neon'],
  needs: 'a personal key of an administrator of the organisation',
} as const;
const ofOrganisation = 'organizations/{organisationId}/api_keys';

export const neonTurn = defineTurn({
  provider: 'neon',
  ways: [
    way(
      {
        id: 'personal',
        label: 'A personal key makes its successor',
        manager: 'self',
        inputs: [],
        permission: 'The personal key itself.',
      },
      'api_keys',
    ),
    way(
      {
        id: 'organisation',
        label: 'A key of an organisation',
        manager: administrator,
        inputs: [organisationId],
        permission: 'A personal key of an administrator of the organisation.',
      },
      ofOrganisation,
      { project_id: '{projectId?}' },
      [{ name: 'projectId', from: { json: ['project_id'] }, required: false }],
    ),
  ],
  facts: factsOf(seen, [
    ['create', 'POST /api_keys with key_name (at most 64 characters) answers with id and key.', description],
    [
      'list',
      'GET /api_keys answers with all keys of the person: id, name, dates; nothing of the value.',
      description,
    ],
    ['revoke', 'DELETE /api_keys/{id} cannot be undone.', description],
    [
      'organisation',
      'The same under /organizations/{id}, with project_id for a key of one project.',
      description,
    ],
    ['retry', '423 and 503 say that nothing was done.', description],
    [
      'administrator',
      'Keys of an organisation are made by an administrator; whether one of them may do it too was not seen.',
      description,
      'uncertain',
    ],
    ['errors', 'Numbers of other refusals are not in the description.', description, 'uncertain'],
  ]),
});
