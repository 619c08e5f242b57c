// CircleCI tokens: builds and tests. The name is taken for Circle, Circa, Appcircle and Circleback, whose keys look different.
import { defineProvider } from '../define-provider.ts';
import { between, exactly, literal } from '../format.ts';
import { namesLikeCircle } from '../near-names.ts';
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
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/circleci/{v1,v2}';
const publicCode = 'public code (many public files)';
const knowledge = 'general knowledge, no page read';

export const circleci = defineProvider({
  id: 'circleci',
  name: 'CircleCI token',
  domain: 'circleci.com',
  category: 'saas',
  otherNames: ['CircleCI personal API token', 'CircleCI project token'],
  nearNames: namesLikeCircle('circleci.com'),
  formats: [
    {
      id: 'personal',
      kind: 'unknown',
      label: 'personal API token',
      match: 'prefix',
      pattern: {
        parts: [
          literal('CCIPAT_'),
          between(20, 23, 'alphanumeric'),
          literal('_'),
          exactly(40, 'hex-any-case'),
        ],
      },
      classId: 'personal',
    },
    {
      id: 'project',
      kind: 'unknown',
      label: 'project API token',
      match: 'prefix',
      pattern: {
        parts: [
          literal('CCIPRJ_'),
          between(20, 23, 'alphanumeric'),
          literal('_'),
          exactly(40, 'hex-any-case'),
        ],
      },
      classId: 'project',
      note: 'Those that show a build status stand in public pages on purpose.',
    },
    {
      id: 'older',
      kind: 'unknown',
      label: 'older token without a prefix',
      match: 'shape',
      pattern: { parts: [exactly(40, 'hex-any-case')] },
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'CIRCLECI_TOKEN',
      help: 'Shown once, when it is created.',
      labels: ['circle-token', 'circleci_token', 'circle_token', 'circleci_cli_token', 'circleci_api_token'],
    }),
  ],
  envNames: ['CIRCLECI_*', 'CIRCLE_TOKEN', 'CIRCLE_CI_*', 'CIRCLE_API_TOKEN'],
  hosts: ['circleci.com/api', 'app.circleci.com'],
  portals: [
    portalFor(
      'personal',
      'https://app.circleci.com/settings/user/tokens',
      'User Settings → Personal API Tokens',
    ),
    portalFor('project', 'https://app.circleci.com', 'The project → Project Settings → API Permissions'),
  ],
  apiBases: [{ environment: 'CircleCI', kinds: everyKind, url: 'https://circleci.com' }],
  selfHosted: true,
  auth: ownHeader('Circle-Token'),
  managedBy: {
    create: 'the person; an administrator of the project for project tokens',
    revoke: 'the same, on the web',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: { rule: 'none' },
  classes: [
    { id: 'personal', label: 'Personal: acts as the person', access: 'full' },
    { id: 'project', label: 'Project: status, read only or administer', access: 'limited' },
  ],
  movesMoney: {
    value: true,
    why: 'A thief can run builds on your credits and read the secrets of your pipelines.',
  },
  lifecycle: [
    {
      state: 'owner-left',
      text: 'A personal token acts as its person and goes with them.',
      who: 'another member: create a token of your own',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'personal',
        environment: 'CircleCI',
        kinds: everyKind,
        formats: ['personal', 'older'],
        method: 'GET',
        url: 'https://circleci.com/api/v2/me',
        cost: 'none',
      },
    ],
    neverCall: ['/pipeline', '/workflow', '/rerun', '/envvar', '/approve'],
    decisions: [
      worksRow('CircleCI answered with the person the token belongs to.', { json: { path: ['id'] } }),
      {
        status: 401,
        state: 'invalid',
        reason:
          'CircleCI does not accept this token: unknown or deleted, or a token of a project, which may not ask who it is.',
        next: 'Look under Personal API Tokens whether it is listed. A key of Circle, Circa or Appcircle has another form.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'CircleCI knows the token and refuses this question.',
        next: 'Look at the permissions of the token and of the organisation.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is nothing at this address: a CircleCI server of your own may have another one.',
        next: 'Set the address of your server for this provider.',
      },
      ...lastRows('CircleCI'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['login'] }, as: 'text' },
      { fact: 'name', from: { json: ['name'] }, as: 'text' },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in to CircleCI.',
    steps: usualSteps({
      prepare:
        'Note which kind it is: of a person (User Settings) or of a project (Project Settings → API Permissions), there with its scope.',
      create:
        'Create another token of the same kind: "Create New Token" for a person, "Add API Token" for a project with the same scope. Give it a name, and copy it: it is shown this once.',
      revoke: 'In the same list remove the old token (the X beside it), and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'CCIPAT_, 22 letters and digits, _ and 40 hex digits.', detector],
    [
      'project-form',
      'CCIPRJ_ with the same parts; the middle one is sometimes a character shorter.',
      publicCode,
      'uncertain',
    ],
    ['older', '40 hex digits without a prefix.', detector],
    ['check', 'GET /api/v2/me with Circle-Token answers with id, login and name.', detector],
    ['refused', 'The text of the 401 was not confirmed.', knowledge, 'uncertain'],
    ['no-api', 'No call of version 2 that manages personal tokens was found.', knowledge, 'uncertain'],
  ]),
});
