// PyPI API tokens: macaroons that may be bound to one project. There is no question that only reads: the only way to ask is an upload
// that is made to be refused, without file and digest. So it is asked by a person alone.
import type { CheckRequest } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { between, literal } from '../format.ts';
import { everyKind, factsOf, lastRows, secretField, usualSteps } from '../usual.ts';

const seen = '2026-11-22';
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/pypi/pypi.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const warehouse = 'github.com/pypi/warehouse warehouse/forklift (form of an upload)';
const knowledge = 'general knowledge, no page read';

/** An upload that cannot succeed: no file, no digest. */
const refusedUpload = {
  method: 'POST',
  body: {
    type: 'multipart',
    entries: { ':action': 'file_upload', name: 'keyturn-check', version: '0.0.1', content: 'none' },
  },
  cost: 'none',
} as const;

const question = (format: string, environment: string, url: string): CheckRequest => ({
  ...refusedUpload,
  environment,
  kinds: everyKind,
  formats: [format],
  url,
});

export const pypi = defineProvider({
  id: 'pypi',
  name: 'PyPI API token',
  domain: 'pypi.org',
  category: 'saas',
  otherNames: ['Python Package Index', 'twine token', 'TestPyPI'],
  formats: [
    {
      id: 'token',
      kind: 'live',
      label: 'API token',
      match: 'prefix',
      pattern: { parts: [literal('pypi-AgEIcHlwaS5vcmc'), between(50, 1000, 'base64url')] },
    },
    {
      id: 'test-token',
      kind: 'test',
      label: 'API token of TestPyPI',
      match: 'prefix',
      pattern: { parts: [literal('pypi-AgENdGVzdC5weXBpLm9yZw'), between(50, 1000, 'base64url')] },
      note: 'The beginning holds the name of the site in base64.',
    },
  ],
  fields: [
    secretField({
      label: 'API token',
      variable: 'TWINE_PASSWORD',
      help: 'Shown once. The user name that goes with it is always __token__.',
      labels: ['pypi_token', 'pypi_api_token', 'twine_password', 'uv_publish_token', 'password'],
    }),
  ],
  envNames: [
    'PYPI_TOKEN',
    'PYPI_API_TOKEN',
    'TWINE_PASSWORD',
    'UV_PUBLISH_TOKEN',
    'POETRY_PYPI_TOKEN_*',
    'TEST_PYPI_*',
  ],
  hosts: ['upload.pypi.org', 'test.pypi.org', 'pypi.org'],
  portals: [
    {
      environment: 'PyPI',
      kinds: ['live', 'unknown'],
      url: 'https://pypi.org/manage/account/',
      path: 'Account settings → API tokens',
    },
    {
      environment: 'TestPyPI',
      kinds: ['test'],
      url: 'https://test.pypi.org/manage/account/',
      path: 'Account settings → API tokens',
    },
  ],
  apiBases: [
    { environment: 'PyPI', kinds: ['live', 'unknown'], url: 'https://upload.pypi.org' },
    { environment: 'TestPyPI', kinds: ['test'], url: 'https://test.pypi.org' },
  ],
  auth: {
    places: [{ in: 'header', name: 'Authorization', prefix: 'token ', field: 'secret', required: true }],
    note: 'Tools send it as the password of the user __token__.',
  },
  managedBy: {
    create: 'the person, on the web, with a second factor',
    revoke: 'the person, on the web; PyPI, when it is found in public',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: [],
  expiry: { rule: 'none' },
  classes: [
    { id: 'account', label: 'Entire account', access: 'full' },
    { id: 'project', label: 'One project', access: 'limited' },
  ],
  movesMoney: {
    value: false,
    why: 'A thief can publish a version of your package to everybody who installs it.',
  },
  lifecycle: [
    {
      state: 'revoked',
      text: 'PyPI revokes tokens that it is told are public, and sends a mail.',
      who: 'nobody: create another one, or publish without a token (Trusted Publishing)',
    },
  ],
  check: {
    possible: true,
    scheduled: 'never',
    requests: [
      question('token', 'PyPI', 'https://upload.pypi.org/legacy/'),
      question('test-token', 'TestPyPI', 'https://test.pypi.org/legacy/'),
    ],
    neverCall: ['/pypi', '/manage'],
    decisions: [
      {
        status: 400,
        bodyHas: 'Include at least one message digest',
        state: 'valid',
        reason: 'PyPI took the token and then refused the upload, which was made without a file.',
        next: 'Nothing to do. For which projects it is, the answer does not tell.',
      },
      {
        status: 403,
        bodyHas: 'scoped',
        state: 'blocked',
        reason: 'PyPI knows the token; it is for another project than the one that was asked about.',
        next: 'Nothing to do where it is meant for one project.',
      },
      {
        status: 403,
        bodyHas: "isn't allowed to upload",
        state: 'blocked',
        reason: 'PyPI knows the token; it may not upload to the project that was asked about.',
        next: 'Nothing to do where it is meant for other projects.',
      },
      {
        status: 403,
        bodyHas: 'Invalid or non-existent authentication',
        state: 'invalid',
        reason: 'PyPI does not accept this token: unknown or deleted.',
        next: 'Look under API tokens whether it is listed; a token of TestPyPI works there alone.',
      },
      {
        status: 403,
        bodyHas: 'Expired',
        state: 'expired',
        reason: 'PyPI says that this token has expired.',
        next: 'Create another one.',
      },
      {
        status: 403,
        state: 'invalid',
        reason: 'PyPI refuses this token: unknown or deleted, or the account may not upload.',
        next: 'Look under API tokens whether it is listed, and whether your address is verified.',
      },
      {
        status: 400,
        state: 'not-checkable',
        reason: 'PyPI refused the upload for another reason than the one that proves the token.',
        next: 'Look under API tokens whether it is listed.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'PyPI does not accept this token.',
        next: 'Look under API tokens whether it is listed.',
      },
      ...lastRows('PyPI'),
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in to PyPI with a second factor.',
    steps: usualSteps({
      prepare: 'Publishing from a known pipeline needs no token at all: see Trusted Publishing.',
      create:
        '"Add API token": a name and the same scope (one project, or the whole account), and copy it: it is shown this once.',
      verify: 'Paste it here; Keyturn checks its form. It asks PyPI only when you say so.',
      revoke:
        'Under API tokens open the options of the old token, remove it, and confirm with your password.',
      prove: 'If you say so, Keyturn asks with the old token and expects 403.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'pypi-AgEIcHlwaS5vcmc and base64url behind it; the beginning holds pypi.org.', gitleaks],
    ['test-form', 'pypi-AgENdGVzdC5weXBpLm9yZw for TestPyPI.', 'derived from the form of PyPI', 'uncertain'],
    [
      'check',
      'An upload without digest: 400 "Include at least one message digest." alive, 403 not.',
      detector,
    ],
    ['digest', 'An upload without a digest is refused by its form.', warehouse],
    ['revoked', 'Tokens that are found in public are revoked.', knowledge, 'uncertain'],
    ['web-only', 'Tokens are managed on the web alone.', knowledge, 'uncertain'],
    ['quota', 'How many tokens there may be was not found.', knowledge, 'uncertain'],
  ]),
});
