// Keeps one agent process running and carries calls to it. Locking ends that process, so an exit is ordinary: a new, locked
// one is started, and calls wait for it. It knows the vault's state but never looks into what it carries.
import type { Caller } from '../contract/call.ts';
import type { EventPayload } from '../contract/events.ts';
import type { Result } from '../core/model/result.ts';
import { readAgentMessage, type AgentChild, type AgentEvent } from './agent-child.ts';
import { bug, done, fail, ok } from './answers.ts';
import { createGate, type Gate } from './gate.ts';
import type { Log } from './log.ts';
import { createPendingCalls, type PendingCalls } from './pending-calls.ts';

export type AppState = EventPayload<'state.changed'>;

export type SupervisorPorts = {
  readonly fork: () => AgentChild;
  readonly log: Log;
  readonly nowMs: () => number;
  /** Runs `task` once after `ms`; the returned function takes it back. */
  readonly after: (ms: number, task: () => void) => () => void;
  readonly reportId: () => string;
};

const readyWithinMs = 20_000;
const politeMs = 1_500;
const lastWordsMs = 300;
/** An agent that lived so long did not fail at its start. */
const settledMs = 5_000;
const firstBackoffMs = 100;
const longestBackoffMs = 10_000;

const unlockingCalls: readonly string[] = [
  'vault.unlock',
  'vault.unlockWithKeychain',
  'vault.create',
  'vault.recover',
  'demo.create',
];

export class AgentSupervisor {
  readonly #ports: SupervisorPorts;
  readonly #pending: PendingCalls;
  readonly #gate: Gate;
  readonly #listeners: ((event: AgentEvent) => void)[] = [];
  #child: AgentChild | null = null;
  #state: AppState | null = null;
  /** An exit was asked for and is no crash. */
  #ending = false;
  #stopped = false;
  #startedAtMs = 0;
  #backoffMs = firstBackoffMs;
  #goneWaiters: (() => void)[] = [];

  constructor(ports: SupervisorPorts) {
    this.#ports = ports;
    this.#gate = createGate(ports.after, readyWithinMs);
    this.#pending = createPendingCalls(ports.after, (name) => {
      ports.log('warn', 'agent.timeout', { call: name });
    });
  }

  /** What the agent last said of the vault; null before it has said anything. */
  get state(): AppState | null {
    return this.#state;
  }

  get unlocked(): boolean {
    return this.#state?.vault === 'unlocked';
  }

  /** Hears every event of the agent, and `state.changed` for an exit, which a dead agent cannot tell. */
  onEvent(listener: (event: AgentEvent) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    if (this.#stopped || this.#child !== null) return;
    this.#startedAtMs = this.#ports.nowMs();
    const mine = this.#ports.fork();
    this.#child = mine;
    mine.on('message', (message) => {
      if (mine === this.#child) this.#receive(message);
    });
    mine.on('exit', (code) => {
      if (mine === this.#child) this.#afterExit(code);
    });
    void this.#greet(mine);
  }

  /** Sends a call and waits for its answer; never throws. */
  async call(caller: Caller, name: string, input: unknown): Promise<Result<unknown>> {
    // While an agent starts after a lock, what is known is answered at once: the lock screen need not wait for it.
    if (name === 'state.read' && !this.#gate.isOpen() && this.#state !== null) return ok(this.#state);
    const isReady = await this.#gate.pass();
    if (!isReady || this.#child === null) {
      return fail('busy', 'Keyturn is still starting.', 'Wait a moment and try again.');
    }
    return this.#send(this.#child, caller, name, input);
  }

  /** Ends the agent process, politely first, and starts a locked one; resolves when the old one is gone. */
  async lock(): Promise<void> {
    const mine = this.#child;
    if (mine === null) return;
    const gone = new Promise<void>((resolve) => {
      this.#goneWaiters.push(resolve);
    });
    if (!this.#ending) {
      this.#ending = true;
      this.#gate.close();
      // One that held an open vault ends by itself after its last words; one that held none has nothing to say.
      const graceMs = this.unlocked ? lastWordsMs : 0;
      this.#noteLocked();
      void this.#send(mine, 'shell', 'vault.lock', {}).then(() => {
        this.#ports.after(graceMs, () => this.#kill(mine));
      });
    }
    // A lock that depends on the good will of the locked is none: after a moment the process is killed.
    const cancel = this.#ports.after(politeMs, () => this.#kill(mine));
    await gone;
    cancel();
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#gate.shut();
    await this.lock();
  }

  #kill(mine: AgentChild): void {
    if (mine === this.#child) mine.kill();
  }

  #send(target: AgentChild, caller: Caller, name: string, input: unknown): Promise<Result<unknown>> {
    return this.#pending.send(name, (id) => {
      target.postMessage({ id, caller, name, input });
    });
  }

  async #greet(mine: AgentChild): Promise<void> {
    const answer = await this.#send(mine, 'shell', 'state.read', {});
    if (mine !== this.#child || this.#ending) return;
    if (!answer.ok) {
      this.#ports.log('error', 'agent.not-ready', { kind: answer.error.kind });
      mine.kill();
      return;
    }
    this.#setState(answer.value as AppState);
    this.#gate.open();
  }

  #receive(raw: unknown): void {
    const message = readAgentMessage(raw);
    if (message === null) {
      this.#ports.log('warn', 'agent.unknown-message');
    } else if ('event' in message) {
      // What a dying agent still says of itself is old: the vault counts as locked from the moment it was asked for.
      if (message.event !== 'state.changed') this.#tell(message);
      else if (!this.#ending) this.#setState(message.payload as AppState);
    } else {
      const name = this.#pending.nameOf(message.id);
      // Before the caller hears of it: its next call may come at once and must find the state changed.
      if (name !== null && message.result.ok && unlockingCalls.includes(name)) this.#noteUnlocked();
      this.#pending.settle(message.id, message.result);
    }
  }

  #noteUnlocked(): void {
    if (this.#state !== null && !this.unlocked && !this.#ending)
      this.#setState({ ...this.#state, vault: 'unlocked' });
  }

  #noteLocked(): void {
    if (this.#state === null || !this.unlocked) return;
    this.#setState({ ...this.#state, vault: 'locked', locksAtMs: null });
  }

  #setState(next: AppState): void {
    this.#state = next;
    this.#tell({ event: 'state.changed', payload: next });
  }

  #tell(event: AgentEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #afterExit(code: number): void {
    const expected = this.#ending || code === 0;
    const early = this.#ports.nowMs() - this.#startedAtMs < settledMs;
    this.#ports.log(expected ? 'info' : 'error', 'agent.exit', { code });
    this.#child = null;
    this.#ending = false;
    this.#gate.close();
    this.#pending.settleAll((name) => this.#answerAfterExit(name, expected));
    for (const resolve of this.#goneWaiters) resolve();
    this.#goneWaiters = [];
    this.#noteLocked();
    this.#startAgain(expected, early);
  }

  #startAgain(expected: boolean, early: boolean): void {
    if (expected) {
      this.#backoffMs = firstBackoffMs;
      this.start();
      return;
    }
    this.#ports.after(this.#backoffMs, () => {
      this.start();
    });
    this.#backoffMs = early ? Math.min(this.#backoffMs * 2, longestBackoffMs) : firstBackoffMs;
  }

  #answerAfterExit(name: string, expected: boolean): Result<unknown> {
    if (name === 'vault.lock') return done;
    if (expected) {
      return fail('locked', 'The vault was locked before this was finished.', 'Unlock it and look again.');
    }
    return bug(
      'The part of Keyturn that holds the vault stopped. What was saved before is safe; the vault is locked.',
      this.#ports.reportId(),
    );
  }
}
