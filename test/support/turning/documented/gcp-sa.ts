// Google: a signed assertion is verified with the public key of the account's key and exchanged for a token of its scope; IAM wants one that
// may manage. Keys are key files in base64 and have no names.
import { createVerify, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { randomText } from '../documented-server.ts';
import { remoteKeys, type RemoteKey } from '../remote-keys.ts';
import { exactly, object, text, type TableProvider } from '../table-server.ts';
import { iso, type Beginning, type DocumentedTurn } from './kit.ts';

const project = 'demo-project';
const host = 'https://www.googleapis.com/auth';
const nameOf = ({ id, notes }: RemoteKey): string =>
  `projects/${project}/serviceAccounts/${String(notes['email'])}/keys/${id}`;

const jsonOf = (part: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Readonly<Record<string, unknown>>;

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
/** Making one takes long: six in turn are more than one test needs at once. */
const pairs: Pair[] = [];
let used = 0;
const nextPair = (): Pair => {
  used += 1;
  return (pairs[used % 6] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
};

/** A key file as Google hands it out, made here. */
const keyFile = (
  email: string,
): { readonly id: string; readonly file: string; readonly publicKey: KeyObject } => {
  const { publicKey, privateKey } = nextPair();
  const id = randomBytes(20).toString('hex');
  const file = JSON.stringify({
    type: 'service_account',
    project_id: project,
    private_key_id: id,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    client_id: '1',
  });
  return { id, file, publicKey };
};

const add = (provider: TableProvider, email: string): RemoteKey => {
  const { id, file, publicKey } = keyFile(email);
  return provider.keys.add({ id, values: { secret: file }, notes: { email, publicKey } });
};

const googleProvider = (): TableProvider => {
  const keys = remoteKeys();
  const tokens = new Map<string, { readonly key: RemoteKey; readonly scope: unknown }>();
  const path = '/v1/projects/{project}/serviceAccounts/{email}/keys';
  const invalid = {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
  };
  const gone = { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } };
  const provider: TableProvider = {
    keys,
    prove: ({ bearer }) => {
      const token = tokens.get(bearer);
      return token === undefined
        ? undefined
        : { ...token.key, gone: false, refusedFor: 0, mayManage: token.scope === `${host}/iam` };
    },
    unknownKey: { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED' } } },
    noPermission: { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED' } } },
    routes: [
      {
        call: 'POST /token',
        by: 'anybody',
        body: {
          type: 'form',
          schema: object({
            grant_type: exactly('urn:ietf:params:oauth:grant-type:jwt-bearer'),
            assertion: { ...text, maxLength: 4_000 },
          }),
        },
        answer: ({ body }) => {
          const [head = '', claims = '', signature = ''] = String(body['assertion']).split('.');
          const key = keys.all.find(({ id }) => id === jsonOf(head)['kid']);
          const { iss, aud, exp, scope } = jsonOf(claims);
          const isSigned =
            key !== undefined &&
            createVerify('RSA-SHA256')
              .update(`${head}.${claims}`)
              .verify(key.notes['publicKey'] as KeyObject, signature, 'base64url');
          if (!isSigned || iss !== key.notes['email'] || !keys.accepts(key)) return invalid;
          if (aud !== 'https://oauth2.googleapis.com/token' || Number(exp) < Date.now() / 1000)
            return invalid;
          const token = randomText(40);
          tokens.set(token, { key, scope });
          return { status: 200, body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } };
        },
      },
      {
        call: `GET ${path}`,
        query: { keyTypes: 'USER_MANAGED' },
        by: 'manager',
        answer: (called) => ({
          status: 200,
          body: {
            keys: keys
              .listed()
              .flatMap((key) =>
                key.notes['email'] === called.path['email']
                  ? [{ name: nameOf(key), validAfterTime: iso(key.createdAtMs), keyType: 'USER_MANAGED' }]
                  : [],
              ),
          },
        }),
      },
      {
        call: `POST ${path}`,
        by: 'manager',
        body: {
          type: 'json',
          schema: object({}, { privateKeyType: exactly('TYPE_GOOGLE_CREDENTIALS_FILE') }),
        },
        answer: (called) => {
          if (keys.listed().length >= keys.max)
            return { status: 400, body: { error: { code: 400, status: 'FAILED_PRECONDITION' } } };
          const key = add(provider, called.path['email']!);
          return {
            status: 200,
            body: {
              name: nameOf(key),
              privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE',
              privateKeyData: Buffer.from(key.values['secret']!).toString('base64'),
              validAfterTime: iso(key.createdAtMs),
              validBeforeTime: '9999-12-31T23:59:59Z',
            },
          };
        },
      },
      {
        call: `DELETE ${path}/{id}`,
        by: 'manager',
        answer: (called) => {
          const key = keys.find(called.path['id']!);
          if (key === undefined) return gone;
          keys.remove(key);
          return { status: 200, body: {} };
        },
      },
    ],
  };
  return provider;
};

const begin = (): Beginning => {
  const provider = googleProvider();
  const [old, other] = [
    add(provider, `app@${project}.iam.gserviceaccount.com`),
    add(provider, `admin@${project}.iam.gserviceaccount.com`),
  ];
  return { provider, old, values: old.values, manager: { provider: 'gcp-sa', values: other.values } };
};

export const gcpSaTurns: readonly DocumentedTurn[] = [
  { provider: 'gcp-sa', way: 'self', begin, hasMarks: false },
  { provider: 'gcp-sa', way: 'managed', begin, hasMarks: false },
];
