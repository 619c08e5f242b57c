// RabbitMQ users, asked through the management plugin. Two spellings, two meanings: not_authorized is a wrong password,
// not_authorised is a right one without the tag.
import { defineProvider } from '../define-provider.ts';
import { connectionString, login, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: rabbitmq-server 3.10.8 (Debian)';
const docs = 'https://www.rabbitmq.com/docs/management';

export const rabbitmq = defineProvider({
  id: 'rabbitmq',
  name: 'RabbitMQ management user',
  domain: 'rabbitmq.com',
  category: 'server',
  otherNames: ['RabbitMQ', 'AMQP'],
  formats: [
    connectionString({
      label: 'connection string',
      scheme: 'amqps?',
      anchors: ['amqp://', 'amqps://'],
      path: '(?:/(?<database>[\\w%~+-]{1,128})?)?',
    }),
  ],
  fields: serverFields(
    {
      hostVariable: 'RABBITMQ_HOST',
      portVariable: 'RABBITMQ_PORT',
      userVariable: 'RABBITMQ_USER',
      passwordVariable: 'RABBITMQ_PASSWORD',
      urlVariable: 'RABBITMQ_URL',
      usualPort: '5672',
      labels: {
        host: ['rabbitmq_host', 'amqp_host'],
        port: ['rabbitmq_port', 'amqp_port'],
        user: ['rabbitmq_user', 'rabbitmq_username', 'rabbitmq_default_user'],
        password: ['rabbitmq_password', 'rabbitmq_pass', 'rabbitmq_default_pass'],
        url: ['rabbitmq_url', 'amqp_url', 'cloudamqp_url'],
      },
    },
    { label: 'Virtual host', variable: 'RABBITMQ_VHOST', labels: ['rabbitmq_vhost'] },
  ),
  envNames: ['RABBITMQ_*', 'AMQP_*', 'CLOUDAMQP_*'],
  portals: [],
  settings: [
    {
      name: 'managementPort',
      label: 'Port of the management plugin',
      help: '15671 with TLS. A server on this machine without TLS wants a base URL: http://127.0.0.1:15672.',
      usual: '15671',
    },
  ],
  selfHosted: true,
  auth: login,
  managedBy: { create: 'a user with the tag administrator', revoke: 'a user with the tag administrator' },
  editable: ['password', 'tags', 'permissions'],
  expiry: { rule: 'none' },
  movesMoney: { value: false, why: 'A thief reads and writes the queues that the user may.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A user without a management tag works for programs, and may not ask who it is.',
      who: 'a user with the tag administrator',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        method: 'GET',
        url: 'https://{host}:{managementPort}/api/whoami',
        cost: 'none',
      },
    ],
    neverCall: ['/api/users', '/api/queues', '/api/exchanges', '/api/definitions'],
    decisions: [
      worksRow('RabbitMQ answered with name and tags of the user.', { json: { path: ['name'] } }),
      {
        status: 401,
        bodyHas: 'Not management user',
        state: 'blocked',
        reason:
          'User and password are right; only the tag for the management plugin is missing, as it is for most programs.',
        next: 'Nothing to do where a program uses it; else give the user the tag management.',
      },
      {
        status: 401,
        bodyHas: 'can only log in via localhost',
        state: 'blocked',
        reason:
          'User and password are right; this user (guest) may come from the machine of the server only.',
        next: 'Use another user from here.',
      },
      {
        status: 401,
        json: { path: ['error'], is: 'not_authorised' },
        state: 'blocked',
        reason: 'User and password are right; RabbitMQ refuses this user the question.',
        next: 'Look at the tags of the user.',
      },
      {
        status: 401,
        json: { path: ['error'], is: 'not_authorized' },
        state: 'invalid',
        reason: 'RabbitMQ refuses: the password is wrong, or there is no such user. One answer for both.',
        next: 'An administrator can see under Admin → Users whether the user is there.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'RabbitMQ refuses the login.',
        next: 'An administrator can see under Admin → Users whether the user is there.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'The management plugin does not answer at this address. Nothing was said about the password.',
        next: 'Set its base URL for this provider, for example https://rabbit.example.com:15671.',
      },
      ...lastRows('RabbitMQ'),
    ],
    tells: [
      { fact: 'owner', from: { json: ['name'] }, as: 'text' },
      { fact: 'scopes', from: { json: ['tags'] }, as: 'list' },
    ],
  },
  rotation: {
    mode: 'api',
    overlap: false,
    needs:
      'A user with the tag administrator: nobody may change their own password. For an overlap, two users.',
    withoutPortal: 'A server of your own: its management page stands on port 15672, or 15671 with TLS.',
    steps: usualSteps({
      prepare: 'Note the tags of the user: they are lost when they are not sent along.',
      create:
        'As an administrator: Admin → Users → the user → update with a new password and the old tags; by API PUT /api/users/NAME. Keep the new password first.',
      verify: 'Keyturn asks with the new password.',
      revoke:
        'The old password ended with that. Connections that are open stay: close them under Connections.',
      prove: 'Keyturn asks with the old password and expects not_authorized.',
    }),
  },
  facts: factsOf(seen, [
    ['wrong', '401 {"error":"not_authorized","reason":"Login failed"}: the password is wrong.', run],
    [
      'right',
      '401 {"error":"not_authorised","reason":"Not management user"}: the password is right, the tag is missing.',
      run,
    ],
    ['whoami', 'GET /api/whoami answers with name and tags.', run],
    ['tags', 'PUT of a user without tags drops them.', run],
    ['not-self', 'A user cannot change its own password: Not administrator user.', run],
    ['ports', 'The management plugin listens on 15672, and 15671 with TLS.', docs],
    ['guest', 'guest may log in from the machine of the server only.', docs],
  ]),
});
