// Slack's rotating tokens: a refresh token works once and answers with the next pair. The access token of before lives on until its
// twelve hours are over, so it tells nothing about a lost answer. Errors come with HTTP 200.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { BodyValue, HttpCall, Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften } from '../usual-refusals.ts';

const seen = '2026-11-22';
const rotationPage = 'https://docs.slack.dev/authentication/using-token-rotation';
const rotatePage = 'https://docs.slack.dev/reference/methods/tooling.tokens.rotate';
const twelveHours = 43_200;

const says = (error: string, means: Refusal['means'], reason: string, next: string): Refusal => ({
  json: { path: ['error'], is: error },
  means,
  reason,
  next,
});

const credentials = 'Compare client id and secret with Basic Information → App Credentials.';
const install = 'Install the app again under OAuth & Permissions, and put the new pair in.';

const refusals: readonly Refusal[] = [
  says('ratelimited', 'wait', 'Slack asks to wait: too many requests.', 'Nothing to do: it is asked again.'),
  says(
    'invalid_refresh_token',
    'refused',
    'Slack does not accept the refresh token: it was used, or never was.',
    install,
  ),
  says('token_revoked', 'refused', 'Slack says that the refresh token was revoked.', install),
  says('token_expired', 'refused', 'Slack says that the refresh token is over.', install),
  says('invalid_client_id', 'wrong-input', 'Slack knows no app of this client id.', credentials),
  says('bad_client_secret', 'wrong-input', 'Slack does not accept the client secret.', credentials),
  {
    status: 200,
    json: { path: ['ok'], is: false },
    means: 'refused',
    reason: 'Slack says no, for a reason that is not one of those known here.',
    next: 'Look at the app under api.slack.com/apps.',
  },
  askedTooOften('Slack'),
];

const refresh = (does: string, method: string, value: BodyValue): HttpCall => ({
  does,
  method: 'POST',
  url: `https://slack.com/api/${method}`,
  body: { type: 'form', value },
  by: 'nobody',
  success: [200],
  successJson: { path: ['ok'], is: true },
  refusals,
  repeatable: true,
});

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'permission' | 'wayBack'>,
  call: HttpCall,
  access: string,
): TurnWay => ({
  shape: 'chain',
  formats: ['rotating'],
  manager: 'self',
  inputs: [],
  make: { call, gives: { secret: { json: [access] }, refreshToken: { json: ['refresh_token'] } } },
  old: [{ from: 'nothing' }],
  revoke: [],
  patience: { newSeconds: 10, oldSeconds: twelveHours },
  oldTells: false,
  afterwards:
    'The access token of before works until its twelve hours are over: Slack ends the refresh token alone.',
  expiry: 'none',
  ...own,
});

export const slackTurn = defineTurn({
  provider: 'slack',
  ways: [
    way(
      {
        id: 'refresh',
        label: 'Refresh the token of a bot or a person',
        permission:
          'Token rotation switched on for the app; its client id and secret; the refresh token of the pair.',
        wayBack: install,
      },
      refresh('asks Slack for the next pair', 'oauth.v2.access', {
        client_id: '{clientId}',
        client_secret: '{old:clientSecret}',
        grant_type: 'refresh_token',
        refresh_token: '{old:refreshToken}',
      }),
      'access_token',
    ),
    way(
      {
        id: 'tooling',
        label: 'Rotate a configuration token of apps',
        permission: 'The refresh token that came with the configuration token.',
        wayBack: 'Make new configuration tokens under api.slack.com/apps → Your App Configuration Tokens.',
      },
      refresh('asks Slack for the next configuration token', 'tooling.tokens.rotate', {
        refresh_token: '{old:refreshToken}',
      }),
      'token',
    ),
  ],
  facts: factsOf(seen, [
    [
      'refresh',
      'oauth.v2.access with grant_type=refresh_token answers with access_token and refresh_token.',
      rotationPage,
    ],
    ['once', 'The refresh token is revoked by its use.', rotationPage],
    ['twelve-hours', 'An access token lives twelve hours.', rotationPage],
    [
      'before',
      'That refreshing leaves the access token of before alive was not confirmed.',
      rotationPage,
      'uncertain',
    ],
    [
      'tooling',
      'tooling.tokens.rotate takes refresh_token and answers with token, refresh_token and exp.',
      rotatePage,
    ],
    ['refused', 'invalid_refresh_token: the refresh token is not valid.', rotatePage],
    [
      'twice',
      'No page says that using a refresh token a second time does more than be refused.',
      rotationPage,
      'uncertain',
    ],
    [
      'oauth-errors',
      'That oauth.v2.access says invalid_refresh_token too was not confirmed.',
      rotationPage,
      'uncertain',
    ],
  ]),
});
