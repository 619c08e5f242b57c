// OpenAI keys of service accounts, turned with an admin key of the organisation. The call that deletes keys refuses those of service accounts:
// the old one is deleted on the web, or goes with its whole account. Keys of persons are made on the web only.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Listing, Refusal, TurnInput, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'github.com/openai/openai-openapi@f85dbe2 openapi.json';
const project = 'https://api.openai.com/v1/organization/projects/{projectId}';

const usual: readonly Refusal[] = [
  notAccepted('OpenAI does not accept the admin key that asked.', 'Check the admin key first.'),
  mayNot('OpenAI does not let this admin key do that.', 'Ask an owner of the organisation.'),
  askedTooOften('OpenAI'),
];
const wrongPlace = notThere(
  'OpenAI finds no such project or service account.',
  'Compare the ids with the settings of the organisation.',
  { means: 'wrong-input' },
);

const projectId: TurnInput = {
  name: 'projectId',
  label: 'Project',
  help: 'Its id: proj_ and letters and digits, under Settings → the project → General.',
  required: true,
};
const serviceAccountId: TurnInput = {
  name: 'serviceAccountId',
  label: 'Service account',
  help: 'Its id, as in the list of the project’s service accounts.',
  required: true,
};
const manager = {
  providers: ['openai-admin'],
  needs: 'an admin key of the organisation (sk-admin-…)',
} as const;

const make = (does: string, path: string): HttpCall => ({
  does,
  method: 'POST',
  url: `${project}/${path}`,
  body: { type: 'json', value: { name: '{mark}' } },
  by: 'manager',
  success: [200],
  refusals: [
    notTaken(
      'OpenAI does not take it: the project is archived, or the name is not taken.',
      'Look at the project.',
    ),
    wrongPlace,
    ...usual,
  ],
  repeatable: false,
});

const listCall: HttpCall = {
  does: 'lists the keys of the project',
  method: 'GET',
  // Without the word it leaves out keys whose owner has no access any more.
  url: `${project}/api_keys?limit=100&owner_project_access=any`,
  by: 'manager',
  success: [200],
  refusals: [wrongPlace, ...usual],
  repeatable: true,
};

const listOf = (own: Pick<Listing, 'id' | 'name' | 'only'>): Listing => ({
  call: listCall,
  items: ['data'],
  createdAt: ['created_at'],
  lastUsedAt: ['last_used_at'],
  hint: { json: ['redacted_value'], how: 'masked' },
  complete: { path: ['has_more'], is: false },
  ...own,
});

const remove = (does: string, path: string, refusals: readonly Refusal[]): HttpCall => ({
  does,
  method: 'DELETE',
  url: `${project}/${path}`,
  by: 'manager',
  success: [200],
  successJson: { path: ['deleted'], is: true },
  refusals: [...refusals, notThere('OpenAI knows no such entry any more.', 'Nothing to do.'), ...usual],
  repeatable: true,
});

const secondKey: TurnWay = {
  id: 'second-key',
  label: 'A second key of the same service account',
  shape: 'overlap',
  formats: ['service-account'],
  manager,
  inputs: [projectId, serviceAccountId],
  permission:
    'An admin key of the organisation; the old key is deleted on the web by an owner of the project.',
  make: {
    call: make('creates a second key of the service account', 'service_accounts/{serviceAccountId}/api_keys'),
    gives: { secret: { json: ['value'] } },
    id: { json: ['id'] },
  },
  list: listOf({ id: ['id'], name: ['name'] }),
  old: [{ from: 'hint' }],
  patience: { newSeconds: 10, oldSeconds: 60 },
  afterwards:
    'OpenAI’s interface does not delete single keys of a service account: you delete the old one on the web. A key that was restricted gets ' +
    'a successor with the usual permissions: restrict it again.',
  expiry: 'none',
};

const newAccount: TurnWay = {
  id: 'new-account',
  label: 'A new service account, and the old one is deleted',
  shape: 'overlap',
  formats: ['service-account'],
  manager,
  inputs: [projectId],
  permission: 'An admin key of the organisation.',
  make: {
    call: make('creates a service account with a key', 'service_accounts'),
    gives: { secret: { json: ['api_key', 'value'] } },
    id: { json: ['id'] },
  },
  // Known by its account, so that a lost one is removed with its account.
  list: listOf({
    id: ['owner', 'service_account', 'id'],
    name: ['owner', 'service_account', 'name'],
    only: { path: ['owner', 'type'], is: 'service_account' },
  }),
  old: [{ from: 'hint' }],
  revoke: [
    remove('deletes the old service account, with all its keys', 'service_accounts/{id}', [
      notTaken(
        'OpenAI does not delete the service account: the project is archived.',
        'Look at the project.',
      ),
    ]),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 10, oldSeconds: 60 },
  afterwards:
    'All keys of the old service account end, not this one alone. The new account has the role member: other roles and restrictions are ' +
    'given to it on the web.',
  expiry: 'none',
};

const toServiceAccount: TurnWay = {
  id: 'to-service-account',
  label: 'A key of a new service account in place of a person’s',
  shape: 'overlap',
  formats: ['project'],
  manager,
  inputs: [projectId],
  permission: 'An admin key of the organisation.',
  make: {
    call: make('creates a service account with a key', 'service_accounts'),
    gives: { secret: { json: ['api_key', 'value'] } },
    id: { json: ['api_key', 'id'] },
  },
  list: listOf({ id: ['id'], name: ['owner', 'service_account', 'name'] }),
  old: [{ from: 'hint' }],
  revoke: [
    remove('deletes the old key of the person', 'api_keys/{id}', [
      notTaken(
        'OpenAI does not delete this key by its interface: it belongs to a service account.',
        'Delete it on the web: Settings → the project → API keys.',
      ),
    ]),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 10, oldSeconds: 60 },
  afterwards:
    'The key belongs to a service account from then on, with the role member: what the old one was restricted to is set anew on the web.',
  expiry: 'none',
};

/** Keeps the person’s own key a person’s key, with its restrictions as they are chosen on the page. */
const onTheWeb: TurnWay = {
  id: 'on-the-web',
  label: 'Made on the web by the person whose key it is',
  shape: 'guided',
  formats: ['project', 'legacy'],
  manager: 'self',
  inputs: [],
  permission: 'The person whose key it is, in the project.',
  old: [],
  patience: { newSeconds: 10, oldSeconds: 60 },
  expiry: 'none',
};

export const openaiTurn = defineTurn({
  provider: 'openai',
  ways: [secondKey, newAccount, onTheWeb, toServiceAccount],
  facts: factsOf(seen, [
    [
      'second-key',
      'POST …/service_accounts/{id}/api_keys with name and scopes, neither required: several keys on one account.',
      description,
    ],
    [
      'end',
      'A mirror of the reference gives that call expires_in_seconds; the description does not, so it is not sent.',
      description,
      'uncertain',
    ],
    [
      'account',
      'POST …/service_accounts answers with an account and, unless told otherwise, a key.',
      description,
    ],
    ['delete-key', 'DELETE …/api_keys/{id} is refused (400) for keys of service accounts.', description],
    ['delete-account', 'DELETE …/service_accounts/{id} answers 200 with deleted: true.', description],
    [
      'all-keys',
      'Deleting a service account ends all its keys.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['list', 'The list of the project’s keys shows redacted_value and whose each is.', description],
    ['persons', 'There is no call that makes a key of a person.', description],
    ['errors', 'Numbers of refusals other than 400 are not in the description.', description, 'uncertain'],
  ]),
});
