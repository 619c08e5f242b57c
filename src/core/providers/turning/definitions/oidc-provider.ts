// Registration tokens of an OpenID provider: a PUT of the registration answers with a new token and ends the old one. The registration
// is read first and sent as it was. The client secret stays: a new one needs a new registration, which is guided.
import { bearerOf, factsOf } from '../../usual.ts';
import { defineTurn } from '../define-turn.ts';
import type { HttpCall, Learning } from '../turn-definition.ts';
import { askedTooOften, mayNot, notAccepted, notTaken, notThere } from '../usual-refusals.ts';

const seen = '2026-11-22';
const run = 'run on loopback: npm oidc-provider@9.13.3';
const rfc7592 = 'https://www.rfc-editor.org/rfc/rfc7592#section-2.2';
const rfc7591 = 'https://www.rfc-editor.org/rfc/rfc7591#section-2';
const connect = 'https://openid.net/specs/openid-connect-registration-1_0.html';

/** Metadata of a client, RFC 7591 and OpenID Connect: what is left out of the PUT may be reset. */
const metadata = [
  'redirect_uris',
  'post_logout_redirect_uris',
  'response_types',
  'grant_types',
  'application_type',
  'contacts',
  'client_name',
  'client_uri',
  'logo_uri',
  'policy_uri',
  'tos_uri',
  'scope',
  'jwks_uri',
  'jwks',
  'software_id',
  'software_version',
  'sector_identifier_uri',
  'subject_type',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'id_token_signed_response_alg',
  'id_token_encrypted_response_alg',
  'id_token_encrypted_response_enc',
  'userinfo_signed_response_alg',
  'request_object_signing_alg',
  'default_max_age',
  'require_auth_time',
  'default_acr_values',
  'initiate_login_uri',
  'request_uris',
  'backchannel_logout_uri',
  'backchannel_logout_session_required',
  'require_pushed_authorization_requests',
  'dpop_bound_access_tokens',
] as const;

/** `redirect_uris` is learnt as `redirectUris`. */
const nameOf = (entry: string): string =>
  entry.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const learns: readonly Learning[] = metadata.map((entry) => ({
  name: nameOf(entry),
  from: { json: [entry] },
  required: false,
  ...(entry === 'jwks' ? { anything: true as const } : {}),
}));

const refusals: HttpCall['refusals'] = [
  notAccepted(
    'The server does not accept the registration token: a change of the client has ended it, or it never was.',
    'Look for the newest answer to a change of the client; else ask the administrator.',
  ),
  mayNot('The server does not let this client change itself.', 'Ask the administrator of the server.'),
  notTaken(
    'The server does not take the registration as it gave it.',
    'Change the client with its administrator.',
  ),
  notThere(
    'There is no such client, or registrations are not managed there.',
    'Correct the address of the server.',
    {
      means: 'wrong-input',
    },
  ),
  askedTooOften('The server'),
];

export const oidcProviderTurn = defineTurn({
  provider: 'oidc-provider',
  ways: [
    {
      id: 'registration-token',
      label: 'A new registration token',
      shape: 'chain',
      formats: ['registration-token'],
      manager: 'self',
      inputs: [],
      permission: 'The registration token itself.',
      make: {
        before: [
          {
            does: 'reads the registration of the client',
            method: 'GET',
            url: '{base}/reg/{clientId}',
            by: 'old',
            auth: bearerOf('registrationAccessToken'),
            success: [200],
            refusals,
            learns,
            repeatable: true,
          },
        ],
        call: {
          does: 'sends the registration as it was, which gives a new token',
          method: 'PUT',
          url: '{base}/reg/{clientId}',
          body: {
            type: 'json',
            value: {
              client_id: '{clientId}',
              client_secret: '{old:clientSecret?}',
              ...Object.fromEntries(metadata.map((entry) => [entry, `{${nameOf(entry)}?}`])),
            },
          },
          by: 'old',
          auth: bearerOf('registrationAccessToken'),
          success: [200],
          refusals,
          repeatable: false,
        },
        gives: { registrationAccessToken: { json: ['registration_access_token'] } },
      },
      old: [{ from: 'nothing' }],
      revoke: [],
      patience: { newSeconds: 5, oldSeconds: 5 },
      afterwards: 'The client secret stays as it is: a new one needs a new registration.',
      wayBack:
        'Ask the administrator of the server, or register the client anew. The client secret still works.',
      expiry: 'none',
    },
  ],
  facts: factsOf(seen, [
    ['rotates', 'PUT answers with a new registration_access_token; the old one gets 401 at once.', run],
    ['whole', 'PUT wants the whole registration, without the token, its address and the dates.', rfc7592],
    ['secret', 'client_secret may be sent only if it is the present one; it stays.', run],
    ['reset', 'What is left out may be set to its default or deleted by the server.', rfc7592],
    ['names', 'Names of the metadata.', rfc7591],
    [
      'names-connect',
      'Further names of OpenID Connect; metadata of a server’s own are not copied.',
      connect,
      'uncertain',
    ],
    ['read', 'GET answers with the registration and ends nothing.', run],
  ]),
});
