// The supervisor with an agent that the test plays and a clock that the test turns.
import { beforeEach, describe, expect, it } from 'vitest';
import type { AgentRequest } from '../../../src/main/agent-child.ts';
import { AgentSupervisor, type AppState } from '../../../src/main/agent-supervisor.ts';
import { initialSettings } from '../../../src/main/initial-settings.ts';

const state = (vault: AppState['vault']): AppState => ({
  vault,
  problem: null,
  file: '/home/person/vault.keyturn',
  keys: 0,
  environments: 0,
  damaged: 0,
  locksAtMs: null,
  retryAtMs: null,
  background: false,
  demo: false,
  settings: initialSettings,
});

class PlayedAgent {
  readonly received: AgentRequest[] = [];
  readonly #listeners = new Map<string, (value: never) => void>();
  killed = 0;
  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, listener);
  }
  postMessage(message: AgentRequest): void {
    this.received.push(message);
  }
  kill(): boolean {
    this.killed += 1;
    return true;
  }
  tell(message: unknown): void {
    this.#listeners.get('message')?.(message as never);
  }
  exit(code: number): void {
    this.#listeners.get('exit')?.(code as never);
  }
  answer(name: string, result: unknown): void {
    const request = this.received.findLast((message) => message.name === name);
    this.tell({ id: request?.id, result });
  }
}

class TurnedClock {
  now = 0;
  #tasks: { at: number; task: () => void }[] = [];
  readonly after = (ms: number, task: () => void): (() => void) => {
    const entry = { at: this.now + ms, task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry);
    };
  };
  turn(ms: number): void {
    this.now += ms;
    const due = this.#tasks.filter((entry) => entry.at <= this.now);
    this.#tasks = this.#tasks.filter((entry) => entry.at > this.now);
    for (const entry of due) entry.task();
  }
}

const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

let clock: TurnedClock;
let agents: PlayedAgent[];
let events: { event: string; payload: unknown }[];
let supervisor: AgentSupervisor;

beforeEach(() => {
  clock = new TurnedClock();
  agents = [];
  events = [];
  supervisor = new AgentSupervisor({
    fork: () => {
      const agent = new PlayedAgent();
      agents.push(agent);
      return agent;
    },
    log: () => undefined,
    nowMs: () => clock.now,
    after: clock.after,
    reportId: () => 'report',
  });
  supervisor.onEvent((event) => events.push(event));
});

const last = (): PlayedAgent => agents.at(-1)!;
const ready = async (vault: AppState['vault'] = 'locked'): Promise<void> => {
  last().answer('state.read', { ok: true, value: state(vault) });
  await settled();
};
const start = async (vault: AppState['vault'] = 'locked'): Promise<void> => {
  supervisor.start();
  await ready(vault);
};

describe('calls', () => {
  it('wait for an agent that is still starting, then go to it with the caller that was given', async () => {
    supervisor.start();
    const call = supervisor.call('window', 'keys.list', { a: 1 });
    await settled();
    expect(last().received.map((message) => message.name)).toEqual(['state.read']);
    await ready();
    expect(last().received.at(-1)).toMatchObject({ caller: 'window', name: 'keys.list', input: { a: 1 } });
    last().answer('keys.list', { ok: true, value: [] });
    expect(await call).toEqual({ ok: true, value: [] });
  });

  it('say that Keyturn is still starting when no agent comes', async () => {
    supervisor.start();
    const call = supervisor.call('window', 'keys.list', {});
    clock.turn(20_000);
    expect(await call).toMatchObject({ ok: false, error: { kind: 'busy' } });
  });

  it('end when their time is up, and a late answer does no harm', async () => {
    await start();
    const call = supervisor.call('window', 'keys.list', {});
    await settled();
    clock.turn(30_000);
    expect(await call).toMatchObject({ ok: false, error: { kind: 'busy' } });
    last().answer('keys.list', { ok: true, value: [] });
  });

  it('give a derivation more time than a list', async () => {
    await start();
    const call = supervisor.call('window', 'vault.unlock', {});
    await settled();
    clock.turn(60_000);
    last().answer('vault.unlock', { ok: true, value: undefined });
    expect(await call).toEqual({ ok: true, value: undefined });
  });

  it('are not confused by messages that are none', async () => {
    await start();
    for (const message of [
      null,
      1,
      'x',
      {},
      { id: 'x', result: {} },
      { id: 1, result: 5 },
      { event: 'no.such' },
    ]) {
      last().tell(message);
    }
    expect(events).toHaveLength(1);
  });
});

describe('the lock state', () => {
  it('is known before the caller hears that the vault is open', async () => {
    await start();
    const call = supervisor.call('window', 'vault.unlock', {});
    await settled();
    last().answer('vault.unlock', { ok: true, value: undefined });
    expect(supervisor.unlocked).toBe(true);
    await call;
  });

  it('stays locked after a wrong password', async () => {
    await start();
    const call = supervisor.call('window', 'vault.unlock', {});
    await settled();
    last().answer('vault.unlock', { ok: false, error: { kind: 'wrong-password', message: '', next: '' } });
    await call;
    expect(supervisor.unlocked).toBe(false);
  });

  it('is told as locked the moment the process is gone', async () => {
    await start('unlocked');
    last().exit(0);
    expect(supervisor.unlocked).toBe(false);
    expect(events.at(-1)).toMatchObject({ event: 'state.changed', payload: { vault: 'locked' } });
  });
});

describe('locking', () => {
  it('asks the agent to lock, waits for its end and starts a new one', async () => {
    await start('unlocked');
    const old = last();
    const lock = supervisor.lock();
    expect(old.received.at(-1)).toMatchObject({ caller: 'shell', name: 'vault.lock' });
    old.exit(0);
    await lock;
    expect(agents).toHaveLength(2);
    expect(old.killed).toBe(0);
  });

  it('counts from the moment it is asked for, whatever the old agent still says', async () => {
    await start('unlocked');
    const under = supervisor.call('window', 'vault.unlock', {});
    await settled();
    void supervisor.lock();
    expect(supervisor.unlocked).toBe(false);
    expect(events.at(-1)).toMatchObject({ payload: { vault: 'locked' } });
    last().tell({ event: 'state.changed', payload: state('unlocked') });
    last().answer('vault.unlock', { ok: true, value: undefined });
    await under;
    expect(supervisor.unlocked).toBe(false);
  });

  it('kills an agent that answers but does not go', async () => {
    await start('unlocked');
    const lock = supervisor.lock();
    last().answer('vault.lock', { ok: true, value: undefined });
    await settled();
    expect(last().killed).toBe(0);
    clock.turn(300);
    expect(last().killed).toBe(1);
    last().exit(15);
    await lock;
  });

  it('kills an agent that does not answer at all', async () => {
    await start('unlocked');
    const lock = supervisor.lock();
    clock.turn(1_500);
    expect(last().killed).toBe(1);
    last().exit(9);
    await lock;
    expect(agents).toHaveLength(2);
  });

  it('answers calls that were under way, and keeps later ones for the new agent', async () => {
    await start('unlocked');
    const under = supervisor.call('window', 'keys.list', {});
    await settled();
    const old = last();
    void supervisor.lock();
    const later = supervisor.call('window', 'overview.read', {});
    old.exit(0);
    expect(await under).toMatchObject({ ok: false, error: { kind: 'locked' } });
    await settled();
    expect(old.received.filter((message) => message.name === 'overview.read')).toHaveLength(0);
    await ready();
    last().answer('overview.read', { ok: true, value: null });
    expect(await later).toMatchObject({ ok: true });
  });

  it('leaves the state known, so that a lock screen need not wait for the new agent', async () => {
    await start('unlocked');
    const old = last();
    void supervisor.lock();
    old.exit(0);
    expect(await supervisor.call('window', 'state.read', {})).toMatchObject({
      ok: true,
      value: { vault: 'locked' },
    });
    expect(last().received.map((message) => message.caller)).toEqual(['shell']);
  });

  it('may be asked for twice', async () => {
    await start('unlocked');
    const locks = Promise.all([supervisor.lock(), supervisor.lock()]);
    expect(last().received.filter((message) => message.name === 'vault.lock')).toHaveLength(1);
    last().exit(0);
    await locks;
    expect(agents).toHaveLength(2);
  });
});

describe('a crash', () => {
  it('is answered with a report id and followed by a new agent', async () => {
    await start('unlocked');
    const call = supervisor.call('window', 'keys.list', {});
    await settled();
    last().exit(139);
    expect(await call).toMatchObject({ ok: false, error: { kind: 'internal', reportId: 'report' } });
    clock.turn(100);
    expect(agents).toHaveLength(2);
  });

  it('at the start again and again makes the pauses longer, but not endless', async () => {
    supervisor.start();
    const pauses: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      last().exit(1);
      const before = agents.length;
      let waited = 0;
      while (agents.length === before) {
        clock.turn(100);
        waited += 100;
      }
      pauses.push(waited);
      await settled();
    }
    expect(pauses.slice(0, 5)).toEqual([100, 200, 400, 800, 1_600]);
    expect(pauses.at(-1)).toBe(10_000);
  });
});

describe('stopping', () => {
  it('ends the agent, starts none and refuses what comes later', async () => {
    await start('unlocked');
    const stop = supervisor.stop();
    last().exit(0);
    await stop;
    clock.turn(60_000);
    expect(agents).toHaveLength(1);
    expect(await supervisor.call('window', 'overview.read', {})).toMatchObject({ error: { kind: 'busy' } });
  });
});
