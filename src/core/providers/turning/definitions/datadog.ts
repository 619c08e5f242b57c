// Datadog: API keys of the organisation, and application keys of a person or a service account, which work only beside an API key. Whoever
// makes or deletes either proves it with one of each. The list names the limit, and the last four characters of every key.
import type { AuthScheme } from '../../asking.ts';
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Learning, Listing, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const v2 = 'github.com/DataDog/datadog-api-client-typescript@f722578 .generator/schemas/v2/openapi.yaml';
const api = 'https://api.{site}/api/v2';

const both: AuthScheme = {
  places: [
    { in: 'header', name: 'DD-API-KEY', prefix: '', field: 'apiKey', required: true },
    { in: 'header', name: 'DD-APPLICATION-KEY', prefix: '', field: 'applicationKey', required: true },
  ],
};

const usual: readonly Refusal[] = [
  mayNot(
    'Datadog refuses the pair that asked: one of the two is wrong or of another site, or it may not do this.',
    'See that the setting "site" is right, and that the application key has the permission.',
  ),
  notAccepted('Datadog does not accept the pair that asked.', 'Check that pair first.'),
  askedTooOften('Datadog'),
];

const call = (
  own: Pick<HttpCall, 'does' | 'method' | 'url' | 'success' | 'repeatable'> & Partial<HttpCall>,
): HttpCall => ({ by: 'manager', auth: both, refusals: usual, ...own });

type Kind = {
  readonly path: string;
  readonly type: string;
  readonly words: string;
  readonly field: 'apiKey' | 'applicationKey';
  readonly lastUsedAt: string;
  readonly max: string;
  /** Attributes that the new key takes over. */
  readonly same: readonly Learning[];
  readonly body: Readonly<Record<string, string>>;
};

const apiKey: Kind = {
  path: 'api_keys',
  type: 'api_keys',
  words: 'API key',
  field: 'apiKey',
  lastUsedAt: 'date_last_used',
  max: 'max_allowed',
  same: [
    { name: 'category', from: { json: ['attributes', 'category'] }, required: false },
    {
      name: 'remoteConfiguration',
      from: { json: ['attributes', 'remote_config_read_enabled'] },
      required: false,
    },
  ],
  body: { category: '{category?}', remote_config_read_enabled: '{remoteConfiguration?}' },
};
const applicationKey = (path: string): Kind => ({
  path,
  type: 'application_keys',
  words: 'application key',
  field: 'applicationKey',
  lastUsedAt: 'last_used_at',
  max: 'max_allowed_per_user',
  // None are told of a key that may do whatever its owner may.
  same: [{ name: 'scopes', from: { json: ['attributes', 'scopes'] }, required: false }],
  body: { scopes: '{scopes?}' },
});

const listOf = (kind: Kind): Listing => ({
  call: call({
    does: `lists the ${kind.words}s`,
    method: 'GET',
    url: `${api}/${kind.path}?page%5Bsize%5D=100`,
    success: [200],
    repeatable: true,
  }),
  items: ['data'],
  id: ['id'],
  name: ['attributes', 'name'],
  createdAt: ['attributes', 'created_at'],
  lastUsedAt: ['attributes', kind.lastUsedAt],
  hint: { json: ['attributes', 'last4'], how: 'ends-with' },
  max: ['meta', kind.max],
  complete: { fewerThan: 100 },
  learns: kind.same,
});

const way = (
  kind: Kind,
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'> & Partial<TurnWay>,
): TurnWay => ({
  shape: 'overlap',
  inputs: [],
  make: {
    call: call({
      does: `creates a second ${kind.words}`,
      method: 'POST',
      url: `${api}/${kind.path}`,
      body: {
        type: 'json',
        value: { data: { type: kind.type, attributes: { name: '{mark}', ...kind.body } } },
      },
      success: [201],
      refusals: [
        notTaken(
          'Datadog does not take the request: the name or a scope, or there are as many keys as are allowed.',
          'Look at Organization Settings, and delete a key that nobody uses.',
        ),
        ...usual,
      ],
      repeatable: false,
    }),
    gives: { [kind.field]: { json: ['data', 'attributes', 'key'] } },
    id: { json: ['data', 'id'] },
  },
  list: listOf(kind),
  old: [{ from: 'hint' }, { from: 'name' }],
  revoke: [
    call({
      does: `deletes the old ${kind.words}`,
      method: 'DELETE',
      url: `${api}/${kind.path}/{id}`,
      success: [204],
      refusals: [notThere('Datadog knows no such key any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    }),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 60, oldSeconds: 60 },
  expiry: 'none',
  ...own,
});

const pair = {
  providers: ['datadog'],
  needs: 'an API key with an application key of the same organisation that may manage keys',
} as const;

export const datadogTurn = defineTurn({
  provider: 'datadog',
  ways: [
    way(applicationKey('current_user/application_keys'), {
      id: 'application-key',
      label: 'The application key makes its successor',
      formats: ['application-key'],
      manager: 'self',
      permission: 'user_app_keys.',
      afterwards: 'The API key beside it stays as it is.',
    }),
    way(apiKey, {
      id: 'api-key-self',
      label: 'Another API key, made with the application key beside it',
      formats: ['application-key'],
      manager: 'self',
      permission: 'api_keys_read, api_keys_write and api_keys_delete on the application key.',
      afterwards: 'The application key beside it stays as it is.',
    }),
    way(apiKey, {
      id: 'api-key',
      label: 'Another API key, made with another pair',
      manager: pair,
      permission: 'api_keys_read, api_keys_write and api_keys_delete on the pair that asks.',
    }),
    way(applicationKey('service_accounts/{serviceAccountId}/application_keys'), {
      id: 'service-account',
      label: 'An application key of a service account, made with another pair',
      formats: ['application-key'],
      manager: pair,
      inputs: [
        {
          name: 'serviceAccountId',
          label: 'Service account',
          help: 'Its id, as in the address of its page.',
          required: true,
        },
      ],
      permission: 'service_account_write on the pair that asks.',
    }),
  ],
  facts: factsOf(seen, [
    ['api-key', 'POST /api/v2/api_keys answers 201 with the key and its id; api_keys_write.', v2],
    [
      'application-key',
      'POST /api/v2/current_user/application_keys answers 201 with key, id and scopes; user_app_keys.',
      v2,
    ],
    ['service-account', 'The same under /api/v2/service_accounts/{id}; service_account_write.', v2],
    ['delete', 'DELETE by id answers 204, and 404 where there is none.', v2],
    ['list', 'Lists show last4, name and dates; meta names the limit. A page may hold 100.', v2],
    ['scopes', 'An application key without scopes may do whatever its owner may.', v2],
    ['quota-answer', 'What is answered at the limit was not found.', v2, 'uncertain'],
    ['settles', 'How long a deleted key is still taken was not found.', v2, 'uncertain'],
    [
      'application-proof',
      'A deleted application key is refused with the same 403 as one that may not ask.',
      v2,
      'uncertain',
    ],
  ]),
});
