// Every kind of write, as the real command line does it and as the real agent of the app does it: what to start, and what says that it is done.
import type { ChildProcess } from 'node:child_process';
import { rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, type ForkedAgent } from '../agents.ts';
import { sample } from '../cli.ts';
import { nextPassword, password, forkUnder, startCommand, type Place } from './place.ts';

/** A process at the moment where its write may begin. */
export type Running = {
  readonly child: ChildProcess;
  /** Begins, and says once the process ended whether the write was acknowledged. */
  readonly go: () => Promise<boolean>;
};

export type Kind = {
  /** What must have been done to a fresh place before. */
  readonly prepare?: (place: Place) => void;
  readonly start: (place: Place) => Promise<Running>;
  readonly isMigration?: true;
  /** Written so many whole keys at a time, each portion acknowledged by its progress: some of them may be there. */
  readonly portion?: number;
};

const command = (words: (place: Place) => readonly string[], more: NodeJS.ProcessEnv = {}): Kind => ({
  start: (place) => {
    const child = startCommand(place, [...words(place), '--json'], more);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stdin?.end(sample.anything());
    const ended = new Promise<boolean>((done) => {
      // What was printed counts, not the exit code: a person has read it.
      child.on('close', (_code, signal) => done(printed !== '' && (signal !== null || _code === 0)));
    });
    return Promise.resolve({ child, go: () => ended });
  },
});

type Call = <T>(name: string, input: unknown) => Promise<T>;
const callOn =
  (agent: ForkedAgent): Call =>
  async <T>(name: string, input: unknown): Promise<T> => {
    const result = await agent.call('window', name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.kind} ${result.error.message}`);
    return result.value as T;
  };

const startAgent = (place: Place, more: NodeJS.ProcessEnv = {}): ForkedAgent =>
  forkUnder(place.home, { ...place.environment, ...more });

const unlock = { name: 'vault.unlock', input: () => ({ password: bytesOf(password) }) };

/** Does `first` before the moment, `last` after it. Asked as the command line where a window may not name paths. */
const agentCall = (
  last: (call: Call, place: Place) => Promise<unknown>,
  first: (call: Call) => Promise<unknown> = (call) => call(unlock.name, unlock.input()),
  more: NodeJS.ProcessEnv = {},
): Kind => ({
  start: async (place) => {
    const agent = startAgent(place, more);
    const call = callOn(agent);
    await first(call);
    return {
      child: agent.child,
      go: async () => {
        const done = await last(call, place).then(
          () => true,
          (refused: unknown) => {
            // Killed, and nothing else: a refusal would be a mistake of the test.
            if (!String(refused).includes('the agent exited')) throw refused;
            return false;
          },
        );
        agent.child.kill('SIGKILL');
        await agent.exited;
        return done;
      },
    };
  },
});

type Overview = { projects: { id: string; environments: { id: string; name: string }[] }[] };
const placeIn = async (call: Call): Promise<{ projectId: string; environmentId: string }> => {
  const { projects } = await call<Overview>('overview.read', {});
  const [project] = projects;
  const production = project?.environments.find(({ name }) => name === 'production');
  return { projectId: project?.id ?? '', environmentId: production?.id ?? '' };
};
const idOf = async (call: Call, wanted: string): Promise<string> => {
  const keys = await call<{ id: string; name: string }[]>('keys.list', {});
  return keys.find(({ name }) => name === wanted)?.id ?? '';
};

const withoutVault = (place: Place): void => {
  rmSync(place.home, { recursive: true });
  mkdirSync(place.home, { mode: 0o700 });
};
const later = { KEYTURN_TEST_LATER_FORMAT: '1' };

export const kinds: Readonly<Record<string, Kind>> = {
  'command line: add': command(() => ['add', 'added', '--env', 'production', '--value-stdin']),
  'command line: edit': command(() => ['edit', 'mail', '--value-stdin']),
  'command line: remove': command(() => ['remove', 'pay', '--yes']),
  'command line: import of 1,000': {
    ...command(({ variables }) => ['import', variables, '--env', 'production', '--yes']),
    portion: 50,
  },
  'command line: password change': command(({ root }) => [
    'password',
    '--new-password-file',
    join(root, '..', 'next-password'),
  ]),
  'command line: key replacement': command(() => ['replace-key']),
  'command line: migration': { ...command(() => ['list'], later), isMigration: true },
  'command line: backup': command(({ root }) => ['backup', join(root, 'made.keyturn-backup')]),
  'command line: restore': { ...command(({ backup }) => ['restore', backup]), prepare: withoutVault },
  'agent: add': agentCall(async (call) => {
    const { projectId, environmentId } = await placeIn(call);
    await call('keys.add', {
      projectId,
      environmentIds: [environmentId],
      facts: { name: 'added' },
      fields: [{ name: 'secret', value: bytesOf(sample.anything()) }],
    });
  }),
  'agent: edit': agentCall(async (call) => {
    const id = await idOf(call, 'mail');
    await call('keys.edit', { id, facts: { name: 'post' } });
  }),
  'agent: remove': agentCall(async (call) => {
    await call('keys.remove', { id: await idOf(call, 'pay'), confirmName: 'pay' });
  }),
  'agent: password change': agentCall((call) =>
    call('password.change', { current: bytesOf(password), next: bytesOf(nextPassword) }),
  ),
  'agent: key replacement': agentCall((call) => call('vault.replaceKey', { password: bytesOf(password) })),
  'agent: migration': {
    ...agentCall(
      (call) => call(unlock.name, unlock.input()),
      (call) => call('state.read', {}),
      later,
    ),
    isMigration: true,
  },
  'agent: backup': agentCall((call) => call('backup.now', {})),
  'agent: restore in its place': agentCall(async (call) => {
    const { backups } = await call<{ backups: { name: string }[] }>('backup.list', {});
    await call('restore.swap', {
      name: backups.at(-1)?.name,
      password: bytesOf(password),
      confirm: 'replace',
    });
  }),
};
