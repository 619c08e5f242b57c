// GitLab rotates a token in place: the old value is revoked by the call that answers with the new one. Rotating with a revoked token
// revokes its whole family, so the call is made once, after GitLab has said that the token is active, and never repeated.
import { factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, TurnInput, TurnWay } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const api = 'github.com/gitlabhq/gitlabhq doc/api/personal_access_tokens.md';
const projectApi = 'github.com/gitlabhq/gitlabhq doc/api/project_access_tokens.md';
const groupApi = 'github.com/gitlabhq/gitlabhq doc/api/group_access_tokens.md';
const base = 'https://gitlab.com/api/v4';
const scopes = 'The scope api or self_rotate on the token itself, and GitLab 16.10 or later.';

/** A revoked token must not come near the next call. */
const readOwn: HttpCall = {
  does: 'asks GitLab for the token’s own entry',
  method: 'GET',
  url: `${base}/personal_access_tokens/self`,
  by: 'old',
  success: [200],
  successJson: { path: ['active'], is: true },
  refusals: [
    {
      status: 200,
      means: 'gone',
      reason: 'GitLab says that this token is revoked or over: it cannot be rotated.',
      next: 'Create a new one in the portal; do not rotate this one.',
    },
    notAccepted(
      'GitLab does not accept this token, so it is not rotated: a revoked one would take its successor with it.',
      'Look at the list of access tokens in GitLab, and create a new one there.',
    ),
    mayNot(
      'The token may not read its own entry.',
      'Give it the scope api or self_rotate, or turn it by hand.',
    ),
    notThere(
      'This GitLab does not know the question.',
      'GitLab 16.10 or later is needed; else turn it by hand.',
    ),
    askedTooOften('GitLab'),
  ],
  learns: [{ name: 'tokenId', from: { json: ['id'] }, required: true }],
  repeatable: true,
};

const rotate = (does: string, path: string, by: 'old' | 'manager'): HttpCall => ({
  does,
  method: 'POST',
  url: `${base}/${path}`,
  // Without a date the new token would live a week.
  body: { type: 'form', value: { expires_at: '{expiresOn}' } },
  by,
  success: [200, 201],
  refusals: [
    notTaken(
      'GitLab did not rotate the token: it does not take the date, or the token is not active.',
      'Choose a nearer date: most GitLabs allow a year at most.',
    ),
    notAccepted(
      'GitLab does not accept the token that asked: unknown, over or revoked.',
      'Check the token before anything else, and do not rotate it again if it is refused.',
    ),
    mayNot(
      'The token may not do this: it lacks the scope, or its owner may not.',
      'Give it the scope api or self_rotate, or create a second token by hand.',
    ),
    notThere(
      'GitLab does not find this token there.',
      'See whose token it is: of a person, a project or a group.',
      {
        means: 'wrong-input',
      },
    ),
    notTaken('This is no token of the kind that was asked for.', 'Choose the way for a project or a group.', {
      status: 405,
    }),
    notTaken('GitLab does not take the date.', 'Choose a nearer date: most GitLabs allow a year at most.', {
      status: 422,
    }),
    askedTooOften('GitLab'),
  ],
  repeatable: false,
});

const way = (own: Pick<TurnWay, 'id' | 'label' | 'inputs'>, call: HttpCall): TurnWay => ({
  shape: 'swap',
  manager: 'self',
  permission: scopes,
  make: {
    before: [readOwn],
    call,
    gives: { secret: { json: ['token'] } },
    id: { json: ['id'] },
    expiresAt: ['expires_at'],
  },
  old: [{ from: 'nothing' }],
  revoke: [],
  patience: { newSeconds: 10, oldSeconds: 10 },
  reuseKills: true,
  wayBack:
    'Create a new token in the portal with the same scopes, and put it in. Do not rotate the old one again: that would end the new one too.',
  expiry: 'same-length',
  ...own,
});

const projectId: TurnInput = {
  name: 'projectId',
  label: 'Project',
  help: 'The number of the project, or its path as in group/project.',
  required: true,
};
const groupId: TurnInput = {
  name: 'groupId',
  label: 'Group',
  help: 'The number of the group, or its path.',
  required: true,
};

export const gitlabTurn = defineTurn({
  provider: 'gitlab',
  ways: [
    way(
      { id: 'rotate-self', label: 'Rotate a token of a person with itself', inputs: [] },
      rotate('rotates the token with itself', 'personal_access_tokens/self/rotate', 'old'),
    ),
    way(
      { id: 'rotate-project', label: 'Rotate a token of a project with itself', inputs: [projectId] },
      rotate(
        'rotates the project’s token with itself',
        'projects/{projectId}/access_tokens/self/rotate',
        'old',
      ),
    ),
    way(
      { id: 'rotate-group', label: 'Rotate a token of a group with itself', inputs: [groupId] },
      rotate('rotates the group’s token with itself', 'groups/{groupId}/access_tokens/self/rotate', 'old'),
    ),
    {
      ...way(
        { id: 'rotate-by-other', label: 'Rotate a token of a person with another token', inputs: [] },
        rotate('rotates the token by its number', 'personal_access_tokens/{tokenId}/rotate', 'manager'),
      ),
      manager: {
        providers: ['gitlab'],
        needs: 'a token of the same person, or of an administrator, with the scope api',
      },
      permission: 'The scope api on the other token. The token that is rotated needs none.',
    },
  ],
  facts: factsOf(seen, [
    [
      'self',
      'POST /personal_access_tokens/self/rotate rotates the token that asks; api or self_rotate, 16.10.',
      api,
    ],
    ['week', 'Without expires_at the new token lives a week.', api],
    ['at-once', 'The old token is revoked by the same call.', api],
    ['family', 'Rotating with a revoked token revokes the whole family, the new token too.', api],
    [
      'family-only-rotate',
      'Only the rotate calls look for reuse; reading with a revoked token does no harm.',
      'https://gitlab.com/gitlab-org/gitlab/-/issues/418769',
    ],
    ['by-id', 'POST /personal_access_tokens/:id/rotate takes another token with the scope api.', api],
    [
      'errors',
      '400 not rotated, 401 unknown, over or revoked, 403 may not, 404, 405 no token of a person.',
      api,
    ],
    ['project', 'POST /projects/:id/access_tokens/self/rotate.', projectApi],
    ['group', 'POST /groups/:id/access_tokens/self/rotate.', groupApi],
  ]),
});
