// Clients of an OpenID provider (RFC 6749, 7591, 7592): id and secret, exchanged for a token; or the registration token of a client,
// which works once for a change. Values have no form of their own.
import { defineProvider } from '../define-provider.ts';
import { between } from '../format.ts';
import { bearerOf, everyKind, factsOf, lastRows, usualSteps, worksRow } from '../usual.ts';

const seen = '2026-11-22';
const run = 'run on loopback: npm oidc-provider@9.13.3';
const rfc6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const rfc7592 = 'https://www.rfc-editor.org/rfc/rfc7592';

export const oidcProvider = defineProvider({
  id: 'oidc-provider',
  name: 'oidc-provider (dynamic client registration)',
  domain: 'openid.net',
  category: 'server',
  otherNames: ['OpenID Connect client', 'OAuth client', 'OIDC'],
  formats: [
    {
      id: 'client-secret',
      kind: 'unknown',
      label: 'client secret',
      match: 'shape',
      pattern: { parts: [between(8, 512, 'visible')] },
      field: 'clientSecret',
      note: '86 characters of base64url unless the server makes others.',
    },
    {
      id: 'registration-token',
      kind: 'unknown',
      label: 'registration access token',
      match: 'shape',
      pattern: { parts: [between(20, 1024, 'visible')] },
      field: 'registrationAccessToken',
      note: '43 characters of base64url unless the server makes others.',
    },
  ],
  fields: [
    {
      name: 'clientId',
      label: 'Client id',
      variable: 'OIDC_CLIENT_ID',
      secret: false,
      required: true,
      labels: ['oidc_client_id', 'oauth_client_id', 'client_id'],
      shape: 'text',
    },
    {
      name: 'clientSecret',
      label: 'Client secret',
      variable: 'OIDC_CLIENT_SECRET',
      secret: true,
      required: true,
      labels: ['oidc_client_secret', 'oauth_client_secret', 'client_secret'],
      formats: ['client-secret'],
    },
    {
      name: 'registrationAccessToken',
      label: 'Registration access token',
      variable: 'OIDC_REGISTRATION_ACCESS_TOKEN',
      secret: true,
      required: false,
      help: 'Given when the client was registered. Every change of the client gives a new one and ends this one.',
      labels: ['registration_access_token', 'oidc_registration_access_token'],
    },
  ],
  envNames: ['OIDC_CLIENT_*', 'OIDC_REGISTRATION_*', 'OPENID_CLIENT_*'],
  portals: [],
  settings: [
    {
      name: 'base',
      label: 'Address of the server',
      help: 'What stands in front of /token, for example https://login.example.com/oidc or http://127.0.0.1:3000 on this machine.',
    },
  ],
  selfHosted: true,
  auth: {
    places: [
      { in: 'basic-user', name: '', prefix: '', field: 'clientId', required: true },
      { in: 'basic-password', name: '', prefix: '', field: 'clientSecret', required: true },
    ],
    note: 'The exchange gives an access token. Keyturn discards it at once.',
  },
  managedBy: {
    create: 'whoever holds an initial access token of the server, or its administrator',
    revoke: 'whoever holds the registration access token of the client',
  },
  reveal: { live: 'once', test: 'once', unknown: 'once' },
  editable: ['metadata of the client'],
  expiry: {
    rule: 'fixed-at-creation',
    required: false,
    prolong: 'Register the client again: a change keeps its secret.',
  },
  movesMoney: { value: false, why: 'A thief gets the tokens that the client may get.' },
  lifecycle: [
    {
      state: 'blocked',
      text: 'A registration access token works for one change. If the answer is lost, so is the client.',
      who: 'the administrator of the server',
    },
  ],
  check: {
    possible: true,
    scheduled: 'all',
    requests: [
      {
        id: 'exchange',
        environment: 'server',
        kinds: everyKind,
        formats: ['client-secret'],
        method: 'POST',
        url: '{base}/token',
        body: { type: 'form', entries: { grant_type: 'client_credentials' } },
        cost: 'session',
      },
      {
        id: 'registration',
        environment: 'server',
        kinds: everyKind,
        formats: ['registration-token'],
        method: 'GET',
        url: '{base}/reg/{clientId}',
        auth: bearerOf('registrationAccessToken'),
        cost: 'none',
      },
    ],
    neverCall: ['/session/end', '/token/revocation'],
    decisions: [
      worksRow('The server exchanged id and secret for a token, which was discarded.', {
        request: 'exchange',
        json: { path: ['access_token'] },
      }),
      worksRow('The server answered with the registration of the client.', {
        request: 'registration',
        json: { path: ['client_id'] },
      }),
      {
        json: { path: ['error'], is: 'invalid_client' },
        state: 'invalid',
        reason:
          'The server does not accept this client: the secret is wrong or has ended, or there is no such client. One answer for all.',
        next: 'Compare id and secret with the registration of the client.',
      },
      {
        json: { path: ['error'], is: 'invalid_token' },
        state: 'invalid',
        reason:
          'The server does not accept this registration token: a change of the client has ended it, or it never was.',
        next: 'Look for the newest answer to a change of the client; else ask the administrator.',
      },
      {
        status: 400,
        bodyHas: 'grant type is not allowed',
        state: 'blocked',
        reason: 'Id and secret are right; the client may not get a token this way.',
        next: 'Nothing to do where it uses another way (a login in the browser).',
      },
      {
        json: { path: ['error'], is: 'unauthorized_client' },
        state: 'blocked',
        reason: 'Id and secret are right; the client may not get a token this way.',
        next: 'Nothing to do where it uses another way (a login in the browser).',
      },
      {
        json: { path: ['error'], is: 'invalid_scope' },
        state: 'blocked',
        reason: 'Id and secret are right; the server wants another scope than none.',
        next: 'Nothing to do where the client does its work.',
      },
      {
        json: { path: ['error'], is: 'unsupported_grant_type' },
        state: 'not-checkable',
        reason: 'The server gives nobody a token this way. Nothing certain was said about the secret.',
        next: 'Try the client where it is used.',
      },
      {
        status: 401,
        state: 'invalid',
        reason: 'The server refuses id and secret.',
        next: 'Compare them with the registration of the client.',
      },
      {
        status: 403,
        state: 'blocked',
        reason: 'The server knows the client and refuses the question.',
        next: 'Ask the administrator of the server.',
      },
      {
        status: 404,
        state: 'not-checkable',
        reason: 'There is no such call at this address.',
        next: 'Correct the address of the server: what stands in front of /token.',
      },
      ...lastRows('The server'),
    ],
    tells: [
      {
        fact: 'expiresAt',
        request: 'registration',
        from: { json: ['client_secret_expires_at'] },
        as: 'epoch-seconds',
      },
      {
        fact: 'createdAt',
        request: 'registration',
        from: { json: ['client_id_issued_at'] },
        as: 'epoch-seconds',
      },
      { fact: 'name', request: 'registration', from: { json: ['client_name'] }, as: 'text' },
      { fact: 'scopes', request: 'exchange', from: { json: ['scope'] }, as: 'words' },
    ],
  },
  rotation: {
    mode: 'self',
    overlap: false,
    needs: 'The registration access token of the client; a new secret needs a new registration.',
    withoutPortal: 'A server of your own: registrations are made by its interface, or by its administrator.',
    steps: usualSteps({
      prepare:
        'A change gives a new registration token and ends the old one at once: its answer must not be lost. Have the whole registration at hand (GET /reg/CLIENT).',
      create:
        'For the registration token: PUT the whole registration to /reg/CLIENT. For the secret: register a second client (POST /reg) with the same metadata, and keep id, secret and registration token.',
      verify: 'Keyturn asks with the new value.',
      revoke: 'Delete the old client with its own registration token (DELETE /reg/CLIENT).',
      prove: 'Keyturn asks with the old value and expects invalid_client or invalid_token.',
    }),
  },
  facts: factsOf(seen, [
    ['rotates', 'PUT gives a new registration access token; the old one is answered 401 at once.', run],
    ['keeps-secret', 'PUT keeps the client secret; a new one needs a new registration.', run],
    [
      'invalid-client',
      '401 {"error":"invalid_client","error_description":"client authentication failed"}.',
      run,
    ],
    ['errors', 'invalid_client, unauthorized_client, invalid_scope and unsupported_grant_type.', rfc6749],
    ['expiry', 'client_secret_expires_at is in epoch seconds; 0 means never.', rfc7592],
    [
      'grant',
      'A right secret without the grant: 400 invalid_request, requested grant type is not allowed for this client.',
      run,
    ],
    ['read', 'GET of a registration answers 200 with the registration token, and ends nothing.', run],
    ['forms', '43 and 86 characters of base64url by default.', run],
    [
      'order',
      'That unauthorized_client and invalid_scope come after the secret was looked at is usual, not demanded.',
      rfc6749,
      'uncertain',
    ],
  ]),
});
