// Servers that come from the package registry: Verdaccio, Unleash and oidc-provider, installed when a test asks for them, with no script of theirs
// run, into a temporary folder or one that the checkout keeps for the next run. None is a part of Keyturn or stands in its lock file.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve as resolvePath, sep } from 'node:path';
import { basic, callsTo, type Put } from './real-http-servers.ts';
import { freePort, newServerFolder, startServer, type RealServer } from './real-servers.ts';

export type Installed = { readonly folder: string; readonly remove: () => void };

type Package = {
  readonly name: string;
  readonly version: string;
  readonly overrides?: Readonly<Record<string, string>>;
};

const npm = (folder: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = `${said}${text.toString()}`.slice(-2_000);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(said));
    });
  });

const cache = resolvePath(import.meta.dirname, '../../node_modules/.cache/keyturn/registry');

/** Installs one package; undefined, with the reason on the console, where the registry gives none. */
export const install = async ({ name, version, overrides }: Package): Promise<Installed | undefined> => {
  const wanted = { private: true, dependencies: { [name]: version }, overrides: overrides ?? {} };
  return installInto(mkdtempSync(join(tmpdir(), `keyturn-${name}-`)), `${name} ${version}`, wanted);
};

/** As install, once for all runs of a checkout: for a server that writes nothing beside its program. */
export const installOnce = async ({ name, version, overrides }: Package): Promise<Installed | undefined> => {
  const wanted = { private: true, dependencies: { [name]: version }, overrides: overrides ?? {} };
  const key = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${version}-${key}`);
  const kept = { folder, remove: () => {} };
  if (existsSync(folder)) return kept;
  mkdirSync(cache, { recursive: true });
  const made = await installInto(mkdtempSync(`${folder}-`), `${name} ${version}`, wanted);
  if (made === undefined) return undefined;
  try {
    // Whole or not there: it gets its name last.
    renameSync(made.folder, folder);
    return kept;
  } catch {
    // Another run was first.
    return made;
  }
};

const installInto = async (
  folder: string,
  what: string,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Installed | undefined> => {
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted));
  try {
    await npm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']);
    return { folder, remove };
  } catch (error) {
    remove();
    console.log(`${what} could not be installed, so it was not asked: ${String(error)}`);
    return undefined;
  }
};

/** A Node of one of these major versions on the PATH, beside the checkout's own. */
export const findNode = (majors: readonly number[]): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes(`node_modules${sep}.bin`))
    .map((folder) => join(folder, 'node'))
    .find((path) => {
      try {
        const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
        return majors.includes(Number(/^v(\d+)/.exec(version)?.[1]));
      } catch {
        return false;
      }
    });

export type Verdaccio = RealServer & {
  readonly base: string;
  readonly calls: Put;
  /** Makes a user and gives the token of the login. */
  readonly logIn: (user: string, password: string) => Promise<string>;
};

/** Verdaccio without any registry behind it. `sign`: how long its JWTs live; without it tokens are of the usual mode. */
export const startVerdaccio = async (installed: Installed, sign?: string): Promise<Verdaccio> => {
  const folder = newServerFolder('verdaccio', undefined);
  const port = await freePort();
  mkdirSync(join(folder, 'storage'));
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 50 } },
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$authenticated' } },
    security: { api: sign === undefined ? { legacy: true } : { jwt: { sign: { expiresIn: sign } } } },
    log: { type: 'stdout', format: 'json', level: 'fatal' },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config), { mode: 0o600 });
  const program = join(installed.folder, 'node_modules/verdaccio/bin/verdaccio');
  const args = [program, '-c', join(folder, 'config.yaml'), '-l', `127.0.0.1:${String(port)}`];
  const start = { name: 'Verdaccio', program: process.execPath, args, port };
  const server = await startServer(start, folder, undefined);
  const base = `http://127.0.0.1:${String(port)}`;
  const calls = callsTo(base);
  const logIn = async (name: string, password: string): Promise<string> => {
    const path = `/-/user/org.couchdb.user:${name}`;
    // A user who is there already is known by the header.
    const heard = await calls('PUT', path, { name, password }, basic(name, password));
    const { token } = heard.body as { readonly token?: string };
    if (heard.status !== 201 || token === undefined) throw new Error(`no login: ${String(heard.status)}`);
    return token;
  };
  return { ...server, base, calls, logIn };
};

type Database = {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
};

/** Reads its settings from the environment: neither password nor token on a command line. */
const unleashStart = `
  const { database, port, admin } = JSON.parse(process.env.UNLEASH_OF_TEST);
  delete process.env.UNLEASH_OF_TEST;
  require('unleash-server').start({
    db: { host: '127.0.0.1', port: database.port, user: database.user, password: database.password, database: database.name, ssl: false },
    server: { host: '127.0.0.1', port },
    versionCheck: { enable: false },
    telemetry: false,
    logLevel: 'fatal',
    authentication: {
      initApiTokens: [{ environment: '*', projects: ['*'], secret: admin, type: 'admin', tokenName: 'root' }],
    },
  }).catch((error) => { console.error(error); process.exit(1); });
`;

export type Unleash = RealServer & { readonly base: string; readonly calls: Put };

/** Unleash on a database that is there, let in with the admin token. */
export const startUnleash = async (
  installed: Installed,
  node: string,
  database: Database,
  admin: string,
): Promise<Unleash> => {
  const port = await freePort();
  const env = { UNLEASH_OF_TEST: JSON.stringify({ database, port, admin }) };
  const start = { name: 'Unleash', program: node, args: ['-e', unleashStart], port, env, withinMs: 170_000 };
  const server = await startServer(start, installed.folder, undefined);
  const base = `http://127.0.0.1:${String(port)}`;
  return { ...server, base, calls: callsTo(base, { authorization: admin }) };
};

/** Registration with tokens that every change of a client replaces, and the grant by which a program proves its secret. */
const oidcStart = `
  import { createServer } from 'node:http';
  import { Provider } from 'oidc-provider';
  const { port } = JSON.parse(process.env.OIDC_OF_TEST);
  const provider = new Provider('http://127.0.0.1:' + port, {
    features: {
      clientCredentials: { enabled: true },
      registration: { enabled: true, initialAccessToken: false },
      registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
      devInteractions: { enabled: false },
    },
  });
  createServer(provider.callback()).listen(port, '127.0.0.1');
`;

export type Oidc = RealServer & { readonly base: string; readonly calls: Put };

/** oidc-provider that keeps its clients in memory. */
export const startOidc = async (installed: Installed): Promise<Oidc> => {
  const port = await freePort();
  const program = join(installed.folder, 'server.mjs');
  writeFileSync(program, oidcStart);
  const env = { OIDC_OF_TEST: JSON.stringify({ port }) };
  const start = { name: 'oidc-provider', program: process.execPath, args: [program], port, env };
  const server = await startServer(start, installed.folder, undefined);
  const base = `http://127.0.0.1:${String(port)}`;
  return { ...server, base, calls: callsTo(base) };
};
