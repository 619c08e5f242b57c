// The agent's state: which vault is open, the settings, the idle lock, who is told of what. Handlers act through it; it knows
// no call and no transport.
import type { AppError } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { AskingPorts } from '../core/ports.ts';
import type { Settings } from '../core/model/settings.ts';
import type { AuditInput, OpenVault, VaultPorts } from '../core/vault/vault-types.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import { openPassage, type PassageEnd } from '../contract/passage.ts';
import type { HomeFiles } from '../node/home-folder.ts';
import { createAnchors, type Anchors } from './anchors.ts';
import { createBackups, type Backups } from './backups.ts';
import { createDailyBackup } from './daily-backup.ts';
import { createDue, type DueParts } from './due/due.ts';
import { createFailedUnlocks, type FailedUnlocks } from './failed-unlocks.ts';
import { createIdleLock, type IdleLock } from './idle-lock.ts';
import { createChecking, type Checking } from './checking/checking.ts';
import { createLeaks, type Leaks } from './leaks/leaks.ts';
import { leakFiles } from './leaks/leak-files.ts';
import { createMutex, type Mutex } from './mutex.ts';
import type { Session } from './session.ts';
import { createSessionKeeper } from './session-keeper.ts';
import {
  merge,
  readSettings,
  refuseOverwrite,
  settingsStamp,
  writeSettings,
  type ReadSettings,
  type SettingsChange,
} from './settings-file.ts';
import { readState, type AppState } from './app-state.ts';
import { startWatch } from './start-watch.ts';
import { createTurning, type Turning } from './rotation/turning.ts';
import { sweepSiblings } from '../node/sweep-siblings.ts';
import { createTasks, type Tasks } from './tasks.ts';

export type Listener = <N extends EventName>(event: N, payload: EventPayload<N>) => void;

export type AgentCore = {
  readonly files: HomeFiles;
  readonly ports: VaultPorts;
  /** Whether this is the vault of invented keys. */
  readonly demo: boolean;
  readonly background: boolean;
  readonly session: () => Session | null;
  readonly settings: () => Settings;
  readonly settingsProblem: () => AppError | null;
  readonly changeSettings: (change: SettingsChange) => Result<Settings>;
  readonly failed: FailedUnlocks;
  readonly backups: Backups;
  /** What is remembered of the vault outside of it. */
  readonly anchors: Anchors;
  readonly idle: IdleLock;
  /** What stands outside the vault about dates: the schedule and the calendar. */
  readonly due: DueParts;
  readonly exclusive: Mutex;
  /** By which providers are asked. */
  readonly checking: Checking;
  /** By which keys are turned. */
  readonly turning: Turning;
  /** By which pasted keys are found. */
  readonly leaks: Leaks;
  readonly tasks: Tasks;
  /** This process's end of the sealed passage, made when first asked for. */
  readonly passage: () => Promise<PassageEnd>;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly state: () => AppState;
  readonly emit: Listener;
  readonly listen: (listener: Listener) => () => void;
  /** Takes an open vault over. Lines are written to its audit trail first. */
  readonly enter: (vault: OpenVault, lines: readonly AuditInput[]) => Result<undefined>;
  /** Wipes what is open and tells everybody. Nothing happens where nothing is open. */
  readonly lock: (by: string, why: string) => void;
  /** Lets go of the vault as lock does, but acts on its file before anybody is told. */
  readonly exchange: <T>(by: string, why: string, act: () => Result<T>) => Result<T>;
  /** What is still to be done before the process ends: today's backup, where one is due. */
  readonly finish: () => Promise<void>;
  readonly stop: () => void;
};

export type CoreOptions = {
  /** Absolute path of the folder for what is remembered outside the vault. */
  readonly state: string;
  readonly files: HomeFiles;
  readonly ports: VaultPorts;
  readonly asking: AskingPorts;
  readonly demo: boolean;
  readonly background: boolean;
  /** Whether a person hears this process: only then does it tell what is due. */
  readonly tells: boolean;
  /** Whether it watches for pasted keys as long as it is unlocked, and no longer. */
  readonly watches: boolean;
  /** Called after each lock; the agent process ends itself here. */
  readonly onLocked: () => void;
};

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const createSettingsHolder = ({ ports, files }: CoreOptions) => {
  let stamp = settingsStamp(files.settings);
  let read: ReadSettings = readSettings(ports.files, files.settings);
  const current = (): ReadSettings => {
    const now = settingsStamp(files.settings);
    if (now !== stamp) {
      stamp = now;
      read = readSettings(ports.files, files.settings);
    }
    return read;
  };
  return {
    current,
    change: (change: SettingsChange): Result<Settings> => {
      const { settings, problem } = current();
      if (problem !== null) return refuseOverwrite(problem);
      const next = merge(settings, change);
      const written = writeSettings(ports.files, files.settings, next);
      return written.ok ? ok(current().settings) : written;
    },
  };
};

const createListeners = (): Pick<AgentCore, 'emit' | 'listen'> => {
  const listeners = new Set<Listener>();
  return {
    emit: (event, payload) => {
      for (const listener of listeners) listener(event, payload);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

/** As long as a provider may take, and no longer. */
const longestAnswerMs = 15_000;

/** Made when first asked for. */
const createPassage = (): AgentCore['passage'] => {
  let passage: Promise<PassageEnd> | null = null;
  // The passage alone takes the platform's hashes: the window has no others.
  // oxlint-disable-next-line no-restricted-globals
  return () => (passage ??= openPassage(crypto.subtle));
};

/** What writes that a crash cut short have left behind. */
const sweep = ({ files, ports }: CoreOptions): void => {
  sweepSiblings(files.vault, ports.clock.nowMs(), 'vault');
  for (const file of [files.settings, files.failedUnlocks, files.reminders, ...leakFiles(files.home)])
    sweepSiblings(file, ports.clock.nowMs(), 'plain');
};

/** An answer with the only copy of a new value is on its way: the lock falls a second after it. */
const onceMade = ({ runner }: Turning, lock: () => void): void => {
  if (runner.isMaking()) void runner.made(longestAnswerMs).then(lock);
  else lock();
};

export const createCore = (options: CoreOptions): AgentCore => {
  const { files, ports } = options;
  const { emit, listen } = createListeners();
  const holder = createSettingsHolder(options);
  const newId = (): string => toHex(ports.random.bytes(16));

  const settings = (): Settings => holder.current().settings;
  const count = (): void => idle.set(keeper.session() !== null, settings().lockAfterMinutes);
  const tellState = (): void => emit('state.changed', core.state());

  const idle = createIdleLock(ports.clock, () =>
    onceMade(turning, () => keeper.lock('idle', 'nobody was there')),
  );

  const backups = createBackups(files.backups, ports);
  const anchors = createAnchors({ ...ports, folder: options.state });
  const exclusive = createMutex();
  const daily = createDailyBackup({
    backups,
    exclusive,
    clock: ports.clock,
    session: () => (options.demo ? null : keeper.session()),
  });

  const due = createDue({ ...options, session: () => keeper.session(), settings, emit });

  sweep(options);

  const keeper = createSessionKeeper({
    clock: ports.clock,
    anchors,
    onCounter: (counter) => {
      due.keeper.changed();
      leaks.changed();
      emit('vault.changed', { counter });
    },
    onChange: (session) => {
      count();
      if (session === null) return;
      idle.touch();
      due.keeper.opened();
      leaks.opened(session);
    },
    onEnding: due.keeper.settle,
    tellState,
    onLocked: options.onLocked,
  });

  const checking = createChecking({
    ports: options.asking,
    clock: ports.clock,
    demo: options.demo,
    settings,
    session: keeper.session,
    exclusive,
  });
  const turning = createTurning({ ...options, ...checking, newId, session: keeper.session, settings, emit });
  const leaks = createLeaks({ ...options, exclusive, newId, session: () => keeper.session(), emit });
  const ticks = [count, keeper.look, daily.tick, due.keeper.tick, checking.tick, turning.tick, leaks.tick];
  const stopWatch = startWatch(ticks);

  const core: AgentCore = {
    files,
    ports,
    demo: options.demo,
    background: options.background,
    session: keeper.session,
    settings,
    settingsProblem: () => holder.current().problem,
    changeSettings: (change) => {
      const changed = holder.change(change);
      if (!changed.ok) return changed;
      count();
      due.keeper.changed();
      emit('settings.changed', changed.value);
      tellState();
      return changed;
    },
    failed: createFailedUnlocks(ports.files, files.failedUnlocks),
    idle,
    due,
    backups,
    anchors,
    exclusive,
    checking,
    turning,
    leaks,
    tasks: createTasks(newId, (payload) => emit('task.progress', payload)),
    passage: createPassage(),
    newId,
    nowMs: () => ports.clock.nowMs(),
    state: () => readState(core),
    emit,
    listen,
    enter: keeper.enter,
    lock: keeper.lock,
    exchange: keeper.exchange,
    finish: () => leaks.finish().then(daily.now),
    stop: () => {
      stopWatch();
      leaks.close();
      idle.stop();
      keeper.end();
    },
  };
  return core;
};
