// Real agents for tests: in this process with the cheapest allowed derivation, or forked as the process that the app runs.
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent, type Agent, type AgentOptions } from '../../src/agent/agent.ts';
import type { BugReport } from '../../src/agent/bug-report.ts';
import type { Caller } from '../../src/contract/call.ts';
import type { CallInput, CallName, CallOutput } from '../../src/contract/contract.ts';
import type { Result } from '../../src/core/model/result.ts';
import type { AskingPorts, Http } from '../../src/core/ports.ts';
import { nodeAsking } from '../../src/node/asking-ports.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { createSignedHttp } from '../../src/node/signing/signed-http.ts';
import { cheapDerivation } from './cheap-derivation.ts';
import { entries } from './entries.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const testPassword = 'a password of the tests';

export type TestCall = <N extends CallName>(
  name: N,
  input: CallInput<N>,
  caller?: Caller,
) => Promise<Result<CallOutput<N>>>;

export type TestAgent = {
  readonly home: string;
  readonly agent: Agent;
  readonly bugs: BugReport[];
  readonly call: TestCall;
  /** As call, and fails the test where the answer is an error. */
  readonly get: <N extends CallName>(name: N, input: CallInput<N>, caller?: Caller) => Promise<CallOutput<N>>;
  readonly remove: () => void;
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'keyturn-test-'));

const loopback = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/;

/** No test asks anybody but this machine, whatever key it holds. */
const loopbackAsking = (): AskingPorts => {
  const real = nodeAsking();
  const http: Http = {
    ask: (request, stop) =>
      loopback.test(request.url)
        ? real.http.ask(request, stop)
        : Promise.resolve({
            ok: false,
            error: { why: 'no-name', reason: 'Tests ask this machine alone.', next: 'Set a base URL.' },
          }),
  };
  return { ...real, http, signed: createSignedHttp(http, Date.now), npmRegistry: () => null };
};

/** An agent in this process, on a home folder of its own unless one is given. */
export const newAgent = async (options: Partial<AgentOptions> = {}): Promise<TestAgent> => {
  const home = options.home ?? newFolder();
  const bugs: BugReport[] = [];
  const ports = options.ports ?? (await nodePorts({ targetMs: 0 }));
  const asking = options.asking ?? loopbackAsking();
  const agent = createAgent({ ...options, home, ports, asking, onBug: (bug) => bugs.push(bug) });
  const call: TestCall = (name, input, caller = 'command-line') =>
    agent.call(caller, name, structuredClone(input)) as never;
  return {
    home,
    agent,
    bugs,
    call,
    get: async (name, input, caller) => {
      const result = await call(name, input, caller);
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)} ${JSON.stringify(bugs)}`);
      return result.value;
    },
    remove: () => {
      agent.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** An agent with a fresh, open vault. */
export const unlockedAgent = async (options: Partial<AgentOptions> = {}): Promise<TestAgent> => {
  const made = await newAgent(options);
  await made.get('vault.create', { password: bytesOf(testPassword) });
  return made;
};

export type Place = { readonly projectId: string; readonly environments: ReadonlyMap<string, string> };

/** The first project and its environments by name. */
export const placeOf = async ({ get }: TestAgent): Promise<Place> => {
  const { projects } = await get('overview.read', {});
  const project = projects[0]!;
  return {
    projectId: project.id,
    environments: new Map(project.environments.map(({ id, name }) => [name, id])),
  };
};

export type ForkedAgent = {
  readonly child: ChildProcess;
  readonly call: (caller: Caller, name: string, input: unknown) => Promise<Result<unknown>>;
  readonly events: { readonly event: string; readonly payload: unknown }[];
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly errors: () => string;
};

export type ForkAgentOptions = Pick<ForkOptions, 'env' | 'execArgv'> & { readonly entry?: string };

/** The agent as the app starts it, on plain Node, with the cheapest allowed derivation unless other things are loaded into it. */
export const forkAgent = (
  home: string,
  more: readonly string[] = [],
  { entry = entries.agent, ...options }: ForkAgentOptions = {},
): ForkedAgent => {
  const child = fork(entry, ['--home', home, ...more], {
    execArgv: ['--import', cheapDerivation],
    ...options,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const events: ForkedAgent['events'] = [];
  let errors = '';
  let nextId = 1;
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.on(
    'message',
    (message: { id?: number; result?: Result<unknown>; event?: string; payload?: unknown }) => {
      if (message.id !== undefined && message.result !== undefined) {
        waiting.get(message.id)?.(message.result);
        waiting.delete(message.id);
      } else if (message.event !== undefined) events.push({ event: message.event, payload: message.payload });
    },
  );
  const gone = { ok: false, error: { kind: 'locked', message: 'the agent exited', next: '' } } as const;
  const exited = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.on('exit', (code, signal) => {
      for (const settle of waiting.values()) {
        settle(gone);
      }
      done({ code, signal });
    });
  });
  return {
    child,
    events,
    exited,
    errors: () => errors,
    call: (caller, name, input) =>
      new Promise((done) => {
        const id = nextId;
        nextId += 1;
        waiting.set(id, done);
        // A killed process hears nothing more: said at once, since nobody else would answer.
        child.send({ id, caller, name, input }, (error) => {
          if (error !== null && waiting.delete(id)) done(gone);
        });
      }),
  };
};
