// AWS IAM: a user has two places for access keys, so the second is made beside the first. Access keys have no names: a key whose answer
// was lost cannot be told by a mark, and is left to the person.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { BodyValue, HttpCall, Refusal, TurnInput, TurnWay } from '../turn-definition.ts';

const seen = '2026-11-22';
const iam = 'npm aws-sdk@2.1693.0 apis/iam-2010-05-08.min.json';

const usual: readonly Refusal[] = [
  {
    bodyHas: 'LimitExceeded',
    means: 'quota-full',
    reason: 'AWS says that the user has two access keys already, which is all that it may have.',
    next: 'Delete the one that nobody uses, then begin again.',
  },
  {
    bodyHas: 'NoSuchEntity',
    means: 'gone',
    reason: 'AWS knows no such access key or user.',
    next: 'Look in IAM under the security credentials of the user.',
  },
  {
    bodyHas: 'AccessDenied',
    means: 'no-permission',
    reason: 'AWS knows the key that asked, and a policy does not let it do this.',
    next: 'Allow iam:CreateAccessKey, UpdateAccessKey, DeleteAccessKey and ListAccessKeys on the user itself.',
  },
  {
    bodyHas: 'InvalidClientTokenId',
    means: 'refused',
    reason: 'AWS does not accept the access key id that asked: unknown, inactive or deleted.',
    next: 'Look in IAM whether it is listed and active.',
  },
  {
    bodyHas: 'SignatureDoesNotMatch',
    means: 'refused',
    reason: 'AWS says that the secret does not belong to the access key id that asked.',
    next: 'Compare both values with where they came from, and see that the clock of this computer is right.',
  },
  {
    bodyHas: 'Throttling',
    means: 'wait',
    reason: 'AWS asks to wait: too many requests.',
    next: 'Nothing to do: it is asked again.',
  },
  {
    bodyHas: 'EntityTemporarilyUnmodifiable',
    means: 'wait',
    reason: 'AWS is still busy with an earlier change of this user.',
    next: 'Nothing to do: it is asked again.',
  },
  {
    bodyHas: 'ValidationError',
    means: 'wrong-input',
    reason: 'AWS does not take the name of the user or the id of the key.',
    next: 'Compare them with IAM.',
  },
  {
    status: 403,
    means: 'no-permission',
    reason: 'AWS refuses this to the key that asked.',
    next: 'Look at the policies of its user and of the organisation.',
  },
];

type User = { readonly [name: string]: BodyValue };

const call = (
  does: string,
  action: string,
  entries: User,
  more: Partial<HttpCall> & Pick<HttpCall, 'by' | 'repeatable'>,
): HttpCall => ({
  does,
  method: 'POST',
  url: 'https://iam.amazonaws.com/',
  headers: { accept: 'application/json' },
  body: { type: 'form', value: { Action: action, Version: '2010-05-08', ...entries } },
  signing: 'aws-sigv4',
  success: [200],
  refusals: usual,
  ...more,
});

const made = ['CreateAccessKeyResponse', 'CreateAccessKeyResult', 'AccessKey'] as const;
const listed = ['ListAccessKeysResponse', 'ListAccessKeysResult'] as const;

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'inputs' | 'permission'>,
  user: User,
  remover: 'new' | 'manager',
): TurnWay => ({
  ...own,
  shape: 'overlap',
  // Temporary keys (ASIA) and Bedrock keys are made elsewhere.
  formats: ['long-term-id'],
  make: {
    call: call('creates a second access key of the user', 'CreateAccessKey', user, {
      by: 'manager',
      repeatable: false,
    }),
    gives: {
      accessKeyId: { json: [...made, 'AccessKeyId'] },
      secretAccessKey: { json: [...made, 'SecretAccessKey'] },
    },
    id: { json: [...made, 'AccessKeyId'] },
  },
  list: {
    call: call('lists the access keys of the user', 'ListAccessKeys', user, {
      by: 'manager',
      repeatable: true,
    }),
    items: [...listed, 'AccessKeyMetadata'],
    id: ['AccessKeyId'],
    createdAt: ['CreateDate'],
    complete: { path: [...listed, 'IsTruncated'], is: false },
  },
  old: [{ from: 'field', field: 'accessKeyId' }],
  revoke: [
    call(
      'sets the old access key inactive',
      'UpdateAccessKey',
      { ...user, AccessKeyId: '{id}', Status: 'Inactive' },
      { by: remover, repeatable: true },
    ),
    call(
      'deletes the old access key',
      'DeleteAccessKey',
      { ...user, AccessKeyId: '{id}' },
      { by: remover, repeatable: true },
    ),
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 30, oldSeconds: 60 },
  quota: 2,
  afterwards: 'Sessions (ASIA…) that were begun with the old key may go on until they end, for hours.',
  expiry: 'none',
});

const userName: TurnInput = {
  name: 'userName',
  label: 'User',
  help: 'The name of the IAM user whose key it is, as in IAM → Users.',
  required: true,
};

export const awsIamTurn = defineTurn({
  provider: 'aws-iam',
  ways: [
    way(
      {
        id: 'self',
        label: 'The key makes its successor',
        manager: 'self',
        inputs: [],
        permission:
          'iam:CreateAccessKey, UpdateAccessKey, DeleteAccessKey and ListAccessKeys on the user itself.',
      },
      {},
      'new',
    ),
    way(
      {
        id: 'administrator',
        label: 'Another access key makes it',
        manager: { providers: ['aws-iam'], needs: 'an access key that may manage the keys of this user' },
        inputs: [userName],
        permission: 'iam:CreateAccessKey, UpdateAccessKey, DeleteAccessKey and ListAccessKeys on the user.',
      },
      { UserName: '{userName}' },
      'manager',
    ),
  ],
  facts: factsOf(seen, [
    ['create', 'CreateAccessKey: without UserName for the user that signs; answers with both values.', iam],
    ['list', 'ListAccessKeys shows id, status and date; no name, no part of the secret.', iam],
    ['inactive', 'UpdateAccessKey with Status Inactive can be undone, DeleteAccessKey cannot.', iam],
    ['quota', 'Two access keys per user: LimitExceeded.', iam],
    [
      'json',
      'With accept: application/json IAM answers in JSON, else in XML; both are read.',
      'public code (one project that reads IAM so)',
      'uncertain',
    ],
    [
      'codes',
      'The codes of refusals are those of the pages of IAM.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['sessions', 'Sessions outlive the key that began them.', 'general knowledge, no page read', 'uncertain'],
    ['settle', 'How long a change takes to be known everywhere is not said.', iam, 'uncertain'],
  ]),
});
