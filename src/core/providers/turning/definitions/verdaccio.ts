// Verdaccio: a second token is made with any token of the user and the user's password. The password lives in a key of its own, the manager:
// it must not be handed out with the token. Deleting ends a token since 6.7.4 only; tokens of a login are not in the list.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { Refusal } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const run = 'run on loopback 2026-11-22 (Verdaccio 6.10.4 on Node 22.23.3, 6.8.0 on Node 20.20.2)';
const deletion = 'https://github.com/verdaccio/verdaccio/pull/5943';
const tokens = 'https://github.com/verdaccio/verdaccio/pull/1705';
const url = '{registry}/-/npm/v1/tokens';

const usual: readonly Refusal[] = [
  mayNot('Verdaccio does not let this token manage tokens: deleted, or read-only.', 'Use another token.'),
  notAccepted('Verdaccio does not accept token or password.', 'Log in again, and compare the password.'),
  askedTooOften('Verdaccio'),
];

export const verdaccioTurn = defineTurn({
  provider: 'verdaccio',
  ways: [
    {
      id: 'by-password',
      label: 'A second token, made with the password of the user',
      shape: 'overlap',
      manager: {
        providers: ['verdaccio'],
        needs: 'a key with another token of the same user and the password',
      },
      inputs: [],
      permission: 'The password of the user, and a token that is not read-only.',
      make: {
        call: {
          does: 'creates a second token',
          method: 'POST',
          url,
          body: {
            type: 'json',
            value: { password: '{manager:password}', readonly: '{readOnly}', cidr_whitelist: '{addresses}' },
          },
          by: 'manager',
          success: [200],
          refusals: [
            notTaken('Verdaccio does not take the request.', 'See that it is Verdaccio 6.', { status: 422 }),
            notThere('What stands at this address has no tokens.', 'See that the registry is right.', {
              means: 'wrong-input',
            }),
            ...usual,
          ],
          repeatable: false,
        },
        gives: { secret: { json: ['token'] } },
        id: { json: ['key'] },
      },
      list: {
        call: {
          does: 'lists the tokens of the user',
          method: 'GET',
          url,
          by: 'manager',
          success: [200],
          refusals: usual,
          repeatable: true,
        },
        items: ['objects'],
        id: ['key'],
        createdAt: ['created'],
        hint: { json: ['token'], how: 'masked' },
        complete: true,
        learns: [
          { name: 'readOnly', from: { json: ['readonly'] }, required: true },
          { name: 'addresses', from: { json: ['cidr'] }, required: true },
        ],
      },
      old: [{ from: 'hint' }],
      revoke: [
        {
          does: 'deletes the old token',
          method: 'DELETE',
          url: `${url}/token/{id}`,
          by: 'manager',
          success: [200],
          refusals: [notThere('Verdaccio knows no such token any more.', 'Nothing to do.'), ...usual],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 5, oldSeconds: 5 },
      afterwards: 'Before Verdaccio 6.7.4 a deleted token works on.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    [
      'create',
      'POST /-/npm/v1/tokens with password, readonly and cidr_whitelist answers 200 with token and key.',
      run,
    ],
    ['password', 'A wrong password gets 401.', run],
    ['list', 'The list shows the key and a masked token, readonly, cidr and created.', run],
    ['delete', 'DELETE …/token/{key} answers 200 with {}, twice too; a read-only token gets 403.', run],
    ['deletion', 'Deleting revokes since @verdaccio/auth 8.0.3, Verdaccio 6.7.4.', deletion],
    ['tokens', 'Tokens have no name, so none can carry a mark.', tokens],
    ['login', 'That tokens of a login are not listed was not confirmed.', tokens, 'uncertain'],
  ]),
});
