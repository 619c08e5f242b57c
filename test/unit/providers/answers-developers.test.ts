// Answers of what developers build and ship with (AWS, GitHub, Cloudflare …) and what is made of them. Where the reference names an
// answer that misleads, it stands here: a token of an account that is "invalid" at the address for persons, 200 without a user.
import { answer, describeAnswers } from '../../support/answer-table.ts';

const slow = answer(429, 'slow down', 'unreachable');
const broken = answer(503, '<html>busy</html>', 'unreachable');

const aws = (code: string, message: string): unknown => ({
  Error: { Type: 'Sender', Code: code, Message: message },
  RequestId: 'x',
});

describeAnswers('aws-iam', [
  answer(
    200,
    {
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: {
          UserId: 'U',
          Account: '000000000000',
          Arn: 'arn:aws:iam::000000000000:user/ci',
        },
      },
    },
    'valid',
    { told: { account: '000000000000', owner: 'arn:aws:iam::000000000000:user/ci' } },
  ),
  answer(200, { modelSummaries: [] }, 'valid', { request: 'models' }),
  answer(
    403,
    aws('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    'invalid',
  ),
  answer(403, aws('ExpiredToken', 'The security token included in the request is expired'), 'expired'),
  answer(
    403,
    aws(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    ),
    'invalid',
    { request: 'identity', ask: 'again' },
  ),
  answer(403, aws('SignatureDoesNotMatch', 'The request signature we calculated does not match'), 'invalid', {
    request: 'again',
  }),
  // The same code says that a clock is off, and the second look is no better than the first.
  answer(
    403,
    aws('SignatureDoesNotMatch', 'Signature expired: 20261122T100000Z is now earlier than 20261122T104500Z'),
    'not-checkable',
  ),
  answer(
    403,
    aws('SignatureDoesNotMatch', 'Signature not yet current: 20261122T120000Z is still later than now'),
    'not-checkable',
    { request: 'again' },
  ),
  answer(403, { Message: 'User: ci is not authorized to perform: bedrock:ListFoundationModels' }, 'blocked', {
    request: 'models',
  }),
  answer(403, { Message: 'Authentication failed' }, 'invalid', { request: 'models' }),
  answer(403, aws('AccessDenied', 'explicit deny in a service control policy'), 'blocked'),
  slow,
  broken,
]);

describeAnswers('github-pat', [
  answer(200, { login: 'ravi', id: 1 }, 'valid', {
    headers: {
      'github-authentication-token-expiration': '2027-10-12 09:00:00 UTC',
      'x-oauth-scopes': 'repo, read:org',
      'x-ratelimit-remaining': '4999',
    },
    told: { owner: 'ravi', expiresAt: '2027-10-12T09:00:00Z', scopes: ['repo', 'read:org'], quota: '4999' },
  }),
  answer(200, { login: 'ravi' }, 'valid', { told: { owner: 'ravi' } }),
  answer(401, { message: 'Bad credentials' }, 'invalid'),
  answer(403, { message: 'Resource protected by organization SAML enforcement.' }, 'blocked', {
    headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' },
  }),
  answer(403, { message: 'Maximum number of login attempts exceeded. Try again later.' }, 'unreachable'),
  answer(403, { message: 'API rate limit exceeded for user ID 1.' }, 'unreachable'),
  answer(403, { message: 'You have exceeded a secondary rate limit.' }, 'unreachable'),
  answer(403, { message: 'Sorry. Your account was suspended.' }, 'blocked'),
  answer(403, { message: 'Resource not accessible by personal access token' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('github-app', [
  answer(200, { total_count: 0, repositories: [] }, 'valid', {
    headers: { 'x-ratelimit-remaining': '12' },
    told: { quota: '12' },
  }),
  answer(401, { message: 'Bad credentials' }, 'invalid'),
  answer(403, { message: 'API rate limit exceeded' }, 'unreachable'),
  answer(403, { message: 'This installation has been suspended' }, 'blocked'),
  slow,
  broken,
]);

const gitlabToken = {
  id: 42,
  name: 'deploy',
  revoked: false,
  active: true,
  created_at: '2026-01-20T08:00:00.000Z',
  scopes: ['read_api'],
  user_id: 7,
  last_used_at: '2026-11-20T08:00:00.000Z',
  expires_at: '2027-01-20',
};

describeAnswers('gitlab', [
  answer(200, gitlabToken, 'valid', {
    told: {
      expiresAt: '2027-01-20',
      scopes: ['read_api'],
      createdAt: '2026-01-20T08:00:00Z',
      lastUsedAt: '2026-11-20T08:00:00Z',
      name: 'deploy',
      owner: '7',
    },
  }),
  // 200 for what is over: only the entry itself says so.
  answer(200, { ...gitlabToken, revoked: true, active: false }, 'invalid'),
  answer(200, { ...gitlabToken, active: false }, 'expired'),
  answer(401, { error: 'invalid_token', error_description: 'Token is expired.' }, 'expired'),
  answer(401, { error: 'invalid_token', error_description: 'Token was revoked.' }, 'invalid'),
  answer(401, { message: '401 Unauthorized' }, 'invalid'),
  answer(403, { error: 'insufficient_scope', scope: 'api read_api self_rotate' }, 'blocked'),
  answer(403, { message: '403 Forbidden - Your account has been blocked' }, 'blocked'),
  answer(404, { error: '404 Not Found' }, 'not-checkable'),
  answer(200, '<html>Sign in</html>', 'unreachable'),
  slow,
  broken,
]);

const cloudflareSays = (code: number, message: string): unknown => ({
  success: false,
  errors: [{ code, message }],
  messages: [],
  result: null,
});
const tokenIs = (status: string, more = {}): unknown => ({
  success: true,
  errors: [],
  result: { id: 'x', status, ...more },
});

describeAnswers('cloudflare', [
  answer(200, tokenIs('active', { expires_on: '2027-01-01T00:00:00Z' }), 'valid', {
    told: { expiresAt: '2027-01-01T00:00:00Z' },
  }),
  // 200 does not mean that it works.
  answer(200, tokenIs('disabled'), 'blocked'),
  answer(200, tokenIs('expired'), 'expired', { request: 'account' }),
  answer(200, { success: true, result: { id: 'x', email: 'ravi@demo.example' } }, 'valid', {
    request: 'global',
    told: { owner: 'ravi@demo.example' },
  }),
  answer(401, cloudflareSays(1000, 'Invalid API Token'), 'not-checkable', {
    request: 'either',
    ask: 'account',
  }),
  answer(401, cloudflareSays(1000, 'Invalid API Token'), 'invalid', { request: 'account' }),
  answer(401, cloudflareSays(1000, 'Invalid API Token'), 'invalid', { request: 'user' }),
  answer(403, cloudflareSays(9109, 'Cannot use the access token from location'), 'blocked'),
  answer(400, cloudflareSays(6003, 'Invalid request headers'), 'not-checkable'),
  answer(401, cloudflareSays(10000, 'Authentication error'), 'invalid'),
  answer(403, cloudflareSays(9103, 'Unknown X-Auth-Key or X-Auth-Email'), 'blocked', { request: 'global' }),
  slow,
  broken,
]);

describeAnswers('heroku', [
  answer(200, { id: 'an-id', email: 'mei@demo.example' }, 'valid', {
    headers: { 'ratelimit-remaining': '4500' },
    told: { owner: 'mei@demo.example', quota: '4500' },
  }),
  answer(401, { id: 'unauthorized', message: 'Invalid credentials provided.' }, 'invalid'),
  answer(403, { id: 'suspended', message: 'Your account has been suspended.' }, 'blocked'),
  answer(
    403,
    { id: 'two_factor', message: 'A second authentication factor or pre-auth is required.' },
    'blocked',
  ),
  answer(
    403,
    { id: 'forbidden', message: 'The scope of this OAuth authorization is too narrow.' },
    'blocked',
  ),
  slow,
  broken,
]);

describeAnswers('vercel', [
  answer(
    200,
    {
      token: {
        id: 'x',
        name: 'deploy',
        scopes: [{ type: 'team' }],
        expiresAt: Date.UTC(2027, 0, 1),
        createdAt: Date.UTC(2026, 0, 1),
        activeAt: Date.UTC(2026, 10, 20),
      },
    },
    'valid',
    {
      told: {
        expiresAt: '2027-01-01T00:00:00Z',
        createdAt: '2026-01-01T00:00:00Z',
        lastUsedAt: '2026-11-20T00:00:00Z',
        name: 'deploy',
        scopes: 'team',
      },
    },
  ),
  answer(200, { user: { id: 'x', email: 'mei@demo.example' } }, 'valid', {
    request: 'user',
    told: { owner: 'mei@demo.example' },
  }),
  // 403 for a token that is over, and for one that works elsewhere.
  answer(403, { error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } }, 'invalid'),
  answer(403, { error: { code: 'forbidden', message: 'Not authorized' } }, 'blocked'),
  answer(401, { error: { code: 'unauthorized' } }, 'invalid'),
  answer(404, { error: { code: 'not_found' } }, 'not-checkable', { request: 'token', ask: 'user' }),
  slow,
  broken,
]);
