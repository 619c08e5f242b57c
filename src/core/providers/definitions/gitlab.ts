// GitLab access tokens of a person, a project or a group. GitLab says the most of all: until when, what for, last used. Rotating
// with a token that is already revoked revokes its whole family, so nothing near that call is ever repeated.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
import {
  everyKind,
  factsOf,
  lastRows,
  ownHeader,
  portalFor,
  secretField,
  usualSteps,
  worksRow,
} from '../usual.ts';

const seen = '2026-11-22';
const api = 'github.com/gitlabhq/gitlabhq doc/api/personal_access_tokens.md';
const projectApi = 'github.com/gitlabhq/gitlabhq doc/api/project_access_tokens.md';
const guard = 'github.com/gitlabhq/gitlabhq lib/api/api_guard.rb';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/gitlab';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const page = 'https://docs.gitlab.com/user/profile/personal_access_tokens.html';

export const gitlab = defineProvider({
  id: 'gitlab',
  name: 'GitLab access token',
  domain: 'gitlab.com',
  category: 'saas',
  otherNames: ['glpat', 'GitLab project access token', 'GitLab group access token'],
  formats: [
    {
      id: 'classic',
      kind: 'unknown',
      label: 'access token',
      match: 'prefix',
      pattern: { parts: [literal('glpat-'), between(20, 22, 'base64url-padded')] },
      note: 'A GitLab of your own may have been given another prefix than glpat-.',
    },
    {
      id: 'routable',
      kind: 'unknown',
      label: 'routable access token',
      match: 'prefix',
      pattern: {
        parts: [
          literal('glpat-'),
          between(27, 300, 'base64url-padded'),
          literal('.'),
          between(9, 11, 'lower-alphanumeric'),
        ],
      },
    },
    {
      id: 'routable-versioned',
      kind: 'unknown',
      label: 'routable access token with a version',
      match: 'prefix',
      pattern: {
        parts: [
          literal('glpat-'),
          between(27, 300, 'base64url-padded'),
          literal('.'),
          exactly(2, 'lower-alphanumeric'),
          literal('.'),
          between(7, 9, 'lower-alphanumeric'),
        ],
      },
    },
  ],
  fields: [
    secretField({
      label: 'Access token',
      variable: 'GITLAB_TOKEN',
      help: 'Shown once, when it is created or rotated.',
      labels: ['private-token', 'gitlab_token', 'gitlab_api_token', 'personal_access_token', 'authorization'],
    }),
  ],
  envNames: [
    'GITLAB_TOKEN',
    'GITLAB_PAT',
    'GITLAB_API_TOKEN',
    'GITLAB_ACCESS_TOKEN',
    'GITLAB_PRIVATE_TOKEN',
    'GL_TOKEN',
  ],
  hosts: ['gitlab.com/api', 'gitlab.com/-/'],
  portals: [
    portalFor(
      'gitlab.com',
      'https://gitlab.com/-/user_settings/personal_access_tokens',
      'Avatar → Edit profile → Access → Personal access tokens; of a project or group: its Settings → Access tokens',
    ),
  ],
  apiBases: [{ environment: 'gitlab.com', kinds: everyKind, url: 'https://gitlab.com' }],
  selfHosted: true,
  auth: ownHeader('PRIVATE-TOKEN'),
  managedBy: {
    create: 'the person; for a project or group one of its Maintainers or Owners',
    revoke: 'the same, the token itself, or an administrator',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: {
    rule: 'fixed-at-creation',
    required: true,
    maxMonths: 12,
    prolong: 'Rotate the token: the new value gets a new date, the old value ends in the same moment.',
  },
  movesMoney: {
    value: false,
    why: 'A thief reads and changes code and pipelines, and may spend compute minutes.',
  },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A token of a blocked person is refused, though it is neither revoked nor over.',
      who: 'an administrator of the GitLab',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'gitlab.com',
        kinds: everyKind,
        method: 'GET',
        url: 'https://gitlab.com/api/v4/personal_access_tokens/self',
        cost: 'none',
      },
    ],
    neverCall: ['/rotate', '/api/v4/projects/', '/api/v4/groups/'],
    decisions: [
      {
        status: 200,
        json: { path: ['revoked'], is: true },
        state: 'invalid',
        reason: 'GitLab itself says that this token is revoked.',
        next: 'Create a new one; a revoked token does not come back.',
      },
      {
        status: 200,
        json: { path: ['active'], is: false },
        state: 'expired',
        reason: 'GitLab knows the token and says that it is no longer active.',
        next: 'Create a new one with a later date.',
      },
      worksRow('GitLab answered with the token’s own entry.', { json: { path: ['id'] } }),
      {
        status: 401,
        bodyHas: 'Token is expired',
        state: 'expired',
        reason: 'GitLab says that this token is over.',
        next: 'Create a new one with a later date; an expired token cannot be rotated.',
      },
      {
        status: 401,
        bodyHas: 'Token was revoked',
        state: 'invalid',
        reason: 'GitLab itself says that this token was revoked.',
        next: 'Create a new one; a revoked token does not come back.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'GitLab does not accept this token: unknown, revoked, over, or of another GitLab. It gives one answer for all.',
        next: 'See that the base URL is the one of your GitLab, then look at its list of access tokens.',
      },
      {
        status: 403,
        bodyHas: 'insufficient_scope',
        state: 'blocked',
        reason: 'The token works, but its scopes do not let it read its own entry.',
        next: 'Nothing is wrong with it for what it was made for; read_api or self_rotate would let Keyturn read its date.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'GitLab knows the token and refuses it: its scope is another one, or its owner is blocked.',
        next: 'Look at the scopes of the token, then ask an administrator about the person.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'This GitLab does not know the question, or the address is none of a GitLab.',
        next: 'See that the base URL is right and that the GitLab is 15.5 or later.',
      },
      ...lastRows('GitLab'),
    ],
    tells: [
      { fact: 'expiresAt', from: { json: ['expires_at'] }, as: 'date' },
      { fact: 'scopes', from: { json: ['scopes'] }, as: 'list' },
      { fact: 'createdAt', from: { json: ['created_at'] }, as: 'date' },
      { fact: 'lastUsedAt', from: { json: ['last_used_at'] }, as: 'date' },
      { fact: 'name', from: { json: ['name'] }, as: 'text' },
      { fact: 'owner', from: { json: ['user_id'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: false,
    needs:
      'The scope api or self_rotate, and GitLab 16.10 or later. For an overlap create a second token by hand.',
    steps: usualSteps({
      prepare: 'Have every consumer at hand: rotating ends the old value in the same moment.',
      create:
        'Create a second token with the same scopes and a date, and copy it: it is shown this once. Or rotate this one, once. If the answer of a rotation is lost, check the old token before anything else: rotating with a revoked token revokes the new one too.',
      revoke: 'Revoke the old token; after a rotation it is revoked already.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['classic-form', 'glpat- and 20 to 22 characters.', trufflehog],
    [
      'routable-form',
      'glpat-, 27 to 300 characters, a dot and 9 to 11, sometimes with a second dot.',
      gitleaks,
    ],
    [
      'check',
      'GET /personal_access_tokens/self answers with name, scopes, dates and state; project and group tokens too.',
      api,
    ],
    ['words', 'Refusals may say "Token is expired" or "Token was revoked".', guard],
    ['403', '403: alive, but of a wrong scope, or the person is blocked.', trufflehog],
    ['rotate', 'Rotating revokes the old value at once; without a date the new one lives a week.', api],
    ['family', 'Rotating again with a revoked token revokes its whole family.', api],
    ['project', 'Project tokens rotate themselves the same way.', projectApi],
    [
      'expiry',
      'Since 16.0 every new token has a date, at most a year away unless an administrator allows more.',
      page,
    ],
  ]),
});
