// Where one process is killed: a home with a vault of its own, the password in a file, what the process is started with, and the first
// look at what it left behind.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import { bytesOf, forkAgent, newAgent, placeOf, type ForkedAgent } from '../agents.ts';
import { cheapDerivation } from '../cheap-derivation.ts';
import { sample } from '../cli.ts';
import { entries, sourceEntries } from '../entries.ts';

export type Place = {
  readonly root: string;
  readonly home: string;
  readonly vault: string;
  readonly state: string;
  /** A backup of the vault from before `map` was added. */
  readonly backup: string;
  readonly variables: string;
  readonly environment: NodeJS.ProcessEnv;
};

export const password = 'slow trains, loud geese';
export const nextPassword = 'nine lamps on the quay';
export const firstNames = ['mail', 'map', 'pay'] as const;
export const importedCount = 1_000;

const preload = resolve(import.meta.dirname, 'preload.ts');
const preloaded = ['--import', `file://${preload}`] as const;

type Start = { readonly first: readonly string[]; readonly entry: typeof entries };

/** What Node loads before what; the source only where the preload puts a file in the place of one of its own. */
const startOf = (env: NodeJS.ProcessEnv): Start => {
  if (env['KEYTURN_TEST_LATER_FORMAT'] === '1') return { first: preloaded, entry: sourceEntries };
  const first = env['KEYTURN_TEST_DIE'] === undefined ? ['--import', cheapDerivation] : preloaded;
  return { first, entry: entries };
};

const at = (root: string, name: string): Place => {
  const folder = join(root, name);
  const home = join(folder, 'home');
  return {
    root: folder,
    home,
    vault: join(home, 'vault.keyturn'),
    state: join(folder, 'state'),
    backup: join(root, 'earlier.keyturn-backup'),
    variables: join(root, 'variables.env'),
    environment: {
      ...process.env,
      NO_COLOR: '1',
      KEYTURN_HOME: home,
      KEYTURN_STATE: join(folder, 'state'),
      KEYTURN_PASSWORD_FILE: join(root, 'password'),
    },
  };
};

export type Ground = { readonly fresh: () => Place; readonly remove: () => void };

/** Makes the vault that every place gets a copy of. @param ports with the cheapest allowed derivation */
export const prepareGround = async (ports: VaultPorts): Promise<Ground> => {
  const root = mkdtempSync(join(tmpdir(), 'keyturn-killing-'));
  const template = at(root, 'template');
  mkdirSync(template.root, { recursive: true });
  const lines = Array.from({ length: importedCount }, (_, line) => `APP_${line}=${sample.anything()}`);
  writeFileSync(template.variables, lines.join('\n'));
  writeFileSync(join(root, 'password'), `${password}\n`, { mode: 0o600 });
  writeFileSync(join(root, 'next-password'), `${nextPassword}\n`, { mode: 0o600 });
  const made = await newAgent({ home: template.home, state: template.state, ports });
  await made.get('vault.create', { password: bytesOf(password) });
  const { projectId, environments } = await placeOf(made);
  for (const name of firstNames) {
    if (name === 'map') await made.get('backup.writePath', { path: template.backup });
    await made.get('keys.add', {
      projectId,
      environmentIds: [environments.get('production') ?? ''],
      facts: { name },
      fields: [{ name: 'secret', value: bytesOf(sample.anything()) }],
    });
  }
  await made.get('backup.now', {});
  made.agent.close();
  let turn = 0;
  return {
    fresh: () => {
      turn += 1;
      const place = at(root, `turn-${turn}`);
      cpSync(template.home, place.home, { recursive: true });
      return place;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** The app's agent as a process of its own, at the least cost of a derivation. */
export const forkUnder = (home: string, env: NodeJS.ProcessEnv): ForkedAgent => {
  const { first, entry } = startOf(env);
  return forkAgent(home, [], { env, execArgv: [...first], entry: entry.agent });
};

/** Starts the real command line, at the least cost of a derivation. @param under the words of a program that starts it in its turn */
export const startCommand = (
  place: Place,
  words: readonly string[],
  more: NodeJS.ProcessEnv = {},
  under: readonly string[] = [],
): ReturnType<typeof spawn> => {
  const env: NodeJS.ProcessEnv = { ...place.environment, ...more };
  // Node's own cache is no part of what such a program limits.
  if (under.length > 0) env['NODE_DISABLE_COMPILE_CACHE'] = '1';
  const { first, entry } = startOf(env);
  const [program = '', ...rest] = [...under, process.execPath, ...first, entry.commandLine, ...words];
  return spawn(program, rest, {
    env,
    cwd: place.root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
};

const isTemporary = (name: string): boolean => /\.[0-9a-f]{12}\.tmp/.test(name);
const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));

/** What is left under a temporary name. */
export const leftovers = (place: Place): readonly string[] => everything(place.root).filter(isTemporary);

/** Makes leftovers as old as they must be before Keyturn takes them for abandoned. */
export const age = (place: Place): void => {
  const seconds = Date.now() / 1_000 - 3 * 3_600;
  for (const path of leftovers(place)) utimesSync(path, seconds, seconds);
};
