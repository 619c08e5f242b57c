// The agent as its hosts see it: the utility process, the command line and the tests make one and send it calls.
import { fail } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import type { AskingPorts } from '../core/ports.ts';
import type { VaultPorts } from '../core/vault/vault.ts';
import type { Caller } from '../contract/call.ts';
import type { AppState } from './app-state.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import { nodeAsking } from '../node/asking-ports.ts';
import { homeFiles } from '../node/home-folder.ts';
import { stateFolder } from '../node/state-folder.ts';
import { createCore, type Listener } from './core.ts';
import type { BugReport } from './bug-report.ts';
import { createDispatch } from './dispatcher.ts';

export type Agent = {
  /** Sends a call; never throws. Byte arrays in `input` are wiped afterwards. */
  readonly call: (caller: Caller | null, name: unknown, input: unknown) => Promise<Result<unknown>>;
  /** Subscribes to one event; the returned function ends it. */
  readonly on: <N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void) => () => void;
  /** Subscribes to all events. */
  readonly onAny: (listener: Listener) => () => void;
  readonly state: () => AppState;
  /** Locks, where something is open, without ending anything else. */
  readonly lock: (by: string, why: string) => void;
  /** To be awaited before close where time allows: today's backup, where one is due. */
  readonly finish: () => Promise<void>;
  /** Wipes everything; later calls are refused. */
  readonly close: () => void;
};

export type AgentOptions = {
  /** Absolute path of the folder that holds the vault. */
  readonly home: string;
  /** Absolute path of the folder for what is remembered outside the vault; the platform's where none is given. */
  readonly state?: string;
  readonly ports: VaultPorts;
  /** How providers are reached; as Node does with the proxies of the environment where none is given. */
  readonly asking?: AskingPorts;
  readonly demo?: boolean;
  /** Started by `keyturn unlock`, without the app. */
  readonly background?: boolean;
  /** The app's own: it tells what is due, also while locked. */
  readonly tells?: boolean;
  /** Watches for pasted keys as long as it is unlocked, whatever the settings say, and no longer. */
  readonly watches?: boolean;
  /** Called after each lock. */
  readonly onLocked?: () => void;
  readonly onBug?: (bug: BugReport) => void;
};

const closed = fail('locked', 'Keyturn is closing.', 'Start it again.');

export const createAgent = (options: AgentOptions): Agent => {
  const core = createCore({
    files: homeFiles(options.home),
    state: options.state ?? stateFolder(),
    ports: options.ports,
    asking: options.asking ?? nodeAsking(),
    demo: options.demo ?? false,
    background: options.background ?? false,
    tells: options.tells ?? false,
    watches: options.watches ?? false,
    onLocked: options.onLocked ?? (() => undefined),
  });
  const dispatch = createDispatch(core, options.onBug ?? (() => undefined));
  let isClosed = false;
  return {
    call: (caller, name, input) => (isClosed ? Promise.resolve(closed) : dispatch(caller, name, input)),
    on: (wanted, listener) =>
      core.listen((event, payload) => {
        const name: EventName = event;
        if (name === wanted) (listener as (value: unknown) => void)(payload);
      }),
    onAny: core.listen,
    state: core.state,
    lock: core.lock,
    finish: core.finish,
    close: () => {
      isClosed = true;
      core.stop();
    },
  };
};
