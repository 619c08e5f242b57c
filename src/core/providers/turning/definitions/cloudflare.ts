// Cloudflare rolls a token: the same id, date and policies, another value, and the old one is gone. The id comes from verify, which
// has one address for tokens of a person and one for those of an account.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const schema = 'github.com/cloudflare/api-schemas@65061ff openapi.json';
const types = 'npm cloudflare@7.3.0 resources/{user,accounts}/tokens';
const base = 'https://api.cloudflare.com/client/v4';
const yes = { path: ['success'], is: true } as const;

const verify = (path: string): HttpCall => ({
  does: 'asks Cloudflare for the token’s id',
  method: 'GET',
  url: `${base}/${path}/verify`,
  by: 'old',
  success: [200],
  successJson: yes,
  refusals: [
    askedTooOften('Cloudflare'),
    {
      statusFrom: 400,
      statusTo: 499,
      means: 'refused',
      reason: 'Cloudflare does not accept this token, so its id is not known.',
      next: 'See whether it is a token of a person or of an account, then look at its page.',
    },
  ],
  repeatable: true,
});

const roll = (path: string, by: 'manager' | 'old'): HttpCall => ({
  does: 'rolls the token',
  method: 'PUT',
  url: `${base}/${path}/{oldId}/value`,
  body: { type: 'json', value: {} },
  by,
  success: [200],
  successJson: yes,
  refusals: [
    notAccepted('Cloudflare does not accept the token that asked.', 'Check that token first.'),
    mayNot(
      'The token that asked may not roll tokens.',
      'It needs API Tokens Write, for tokens of an account: Account API Tokens Write.',
    ),
    notThere('Cloudflare does not know a token of this id there.', 'See whose token it is.', {
      means: 'wrong-input',
    }),
    notTaken('Cloudflare does not take the request.', 'Roll the token on its page instead.'),
    askedTooOften('Cloudflare'),
  ],
  repeatable: false,
});

const way = (
  own: Pick<TurnWay, 'id' | 'label' | 'formats' | 'manager' | 'permission' | 'wayBack'>,
  path: string,
): TurnWay => ({
  shape: 'swap',
  inputs: [],
  make: {
    call: roll(path, own.manager === 'self' ? 'old' : 'manager'),
    gives: { secret: { json: ['result'] } },
  },
  old: [{ from: 'call', call: verify(path), id: ['result', 'id'] }],
  revoke: [],
  patience: { newSeconds: 30, oldSeconds: 60 },
  // Rolling keeps the date.
  expiry: 'same-day',
  ...own,
});

const byPage = 'Roll the token once more on its page (the same id is still listed), and put the value in.';
const ofPerson = ['user', 'old'];
const ofAccount = ['account', 'old'];

export const cloudflareTurn = defineTurn({
  provider: 'cloudflare',
  ways: [
    way(
      {
        id: 'roll',
        label: 'Roll a token of a person',
        formats: ofPerson,
        manager: { providers: ['cloudflare'], needs: 'a token with API Tokens Write' },
        permission: 'API Tokens Write on the token that asks.',
        wayBack: byPage,
      },
      'user/tokens',
    ),
    way(
      {
        id: 'roll-account',
        label: 'Roll a token of an account',
        formats: ofAccount,
        manager: { providers: ['cloudflare'], needs: 'a token with Account API Tokens Write' },
        permission: 'Account API Tokens Write on the token that asks.',
        wayBack: byPage,
      },
      'accounts/{accountId}/tokens',
    ),
    way(
      {
        id: 'roll-self',
        label: 'Roll a token of a person with itself',
        formats: ofPerson,
        manager: 'self',
        permission: 'API Tokens Write on the token itself. That Cloudflare allows it is not confirmed.',
        wayBack: byPage,
      },
      'user/tokens',
    ),
  ],
  facts: factsOf(seen, [
    ['roll', 'PUT /user/tokens/{id}/value answers with the new value in result; the old one ends.', schema],
    ['account', 'PUT /accounts/{account}/tokens/{id}/value does the same for tokens of an account.', types],
    ['id', 'GET …/tokens/verify tells the id of the token that asks.', schema],
    ['write', 'API Tokens Write is needed.', schema],
    ['self', 'Whether a token may roll itself was not found.', schema, 'uncertain'],
    ['settles', 'How long the old value is still taken was not found.', schema, 'uncertain'],
  ]),
});
