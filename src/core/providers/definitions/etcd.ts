// etcd users: a name and a password, exchanged for a token that is discarded. A server without auth switched on says so, which is no
// word about the password.
import { defineProvider } from '../define-provider.ts';
import { connectionString, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: etcd 3.4.23 (Debian)';
const docs = 'https://etcd.io/docs/v3.5/op-guide/authentication/rbac/';

export const etcd = defineProvider({
  id: 'etcd',
  name: 'etcd user (auth)',
  domain: 'etcd.io',
  category: 'server',
  otherNames: ['etcd'],
  formats: [
    connectionString({
      label: 'endpoint with user and password',
      scheme: 'https?',
      anchors: ['http://', 'https://'],
      path: '/?',
      match: 'shape',
    }),
  ],
  fields: serverFields({
    hostVariable: 'ETCD_HOST',
    portVariable: 'ETCD_PORT',
    userVariable: 'ETCD_USER',
    passwordVariable: 'ETCD_PASSWORD',
    urlVariable: 'ETCD_URL',
    usualPort: '2379',
    labels: {
      host: ['etcd_host'],
      port: ['etcd_port'],
      user: ['etcd_user', 'etcd_username'],
      password: ['etcd_password', 'etcdctl_password'],
      url: ['etcd_url', 'etcd_endpoint'],
    },
  }),
  envNames: ['ETCD_*', 'ETCDCTL_*'],
  portals: [],
  selfHosted: true,
  auth: {
    places: [
      { in: 'json', name: 'name', prefix: '', field: 'user', required: true },
      { in: 'json', name: 'password', prefix: '', field: 'password', required: true },
    ],
    note: 'The exchange gives a short-lived token. Keyturn discards it at once.',
  },
  managedBy: { create: 'a user with the role root', revoke: 'a user with the role root' },
  editable: ['password', 'roles'],
  expiry: { rule: 'none' },
  movesMoney: {
    value: false,
    why: 'A thief reads and changes what the user may: often the settings of a whole cluster.',
  },
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        method: 'POST',
        url: 'https://{host}:{port}/v3/auth/authenticate',
        cost: 'session',
      },
    ],
    neverCall: ['/v3/auth/user', '/v3/auth/role', '/v3/auth/disable', '/v3/kv'],
    decisions: [
      worksRow('etcd exchanged name and password for a token, which was discarded.', {
        json: { path: ['token'] },
      }),
      {
        bodyHas: 'invalid user ID or password',
        state: 'invalid',
        reason: 'etcd refuses: the password is wrong, or there is no such user. One answer for both.',
        next: 'Somebody with the role root can see whether the user is there.',
      },
      {
        bodyHas: 'authentication is not enabled',
        state: 'not-checkable',
        reason: 'This server asks nobody for a password: anybody who reaches it may come in.',
        next: 'Switch auth on (auth enable), if the server is meant to be closed.',
      },
      {
        bodyHas: 'user name is empty',
        state: 'not-checkable',
        reason: 'The key has no user.',
        next: 'Add it to the key.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'etcd refuses the login.',
        next: 'Somebody with the role root can see whether the user is there.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is nothing at this address: older servers have the same call under another path.',
        next: 'Compare host and port with the server.',
      },
      ...lastRows('etcd'),
    ],
  },
  rotation: {
    mode: 'api',
    overlap: false,
    needs:
      'A user with the role root: nobody may change their own password (403). For an overlap, two users.',
    withoutPortal: 'A server of your own: no page. etcdctl does it, or Keyturn.',
    steps: usualSteps({
      prepare: 'Changing a password ends the tokens of the user at once.',
      create:
        'etcdctl user passwd NAME as a user with the role root; by API POST /v3/auth/user/changepw. Keep the new password first.',
      verify: 'Keyturn logs in with the new password.',
      revoke: 'The old password ended with that.',
      prove: 'Keyturn logs in with the old password and expects a refusal.',
    }),
  },
  facts: factsOf(seen, [
    ['wrong', '400, code 3: authentication failed, invalid user ID or password.', run],
    ['check', 'POST /v3/auth/authenticate with name and password gives a token.', run],
    ['tokens', 'changepw ends the tokens of the user at once.', run],
    ['not-self', 'A user without root cannot change its own password: 403.', run],
    ['auth', 'Without auth enable a server asks nobody.', docs],
    [
      'tls',
      'Plain http is asked on this machine alone: set a base URL such as http://127.0.0.1:2379.',
      'Keyturn',
    ],
  ]),
});
