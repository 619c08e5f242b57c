// Mailgun: a key of the role admin makes and deletes keys. Role, kind and domain of the old one are read in the list and copied. Two regions
// that do not know each other's keys. A primary key that was reset may be taken for two more days, so the old one is asked that long.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Refusal, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const createPage =
  'https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/keys/post-v1-keys';
const listPage = 'https://documentation.mailgun.com/docs/mailgun/api-reference/openapi-final/tag/Keys';
const gitguardian =
  'https://docs.gitguardian.com/secrets-detection/secrets-detection-engine/detectors/specifics/mailgun_primary_key';
const twoDays = 172_800;

const usual: readonly Refusal[] = [
  notAccepted(
    'Mailgun does not accept the key that asked: unknown, deleted, or of the other region.',
    'Compare the region with the way that was chosen.',
  ),
  mayNot('Mailgun does not let the key that asked manage keys.', 'Use a key of the role admin.'),
  askedTooOften('Mailgun'),
];

type Region = { readonly suffix: string; readonly words: string; readonly base: string };
const regions: readonly Region[] = [
  { suffix: '', words: '', base: 'https://api.mailgun.net' },
  { suffix: '-eu', words: ' (European region)', base: 'https://api.eu.mailgun.net' },
];

const way = (
  { suffix, words, base }: Region,
  own: Pick<TurnWay, 'id' | 'label' | 'manager' | 'permission'>,
): TurnWay => ({
  ...own,
  id: `${own.id}${suffix}`,
  label: `${own.label}${words}`,
  shape: 'overlap',
  inputs: [],
  make: {
    call: {
      does: 'creates a second key of the same role, kind and domain',
      method: 'POST',
      url: `${base}/v1/keys`,
      body: {
        type: 'multipart',
        value: {
          role: '{role}',
          kind: '{kind}',
          domain_name: '{domainName?}',
          user_name: '{userName?}',
          description: '{mark}',
          expiration: '{expiresInSeconds?}',
        },
      },
      by: 'manager',
      success: [200],
      refusals: [
        notTaken('Mailgun does not take role, kind, domain or end.', 'Make the key on the web.'),
        ...usual,
      ],
      repeatable: false,
    },
    gives: { secret: { json: ['key', 'secret'] } },
    id: { json: ['key', 'id'] },
    expiresAt: ['key', 'expires_at'],
  },
  list: {
    call: {
      does: 'lists the keys of the account',
      method: 'GET',
      url: `${base}/v1/keys`,
      by: 'manager',
      success: [200],
      refusals: usual,
      repeatable: true,
    },
    items: ['items'],
    id: ['id'],
    name: ['description'],
    createdAt: ['created_at'],
    // The id seems to be the end of the value. Where it is not, nothing fits, and the person chooses.
    hint: { json: ['id'], how: 'ends-with' },
    complete: true,
    learns: [
      { name: 'role', from: { json: ['role'] }, required: true },
      { name: 'kind', from: { json: ['kind'] }, required: true },
      { name: 'domainName', from: { json: ['domain_name'] }, required: false },
      { name: 'userName', from: { json: ['user_name'] }, required: false },
    ],
  },
  old: [{ from: 'hint' }, { from: 'name' }],
  revoke: [
    {
      does: 'deletes the old key',
      method: 'DELETE',
      url: `${base}/v1/keys/{id}`,
      by: 'manager',
      success: [200],
      refusals: [notThere('Mailgun knows no such key any more.', 'Nothing to do.'), ...usual],
      repeatable: true,
    },
  ],
  revokeMeans: 'deleted',
  patience: { newSeconds: 60, oldSeconds: twoDays },
  afterwards: 'Mailgun may take a primary key that was reset for up to 48 hours more.',
  expiry: 'same-length',
});

const self = {
  id: 'self',
  label: 'The key makes its successor',
  manager: 'self',
  permission: 'The role admin on the key itself.',
} as const;
const managed = {
  id: 'managed',
  label: 'Another key makes it',
  manager: { providers: ['mailgun'], needs: 'a key of the same account with the role admin' },
  permission: 'The role admin on the key that asks.',
} as const;

export const mailgunTurn = defineTurn({
  provider: 'mailgun',
  ways: regions.flatMap((region) => [way(region, self), way(region, managed)]),
  facts: factsOf(seen, [
    ['create', 'POST /v1/keys, multipart, with role; answers 200 with key.id and key.secret.', createPage],
    [
      'list',
      'GET /v1/keys answers with total_count and items: id, description, kind, role, domain_name.',
      listPage,
    ],
    ['expiration', 'expiration counts seconds.', createPage],
    ['role', 'admin, basic, sending or developer; domain_name is for keys of the kind domain.', createPage],
    [
      'delete',
      'DELETE /v1/keys/{id} answers 200, and 404 where there is none; no official page was read.',
      'https://withone.ai/knowledge/mailgun',
      'uncertain',
    ],
    [
      'id',
      'That the id (8 and 8 hex digits) is the end of the value was not confirmed.',
      listPage,
      'uncertain',
    ],
    [
      'user-name',
      'That user_name may be sent for keys of every kind was not confirmed.',
      createPage,
      'uncertain',
    ],
    ['two-days', 'A primary key that was reset stays usable for up to 48 hours.', gitguardian],
  ]),
});
