// GitHub tokens of a person: fine-grained, classic, of an OAuth or GitHub App. Made on the web only; the expiry stands in a header
// of every answer. Several wrong attempts lock the person out for a time, so nothing here is asked in a loop.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal, type KeyFormat } from '../format.ts';
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
const description = 'npm @octokit/openapi@23.0.2 generated/api.github.com.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/github';
const docs = 'github.com/github/docs content/rest/authentication/authenticating-to-the-rest-api.md';
const publicCode = 'public code (many public files)';

const token = (
  id: string,
  prefix: string,
  label: string,
  classId: string,
): Pick<KeyFormat, 'id' | 'kind' | 'label' | 'match' | 'pattern' | 'classId'> => ({
  id,
  kind: 'unknown',
  label,
  match: 'prefix',
  pattern: { parts: [literal(prefix), exactly(36, 'alphanumeric')] },
  classId,
});

export const githubPat = defineProvider({
  id: 'github-pat',
  name: 'GitHub personal access token',
  domain: 'github.com',
  category: 'saas',
  otherNames: ['PAT', 'GitHub token'],
  formats: [
    {
      id: 'fine-grained',
      kind: 'unknown',
      label: 'fine-grained token',
      match: 'prefix',
      pattern: {
        parts: [
          literal('github_pat_'),
          exactly(22, 'alphanumeric'),
          literal('_'),
          exactly(59, 'alphanumeric'),
        ],
      },
      classId: 'fine-grained',
    },
    token('classic', 'ghp_', 'classic token', 'classic'),
    token('oauth', 'gho_', 'token of an OAuth app', 'app'),
    token('user-to-server', 'ghu_', 'token of a GitHub App for a person', 'app'),
    {
      id: 'refresh',
      kind: 'unknown',
      label: 'refresh token',
      match: 'prefix',
      pattern: { parts: [literal('ghr_'), between(36, 76, 'alphanumeric')] },
      classId: 'app',
      note: 'Exchanged for a new token by its app, and by nobody else: it cannot be asked about.',
    },
  ],
  fields: [
    secretField({
      label: 'Token',
      variable: 'GITHUB_TOKEN',
      help: 'Shown once, when it is generated or regenerated.',
      labels: ['github_token', 'gh_token', 'github_pat', 'personal_access_token', 'authorization'],
    }),
  ],
  envNames: ['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_PAT', 'GITHUB_API_TOKEN', 'GH_PAT'],
  hosts: ['api.github.com', 'github.com/settings'],
  portals: [
    portalFor(
      'fine-grained',
      'https://github.com/settings/personal-access-tokens',
      'Settings → Developer settings → Personal access tokens → Fine-grained tokens',
    ),
    portalFor(
      'classic',
      'https://github.com/settings/tokens',
      'Settings → Developer settings → Personal access tokens → Tokens (classic)',
    ),
  ],
  apiBases: [{ environment: 'github.com', kinds: everyKind, url: 'https://api.github.com' }],
  selfHosted: true,
  auth: bearer,
  managedBy: {
    create: 'the person, on the web; some organisations approve fine-grained tokens first',
    revoke:
      'the person, an owner of the organisation (for its own data), or GitHub when a token is found in public',
  },
  limits: [{ max: 50, per: 'user', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'permissions and repositories', 'scopes'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Regenerate the token on its page and choose a later date: this gives a new value.',
  },
  classes: [
    { id: 'fine-grained', label: 'Fine-grained: chosen repositories and permissions', access: 'limited' },
    { id: 'classic', label: 'Classic: scopes over everything the person can see', access: 'unknown' },
    { id: 'app', label: 'Of an app', access: 'unknown' },
  ],
  movesMoney: { value: false, why: 'A thief reads and changes code, and may spend minutes of Actions.' },
  lifecycle: [
    {
      state: 'issued-not-activated',
      text: 'A fine-grained token for an organisation may wait for approval: until then it reads public things only.',
      who: 'an owner of the organisation',
    },
    {
      state: 'blocked',
      text: 'Where an organisation demands SSO, a classic token has to be authorised for it.',
      who: 'the person: Configure SSO beside the token',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'github.com',
        kinds: everyKind,
        formats: ['fine-grained', 'classic', 'oauth', 'user-to-server'],
        method: 'GET',
        url: 'https://api.github.com/user',
        headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
        cost: 'quota',
      },
    ],
    neverCall: ['/credentials/revoke', '/applications/', '/user/repos', '/user/keys', '/gists'],
    decisions: [
      worksRow('GitHub answered with the person the token belongs to.', { json: { path: ['login'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'GitHub does not accept this token: unknown, revoked or expired. GitHub gives one answer for all.',
        next: 'Look on the page of your tokens whether it is listed, and until when.',
      },
      {
        status: 403,
        header: { name: 'x-github-sso' },
        state: 'blocked',
        reason: 'The token works, but your organisation demands that it is authorised for single sign-on.',
        next: 'On the page of the token: Configure SSO, then authorise it for the organisation.',
      },
      {
        status: 403,
        bodyHas: 'login attempts',
        state: 'unreachable',
        reason:
          'GitHub refuses every login of this person for a while, also good ones: too many wrong ones came before.',
        next: 'Wait some minutes before you check again. This says nothing about the token.',
      },
      {
        status: 403,
        bodyHas: 'rate limit',
        state: 'unreachable',
        reason: 'Too many requests: GitHub asks to wait. This says nothing about the token.',
        next: 'Check again after the time it names.',
      },
      {
        status: 403,
        bodyHas: 'suspended',
        state: 'blocked',
        reason: 'GitHub knows the token; the account it belongs to is suspended.',
        next: 'Ask GitHub Support, or the owner of the account.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'GitHub knows the token and refuses it here: a policy of the organisation or an allow list of addresses.',
        next: 'Ask an owner of the organisation about its token policy and IP allow list.',
      },
      ...lastRows('GitHub'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['login'] }, as: 'text' },
      { fact: 'expiresAt', from: { header: 'github-authentication-token-expiration' }, as: 'date' },
      { fact: 'scopes', from: { header: 'x-oauth-scopes' }, as: 'words' },
      { fact: 'quota', from: { header: 'x-ratelimit-remaining' }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in to GitHub on the web.',
    steps: usualSteps({
      prepare:
        'Note kind (fine-grained or classic), owner, repositories and permissions of the old token, and for a classic one which organisations it is authorised for.',
      create:
        '"Generate new token" of the same kind, with the same permissions and a date, and copy it: it is shown this once. "Regenerate" would end the old value at once. Where an organisation approves tokens or demands SSO, have the new one approved or authorised.',
      revoke:
        'Keyturn hands the old token to GitHub to be revoked. By hand: "Delete" beside the old token, and confirm.',
      prove:
        'Keyturn asks once with the old token and expects 401. It does not repeat: wrong attempts lock you out.',
    }),
  },
  facts: factsOf(seen, [
    [
      'forms',
      'github_pat_ with 22 and 59 characters; ghp_, gho_, ghu_ with 36; ghr_ with 36 to 76.',
      trufflehog,
    ],
    ['check', 'GET /user answers with the person.', description],
    [
      'expiry-header',
      'github-authentication-token-expiration names the end; without it there is none.',
      publicCode,
    ],
    ['scopes-header', 'X-OAuth-Scopes lists the scopes of a classic token.', docs],
    ['lockout', 'Several bad attempts refuse every login of the person for a while, with 403.', docs],
    ['sso', '403 with X-GitHub-SSO: authorisation for single sign-on is missing.', docs],
    ['quota', '50 fine-grained tokens per person.', publicCode],
    ['web-only', 'Tokens cannot be created or regenerated by API.', description],
    ['revoke', 'POST /credentials/revoke revokes any such token, without login, for good.', description],
  ]),
});
