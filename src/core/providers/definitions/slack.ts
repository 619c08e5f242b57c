// Slack tokens: every answer is HTTP 200, and only ok and error tell. Rotating tokens live twelve hours; the refresh token behind them
// works once, and a lost answer loses the app's access.
import type { DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { slackFormats } from '../slack-formats.ts';
import {
  bearer,
  everyKind,
  factsOf,
  lastRows,
  portalFor,
  secretField,
  usualSteps,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const authTest = 'https://docs.slack.dev/reference/methods/auth.test';
const rotationPage = 'https://docs.slack.dev/authentication/using-token-rotation';
const exchange = 'https://api.slack.com/methods/oauth.v2.exchange';
const secretlint = 'github.com/secretlint/secretlint@13.1.0 secretlint-rule-slack';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/slack/slack.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';

/** A row for one of Slack's words in `error`. */
const says = (error: string, state: DecisionRow['state'], reason: string, next: string): DecisionRow => ({
  json: { path: ['error'], is: error },
  state,
  reason,
  next,
});

const otherApp = 'Look at the app under api.slack.com/apps → OAuth & Permissions.';
const refused = 'Look at the scopes of the app, then ask an administrator of the workspace.';

/** The token is known, and something else says no. */
const refusals: readonly (readonly [error: string, reason: string])[] = [
  ['missing_scope', 'The token works, but lacks a scope for this question.'],
  ['no_permission', 'The token works, but may not ask this.'],
  ['access_denied', 'Slack knows the token and refuses access to what it asks.'],
  ['team_access_not_granted', 'The token works, but the app has no access to this workspace.'],
  ['org_login_required', 'The workspace is moving into an organisation and answers nothing until then.'],
  ['ekm_access_denied', 'Administrators have suspended the access by their own encryption keys.'],
  ['two_factor_setup_required', 'It works again once its person has set up a second factor.'],
  ['accesslimited', 'Slack limits access to this method for now.'],
];

export const slack = defineProvider({
  id: 'slack',
  name: 'Slack token',
  domain: 'slack.com',
  category: 'saas',
  otherNames: ['Slack bot token', 'Slack app token', 'xoxb', 'xoxp'],
  formats: slackFormats,
  fields: [
    secretField({
      label: 'Token',
      variable: 'SLACK_BOT_TOKEN',
      help: 'OAuth & Permissions of the app shows bot and user tokens again; app-level tokens stand under Basic Information.',
      labels: [
        'slack_token',
        'slack_bot_token',
        'slack_user_token',
        'slack_app_token',
        'bot_token',
        'authorization',
      ],
    }),
    {
      name: 'refreshToken',
      label: 'Refresh token',
      variable: 'SLACK_REFRESH_TOKEN',
      secret: true,
      required: false,
      help: 'Came with the rotating token. It works once: with it Keyturn asks for the next pair.',
      labels: ['refresh_token', 'slack_refresh_token'],
      formats: ['rotating'],
    },
    {
      name: 'clientId',
      label: 'Client id of the app',
      variable: 'SLACK_CLIENT_ID',
      secret: false,
      required: false,
      help: 'Basic Information → App Credentials. Needed to refresh tokens of bots and people, not for configuration tokens.',
      labels: ['slack_client_id'],
      formats: ['rotating'],
    },
    {
      name: 'clientSecret',
      label: 'Client secret of the app',
      variable: 'SLACK_CLIENT_SECRET',
      secret: true,
      required: false,
      help: 'Basic Information → App Credentials.',
      labels: ['slack_client_secret'],
      formats: ['rotating'],
    },
  ],
  envNames: ['SLACK_BOT_TOKEN', 'SLACK_TOKEN', 'SLACK_USER_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_TOKEN'],
  hosts: ['slack.com/api', 'api.slack.com'],
  portals: [portalFor('apps', 'https://api.slack.com/apps', 'The app → OAuth & Permissions')],
  apiBases: [{ environment: 'slack', kinds: everyKind, url: 'https://slack.com' }],
  auth: bearer,
  managedBy: {
    create: 'a collaborator of the app, by installing it in a workspace; some workspaces approve apps first',
    revoke: 'a collaborator of the app, an administrator of the workspace, or the token itself (auth.revoke)',
  },
  reveal: { live: 'again', test: 'again', unknown: 'again' },
  editable: ['scopes, which need the app to be installed again', 'allowed addresses'],
  expiry: { rule: 'unknown' },
  classes: [
    { id: 'bot', label: 'Bot of an app', access: 'limited' },
    { id: 'user', label: 'Acts as a person', access: 'unknown' },
    { id: 'app', label: 'App-level: connections of the app', access: 'limited' },
    { id: 'rotating', label: 'Rotating, twelve hours', access: 'limited' },
  ],
  ipAllowlist: { supported: true, warnWhenEmpty: [] },
  movesMoney: { value: false, why: 'A thief reads and writes messages as the app or the person.' },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'A user token ends when the person is deactivated.',
      who: 'another person: install the app again',
    },
    {
      state: 'blocked',
      text: 'A refresh token works once. If its answer is lost, the app has to be installed again.',
      who: 'a collaborator of the app',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'slack',
        kinds: everyKind,
        formats: ['bot', 'user', 'app', 'rotating', 'older'],
        method: 'POST',
        url: 'https://slack.com/api/auth.test',
        cost: 'none',
      },
    ],
    neverCall: [
      '/api/auth.revoke',
      '/api/oauth.v2.access',
      '/api/oauth.v2.exchange',
      '/api/chat.',
      '/api/tooling.tokens',
    ],
    decisions: [
      worksRow('Slack answered with the workspace and who the token is.', {
        json: { path: ['ok'], is: true },
      }),
      says(
        'token_expired',
        'expired',
        'Slack says that this token has expired: rotating ones live twelve hours.',
        'Let the app refresh it, or install the app again.',
      ),
      says(
        'token_revoked',
        'invalid',
        'Slack says that this token was revoked.',
        `Install the app again. ${otherApp}`,
      ),
      says(
        'account_inactive',
        'invalid',
        'Slack says that the person or the workspace of this token is no longer active.',
        'Install the app again as somebody else.',
      ),
      says(
        'invalid_auth',
        'invalid',
        'Slack does not accept this token: unknown, or asked from an address that the app does not allow. One answer for both.',
        `Compare it with the portal, and your address with the allowed ones. ${otherApp}`,
      ),
      says(
        'not_allowed_token_type',
        'blocked',
        'Slack knows the token; tokens of this type may not ask who they are.',
        otherApp,
      ),
      ...refusals.map(([error, reason]) => says(error, 'blocked', reason, refused)),
      says(
        'ratelimited',
        'unreachable',
        'Too many requests: Slack asks to wait. This says nothing about the token.',
        'Check again in a minute.',
      ),
      {
        status: 200,
        json: { path: ['ok'], is: false },
        state: 'not-checkable',
        reason: 'Slack answered with an error that says nothing certain about the token.',
        next: otherApp,
      },
      ...lastRows('Slack'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['user'] }, as: 'text' },
      { fact: 'organisation', from: { json: ['team'] }, as: 'text' },
      { fact: 'account', from: { json: ['team_id'] }, as: 'text' },
      { fact: 'scopes', from: { header: 'x-oauth-scopes' }, as: 'words' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: false,
    needs:
      'Client id and secret of the app and token rotation switched on; else installing the app again by hand.',
    steps: usualSteps({
      prepare: 'Switching token rotation on cannot be undone for an app.',
      create:
        'Without token rotation: under OAuth & Permissions install the app again ("Reinstall to Workspace"), and copy the new token. An app-level token is generated anew under Basic Information.',
      revoke:
        'Installing again may leave the old token alive: revoke it under OAuth & Permissions ("Revoke Tokens"), where it is still listed.',
      prove: 'Keyturn asks with the old token and expects token_revoked or invalid_auth.',
    }),
  },
  facts: factsOf(seen, [
    ['always-200', 'Errors come with HTTP 200; ok and error tell.', authTest],
    ['check', 'auth.test needs no scope and answers with url, team, user, team_id and user_id.', authTest],
    ['invalid-auth', 'invalid_auth also stands for an address that is not allowed.', authTest],
    ['rotation', 'A rotating token lives 12 hours; its refresh token works once.', rotationPage],
    ['exchange', 'A long-lived token is exchanged once and for good for a rotating one.', exchange],
    ['forms', 'xoxb-, xoxp-, xapp-, xoxe. and xoxe- with parts of digits and letters.', gitleaks],
    [
      'forms-older',
      'xoxa-, xoxo- and xoxr- are older tokens; hooks.slack.com/services/T…/B…/… are webhooks.',
      secretlint,
    ],
    ['forms-detector', 'xoxb- and xoxp- with two numbers and a rest.', detector],
    ['no-expiry', 'Tokens without rotation do not expire.', rotationPage],
    ['scopes', 'The header x-oauth-scopes lists the scopes.', 'public code (many public files)', 'uncertain'],
  ]),
});
