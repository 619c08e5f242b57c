// Answers of the four systems of docs/providers, one for every row. What leads to each of them is played by servers of their own in
// test/contract/four-systems.test.ts; here it is only what is made of an answer.
import { answer, describeAnswers } from '../../support/answer-table.ts';

const slow = answer(
  429,
  { statusCode: 429, message: 'ThrottlerException: Too Many Requests' },
  'unreachable',
);
const broken = answer(503, '<html>busy</html>', 'unreachable');

describeAnswers('circle-mint', [
  answer(200, { data: { payments: { masterWalletId: '1' } } }, 'valid'),
  answer(
    401,
    { code: 401, message: 'Malformed authorization. Are the credentials properly encoded?' },
    'invalid',
  ),
  answer(401, { code: 401, message: 'Unauthorized' }, 'invalid'),
  answer(403, { code: 3, message: 'Forbidden' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('circle-w3s', [
  answer(200, { data: { wallets: [] } }, 'valid'),
  answer(
    401,
    { code: 401, message: 'Malformed authorization. Are the credentials properly encoded?' },
    'invalid',
  ),
  answer(401, { code: 401, message: 'Unauthorized' }, 'invalid'),
  answer(403, { code: 3, message: 'Forbidden' }, 'blocked'),
  answer(
    400,
    { code: -1, message: 'Something went wrong, likely an invalid parameter or API key' },
    'not-checkable',
  ),
  slow,
  broken,
]);

const exchanged = (currentOrganizationId: string): unknown => ({
  access_token: `x.${btoa(JSON.stringify({ currentOrganizationId, exp: 1 }))}.x`,
});

describeAnswers('appcircle', [
  answer(200, exchanged('an-organisation'), 'valid', { values: { organizationId: 'AN-ORGANISATION' } }),
  answer(200, exchanged('an-organisation'), 'valid'),
  // 200 with a token for the organisation of the key, whichever one was asked for.
  answer(200, exchanged('an-organisation'), 'blocked', { values: { organizationId: 'another' } }),
  answer(200, { access_token: 'no.token.at-all', token_type: 'Bearer' }, 'valid'),
  answer(400, { error: 'The organizationId must be a valid GUID' }, 'not-checkable'),
  answer(401, { error: 'invalid_client' }, 'invalid'),
  answer(403, { error: 'forbidden' }, 'blocked'),
  answer(200, '<html>Log in</html>', 'unreachable'),
  broken,
]);

describeAnswers('appcircle-pak', [
  answer(200, { access_token: 'no.token.at-all' }, 'valid'),
  answer(401, { error: 'invalid_grant' }, 'invalid'),
  broken,
]);

describeAnswers('circa', [
  answer(200, { id: 'x', email: 'mei@demo.example' }, 'valid'),
  answer(400, { statusCode: 400, message: 'The x-team-id header is required' }, 'not-checkable'),
  // One answer for a missing, a malformed, an unknown and a revoked key.
  answer(401, { statusCode: 401, message: 'Invalid API key' }, 'invalid'),
  answer(403, { statusCode: 403, message: 'You are not a member of team x' }, 'blocked'),
  answer(400, { statusCode: 400, message: 'Bad Request' }, 'unreachable'),
  slow,
  broken,
]);
