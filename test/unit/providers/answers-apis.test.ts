// Answers of interfaces that are paid for by use (models, payments, messages, search) and what is made of them.
import { answer, describeAnswers } from '../../support/answer-table.ts';

const slow = answer(429, 'slow down', 'unreachable');
const broken = answer(503, '<html>busy</html>', 'unreachable');

const openAi = (code: string | null, message: string, type = 'invalid_request_error'): unknown => ({
  error: { message, type, param: null, code },
});

describeAnswers('openai', [
  answer(200, { object: 'list', data: [] }, 'valid', {
    headers: { 'openai-organization': 'acme' },
    told: { organisation: 'acme' },
  }),
  answer(401, openAi('invalid_api_key', 'Incorrect API key provided.'), 'invalid'),
  answer(401, openAi('ip_not_authorized', 'Your IP is not authorized.'), 'blocked'),
  answer(401, openAi(null, 'You must be a member of an organization to use the API'), 'blocked'),
  answer(401, openAi(null, 'Unauthorized'), 'invalid'),
  answer(403, openAi('unsupported_country_region_territory', 'Not supported'), 'unreachable'),
  answer(403, openAi(null, 'You have insufficient permissions. Missing scopes: api.model.read'), 'blocked'),
  // 429 is twice two things: too quick, or nothing left to spend.
  answer(429, openAi('insufficient_quota', 'You exceeded your current quota'), 'blocked'),
  answer(429, openAi('rate_limit_exceeded', 'Rate limit reached'), 'unreachable'),
  broken,
]);

describeAnswers('openai-admin', [
  answer(200, { object: 'list', data: [], has_more: false }, 'valid'),
  answer(401, openAi('invalid_api_key', 'Incorrect API key provided.'), 'invalid'),
  answer(403, openAi(null, 'Missing scopes: api.management.read'), 'blocked'),
  slow,
  broken,
]);

const anthropic = (type: string, message: string): unknown => ({ type: 'error', error: { type, message } });

describeAnswers('anthropic', [
  answer(200, { data: [], has_more: false }, 'valid', {
    request: 'models',
    headers: { 'anthropic-organization-id': 'o' },
    told: { organisation: 'o' },
  }),
  answer(200, { data: [] }, 'valid', { request: 'keys' }),
  answer(401, anthropic('authentication_error', 'invalid x-api-key'), 'invalid'),
  answer(403, anthropic('permission_error', 'not allowed'), 'blocked'),
  answer(404, anthropic('not_found_error', 'Not found'), 'not-checkable', { request: 'keys' }),
  answer(529, anthropic('overloaded_error', 'Overloaded'), 'unreachable'),
  slow,
]);

const stripe = (message: string, more = {}): unknown => ({
  error: { type: 'invalid_request_error', message, ...more },
});

describeAnswers('stripe', [
  answer(200, { object: 'balance', livemode: true }, 'valid'),
  answer(401, stripe('Invalid API Key provided'), 'invalid'),
  answer(401, stripe('Expired API Key provided', { code: 'api_key_expired' }), 'expired'),
  answer(403, stripe('This API key does not allow requests from your IP address.'), 'blocked'),
  answer(403, stripe('The provided key does not have the required permissions for this endpoint'), 'blocked'),
  slow,
  broken,
]);

const twilio = (status: number, code: number, message: string): unknown => ({ code, message, status });

describeAnswers('twilio', [
  answer(200, { status: 'active', friendly_name: 'Acme' }, 'valid', {
    request: 'token',
    told: { account: 'Acme' },
  }),
  answer(200, { status: 'suspended', friendly_name: 'Acme' }, 'blocked', { request: 'token' }),
  answer(200, { status: 'closed', friendly_name: 'Acme' }, 'blocked', { request: 'key' }),
  answer(200, { services: [] }, 'valid', { request: 'services' }),
  answer(403, twilio(403, 20_008, 'Resource not accessible with Test Account Credentials'), 'valid'),
  // One answer for a wrong key and for a good one that may not read the account.
  answer(401, twilio(401, 20_003, 'Authenticate'), 'not-checkable', { request: 'key', ask: 'services' }),
  answer(403, twilio(403, 20_003, 'Permission denied'), 'blocked', { request: 'key', ask: 'services' }),
  answer(401, twilio(401, 20_003, 'Authenticate'), 'invalid', { request: 'services' }),
  answer(403, twilio(403, 70_051, 'Not authorized'), 'blocked', { request: 'services' }),
  answer(401, twilio(401, 20_003, 'Authenticate'), 'invalid', { request: 'token' }),
  answer(403, twilio(403, 20_003, 'Account suspended'), 'blocked', { request: 'token' }),
  answer(404, twilio(404, 20_404, 'The requested resource was not found'), 'not-checkable'),
  slow,
  broken,
]);

const scopes = ['mail.send', 'alerts.read'];
const sendGridSays = (message: string): unknown => ({ errors: [{ field: null, message }] });

describeAnswers('sendgrid', [
  answer(200, { scopes }, 'valid', { request: 'global', told: { scopes } }),
  answer(200, { scopes }, 'valid', { request: 'eu', told: { scopes } }),
  answer(401, sendGridSays('authorization required'), 'invalid', { request: 'global', ask: 'eu' }),
  answer(401, sendGridSays('authorization required'), 'invalid', { request: 'eu' }),
  answer(403, sendGridSays('access forbidden'), 'blocked'),
  slow,
  broken,
]);

const resend = (statusCode: number, name: string, message: string): unknown => ({
  statusCode,
  name,
  message,
});

describeAnswers('resend', [
  answer(200, { object: 'list', data: [] }, 'valid'),
  // 401 of a key that works: the name decides, not the status.
  answer(401, resend(401, 'restricted_api_key', 'This API key is restricted to only send emails'), 'blocked'),
  answer(403, resend(403, 'invalid_api_key', 'API key is invalid'), 'invalid'),
  answer(400, resend(400, 'validation_error', 'API key is invalid'), 'invalid'),
  answer(401, resend(401, 'missing_api_key', 'Missing API key in the authorization header'), 'not-checkable'),
  answer(401, resend(401, 'other', 'Unauthorized'), 'invalid'),
  answer(403, resend(403, 'other', 'Forbidden'), 'blocked'),
  slow,
  broken,
]);

describeAnswers('mailgun', [
  answer(200, { total_count: 0, items: [] }, 'valid', { request: 'us' }),
  answer(200, { total_count: 0, items: [] }, 'valid', { request: 'eu' }),
  answer(401, 'Forbidden', 'invalid', { request: 'us', ask: 'eu' }),
  answer(401, 'Forbidden', 'invalid', { request: 'eu' }),
  answer(403, { message: 'Your role may not do this' }, 'blocked'),
  slow,
  broken,
]);

describeAnswers('algolia', [
  answer(
    200,
    { createdAt: 1_767_225_600, acl: ['search'], validity: 3_456_000, description: 'shop' },
    'valid',
    {
      // 40 days from the moment of asking.
      told: {
        expiresAt: '2027-01-01T00:00:00Z',
        createdAt: '2026-01-01T00:00:00Z',
        scopes: ['search'],
        name: 'shop',
      },
    },
  ),
  answer(200, { createdAt: 1_767_225_600, acl: ['search'], validity: 0 }, 'valid', {
    told: { createdAt: '2026-01-01T00:00:00Z', scopes: ['search'] },
  }),
  answer(403, { message: 'Invalid Application-ID or API key', status: 403 }, 'invalid'),
  answer(403, { message: 'Method not allowed with this referer', status: 403 }, 'blocked'),
  answer(404, { message: 'Key does not exist', status: 404 }, 'invalid'),
  answer(401, { message: 'Unauthorized' }, 'invalid'),
  slow,
  broken,
]);
