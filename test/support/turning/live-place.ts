// A vault on disk with an agent of its own process, and an env file that it keeps up to date: what a program under load reads its key from.
// The agent is the app's; it can be killed, and started anew on what it left behind.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { Caller } from '../../../src/contract/call.ts';
import type { CallInput, CallName, CallOutput } from '../../../src/contract/contract.ts';
import type { Result } from '../../../src/core/model/result.ts';
import { bytesOf, newFolder, testPassword, type ForkedAgent } from '../agents.ts';
import { forkUnder } from '../killing/place.ts';

export type Get = <N extends CallName>(
  name: N,
  input: CallInput<N>,
  caller?: Caller,
) => Promise<CallOutput<N>>;

export type LivePlace = {
  /** Fails where the answer is an error. */
  readonly get: Get;
  /** As get, with what went wrong. */
  readonly call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
  /** Ends the agent, however it is, and starts another one. @param death as dying-desk.ts reads it */
  readonly restart: (death?: string) => Promise<void>;
  /** Resolves when the present agent has died. */
  readonly died: () => Promise<unknown>;
  /** What it said when it died. */
  readonly lastWords: () => string;
  /** `manager`: in another environment, so that it does not stand in the env file. */
  readonly addKey: (
    provider: string,
    role: 'program' | 'manager',
    values: Readonly<Record<string, string>>,
  ) => Promise<string>;
  /** Writes the environment into the file that turns keep up to date. */
  readonly writeEnvFile: () => Promise<void>;
  /** The variables of that file, as a program reads them when it starts. */
  readonly variables: () => Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
};

export const newLivePlace = async (): Promise<LivePlace> => {
  const root = newFolder();
  const home = join(root, 'home');
  const envFile = join(root, '.env');
  mkdirSync(home, { mode: 0o700 });
  let agent: ForkedAgent | undefined;

  const call: LivePlace['call'] = async (name, input) => {
    if (agent === undefined) throw new Error('there is no agent');
    return (await agent.call('command-line', name, input)) as Result<never>;
  };
  const get: Get = async (name, input) => {
    const result = await call(name, input);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)} ${agent?.errors() ?? ''}`);
    return result.value;
  };
  const kill = async (): Promise<void> => {
    if (agent === undefined) return;
    agent.child.kill('SIGKILL');
    await agent.exited;
  };
  const start = (death?: string): void => {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      KEYTURN_STATE: join(root, 'state'),
      // Started again and again: what Node makes of the sources is kept from one to the next.
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'keyturn-test-compiled'),
    };
    if (death === undefined) delete env['KEYTURN_TEST_DIE'];
    else env['KEYTURN_TEST_DIE'] = death;
    agent = forkUnder(home, env);
  };

  start();
  await get('vault.create', { password: bytesOf(testPassword) });
  const { projects } = await get('overview.read', {});
  const project = projects[0]!;
  const projectId = project.id;
  const environmentOf = (name: string): string => project.environments.find((each) => each.name === name)!.id;
  const environmentId = environmentOf('development');

  return {
    get,
    call,
    restart: async (death) => {
      await kill();
      start(death);
      // It may die before it answers: turns go on as soon as the vault is open.
      await call('vault.unlock', { password: bytesOf(testPassword) });
    },
    died: () => agent?.exited ?? Promise.resolve(),
    lastWords: () => agent?.errors() ?? '',
    addKey: async (provider, role, values) => {
      const { id } = await get('keys.add', {
        projectId,
        environmentIds: [role === 'program' ? environmentId : environmentOf('production')],
        facts: { name: `${provider} of the ${role}`, provider },
        fields: Object.entries(values).map(([field, value]) => ({ name: field, value: bytesOf(value) })),
      });
      return id;
    },
    writeEnvFile: async () => {
      await get('export.writePath', {
        environmentId,
        format: 'dotenv',
        path: envFile,
        overwrite: true,
        allowGit: true,
      });
    },
    variables: () => parse(readFileSync(envFile)),
    remove: async () => {
      await kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
