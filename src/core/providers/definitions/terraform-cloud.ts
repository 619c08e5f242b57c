// HCP Terraform and Terraform Enterprise tokens: of a user, a team or an organisation, all of one form. A new token of a team or an
// organisation replaces the old one at once.
import { defineProvider } from '../define-provider.ts';
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
const userTokens = 'https://developer.hashicorp.com/terraform/enterprise/api-docs/user-tokens';
const goTfe = 'hashicorp/go-tfe (public code)';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/terraformcloudpersonaltoken';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const knowledge = 'general knowledge, no page read';

export const terraformCloud = defineProvider({
  id: 'terraform-cloud',
  name: 'HCP Terraform / Terraform Enterprise token',
  domain: 'app.terraform.io',
  category: 'saas',
  otherNames: ['Terraform Cloud', 'TFC token', 'TFE token', 'atlasv1'],
  formats: [
    {
      id: 'token',
      kind: 'unknown',
      label: 'API token',
      match: 'prefix',
      pattern: {
        source: '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}',
        anchors: ['.atlasv1.'],
        maxLength: 93,
      },
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'TFE_TOKEN',
      help: 'Shown once, when it is created.',
      labels: [
        'tfe_token',
        'tf_token',
        'terraform_token',
        'tf_api_token',
        'tf_token_app_terraform_io',
        'authorization',
      ],
    }),
  ],
  envNames: ['TFE_TOKEN', 'TF_TOKEN_*', 'TF_API_TOKEN', 'TERRAFORM_TOKEN', 'TFC_TOKEN', 'ATLAS_TOKEN'],
  hosts: ['app.terraform.io'],
  portals: [
    portalFor('user', 'https://app.terraform.io/app/settings/tokens', 'Account settings → Tokens'),
    portalFor('organisation', 'https://app.terraform.io/app', 'The organisation → Settings → API tokens'),
  ],
  apiBases: [{ environment: 'HCP Terraform', kinds: everyKind, url: 'https://app.terraform.io' }],
  selfHosted: true,
  auth: bearer,
  managedBy: {
    create: 'the user; a manager of the team; an owner of the organisation',
    revoke: 'the same; a user token may delete tokens of its user',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong:
      'Create another token with a later date. A new one of a team or an organisation replaces the old one.',
  },
  movesMoney: {
    value: true,
    why: 'A thief can change what Terraform manages, and read the state with its secrets.',
  },
  lifecycle: [
    {
      state: 'deleted',
      text: 'A new token of a team or an organisation ends the old one at the same moment.',
      who: 'a manager of the team, or an owner',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'HCP Terraform',
        kinds: everyKind,
        method: 'GET',
        url: 'https://app.terraform.io/api/v2/account/details',
        headers: { 'content-type': 'application/vnd.api+json' },
        cost: 'none',
      },
    ],
    neverCall: ['/authentication-token', '/runs', '/apply', '/actions'],
    decisions: [
      worksRow('Terraform answered with the account of the token.', { json: { path: ['data', 'id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'Terraform does not accept this token: unknown, deleted, expired, or of another server (Terraform Enterprise).',
        next: 'Look under Tokens whether it is listed, and until when; for a server of your own set its address for this provider.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Terraform knows the token and refuses this question.',
        next: 'Look at the rights of the team, or whether the organisation demands a second factor.',
      },
      {
        status: 404,
        state: 'blocked',
        reason:
          'Terraform says that there is nothing here for this token: tokens of teams and organisations have no account.',
        next: 'Nothing to do where it does its work; else look at its rights.',
      },
      ...lastRows('Terraform'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['data', 'attributes', 'username'] }, as: 'text' },
      { fact: 'account', from: { json: ['data', 'id'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'A user token for tokens of its user; team and organisation tokens have no overlap.',
    steps: usualSteps({
      prepare:
        'Find out whose token it is: of a team or an organisation there is only one, and a new one ends it.',
      create:
        'Tokens → "Create an API token" with a description and an end, and copy it: it is shown this once. For a team or an organisation "Create" on its own page, which ends the old one.',
      revoke:
        'Under Tokens delete the old token (the bin beside it). A replaced one of a team or an organisation is gone already.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', '14 letters and digits, .atlasv1. and 60 to 70 characters.', gitleaks],
    ['check', 'GET /api/v2/account/details answers with the user.', detector],
    ['expiry', 'expired-at may be set when a token is made.', goTfe],
    [
      'user-tokens',
      'Lists of user tokens show no secret; a user token manages those of its user.',
      userTokens,
    ],
    [
      'team',
      'account/details answers for a service user of a team or an organisation.',
      knowledge,
      'uncertain',
    ],
    ['replace', 'A new token of a team or an organisation replaces the old one.', knowledge, 'uncertain'],
    ['quota', 'How many tokens there may be was not found.', userTokens, 'uncertain'],
  ]),
});
