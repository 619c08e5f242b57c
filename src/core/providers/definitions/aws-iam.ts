// AWS IAM access keys: a pair that is never sent but signs; the same id asked twice within seconds with different secrets may be
// refused wrongly once. Bedrock API keys belong to the same users and are one value.
import type { CheckRequest, DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { exactly, literal } from '../format.ts';
import { bearerOf, everyKind, factsOf, lastRows, portalFor, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const sts = 'npm aws-sdk@2.1693.0 apis/sts-2011-06-15.min.json';
const iam = 'npm aws-sdk@2.1693.0 apis/iam-2010-05-08.min.json';
const trufflehog = 'github.com/trufflesecurity/trufflehog@3ab759f pkg/detectors/aws/access_keys/accesskey.go';
const gitleaks = 'github.com/gitleaks/gitleaks@b58d3f1 config/gitleaks.toml';
const bedrockPage = 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.md';
const pair = ['secret', 'long-term-id', 'temporary-id'];

const identity: CheckRequest = {
  id: 'identity',
  environment: 'sts',
  kinds: everyKind,
  formats: pair,
  method: 'POST',
  url: 'https://sts.amazonaws.com/',
  headers: { accept: 'application/json' },
  body: { type: 'form', entries: { Action: 'GetCallerIdentity', Version: '2011-06-15' } },
  signing: 'aws-sigv4',
  cost: 'none',
};
const clockRow = (words: string): DecisionRow => ({
  bodyHas: words,
  state: 'not-checkable',
  reason: 'The clock of this computer is too far off: AWS refuses the time, not the key.',
  next: 'Set the clock and check again.',
});

export const awsIam = defineProvider({
  id: 'aws-iam',
  name: 'AWS IAM access key',
  domain: 'aws.amazon.com',
  category: 'saas',
  otherNames: ['Amazon Web Services', 'Bedrock API key'],
  formats: [
    {
      id: 'secret',
      kind: 'unknown',
      label: 'secret access key',
      match: 'shape',
      pattern: { parts: [exactly(40, 'base64')] },
      field: 'secretAccessKey',
    },
    {
      id: 'long-term-id',
      kind: 'unknown',
      label: 'access key id, long-term',
      match: 'prefix',
      pattern: { parts: [literal('AKIA'), exactly(16, 'base32')] },
      field: 'accessKeyId',
      sensitivity: 'identifier',
      classId: 'long-term',
    },
    {
      id: 'temporary-id',
      kind: 'unknown',
      label: 'access key id, temporary (STS)',
      match: 'prefix',
      pattern: { parts: [literal('ASIA'), exactly(16, 'base32')] },
      field: 'accessKeyId',
      sensitivity: 'identifier',
      classId: 'temporary',
      note: 'Works only together with its session token, for hours.',
    },
    {
      id: 'bedrock',
      kind: 'unknown',
      label: 'Bedrock API key, long-term',
      match: 'prefix',
      pattern: { source: 'ABSK[0-9A-Za-z+/]{109,269}={0,2}', anchors: ['ABSK'], maxLength: 275 },
      field: 'bedrockApiKey',
      classId: 'bedrock',
    },
  ],
  fields: [
    {
      name: 'accessKeyId',
      label: 'Access key id',
      variable: 'AWS_ACCESS_KEY_ID',
      secret: false,
      required: true,
      labels: ['aws_access_key_id', 'access_key_id', 'accesskeyid', 'aws_access_key'],
      formats: pair,
    },
    {
      name: 'secretAccessKey',
      label: 'Secret access key',
      variable: 'AWS_SECRET_ACCESS_KEY',
      secret: true,
      required: true,
      help: 'Shown once, when the key is created.',
      labels: ['aws_secret_access_key', 'secret_access_key', 'secretaccesskey', 'aws_secret_key'],
      formats: pair,
    },
    {
      name: 'sessionToken',
      label: 'Session token',
      variable: 'AWS_SESSION_TOKEN',
      secret: true,
      required: true,
      help: 'Belongs to temporary keys (ASIA…) and to nothing else.',
      labels: ['aws_session_token', 'session_token', 'aws_security_token'],
      formats: ['temporary-id'],
    },
    {
      name: 'bedrockApiKey',
      label: 'Bedrock API key',
      variable: 'AWS_BEARER_TOKEN_BEDROCK',
      secret: true,
      required: true,
      labels: ['aws_bearer_token_bedrock', 'bedrock_api_key'],
      formats: ['bedrock'],
    },
  ],
  envNames: [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_BEARER_TOKEN_BEDROCK',
  ],
  hosts: ['amazonaws.com', 'aws.amazon.com'],
  portals: [
    portalFor(
      'console',
      'https://console.aws.amazon.com/iam/home',
      'IAM → Users → the user → Security credentials → Access keys',
    ),
    portalFor('bedrock', 'https://console.aws.amazon.com/bedrock', 'Amazon Bedrock → API keys'),
  ],
  apiBases: [{ environment: 'sts', kinds: everyKind, url: 'https://sts.amazonaws.com' }],
  settings: [
    {
      name: 'bedrockRegion',
      label: 'Region for Bedrock',
      help: 'Where Bedrock API keys are checked, for example eu-central-1.',
      usual: 'us-east-1',
    },
  ],
  auth: { places: [], note: 'The pair signs the request (Signature version 4); the secret is never sent.' },
  managedBy: {
    create: 'the user itself or an administrator, with iam:CreateAccessKey',
    revoke: 'the user itself or an administrator; setting it Inactive can be undone, deleting cannot',
  },
  limits: [{ max: 2, per: 'user', approximate: false }],
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['status (active or inactive)', 'policies of the user'],
  expiry: { rule: 'none' },
  classes: [
    { id: 'long-term', label: 'Long-term key of a user', access: 'unknown' },
    { id: 'temporary', label: 'Temporary key of a session', access: 'unknown' },
    { id: 'bedrock', label: 'Bedrock only', access: 'limited' },
  ],
  movesMoney: { value: true, why: 'A thief can start machines and models that you pay for.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'An inactive key stays listed and is refused as if it were unknown, until it is active again.',
      who: 'whoever may call iam:UpdateAccessKey',
    },
  ],
  check: {
    possible: true,
    scheduled: 'opt-in',
    settlesWithinSeconds: 30,
    requests: [
      identity,
      { ...identity, id: 'again', afterSeconds: 6 },
      {
        id: 'models',
        environment: 'bedrock',
        kinds: everyKind,
        formats: ['bedrock'],
        method: 'GET',
        url: 'https://bedrock.{bedrockRegion}.amazonaws.com/foundation-models',
        auth: bearerOf('bedrockApiKey'),
        cost: 'none',
      },
    ],
    neverCall: ['Action=Create', 'Action=Update', 'Action=Delete', 'Action=AssumeRole', '/model/'],
    decisions: [
      worksRow('AWS answered with the account and user of the key.', { bodyHas: 'GetCallerIdentityResult' }),
      worksRow('Bedrock answered with its list of models.', { request: 'models' }),
      {
        bodyHas: 'ExpiredToken',
        state: 'expired',
        reason: 'AWS says that the session of this temporary key has ended.',
        next: 'Take a new set of temporary keys; these cannot be prolonged.',
      },
      clockRow('Signature expired'),
      clockRow('Signature not yet current'),
      {
        request: 'identity',
        bodyHas: 'SignatureDoesNotMatch',
        state: 'invalid',
        reason: 'AWS says that the secret does not belong to this access key id.',
        next: 'Compare both values with where they came from; the secret cannot be shown again in the console.',
        ask: 'again',
      },
      {
        bodyHas: 'SignatureDoesNotMatch',
        state: 'invalid',
        reason:
          'AWS knows the access key id, but the secret does not belong to it. It said so twice, seconds apart.',
        next: 'Compare both values with where they came from; the secret cannot be shown again in the console.',
      },
      {
        bodyHas: 'InvalidClientTokenId',
        state: 'invalid',
        reason:
          'AWS does not accept this access key id: unknown, deleted, inactive, of another partition (China, GovCloud), or a temporary ' +
          'one without its session token. AWS gives one answer for all.',
        next: 'Look in IAM whether the key is listed and active.',
      },
      {
        request: 'models',
        bodyHas: 'not authorized to perform',
        state: 'blocked',
        reason: 'The Bedrock key works, but its user may not list models.',
        next: 'Look at the policies of the IAM user of the key.',
      },
      {
        request: 'models',
        status: 403,
        state: 'invalid',
        reason:
          'Bedrock refuses the key: unknown, expired, inactive or deleted. One answer stands for several causes.',
        next: 'Look in Amazon Bedrock → API keys whether it is listed, and until when.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'AWS knows the key and refuses it this question.',
        next: 'Look for a policy that denies sts:GetCallerIdentity or your network.',
      },
      ...lastRows('AWS'),
    ],
    tells: [
      {
        fact: 'account',
        from: { json: ['GetCallerIdentityResponse', 'GetCallerIdentityResult', 'Account'] },
        as: 'text',
      },
      {
        fact: 'owner',
        from: { json: ['GetCallerIdentityResponse', 'GetCallerIdentityResult', 'Arn'] },
        as: 'text',
      },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: true,
    needs:
      'iam:CreateAccessKey, UpdateAccessKey, DeleteAccessKey and ListAccessKeys on the user itself; a free slot of the two.',
    steps: usualSteps({
      prepare: 'With two keys already there, delete the unused one first: a user has at most two.',
      create: 'The user → Security credentials: create the second key, keep both values: shown this once.',
      revoke: 'On the same page set the old key Inactive, see that nothing breaks, then delete it.',
      prove: 'Keyturn asks with the old pair and expects InvalidClientTokenId.',
    }),
  },
  facts: factsOf(seen, [
    ['id-form', 'AKIA or ASIA and 16 of A-Z and 2-7.', trufflehog],
    ['secret-form', '40 characters of base64, which fits many other things too.', trufflehog],
    ['bedrock-form', 'ABSK and 109 to 269 characters of base64.', gitleaks],
    ['check', 'GetCallerIdentity answers with UserId, Account and Arn.', sts],
    [
      'no-policy',
      'GetCallerIdentity works without any policy.',
      'general knowledge, no page read',
      'uncertain',
    ],
    [
      'json',
      'With accept: application/json STS answers in JSON.',
      'github.com/kubernetes-sigs/aws-iam-authenticator pkg/token/token.go',
    ],
    [
      'false-mismatch',
      'The same id with another secret within about five seconds can be answered SignatureDoesNotMatch wrongly.',
      trufflehog,
    ],
    ['quota', 'Two access keys per user.', iam],
    ['status', 'Keys are Active, Inactive or, newly, Expired.', 'npm @aws-sdk/client-iam@3.1169.0'],
    ['settle', 'How long a new key takes to be known everywhere is not said.', iam, 'uncertain'],
    [
      'bedrock',
      'Bedrock keys are sent as a bearer token; long-term ones end at a date chosen once.',
      bedrockPage,
    ],
    ['bedrock-list', 'A Bedrock key of the usual policy may list the models.', bedrockPage, 'uncertain'],
  ]),
});
