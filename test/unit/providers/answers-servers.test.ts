// Answers of servers of one's own, as they were seen on loopback, and what is made of them: one answer for several causes, two
// spellings for two meanings, and codes that come after a right login.
import { answer, describeAnswers, refused } from '../../support/answer-table.ts';

const silent = answer(0, '', 'unreachable');
const slow = answer(429, '', 'unreachable');

describeAnswers('postgres', [
  answer(
    200,
    { ok: true, user: 'app', validUntil: '2027-01-01T00:00:00.000Z', attributes: ['CREATEDB'] },
    'valid',
    { told: { expiresAt: '2027-01-01T00:00:00Z', owner: 'app', scopes: ['CREATEDB'] } },
  ),
  answer(200, { ok: true, user: 'app', validUntil: null, attributes: [] }, 'valid', {
    told: { owner: 'app', scopes: [] },
  }),
  refused('28P01', 'password authentication failed for user "app"', 'invalid'),
  refused('28000', 'role "app" is not permitted to log in', 'blocked'),
  refused(
    '28000',
    'no pg_hba.conf entry for host "10.0.0.9", user "app", database "shop", no encryption',
    'not-checkable',
  ),
  refused('28000', 'role "app" does not exist', 'invalid'),
  refused('3D000', 'database "shop" does not exist', 'blocked'),
  refused('42501', 'permission denied for database "shop"', 'blocked'),
  refused('53300', 'too many connections for role "app"', 'blocked'),
  refused('53300', 'sorry, too many clients already', 'unreachable'),
  refused('57P03', 'the database system is starting up', 'unreachable'),
  refused('XX000', 'internal error', 'unreachable'),
  slow,
  silent,
]);

describeAnswers('redis', [
  answer(200, { ok: true, user: 'app' }, 'valid', { told: { owner: 'app' } }),
  refused('WRONGPASS', 'WRONGPASS invalid username-password pair or user is disabled.', 'invalid'),
  refused('NOPERM', "NOPERM this user has no permissions to run the 'acl|whoami' command", 'valid'),
  refused('NOAUTH', 'NOAUTH Authentication required.', 'invalid'),
  refused('DENIED', 'DENIED Redis is running in protected mode', 'not-checkable'),
  refused(
    'ERR',
    'ERR AUTH <password> called without any password configured for the default user.',
    'not-checkable',
  ),
  refused('ERR', 'ERR Client sent AUTH, but no password is set', 'not-checkable'),
  refused('ERR', 'ERR invalid password', 'invalid'),
  refused('ERR', "ERR wrong number of arguments for 'auth' command", 'not-checkable'),
  refused('ERR', 'ERR DB index is out of range', 'blocked'),
  refused('ERR', 'ERR max number of clients reached', 'unreachable'),
  refused('LOADING', 'LOADING Redis is loading the dataset in memory', 'unreachable'),
  slow,
  silent,
]);

describeAnswers('mariadb', [
  answer(200, { ok: true, user: 'app@%' }, 'valid', { told: { owner: 'app@%' } }),
  refused('1045', "Access denied for user 'app'@'localhost' (using password: YES)", 'invalid'),
  refused('1698', "Access denied for user 'root'@'localhost'", 'blocked'),
  refused('1044', "Access denied for user 'app'@'%' to database 'shop'", 'blocked'),
  refused('1049', "Unknown database 'shop'", 'blocked'),
  refused('1820', 'You must SET PASSWORD before executing this statement', 'expired'),
  refused('1862', 'Your password has expired.', 'expired'),
  refused('4151', 'Access denied, this account is locked', 'blocked'),
  refused('3118', 'Account is locked.', 'blocked'),
  refused('1130', "Host '10.0.0.9' is not allowed to connect to this server", 'not-checkable'),
  refused('1129', "Host '10.0.0.9' is blocked because of many connection errors", 'not-checkable'),
  refused('3159', 'Connections using insecure transport are prohibited', 'not-checkable'),
  refused('1251', 'Client does not support authentication protocol', 'not-checkable'),
  refused('1040', 'Too many connections', 'unreachable'),
  refused('1203', 'User app already has more than max_user_connections', 'unreachable'),
  refused('1226', 'User app has exceeded the max_connections_per_hour resource', 'unreachable'),
  slow,
  silent,
]);

describeAnswers('mosquitto', [
  answer(200, { ok: true }, 'valid'),
  refused('5', 'not authorised', 'invalid'),
  refused('4', 'bad user name or password', 'invalid'),
  refused('3', 'server unavailable', 'unreachable'),
  refused('2', 'identifier rejected', 'not-checkable'),
  refused('1', 'unacceptable protocol version', 'not-checkable'),
  slow,
  silent,
]);

describeAnswers('rabbitmq', [
  answer(200, { name: 'svc', tags: ['monitoring'] }, 'valid', {
    told: { owner: 'svc', scopes: ['monitoring'] },
  }),
  answer(401, { error: 'not_authorised', reason: 'Not management user' }, 'blocked'),
  answer(401, { error: 'not_authorised', reason: 'User can only log in via localhost' }, 'blocked'),
  answer(401, { error: 'not_authorised', reason: 'Other' }, 'blocked'),
  answer(401, { error: 'not_authorized', reason: 'Login failed' }, 'invalid'),
  answer(401, '', 'invalid'),
  answer(404, { error: 'Object Not Found' }, 'not-checkable'),
  slow,
  silent,
]);

describeAnswers('etcd', [
  answer(200, { header: {}, token: 'short.1' }, 'valid'),
  answer(
    400,
    { error: 'etcdserver: authentication failed, invalid user ID or password', code: 3 },
    'invalid',
  ),
  answer(400, { error: 'etcdserver: authentication is not enabled', code: 9 }, 'not-checkable'),
  answer(400, { error: 'etcdserver: user name is empty', code: 3 }, 'not-checkable'),
  answer(401, {}, 'invalid'),
  answer(404, 'Not Found', 'not-checkable'),
  slow,
  silent,
]);

const otherType = { message: 'invalid token: expected a different token type for this endpoint' };

describeAnswers('unleash', [
  answer(200, { version: 2, features: [] }, 'valid', { request: 'client' }),
  answer(403, otherType, 'blocked', { request: 'client', ask: 'frontend' }),
  answer(403, otherType, 'blocked', { request: 'admin' }),
  answer(
    401,
    {
      message:
        'This endpoint requires an API token. Please add an authorization header to your request with a valid token',
    },
    'invalid',
    { request: 'client' },
  ),
  answer(403, { message: 'NoAccess' }, 'blocked', { request: 'admin' }),
  answer(404, '', 'not-checkable', { request: 'admin' }),
  slow,
  silent,
]);

describeAnswers('oidc-provider', [
  answer(200, { access_token: 't', expires_in: 600, token_type: 'Bearer', scope: 'api:read' }, 'valid', {
    told: { scopes: ['api:read'] },
  }),
  answer(
    200,
    {
      client_id: 'c',
      client_name: 'shop',
      client_secret_expires_at: 1_798_761_600,
      client_id_issued_at: 1_767_225_600,
    },
    'valid',
    {
      request: 'registration',
      told: { expiresAt: '2027-01-01T00:00:00Z', createdAt: '2026-01-01T00:00:00Z', name: 'shop' },
    },
  ),
  answer(200, { client_id: 'c', client_secret_expires_at: 0 }, 'valid', {
    request: 'registration',
    told: {},
  }),
  answer(401, { error: 'invalid_client', error_description: 'client authentication failed' }, 'invalid'),
  answer(401, { error: 'invalid_token' }, 'invalid', { request: 'registration' }),
  answer(
    400,
    { error: 'invalid_request', error_description: 'requested grant type is not allowed for this client' },
    'blocked',
  ),
  answer(400, { error: 'unauthorized_client' }, 'blocked'),
  answer(400, { error: 'invalid_scope' }, 'blocked'),
  answer(400, { error: 'unsupported_grant_type' }, 'not-checkable'),
  answer(401, '', 'invalid'),
  answer(403, '', 'blocked'),
  answer(404, '', 'not-checkable'),
  slow,
  silent,
]);
