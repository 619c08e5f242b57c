// Docker Hub access tokens: a user name and a token, exchanged for a short-lived JWT. A 401 that asks for a second factor means that
// name and token are right.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const description = 'github.com/docker/docs content/reference/api/hub/latest.yaml';
const createPage = 'https://docs.docker.com/reference/api/hub/latest/operations/AuthCreateAccessToken';
const organisationPage = 'https://docs.docker.com/security/access-tokens/organization-access-tokens';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/dockerhub/{v1,v2}';

export const dockerhub = defineProvider({
  id: 'dockerhub',
  name: 'Docker Hub access token',
  domain: 'hub.docker.com',
  category: 'saas',
  otherNames: ['Docker Hub PAT', 'Docker access token', 'DockerHub'],
  formats: [
    {
      id: 'personal',
      kind: 'unknown',
      label: 'personal access token',
      match: 'prefix',
      pattern: { parts: [literal('dckr_pat_'), exactly(27, 'base64url')] },
      classId: 'personal',
    },
    {
      id: 'organisation',
      kind: 'unknown',
      label: 'organisation access token',
      match: 'prefix',
      pattern: { parts: [literal('dckr_oat_'), exactly(32, 'base64url')] },
      classId: 'organisation',
    },
  ],
  fields: [
    {
      name: 'identifier',
      label: 'User name or organisation',
      variable: 'DOCKERHUB_USERNAME',
      secret: false,
      required: true,
      help: 'The Docker id of the person; for an organisation token the name of the organisation.',
      labels: ['dockerhub_username', 'docker_username', 'docker_user', 'docker_id', 'identifier', 'username'],
      shape: 'text',
    },
    {
      name: 'secret',
      label: 'Access token',
      variable: 'DOCKERHUB_TOKEN',
      secret: true,
      required: true,
      help: 'Shown once, when it is generated.',
      labels: ['dockerhub_token', 'docker_token', 'docker_password', 'docker_hub_token', 'secret'],
    },
  ],
  envNames: ['DOCKERHUB_*', 'DOCKER_HUB_*', 'DOCKER_TOKEN', 'DOCKER_PASSWORD', 'DOCKER_PAT'],
  hosts: ['hub.docker.com', 'app.docker.com', 'index.docker.io'],
  portals: [
    portalFor(
      'personal',
      'https://app.docker.com/settings/personal-access-tokens',
      'Account settings → Personal access tokens',
    ),
    portalFor('organisation', 'https://app.docker.com', 'The organisation → Access tokens'),
  ],
  apiBases: [{ environment: 'Docker Hub', kinds: everyKind, url: 'https://hub.docker.com' }],
  auth: {
    places: [
      { in: 'json', name: 'identifier', prefix: '', field: 'identifier', required: true },
      { in: 'json', name: 'secret', prefix: '', field: 'secret', required: true },
    ],
    note: 'The exchange gives a token of ten minutes. Keyturn discards it at once.',
  },
  managedBy: {
    create: 'the person; an owner for tokens of the organisation',
    revoke: 'the person or an owner; deactivating can be undone, deleting cannot',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['label', 'active or inactive'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Generate another token with a later date.',
  },
  classes: [
    { id: 'personal', label: 'Personal: read, write or administer', access: 'unknown' },
    { id: 'organisation', label: 'Organisation: chosen repositories', access: 'limited' },
  ],
  movesMoney: { value: false, why: 'A thief can replace images that others run.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A deactivated token is refused until it is active again.',
      who: 'the person, or an owner of the organisation',
    },
    {
      state: 'owner-left',
      text: 'A personal token goes with its person; organisation tokens stay.',
      who: 'an owner: generate an organisation token',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'Docker Hub',
        kinds: everyKind,
        method: 'POST',
        url: 'https://hub.docker.com/v2/auth/token',
        cost: 'session',
      },
    ],
    neverCall: ['/v2/access-tokens', '/v2/repositories', '/v2/namespaces', '/v2/orgs'],
    decisions: [
      worksRow('Docker Hub exchanged the token for a session, which was discarded.', {
        json: { path: ['access_token'] },
      }),
      {
        status: 401,
        bodyHas: 'login_2fa_token',
        state: 'valid',
        reason: 'Name and token are right: Docker Hub only asks for a second factor.',
        next: 'Nothing to do. A password in place of a token gives this answer too: keep tokens here.',
      },
      {
        status: 401,
        bodyHas: 'mfa',
        state: 'valid',
        reason: 'Name and token are right: Docker Hub only asks for a second factor.',
        next: 'Nothing to do. A password in place of a token gives this answer too: keep tokens here.',
      },
      {
        status: 401,
        state: 'invalid',
        reason:
          'Docker Hub does not accept this token for this name: unknown, deleted, deactivated or expired, or the name is another one.',
        next: 'Compare the name, and look in the settings whether the token is listed, active and until when.',
      },
      {
        status: 403,
        state: 'blocked',
        reason:
          'Docker Hub knows the token and refuses: the account is locked, or the organisation demands its own login.',
        next: 'Look at the account on the web.',
      },
      {
        status: 400,
        state: 'not-checkable',
        reason: 'Docker Hub calls the question wrong: the name is not one that it could have.',
        next: 'Compare the user name or organisation with the portal.',
      },
      ...lastRows('Docker Hub'),
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs: 'The person; whether a session made from a token may manage tokens is not said.',
    steps: usualSteps({
      prepare: 'Note the access permissions of the old token.',
      create:
        'Personal access tokens → "Generate new token": a description, an end, the same access, and copy it: it is shown this once.',
      revoke: 'In the same list deactivate the old token, see that nothing breaks, then delete it.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['forms', 'dckr_pat_ with 27 and dckr_oat_ with 32 characters.', detector],
    ['check', 'POST /v2/auth/token with identifier and secret gives a token of ten minutes.', createPage],
    [
      'second-factor',
      'A 401 with a token for the second factor means that the credentials are right.',
      detector,
    ],
    ['expiry', 'expires_at may be set when a token is made; lists show it with is_active.', description],
    [
      'organisation',
      'Organisation tokens are managed by owners and chosen for repositories.',
      organisationPage,
    ],
    ['self', 'Whether a token may make its successor is not said.', description, 'uncertain'],
    ['quota', 'How many tokens there may be was not found.', description, 'uncertain'],
  ]),
});
