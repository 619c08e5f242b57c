// Twilio: the Auth Token has a second slot, filled and then promoted. API keys stand side by side; a restricted one gets the same policy, and
// the way for standard ones stops where a policy is found, so that nothing becomes wider.
import type { AuthScheme } from '../../asking.ts';
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { BodyValue, HttpCall, Learning, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const iam = 'github.com/twilio/twilio-oai@d50069b spec/json/twilio_iam_v1.json';
const accounts = 'github.com/twilio/twilio-oai@d50069b spec/json/twilio_accounts_v1.json';
const tokens = 'https://accounts.twilio.com/v1/AuthTokens';
const keys = 'https://iam.twilio.com/v1/Keys';

const usual: readonly Refusal[] = [
  notAccepted(
    'Twilio does not accept the values that asked, or they are a key that may not manage keys.',
    'Only the Auth Token and main API keys may do this.',
  ),
  mayNot(
    'Twilio does not let the key that asked do this.',
    'Only the Auth Token and main API keys may do this.',
  ),
  askedTooOften('Twilio'),
];

const tokenAuth: AuthScheme = {
  places: [
    { in: 'basic-user', name: 'user', prefix: '', field: 'accountSid', required: true },
    { in: 'basic-password', name: 'password', prefix: '', field: 'secret', required: true },
  ],
};
/** A main key has its own SID for a user, the Auth Token that of the account: whichever is there first. */
const managerAuth: AuthScheme = {
  places: [
    { in: 'basic-user', name: 'user', prefix: '', field: 'keySid', required: false },
    ...tokenAuth.places,
  ],
};

const authToken: TurnWay = {
  id: 'auth-token',
  label: 'The Auth Token, by its second slot',
  shape: 'two-slot',
  formats: ['auth-token'],
  manager: 'self',
  inputs: [],
  permission: 'The Auth Token itself.',
  make: {
    call: {
      does: 'creates the secondary Auth Token',
      method: 'POST',
      url: `${tokens}/Secondary`,
      by: 'old',
      auth: tokenAuth,
      success: [201],
      refusals: [
        notTaken(
          'Twilio does not make a secondary Auth Token: there may be one already.',
          'Look at the Console, under API keys & tokens: promote or delete the secondary token that is there.',
          { means: 'quota-full' },
        ),
        notTaken(
          'Twilio does not make a secondary Auth Token: there is one already.',
          'Look at the Console, under API keys & tokens: promote or delete the secondary token that is there.',
          { status: 409, means: 'quota-full' },
        ),
        ...usual,
      ],
      repeatable: false,
    },
    gives: { secret: { json: ['secondary_auth_token'] } },
  },
  unmake: {
    does: 'deletes the secondary Auth Token',
    method: 'DELETE',
    url: `${tokens}/Secondary`,
    by: 'old',
    auth: tokenAuth,
    success: [204],
    refusals: [notThere('There is no secondary Auth Token.', 'Nothing to do.'), ...usual],
    repeatable: true,
  },
  old: [{ from: 'nothing' }],
  revoke: [
    {
      does: 'promotes the secondary Auth Token, which ends the old one',
      method: 'POST',
      url: `${tokens}/Promote`,
      // The old one is dead after it: asked again, only the new one could say that there is nothing left to promote.
      by: 'new',
      auth: tokenAuth,
      success: [200],
      refusals: [
        notThere('There is no secondary Auth Token any more: it was promoted.', 'Nothing to do.'),
        ...usual,
      ],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 30, oldSeconds: 60 },
  afterwards:
    'Webhooks are signed with the first Auth Token: until it is promoted, whoever checks signatures needs the old one, and from then on the new one.',
  expiry: 'none',
};

const look = (does: string, more: Pick<HttpCall, 'refusals'> & Partial<HttpCall>): HttpCall => ({
  does,
  method: 'GET',
  url: `${keys}/{keySid}`,
  by: 'manager',
  auth: managerAuth,
  success: [200],
  repeatable: true,
  ...more,
});

const notFound = notThere('Twilio knows no such API key.', 'Compare the SID with the Console.', {
  means: 'wrong-input',
});
const policy: Learning = { name: 'policy', from: { json: ['policy'] }, anything: true, required: true };

const apiKey = (
  own: Pick<TurnWay, 'id' | 'label' | 'afterwards'>,
  before: HttpCall,
  more: { readonly [name: string]: BodyValue },
): TurnWay => ({
  ...own,
  shape: 'overlap',
  // By its SID: a secret of hex digits alone looks like an Auth Token.
  formats: ['key-sid'],
  manager: { providers: ['twilio'], needs: 'the Auth Token or a main API key of the same account' },
  inputs: [],
  permission: 'The Auth Token or a main API key of the same account.',
  make: {
    before: [before],
    call: {
      does: 'creates a second API key',
      method: 'POST',
      url: keys,
      body: { type: 'form', value: { AccountSid: '{accountSid}', FriendlyName: '{mark}', ...more } },
      by: 'manager',
      auth: managerAuth,
      success: [201],
      refusals: [
        notTaken('Twilio does not take the name, the account or the policy.', 'Compare the Account SID.'),
        ...usual,
      ],
      repeatable: false,
    },
    gives: { keySid: { json: ['sid'] }, secret: { json: ['secret'] } },
    id: { json: ['sid'] },
  },
  list: {
    call: {
      does: 'lists the API keys of the account',
      method: 'GET',
      url: `${keys}?AccountSid={accountSid}&PageSize=1000`,
      by: 'manager',
      auth: managerAuth,
      success: [200],
      refusals: [notTaken('Twilio does not take the account.', 'Compare the Account SID.'), ...usual],
      repeatable: true,
    },
    items: ['keys'],
    id: ['sid'],
    name: ['friendly_name'],
    createdAt: ['date_created'],
    complete: { path: ['meta', 'next_page_url'], is: null },
  },
  old: [{ from: 'field', field: 'keySid' }],
  revoke: [
    {
      does: 'deletes the old API key',
      method: 'DELETE',
      url: `${keys}/{id}`,
      by: 'manager',
      auth: managerAuth,
      success: [204],
      refusals: [notThere('Twilio knows no such API key any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 30, oldSeconds: 60 },
  expiry: 'none',
});

export const twilioTurn = defineTurn({
  provider: 'twilio',
  ways: [
    authToken,
    apiKey(
      {
        id: 'standard-key',
        label: 'A standard API key',
        afterwards: 'A main key gets a standard one for a successor: main keys are made in the Console only.',
      },
      look('asks Twilio whether the key is restricted', {
        successJson: { path: ['policy'], is: null },
        refusals: [
          {
            status: 200,
            means: 'wrong-input',
            reason: 'This is a restricted key: a standard one in its place could do more.',
            next: 'Choose the way for restricted keys.',
          },
          notFound,
          ...usual,
        ],
      }),
      {},
    ),
    apiKey(
      { id: 'restricted-key', label: 'A restricted API key, with the same policy' },
      look('asks Twilio for the policy of the key', { learns: [policy], refusals: [notFound, ...usual] }),
      { KeyType: 'restricted', Policy: '{policy}' },
    ),
  ],
  facts: factsOf(seen, [
    [
      'secondary',
      'POST /v1/AuthTokens/Secondary answers 201 with a token that works beside the first.',
      accounts,
    ],
    ['promote', 'POST /v1/AuthTokens/Promote: requests with the old token fail from then on.', accounts],
    ['unmake', 'DELETE /v1/AuthTokens/Secondary answers 204.', accounts],
    [
      'second-secondary',
      'What is answered where there is a secondary token already is not said.',
      accounts,
      'uncertain',
    ],
    [
      'nothing-to-promote',
      'What is answered where there is none to promote is not said; 404 is taken for it.',
      accounts,
      'uncertain',
    ],
    ['keys', 'POST /v1/Keys makes a standard key, or a restricted one with KeyType and Policy.', iam],
    ['policy', 'GET /v1/Keys/{sid} shows the policy of a restricted key, null for others.', iam],
    ['list', 'GET /v1/Keys lists up to 1,000 keys on a page; next_page_url is null on the last.', iam],
    [
      'main',
      'Main keys are made in the Console only, and standard keys may not manage keys.',
      'general knowledge, no page read',
      'uncertain',
    ],
    [
      'signatures',
      'Requests to webhooks are signed with the first Auth Token.',
      'general knowledge, no page read',
      'uncertain',
    ],
  ]),
});
