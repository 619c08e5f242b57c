// Hugging Face tokens: whoami tells name, role and kind of the token. The web page alone manages them.
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
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
const detector = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/huggingface/huggingface.go';
const knowledge = 'general knowledge, no page read';

export const huggingface = defineProvider({
  id: 'huggingface',
  name: 'Hugging Face token',
  domain: 'huggingface.co',
  category: 'saas',
  otherNames: ['HF token', 'Hugging Face access token'],
  formats: [
    {
      id: 'user',
      kind: 'unknown',
      label: 'user access token',
      match: 'prefix',
      pattern: { parts: [literal('hf_'), exactly(34, 'alphanumeric')] },
    },
    {
      id: 'organisation',
      kind: 'unknown',
      label: 'organisation token, older',
      match: 'prefix',
      pattern: { parts: [literal('api_org_'), exactly(34, 'alphanumeric')] },
    },
  ],
  fields: [
    secretField({
      label: 'Access token',
      variable: 'HF_TOKEN',
      help: 'Shown once, when it is created or refreshed.',
      labels: [
        'hf_token',
        'huggingface_token',
        'hugging_face_hub_token',
        'huggingfacehub_api_token',
        'authorization',
      ],
    }),
  ],
  envNames: [
    'HF_TOKEN',
    'HF_API_TOKEN',
    'HUGGINGFACE_*',
    'HUGGING_FACE_HUB_TOKEN',
    'HUGGINGFACEHUB_API_TOKEN',
  ],
  hosts: ['huggingface.co/api', 'huggingface.co/settings', 'router.huggingface.co'],
  portals: [portalFor('Hugging Face', 'https://huggingface.co/settings/tokens', 'Settings → Access Tokens')],
  apiBases: [{ environment: 'Hugging Face', kinds: everyKind, url: 'https://huggingface.co' }],
  auth: bearer,
  managedBy: {
    create: 'the person, on the web; an organisation may demand approval of fine-grained tokens',
    revoke: 'the person, or an administrator of the organisation for its own data',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['name', 'permissions of a fine-grained token'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'read', label: 'Read', access: 'read-only' },
    { id: 'write', label: 'Write', access: 'full' },
    { id: 'fine-grained', label: 'Fine-grained', access: 'limited' },
  ],
  movesMoney: {
    value: true,
    why: 'A token for inference spends your credits; one that writes changes your models.',
  },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A fine-grained token for an organisation may wait for the approval of its administrators.',
      who: 'an administrator of the organisation',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'Hugging Face',
        kinds: everyKind,
        method: 'GET',
        url: 'https://huggingface.co/api/whoami-v2',
        cost: 'none',
      },
    ],
    neverCall: ['/api/repos/create', '/api/repos/move', '/api/inference', '/v1/'],
    decisions: [
      worksRow('Hugging Face answered with the account the token belongs to.', { json: { path: ['name'] } }),
      {
        status: 401,
        bodyHas: 'expired',
        state: 'expired',
        reason: 'Hugging Face says that this token has expired.',
        next: 'Refresh it under Access Tokens: that gives a new value.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'Hugging Face does not accept this token: unknown, deleted or refreshed since.',
        next: 'Look under Access Tokens whether it is listed.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'Hugging Face knows the token and refuses this question.',
        next: 'Look at the permissions of the token, and whether the organisation demands a login of its own.',
      },
      ...lastRows('Hugging Face'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['name'] }, as: 'text' },
      { fact: 'organisation', from: { json: ['orgs'], each: 'name' }, as: 'list' },
      { fact: 'name', from: { json: ['auth', 'accessToken', 'displayName'] }, as: 'text' },
      { fact: 'scopes', from: { json: ['auth', 'accessToken', 'role'] }, as: 'words' },
      { fact: 'createdAt', from: { json: ['auth', 'accessToken', 'createdAt'] }, as: 'date' },
    ],
  },
  rotation: {
    mode: 'guided',
    overlap: true,
    needs: 'The person, logged in to Hugging Face.',
    steps: usualSteps({
      prepare:
        'Note type and permissions of the old token. "Invalidate and refresh" would end the old value at once: create a second token instead.',
      create:
        '"Create new token": the same type and the same permissions, a name, and copy it: it is shown this once.',
      revoke: 'Under Access Tokens open the menu of the old token, delete it, and confirm.',
      prove: 'Keyturn asks with the old token and expects 401.',
    }),
  },
  facts: factsOf(seen, [
    ['form', 'hf_ and 34 letters and digits; api_org_ and 34 for older tokens of organisations.', detector],
    ['check', 'GET /api/whoami-v2 answers with name, organisations and auth.accessToken.', detector],
    ['role', 'auth.accessToken.role is read, write or fineGrained.', detector, 'uncertain'],
    ['refresh', 'Invalidate and refresh gives a new value and ends the old one.', knowledge, 'uncertain'],
    ['no-api', 'No public call that manages tokens was found.', knowledge, 'uncertain'],
  ]),
});
