// One key's turn on a bench: the real remote with the real HTTP client against a server on loopback, a vault in memory, a clock that a test
// moves. The process may die at any save: a new desk goes on from what was saved.
import type { KeyVersion } from '../../../src/core/model/key.ts';
import type { Rotation, RotationTask } from '../../../src/core/model/rotation.ts';
import { mayBeSent } from '../../../src/core/ports.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import type { HttpAsk } from '../../../src/core/providers/ask/build.ts';
import { readAnswer } from '../../../src/core/providers/ask/decide.ts';
import type { TurnHttpAsk } from '../../../src/core/providers/turning/ask/build-call.ts';
import type { TurnWires } from '../../../src/core/providers/turning/ask/turn-wires.ts';
import { createRemote } from '../../../src/core/providers/turning/remote.ts';
import { findWay, turnFor } from '../../../src/core/providers/turning/turn-catalogue.ts';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import type { Desk, Effect, Values } from '../../../src/core/rotation/desk.ts';
import { drive } from '../../../src/core/rotation/machine.ts';
import { createHttp } from '../../../src/node/http-client.ts';

/** The process died, at a save that a test chose. */
export class Died extends Error {}

export type BenchOptions = {
  readonly provider: string;
  readonly way: string;
  /** Of the server on loopback. */
  readonly url: string;
  readonly settings?: Values;
  readonly old: Values;
  readonly manager?: { readonly provider: string; readonly values: Values };
  readonly inputs?: Values;
  readonly expiresOn?: string;
  readonly tasks?: readonly RotationTask[];
};

const never = { wanted: () => true, onStop: () => () => undefined };

/** The agent's own wires without the agent: what reads and what changes, through the same client. */
export const benchWires = (nowMs: () => number): TurnWires => {
  const http = createHttp({ wait: () => Promise.resolve(), limits: { totalMs: 5_000, connectMs: 5_000 } });
  const put = async (ask: HttpAsk | TurnHttpAsk) => {
    const { method, url, headers, body, repeatable } = ask;
    const heard = await http.ask({ method, url, headers, body, repeatable }, never);
    if (heard.ok)
      return {
        ok: true as const,
        value: readAnswer(heard.value.status, heard.value.headers, heard.value.body),
      };
    const { why, reason, next } = heard.error;
    return {
      ok: false as const,
      error: { reason, next, stopped: false, maybeSent: mayBeSent(why) },
    };
  };
  const only = (): never => {
    throw new Error('this bench has HTTP alone');
  };
  return {
    ask: (ask) => (ask.protocol === 'http' ? put(ask) : only()),
    change: (ask) => (ask.protocol === 'http' ? put(ask) : only()),
    wait: () => Promise.resolve(true),
    nowMs,
  };
};

const versionOf = (id: string): KeyVersion => ({
  id,
  number: 2,
  addedAtMs: 0,
  addedBy: 'test',
  replacedAtMs: null,
  fields: [],
  fingerprints: {},
});

export type Bench = {
  readonly remote: () => Desk['remote'];
  readonly record: () => Rotation;
  /** Values that the vault holds, by version. */
  readonly vault: ReadonlyMap<string, Values>;
  readonly current: () => Values;
  readonly nowMs: () => number;
  /** Dies at the nth save from now, after it was written. */
  readonly dieAt: (saves: number) => void;
  /** Drives until it waits or is over; where it waits for a time, the time passes. */
  readonly run: () => Promise<Rotation>;
  readonly put: (next: Rotation) => void;
  readonly desk: () => Desk;
};

const need = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
};

export const createBench = (options: BenchOptions): Bench => {
  const definition = need(findProvider(options.provider), options.provider);
  const way = need(findWay(turnFor(options.provider), options.way), options.way);
  const vault = new Map<string, Values>([['old', options.old]]);
  let nowMs = Date.now();
  let current = 'old';
  let count = 0;
  let deathIn = Infinity;
  const newId = (): string => {
    count += 1;
    return count.toString(16).padStart(8, '0').repeat(4);
  };
  let record = beginRotation({
    keyId: 'f'.repeat(32),
    oldVersionId: 'old',
    way: way.id,
    shape: way.shape,
    order: 'overlap',
    reason: 'asked',
    by: 'test',
    nowMs,
    foundAtMs: null,
    graceMs: 0,
    managerKeyId: null,
    inputs: options.inputs ?? {},
    expiresOn: options.expiresOn ?? null,
    oldRemoteId: null,
    removeFirst: null,
    tasks: options.tasks ?? [],
  });
  const apply = (next: Rotation, effect?: Effect): Rotation => {
    const pendingId = record.pending?.id;
    if (effect?.type === 'keep') {
      const id = newId();
      vault.set(id, effect.values);
      return { ...next, pending: versionOf(id) };
    }
    if (effect?.type === 'keep-current') {
      current = newId();
      vault.set(current, effect.values);
      return { ...next, newVersionId: current };
    }
    if (effect?.type === 'promote' && pendingId !== undefined) {
      current = pendingId;
      return { ...next, pending: null, newVersionId: pendingId };
    }
    if (effect?.type === 'put-back') current = 'old';
    if (effect?.type === 'drop' && pendingId !== undefined) vault.delete(pendingId);
    return effect === undefined ? next : { ...next, pending: null };
  };
  const save: Desk['save'] = (next, effect) => {
    record = structuredClone(apply(next, effect));
    deathIn -= 1;
    if (deathIn <= 0) {
      deathIn = Infinity;
      throw new Died();
    }
    return { ok: true, value: undefined };
  };
  const remote = (): Desk['remote'] =>
    createRemote({
      way,
      definition,
      kind: 'unknown',
      reach: { baseUrl: options.url, values: options.settings ?? {} },
      rotation: () => record,
      names: () => ['payments reader'],
      old: () => vault.get('old') ?? null,
      new: () => vault.get(record.pending?.id ?? record.newVersionId ?? '') ?? null,
      manager: () =>
        options.manager === undefined
          ? null
          : {
              definition: need(findProvider(options.manager.provider), options.manager.provider),
              values: options.manager.values,
            },
      wires: benchWires(() => nowMs),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
  const desk = (): Desk => ({
    nowMs: () => nowMs,
    newId,
    keyName: () => 'payments reader',
    rotation: () => record,
    save,
    remote: remote(),
    deliver: () => Promise.resolve([]),
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve(true);
    },
    wanted: () => true,
  });
  const run = async (): Promise<Rotation> => {
    for (let rounds = 0; rounds < 400 && record.outcome === null; rounds += 1) {
      try {
        await drive(desk(), way.patience);
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        continue;
      }
      if (record.outcome !== null || record.againAtMs === null) break;
      nowMs = Math.max(nowMs, record.againAtMs);
    }
    return record;
  };
  return {
    remote,
    record: () => record,
    vault,
    current: () => vault.get(current) ?? {},
    nowMs: () => nowMs,
    dieAt: (saves) => {
      deathIn = saves;
    },
    run,
    put: (next) => {
      record = next;
    },
    desk,
  };
};

/** Every value of the vault that is a secret stays out of what is kept in clear. */
export const secretsTold = (bench: Bench, fields: readonly string[]): readonly string[] => {
  const told = JSON.stringify(bench.record());
  return [...bench.vault.values()]
    .flatMap((values) => fields.map((field) => values[field] ?? ''))
    .filter((secret) => secret !== '' && told.includes(secret));
};
