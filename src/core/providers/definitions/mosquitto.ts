// Eclipse Mosquitto clients (password file or dynamic security): an MQTT login and nothing else. A wrong password and a disabled client
// are answered alike.
import type { DecisionRow } from '../asking.ts';
import { defineProvider } from '../define-provider.ts';
import { connectionString, login, serverFields } from '../server-parts.ts';
import { everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: mosquitto 2.0.11 (Debian)';
const mqtt3 = 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html (3.2.2.3)';
const dynamicSecurity = 'https://mosquitto.org/documentation/dynamic-security/';

/** A row for the return code of a CONNACK. */
const code = (is: string, row: Omit<DecisionRow, 'json'>): DecisionRow => ({
  json: { path: ['code'], is },
  ...row,
});

export const mosquitto = defineProvider({
  id: 'mosquitto',
  name: 'Eclipse Mosquitto (dynamic security)',
  domain: 'mosquitto.org',
  category: 'server',
  otherNames: ['Mosquitto', 'MQTT'],
  formats: [
    connectionString({
      label: 'connection string',
      scheme: 'mqtts?',
      anchors: ['mqtt://', 'mqtts://'],
      path: '/?',
    }),
  ],
  fields: serverFields({
    hostVariable: 'MQTT_HOST',
    portVariable: 'MQTT_PORT',
    userVariable: 'MQTT_USERNAME',
    passwordVariable: 'MQTT_PASSWORD',
    urlVariable: 'MQTT_URL',
    usualPort: '1883',
    labels: {
      host: ['mqtt_host', 'mosquitto_host'],
      port: ['mqtt_port', 'mosquitto_port'],
      user: ['mqtt_user', 'mqtt_username', 'mosquitto_username'],
      password: ['mqtt_password', 'mqtt_pass', 'mosquitto_password'],
      url: ['mqtt_url', 'mqtt_uri', 'mqtt_broker_url'],
    },
  }),
  envNames: ['MQTT_*', 'MOSQUITTO_*'],
  portals: [],
  selfHosted: true,
  auth: login,
  managedBy: {
    create: 'a client with the role admin of dynamic security, or whoever edits the password file',
    revoke: 'the same; disabling can be undone',
  },
  editable: ['password', 'roles', 'enabled or disabled'],
  expiry: { rule: 'none' },
  movesMoney: { value: false, why: 'A thief reads and writes the topics that the client may.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A disabled client is refused like a wrong password, until it is enabled.',
      who: 'a client with the role admin',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        environment: 'server',
        kinds: everyKind,
        protocol: 'mqtt',
        method: 'GET',
        url: 'mqtt://{host}:{port}/',
        cost: 'none',
      },
    ],
    neverCall: [],
    decisions: [
      worksRow('The broker took the login.'),
      code('5', {
        state: 'invalid',
        reason:
          'The broker refuses: the password is wrong, there is no such client, or it is disabled. Mosquitto gives one answer for all three.',
        next: 'Somebody with the role admin can look with mosquitto_ctrl dynsec getClient.',
      }),
      code('4', {
        state: 'invalid',
        reason: 'The broker calls user or password wrong.',
        next: 'Compare them with the broker.',
      }),
      code('2', {
        state: 'not-checkable',
        reason:
          'The broker does not take the name that Keyturn gives itself. Nothing was said about the password.',
        next: 'Ask from where the key is used.',
      }),
      code('1', {
        state: 'not-checkable',
        reason: 'The broker does not speak MQTT 3.1.1.',
        next: 'Ask from where the key is used.',
      }),
      code('3', {
        state: 'unreachable',
        reason: 'The broker says that it is not available.',
        next: 'Check again later.',
      }),
      ...lastRows('The broker'),
    ],
  },
  rotation: {
    mode: 'api',
    overlap: false,
    needs: 'A client with the role admin of dynamic security. For an overlap, two clients.',
    withoutPortal: 'A server of your own: no page. mosquitto_ctrl does it, or Keyturn.',
    steps: usualSteps({
      prepare:
        'The old password ends at once for new connections. For an overlap change between two clients.',
      create:
        'mosquitto_ctrl dynsec setClientPassword NAME, or the same as a message to $CONTROL. Keep the new password first.',
      verify: 'Keyturn logs in with the new password.',
      revoke: 'The old password ended with that. Connections that are open may stay.',
      prove: 'Keyturn logs in with the old password and expects code 5.',
    }),
  },
  facts: factsOf(seen, [
    ['one-answer', 'Code 5 stands for a wrong password and for a disabled client.', run],
    [
      'codes',
      '0 taken, 1 version, 2 identifier, 3 unavailable, 4 user or password, 5 not authorised.',
      mqtt3,
    ],
    ['control', 'Passwords are set over $CONTROL/dynamic-security/v1.', dynamicSecurity],
    [
      'tls',
      'With TLS the usual port is 8883; give it as the port of the key.',
      'general knowledge, no page read',
      'uncertain',
    ],
    ['sessions', 'Whether open connections outlive a changed password was not tried.', run, 'uncertain'],
  ]),
});
