// Client registration after RFC 7592 as oidc-provider does it: PUT wants the whole registration, resets what is left out, and answers with
// a new registration token that ends the old one.
import {
  documentedServer,
  randomText,
  type Asked,
  type DocumentedServer,
  type Says,
} from '../documented-server.ts';

type Client = { token: string; readonly secret: string; metadata: Readonly<Record<string, unknown>> };
export type RegistrationServer = DocumentedServer & {
  readonly clients: Map<string, Client>;
  readonly add: (metadata: Readonly<Record<string, unknown>>) => { readonly id: string } & Client;
};

const forbidden = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];
const bad = (text: string): Says => ({
  status: 400,
  body: { error: 'invalid_request', error_description: text },
});

export const registrationServer = async (): Promise<RegistrationServer> => {
  const clients = new Map<string, Client>();
  const view = (id: string, { token, secret, metadata }: Client): Says => ({
    status: 200,
    body: {
      ...metadata,
      client_id: id,
      client_secret: secret,
      client_secret_expires_at: 0,
      client_id_issued_at: 1_760_000_000,
      registration_client_uri: `https://op.example.com/reg/${id}`,
      registration_access_token: token,
    },
  });
  const put = (id: string, client: Client, asked: Asked): Says => {
    const { client_id: named, client_secret: secret, ...metadata } = asked.json;
    const wrong = forbidden.find((name) => name in asked.json);
    if (wrong !== undefined) return bad(`request MUST NOT include the ${wrong} field`);
    if (named !== id) return bad('provided client_id does not match');
    if (secret !== undefined && secret !== client.secret) return bad('provided client_secret does not match');
    client.metadata = metadata;
    client.token = randomText(43);
    return view(id, client);
  };
  const act = (asked: Asked): Says => {
    const id = /^\/reg\/([^/]+)$/.exec(asked.path)?.[1] ?? '';
    const client = clients.get(id);
    if (client === undefined || client.token !== asked.bearer)
      return { status: 401, body: { error: 'invalid_token', error_description: 'invalid token provided' } };
    if (asked.method === 'GET') return view(id, client);
    return asked.method === 'PUT'
      ? put(id, client, asked)
      : { status: 405, body: { error: 'invalid_request' } };
  };
  return {
    ...(await documentedServer(act)),
    clients,
    add: (metadata) => {
      const id = randomText(21);
      const client = { token: randomText(43), secret: randomText(86), metadata };
      clients.set(id, client);
      return { id, ...client };
    },
  };
};
