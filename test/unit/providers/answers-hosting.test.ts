// Answers of hosts, registries and their like (DigitalOcean, Supabase, npm …) and what is made of them.
import { answer, describeAnswers } from '../../support/answer-table.ts';

const slow = answer(429, 'slow down', 'unreachable');
const broken = answer(503, '<html>busy</html>', 'unreachable');

describeAnswers('datadog', [
  answer(200, { valid: true }, 'valid', { request: 'api-key', ask: 'application-key' }),
  answer(200, { data: [] }, 'valid', { request: 'application-key' }),
  answer(403, { errors: ['Forbidden'] }, 'blocked', { request: 'application-key' }),
  answer(401, { errors: ['Unauthorized'] }, 'invalid', { request: 'application-key' }),
  // A good key at the wrong site of Datadog gets the same 403 as a wrong one.
  answer(403, { status: 'error', code: 403, errors: ['Forbidden'] }, 'invalid', { request: 'api-key' }),
  answer(401, { errors: ['Unauthorized'] }, 'invalid', { request: 'api-key' }),
  answer(200, { valid: false }, 'unreachable', { request: 'api-key' }),
  slow,
  broken,
]);

describeAnswers('digitalocean', [
  answer(200, { account: { email: 'mei@demo.example', uuid: 'u', status: 'active' } }, 'valid', {
    headers: { 'ratelimit-remaining': '4999' },
    told: { owner: 'mei@demo.example', account: 'u', quota: '4999' },
  }),
  answer(200, { account: { email: 'mei@demo.example', uuid: 'u', status: 'locked' } }, 'blocked'),
  answer(401, { id: 'unauthorized', message: 'Unable to authenticate you.' }, 'invalid'),
  answer(403, { id: 'forbidden', message: 'You are not authorized to perform this operation' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('fastly', [
  answer(
    200,
    {
      id: 'x',
      user_id: 'u',
      name: 'purge',
      scope: 'purge_select global:read',
      created_at: '2026-01-01T00:00:00Z',
      last_used_at: '2026-11-20T00:00:00Z',
      expires_at: '2027-01-01T00:00:00Z',
    },
    'valid',
    {
      told: {
        expiresAt: '2027-01-01T00:00:00Z',
        createdAt: '2026-01-01T00:00:00Z',
        lastUsedAt: '2026-11-20T00:00:00Z',
        scopes: ['purge_select', 'global:read'],
        name: 'purge',
        owner: 'u',
      },
    },
  ),
  answer(200, { id: 'x', name: 'purge', scope: 'global', expires_at: null }, 'valid', {
    told: { scopes: ['global'], name: 'purge' },
  }),
  answer(401, { msg: 'Provided credentials are missing or invalid' }, 'invalid'),
  answer(403, { msg: 'You are not authorized to perform this action' }, 'invalid'),
  slow,
  broken,
]);

describeAnswers('neon', [
  answer(200, { account_id: 'a', auth_method: 'api_key_org' }, 'valid', { told: { account: 'a' } }),
  answer(401, { code: '', message: 'authorization header format is invalid' }, 'invalid'),
  answer(403, { code: '', message: 'not allowed' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('netlify', [
  answer(200, { id: 'x', email: 'mei@demo.example' }, 'valid', { told: { owner: 'mei@demo.example' } }),
  answer(401, { code: 401, message: 'Access Denied: invalid token' }, 'invalid'),
  answer(403, { code: 403, message: 'Forbidden' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('supabase', [
  answer(200, [], 'valid', { request: 'account' }),
  answer(200, { swagger: '2.0' }, 'valid', { request: 'data' }),
  answer(200, { external: {} }, 'valid', { request: 'settings' }),
  answer(401, { message: 'Legacy API keys are disabled' }, 'blocked', { request: 'settings' }),
  answer(401, { message: 'Unauthorized' }, 'invalid', { request: 'account' }),
  answer(401, { message: 'Invalid API key' }, 'invalid', { request: 'data' }),
  answer(401, { message: 'Forbidden use of secret API key in browser' }, 'invalid', { request: 'data' }),
  answer(403, { message: 'Forbidden resource' }, 'blocked', { request: 'account' }),
  answer(404, { message: 'Not found' }, 'not-checkable', { request: 'data' }),
  answer(540, { message: 'Project paused' }, 'unreachable', { request: 'data' }),
  slow,
  broken,
]);

describeAnswers('npm', [
  answer(200, { username: 'mei' }, 'valid', { told: { owner: 'mei' } }),
  // Some registries answer 200 and nothing to a token that they do not know.
  answer(200, {}, 'invalid'),
  answer(401, { error: 'Unauthorized' }, 'invalid'),
  answer(403, { error: 'Forbidden: address not allowed' }, 'blocked'),
  answer(404, '<html>not here</html>', 'not-checkable'),
  slow,
  broken,
]);

describeAnswers('verdaccio', [
  answer(200, { username: 'mei' }, 'valid', { told: { owner: 'mei' } }),
  answer(200, {}, 'invalid'),
  answer(403, { error: 'unauthorized access' }, 'invalid'),
  answer(401, { error: 'authorization required to access package' }, 'invalid'),
  answer(403, { error: 'user mei is not allowed' }, 'blocked'),
  answer(404, { error: 'no such package available' }, 'not-checkable'),
  slow,
  broken,
]);
