// GitHub's personal tokens are made on the web only. Ending one is a call that anybody may make who holds the token, and only without a
// login: with one it answers 403. It cannot be undone, and the person is told by mail.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import { notTaken } from '../usual-refusals.ts';

const seen = '2026-11-22';
const description = 'npm @octokit/openapi@23.0.2 generated/api.github.com.json';
const publicCode = 'public code (many public files)';

export const githubPatTurn = defineTurn({
  provider: 'github-pat',
  ways: [
    {
      id: 'guided',
      label: 'Make a second token on the web; Keyturn revokes the old one',
      shape: 'guided',
      manager: 'self',
      inputs: [],
      permission: 'The person, logged in to GitHub on the web. Revoking needs nothing but the token.',
      old: [{ from: 'nothing' }],
      revoke: [
        {
          does: 'hands the old token to GitHub to be revoked',
          method: 'POST',
          url: 'https://api.github.com/credentials/revoke',
          headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
          body: { type: 'json', value: { credentials: ['{old:secret}'] } },
          by: 'nobody',
          success: [202],
          refusals: [
            notTaken('GitHub does not take the value for a token of its own.', 'Delete it on its page.', {
              status: 422,
            }),
            {
              status: 403,
              bodyHas: 'rate limit',
              means: 'wait',
              reason: 'GitHub asks to wait: 60 such calls an hour from one address.',
              next: 'Nothing to do: it is asked again.',
            },
            {
              status: 403,
              means: 'no-permission',
              reason: 'GitHub refuses the call: something on the way adds a login to it.',
              next: 'Delete the old token on its page.',
            },
            {
              status: 429,
              means: 'wait',
              reason: 'GitHub asks to wait: 60 such calls an hour from one address.',
              next: 'Nothing to do: it is asked again.',
            },
          ],
          repeatable: true,
        },
      ],
      revokeMeans: 'deleted',
      patience: { newSeconds: 10, oldSeconds: 300 },
      afterwards: 'GitHub tells the owner of the token by mail. A revoked token does not come back.',
      expiry: 'same-length',
    },
  ],
  facts: factsOf(seen, [
    [
      'revoke',
      'POST /credentials/revoke takes 1 to 1000 tokens and answers 202; a call with a login gets 403.',
      description,
    ],
    ['kinds', 'ghp_, github_pat_, gho_, ghu_ and ghr_ are taken.', description],
    ['limit', '60 calls an hour without a login.', description],
    ['told', 'Owners are told, and it cannot be undone.', description],
    ['web-only', 'Tokens cannot be created by API.', description],
    ['settles', 'How long a revoked token is still taken was not found.', description, 'uncertain'],
    ['quota', '50 fine-grained tokens per person.', publicCode],
  ]),
});
