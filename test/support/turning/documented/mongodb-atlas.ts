// MongoDB Atlas: secrets of one service account, exchanged for a token that outlives them. Every one has an end in hours, none a name.
import { randomBytes } from 'node:crypto';
import { randomText } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { basicOf, exactly, object, type Route, type TableProvider } from '../table-server.ts';
import { freshKey, iso, laterDay, type Beginning, type DocumentedTurn } from './kit.ts';

const version = 'application/vnd.atlas.2024-08-05+json';
const groupOrOrg = '0123456789abcdef01234567';
const newId = (): string => randomBytes(12).toString('hex');
const shown = ({ id, values, notes, createdAtMs }: RemoteKey): object => ({
  id,
  createdAt: iso(createdAtMs),
  expiresAt: notes['expiresAt'],
  maskedSecretValue: `mdb_sa_sk_************${values['clientSecret']!.slice(-4)}`,
});

const atlasProvider = (): TableProvider => {
  const keys = remoteKeys();
  const tokens = new Map<string, RemoteKey>();
  const refusal = (status: number, errorCode: string): { status: number; body: object } => ({
    status,
    body: { error: status, errorCode },
  });
  const routesAt = (level: string): readonly Route[] => {
    const account = `/api/atlas/v2/${level}/${groupOrOrg}/serviceAccounts/{clientId}`;
    const headers = { accept: version };
    const secretsOf = (clientId: string | undefined): readonly RemoteKey[] =>
      keys.listed().filter(({ values }) => values['clientId'] === clientId);
    return [
      {
        call: `GET ${account}`,
        headers,
        by: 'manager',
        answer: ({ path }) => {
          const secrets = secretsOf(path['clientId']);
          return secrets.length === 0
            ? refusal(404, 'SERVICE_ACCOUNT_NOT_FOUND')
            : {
                status: 200,
                body: { clientId: path['clientId'], secrets: secrets.map((key) => shown(key)) },
              };
        },
      },
      {
        call: `POST ${account}/secrets`,
        headers,
        by: 'manager',
        body: {
          type: 'json',
          as: version,
          schema: object({ secretExpiresAfterHours: { type: 'integer', minimum: 8, maximum: 8760 } }),
        },
        answer: ({ path, body }) => {
          if (secretsOf(path['clientId']).length === 0) return refusal(404, 'SERVICE_ACCOUNT_NOT_FOUND');
          const secret = freshKey('mongodb-atlas', 'client-secret');
          const hours = Number(body['secretExpiresAfterHours']);
          const key = keys.add({
            id: newId(),
            values: { clientId: path['clientId']!, clientSecret: secret },
            notes: { expiresAt: iso(Date.now() + hours * 3_600_000) },
          });
          return { status: 201, body: { ...shown(key), secret } };
        },
      },
      {
        call: `DELETE ${account}/secrets/{id}`,
        headers,
        by: 'manager',
        answer: ({ path }) => {
          const key = keys.find(path['id']!);
          if (key === undefined) return refusal(404, 'SERVICE_ACCOUNT_SECRET_NOT_FOUND');
          keys.remove(key);
          return { status: 204 };
        },
      },
    ];
  };
  return {
    keys,
    prove: ({ bearer }) => {
      const key = tokens.get(bearer);
      return key === undefined ? undefined : { ...key, gone: false, refusedFor: 0 };
    },
    unknownKey: refusal(401, 'UNAUTHORIZED'),
    noPermission: refusal(403, 'USER_UNAUTHORIZED'),
    routes: [
      {
        call: 'POST /api/oauth/token',
        by: 'anybody',
        body: { type: 'form', schema: object({ grant_type: exactly('client_credentials') }) },
        answer: ({ asked }) => {
          const [clientId, clientSecret] = basicOf(asked);
          const key = keys.all.find(
            ({ values }) => values['clientId'] === clientId && values['clientSecret'] === clientSecret,
          );
          if (key === undefined || !keys.accepts(key)) return refusal(401, 'INVALID_CLIENT');
          const token = randomText(40);
          tokens.set(token, key);
          return { status: 200, body: { access_token: token, expires_in: 3600, token_type: 'Bearer' } };
        },
      },
      ...routesAt('orgs'),
      ...routesAt('groups'),
    ],
  };
};

const begin = (): Beginning => {
  const provider = atlasProvider();
  const expiresOn = laterDay();
  const clientId = freshKey('mongodb-atlas', 'client-id');
  const old = provider.keys.add({
    id: newId(),
    values: { clientId, clientSecret: freshKey('mongodb-atlas', 'client-secret') },
    notes: { expiresAt: `${expiresOn}T00:00:00.000Z` },
  });
  return { provider, old, values: old.values, inputs: { orgId: groupOrOrg, groupId: groupOrOrg }, expiresOn };
};

export const mongodbAtlasTurns: readonly DocumentedTurn[] = [
  { provider: 'mongodb-atlas', way: 'organisation', begin, hasMarks: false },
  { provider: 'mongodb-atlas', way: 'project', begin, hasMarks: false },
];
