// Answers of cloud providers (Google, Microsoft, Slack …) and what is made of them; the misleading ones above all.
import { answer, describeAnswers } from '../../support/answer-table.ts';

const slow = answer(429, 'slow down', 'unreachable');
const broken = answer(503, '<html>busy</html>', 'unreachable');

describeAnswers('gcp-sa', [
  answer(200, { access_token: 't', expires_in: 3599 }, 'valid'),
  answer(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 'invalid'),
  answer(400, { error: 'invalid_grant', error_description: 'Invalid grant: account not found' }, 'invalid'),
  answer(400, { error: 'invalid_grant', error_description: 'The account is disabled.' }, 'blocked'),
  answer(
    400,
    {
      error: 'invalid_grant',
      error_description:
        'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    },
    'not-checkable',
  ),
  answer(400, { error: 'invalid_grant', error_description: 'Bad Request' }, 'invalid'),
  answer(401, { error: 'invalid_client' }, 'invalid'),
  slow,
  broken,
]);

const google = (status: number, reason: string, message = ''): unknown => ({
  error: { code: status, message, details: [{ reason }] },
});

describeAnswers('gcp-api-key', [
  answer(200, { models: [] }, 'valid'),
  answer(400, google(400, 'API_KEY_INVALID', 'API key not valid. Please pass a valid API key.'), 'invalid'),
  answer(400, google(400, 'OTHER', 'API key expired. Please renew the API key.'), 'expired'),
  answer(403, google(403, 'OTHER', 'Your API key was reported as leaked.'), 'invalid'),
  answer(403, google(403, 'API_KEY_IP_ADDRESS_BLOCKED'), 'blocked'),
  answer(403, google(403, 'API_KEY_HTTP_REFERRER_BLOCKED'), 'blocked'),
  answer(403, google(403, 'CONSUMER_SUSPENDED'), 'blocked'),
  answer(403, google(403, 'API_KEY_SERVICE_BLOCKED'), 'blocked'),
  answer(403, google(403, 'SERVICE_DISABLED'), 'blocked'),
  answer(400, google(400, 'OTHER', 'API key not valid.'), 'invalid'),
  answer(400, google(400, 'OTHER', 'User location is not supported for the API use.'), 'not-checkable'),
  answer(400, google(400, 'OTHER', 'Bad request'), 'invalid'),
  slow,
  broken,
]);

const aadsts = (
  status: number,
  code: string,
  state: Parameters<typeof answer>[2],
): ReturnType<typeof answer> =>
  answer(status, { error: 'invalid_client', error_description: `AADSTS${code}: words. Trace ID: x` }, state);

describeAnswers('azure-entra', [
  answer(200, { access_token: 't', expires_in: 3599, token_type: 'Bearer' }, 'valid'),
  aadsts(401, '7000222', 'expired'),
  aadsts(401, '7000215', 'invalid'),
  aadsts(400, '700016', 'not-checkable'),
  aadsts(400, '90002', 'not-checkable'),
  aadsts(400, '900023', 'not-checkable'),
  aadsts(400, '53003', 'blocked'),
  aadsts(400, '7000112', 'blocked'),
  aadsts(400, '50196', 'unreachable'),
  answer(401, { error: 'invalid_client' }, 'invalid'),
  answer(400, { error: 'invalid_request' }, 'not-checkable'),
  slow,
  broken,
]);

const slack = (error: string, state: Parameters<typeof answer>[2]): ReturnType<typeof answer> =>
  answer(200, { ok: false, error }, state);

describeAnswers('slack', [
  answer(
    200,
    { ok: true, url: 'https://acme.slack.com/', team: 'Acme', user: 'bot', team_id: 'T1', user_id: 'U1' },
    'valid',
    {
      headers: { 'x-oauth-scopes': 'chat:write,users:read' },
      told: { owner: 'bot', organisation: 'Acme', account: 'T1', scopes: ['chat:write', 'users:read'] },
    },
  ),
  slack('token_expired', 'expired'),
  slack('token_revoked', 'invalid'),
  slack('account_inactive', 'invalid'),
  slack('invalid_auth', 'invalid'),
  slack('not_allowed_token_type', 'blocked'),
  slack('missing_scope', 'blocked'),
  slack('no_permission', 'blocked'),
  slack('access_denied', 'blocked'),
  slack('team_access_not_granted', 'blocked'),
  slack('org_login_required', 'blocked'),
  slack('ekm_access_denied', 'blocked'),
  slack('two_factor_setup_required', 'blocked'),
  slack('accesslimited', 'blocked'),
  slack('ratelimited', 'unreachable'),
  slack('fatal_error', 'not-checkable'),
  slow,
  broken,
]);

describeAnswers('sentry', [
  answer(200, {}, 'valid', { request: 'personal' }),
  answer(200, {}, 'valid', { request: 'organisation' }),
  answer(403, { detail: 'You do not have permission to perform this action.' }, 'blocked', {
    request: 'personal',
  }),
  answer(403, { detail: 'You do not have permission to perform this action.' }, 'not-checkable', {
    request: 'organisation',
  }),
  answer(403, { detail: { code: 'sso-required' } }, 'blocked', { request: 'personal' }),
  answer(401, { detail: 'Invalid token' }, 'invalid', { request: 'personal' }),
  answer(400, {}, 'invalid', { request: 'personal' }),
  slow,
  broken,
]);

const graphql = (
  status: number,
  code: string,
  state: Parameters<typeof answer>[2],
): ReturnType<typeof answer> =>
  answer(status, { errors: [{ message: 'words', extensions: { code } }] }, state);

describeAnswers('linear', [
  answer(
    200,
    { data: { viewer: { id: 'u', email: 'ada@example.com', organization: { name: 'Acme' } } } },
    'valid',
    {
      headers: { 'x-ratelimit-requests-remaining': '1499' },
      told: { owner: 'ada@example.com', organisation: 'Acme', quota: '1499' },
    },
  ),
  graphql(400, 'RATELIMITED', 'unreachable'),
  graphql(400, 'AUTHENTICATION_ERROR', 'invalid'),
  graphql(200, 'AUTHENTICATION_ERROR', 'invalid'),
  answer(
    400,
    { errors: [{ message: 'Please remove the Bearer prefix from the Authorization header' }] },
    'malformed',
  ),
  graphql(200, 'FORBIDDEN', 'blocked'),
  answer(401, 'no', 'invalid'),
  answer(403, 'no', 'blocked'),
  graphql(200, 'INTERNAL_SERVER_ERROR', 'not-checkable'),
  slow,
  broken,
]);

describeAnswers('huggingface', [
  answer(
    200,
    {
      name: 'ada',
      orgs: [{ name: 'acme', roleInOrg: 'admin' }, { name: 'example' }],
      auth: {
        type: 'access_token',
        accessToken: { displayName: 'ci', role: 'read', createdAt: '2026-01-02T03:04:05.000Z' },
      },
    },
    'valid',
    {
      told: {
        owner: 'ada',
        organisation: ['acme', 'example'],
        name: 'ci',
        scopes: ['read'],
        createdAt: '2026-01-02T03:04:05Z',
      },
    },
  ),
  answer(401, { error: 'User Access Token has expired' }, 'expired'),
  answer(401, { error: 'Invalid username or password.' }, 'invalid'),
  answer(403, { error: 'Forbidden' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('mongodb-atlas', [
  answer(200, { access_token: 't', expires_in: 3600 }, 'valid', { request: 'account' }),
  answer(200, { appName: 'MongoDB Atlas' }, 'valid', { request: 'programmatic' }),
  answer(403, { errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST' }, 'blocked', { request: 'programmatic' }),
  answer(403, { errorCode: 'OTHER' }, 'blocked', { request: 'account' }),
  answer(401, { error: 'invalid_client' }, 'invalid', { request: 'account' }),
  answer(401, {}, 'invalid', { request: 'programmatic' }),
  answer(400, { error: 'invalid_client' }, 'invalid', { request: 'account' }),
  slow,
  broken,
]);

describeAnswers('pypi', [
  answer(400, '400 Include at least one message digest.', 'valid'),
  answer(403, 'Project-scoped token is not valid for project: scoped', 'blocked'),
  answer(403, "403 The user 'ada' isn't allowed to upload to project 'x'.", 'blocked'),
  answer(403, '403 Invalid or non-existent authentication information.', 'invalid'),
  answer(403, '403 Expired token', 'expired'),
  answer(403, '403 Forbidden', 'invalid'),
  answer(400, '400 Invalid value for version.', 'not-checkable'),
  answer(401, 'no', 'invalid'),
  slow,
  broken,
]);

describeAnswers('dockerhub', [
  answer(200, { access_token: 'jwt' }, 'valid'),
  answer(
    401,
    { detail: 'Require secondary authentication on MFA enabled account', login_2fa_token: 'x' },
    'valid',
  ),
  answer(401, { message: 'MFA required' }, 'valid'),
  answer(401, { message: 'incorrect username or password' }, 'invalid'),
  answer(403, {}, 'blocked'),
  answer(400, {}, 'not-checkable'),
  slow,
  broken,
]);

describeAnswers('circleci', [
  answer(200, { id: 'u', login: 'ada', name: 'Ada' }, 'valid', { told: { owner: 'ada', name: 'Ada' } }),
  answer(401, { message: 'You must log in first.' }, 'invalid'),
  answer(403, {}, 'blocked'),
  answer(404, {}, 'not-checkable'),
  slow,
  broken,
]);

describeAnswers('terraform-cloud', [
  answer(200, { data: { id: 'user-1', type: 'users', attributes: { username: 'ada' } } }, 'valid', {
    told: { owner: 'ada', account: 'user-1' },
  }),
  answer(401, { errors: [{ status: '401', title: 'unauthorized' }] }, 'invalid'),
  answer(403, {}, 'blocked'),
  answer(404, { errors: [{ status: '404', title: 'not found' }] }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('shopify', [
  answer(200, { access_scopes: [{ handle: 'read_orders' }, { handle: 'write_products' }] }, 'valid', {
    told: { scopes: ['read_orders', 'write_products'] },
  }),
  answer(401, { errors: 'The access token has expired' }, 'expired'),
  answer(
    401,
    { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
    'invalid',
  ),
  answer(402, {}, 'blocked'),
  answer(403, {}, 'blocked'),
  answer(404, {}, 'not-checkable'),
  answer(423, {}, 'blocked'),
  slow,
  broken,
]);

describeAnswers('postmark', [
  answer(200, { InactiveMails: 0 }, 'valid', { request: 'server' }),
  answer(200, { TotalCount: 1 }, 'valid', { request: 'account' }),
  answer(403, '<html><head><title>403 Forbidden</title></head></html>', 'unreachable'),
  answer(401, { ErrorCode: 10, Message: 'words' }, 'invalid', { request: 'server', ask: 'account' }),
  answer(401, { ErrorCode: 10, Message: 'words' }, 'invalid', { request: 'account' }),
  answer(403, { ErrorCode: 1 }, 'blocked'),
  answer(422, { ErrorCode: 412 }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('openrouter', [
  answer(200, { data: { label: 'ci', limit: 10, limit_remaining: 0 } }, 'blocked'),
  answer(
    200,
    { data: { label: 'ci', limit_remaining: 7.5, expires_at: '2027-12-31T23:59:59Z', creator_user_id: 'u' } },
    'valid',
    {
      told: { expiresAt: '2027-12-31T23:59:59Z', name: 'ci', quota: '7.5', owner: 'u' },
    },
  ),
  answer(401, { error: { message: 'API key is disabled' } }, 'blocked'),
  answer(401, { error: { message: 'API key expired' } }, 'expired'),
  answer(401, { error: { message: 'User not found.' } }, 'invalid'),
  answer(402, {}, 'blocked'),
  answer(403, {}, 'blocked'),
  slow,
  broken,
]);

const grok = {
  name: 'ci',
  acls: ['api-key:model:*'],
  user_id: 'u',
  team_id: 't',
  create_time: '2026-01-01T12:55:18.139305Z',
};

describeAnswers('xai', [
  answer(200, { ...grok, api_key_disabled: true }, 'blocked'),
  answer(200, { ...grok, api_key_blocked: true }, 'blocked'),
  answer(200, { ...grok, team_blocked: true }, 'blocked'),
  answer(200, { ...grok, api_key_disabled: false, api_key_blocked: false, team_blocked: false }, 'valid', {
    told: {
      name: 'ci',
      scopes: ['api-key:model:*'],
      owner: 'u',
      organisation: 't',
      createdAt: '2026-01-01T12:55:18Z',
    },
  }),
  answer(400, { code: 'Client specified an invalid argument' }, 'invalid'),
  answer(401, {}, 'invalid'),
  answer(403, {}, 'blocked'),
  slow,
  broken,
]);

describeAnswers('groq', [
  answer(200, { object: 'list', data: [] }, 'valid'),
  answer(401, { error: { code: 'invalid_api_key' } }, 'invalid'),
  answer(403, {}, 'blocked'),
  answer(400, { error: { code: 'organization_restricted' } }, 'blocked'),
  slow,
  broken,
]);
