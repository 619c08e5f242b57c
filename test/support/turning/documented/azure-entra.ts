// Microsoft Entra and Graph: several secrets of one application, exchanged for a token that outlives them.
import { randomUUID } from 'node:crypto';
import { randomText } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { exactly, object, text, type TableProvider } from '../table-server.ts';
import { freshKey, iso, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

/** The hint is the beginning: two dots in a row would read as something left out, as in other hints. */
const freshSecret = (): string => {
  const secret = freshKey('azure-entra', 'client-secret');
  return secret.slice(0, 3).includes('..') ? freshSecret() : secret;
};

const application = "/v1.0/applications(appId='{clientId}')";
const shown = ({ id, name, values, notes, createdAtMs }: RemoteKey): object => ({
  keyId: id,
  displayName: name,
  hint: values['clientSecret']!.slice(0, 3),
  startDateTime: iso(createdAtMs),
  endDateTime: notes['end'],
  secretText: null,
});

const entraProvider = (tenantId: string): TableProvider => {
  const keys = remoteKeys();
  const tokens = new Map<string, RemoteKey>();
  const noApplication = {
    status: 404,
    body: { error: { code: 'Request_ResourceNotFound', message: 'No such' } },
  };
  const ofApplication = (clientId: string | undefined): readonly RemoteKey[] =>
    keys.listed().filter(({ values }) => values['clientId'] === clientId);
  return {
    keys,
    prove: ({ bearer }) => {
      const key = tokens.get(bearer);
      return key === undefined ? undefined : { ...key, gone: false, refusedFor: 0 };
    },
    unknownKey: { status: 401, body: { error: { code: 'InvalidAuthenticationToken', message: 'Invalid' } } },
    noPermission: {
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient' } },
    },
    routes: [
      {
        call: `POST /${tenantId}/oauth2/v2.0/token`,
        by: 'anybody',
        body: {
          type: 'form',
          schema: object({
            grant_type: exactly('client_credentials'),
            scope: exactly('https://graph.microsoft.com/.default'),
            client_id: text,
            client_secret: text,
          }),
        },
        answer: ({ body }) => {
          const key = keys.all.find(
            ({ values }) =>
              values['clientId'] === body['client_id'] && values['clientSecret'] === body['client_secret'],
          );
          if (key === undefined || !keys.accepts(key))
            return {
              status: 401,
              body: {
                error: 'invalid_client',
                error_description: 'AADSTS7000215: Invalid client secret provided.',
              },
            };
          const token = randomText(40);
          tokens.set(token, key);
          return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: token } };
        },
      },
      {
        call: `GET ${application}`,
        query: { $select: 'passwordCredentials' },
        by: 'manager',
        answer: ({ path }) => {
          const all = ofApplication(path['clientId']);
          return all.length === 0
            ? noApplication
            : { status: 200, body: { passwordCredentials: all.map((key) => shown(key)) } };
        },
      },
      {
        call: `POST ${application}/addPassword`,
        by: 'manager',
        body: {
          type: 'json',
          schema: object({
            passwordCredential: object(
              {},
              { displayName: text, endDateTime: { type: 'string', format: 'date-time' } },
            ),
          }),
        },
        answer: ({ path, body }) => {
          const [first] = ofApplication(path['clientId']);
          if (first === undefined) return noApplication;
          const wish = body['passwordCredential'] as Readonly<Record<string, string | undefined>>;
          const value = freshSecret();
          const key = keys.add({
            id: randomUUID(),
            name: wish['displayName'] ?? '',
            values: { ...first.values, clientSecret: value },
            notes: { end: wish['endDateTime'] },
          });
          return { status: 200, body: { ...shown(key), secretText: value } };
        },
      },
      {
        call: `POST ${application}/removePassword`,
        by: 'manager',
        body: { type: 'json', schema: object({ keyId: { type: 'string', format: 'uuid' } }) },
        answer: ({ body }) => {
          const key = keys.find(String(body['keyId']));
          if (key === undefined)
            return {
              status: 400,
              body: {
                error: { code: 'Request_BadRequest', message: 'No password credential found with keyId.' },
              },
            };
          keys.remove(key);
          return { status: 204 };
        },
      },
    ],
  };
};

const begin = (): Beginning => {
  const tenantId = randomUUID();
  const provider = entraProvider(tenantId);
  const expiresOn = laterDay();
  const add = (clientId: string): RemoteKey =>
    provider.keys.add({
      id: randomUUID(),
      name: 'old',
      values: { tenantId, clientId, clientSecret: freshSecret() },
      notes: { end: `${expiresOn}T00:00:00.000Z` },
    });
  const [old, other] = [add(randomUUID()), add(randomUUID())];
  return {
    provider,
    old,
    values: old.values,
    manager: { provider: 'azure-entra', values: other.values },
    expiresOn,
  };
};

export const azureEntraTurns: readonly DocumentedTurn[] = [
  { provider: 'azure-entra', way: 'self', begin, hasMarks: true },
  { provider: 'azure-entra', way: 'managed', begin, hasMarks: true },
];
