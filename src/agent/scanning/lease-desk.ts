// What one connected agent has at the scanner: its tables, the threads that match with them, its scan. Everything goes when it hangs up.
import { createIntake, type Taken } from './intake.ts';
import { openIndex, withMarks, type SharedIndex } from '../../node/scan/file-index.ts';
import type { Eyes, Matching } from './matching.ts';
import type { Portion, ScanNews, ScanOrder } from './messages.ts';
import { startPool, type Pool } from './pool.ts';
import { startRun, type Run } from './run.ts';

/** Tables with the threads that match with them. What watching notices has one of its own: a scan that runs, or is held, does not hold it up. */
export type Watchful = {
  readonly eyes: Eyes;
  readonly pool: Pool;
  readonly watchPool: () => Pool;
  readonly end: () => Promise<void>;
};

export type Desk = {
  readonly take: (portion: Portion) => boolean;
  readonly obey: (order: Exclude<ScanOrder, { readonly what: 'hello' | 'lasting' | 'watch' }>) => void;
  /** Null until the tables are in place. */
  readonly eyes: () => Watchful | null;
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly home: string;
  readonly matching: Matching;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly tell: (message: ScanNews) => void;
  readonly tellIndex: (id: string, bytes: Uint8Array) => void;
};

const scanThreads = 2;

/** Has the catalogue loaded, so that the first file that changes does not wait for it. */
const warmUp = (pool: Pool): void => {
  const nothing = { groups: [], look: [], index: null, everything: true };
  void pool.run({ what: 'files', patterns: 'prefixed', ...nothing }, () => undefined);
};

const startWatchPool = (eyes: Eyes, number: number): Pool => {
  const pool = startPool(1, false);
  pool.equip({ ...eyes, setupOf: () => eyes.setupOf(number) });
  if (eyes.withUnknown) warmUp(pool);
  return pool;
};

/**
 * Gives threads their tables.
 * @param size threads of a scan; the one of watching comes when it is first wanted, and has room behind them
 * @param pool so many threads, where they were started before
 */
export const openEyes = (eyes: Eyes, size: number, pool = startPool(size, true)): Watchful => {
  pool.equip(eyes);
  let watchPool: Pool | null = null;
  return {
    eyes,
    pool,
    watchPool: () => (watchPool ??= startWatchPool(eyes, size)),
    end: async () => {
      await Promise.all([pool.end(), watchPool?.end()]);
      eyes.wipe();
    },
  };
};

class LeaseDesk implements Desk {
  readonly #parts: Parts;
  readonly #intake = createIntake();
  readonly #indexIntake = createIntake();
  #index: SharedIndex | null = null;
  #watchful: Watchful | null = null;
  /** Threads of tables that are on their way. */
  #early: Pool | null = null;
  #run: Run | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly eyes = (): Watchful | null => this.#watchful;

  readonly take = (portion: Portion): boolean => {
    if (portion.part === 'index') return this.#takeIndex(portion.bytes);
    const taken = this.#intake.take(portion);
    if (taken === false) return false;
    if (taken !== null) this.#settle(taken);
    return true;
  };

  #takeIndex(bytes: Uint8Array): boolean {
    const taken = this.#indexIntake.take({ part: 0, bytes });
    if (taken === false) return false;
    const [whole] = taken?.bytes ?? [];
    if (whole === undefined) return true;
    this.#index = openIndex(whole);
    whole.fill(0);
    return true;
  }

  #settle({ generation, head, bytes }: Taken): void {
    const eyes = this.#parts.matching.ofSession(generation, head, bytes, scanThreads + 1);
    const before = this.#watchful;
    this.#watchful = eyes === null ? null : openEyes(eyes, scanThreads, this.#takeEarly());
    this.#parts.tell({ what: 'ready', generation });
    if (before === null) return;
    // A scan that runs ends with the tables it began with.
    const { over } = this.#run ?? {};
    void Promise.resolve(over).then(before.end);
  }

  #takeEarly(): Pool {
    const pool = this.#early ?? startPool(scanThreads, true);
    this.#early = null;
    return pool;
  }

  readonly obey: Desk['obey'] = (order) => {
    if (order.what === 'tables') {
      this.#early ??= startPool(scanThreads, true);
      const whole = this.#intake.announce(order);
      if (whole !== null) this.#settle(whole);
    } else if (order.what === 'index')
      this.#indexIntake.announce({ generation: '', head: '', parts: [order.bytes] });
    else if (order.what === 'scan') this.#scan(order);
    else if (order.id === this.#run?.id) this.#run[order.what]();
  };

  #scan({ id, plan, places }: Extract<ScanOrder, { readonly what: 'scan' }>): void {
    const watchful = this.#watchful;
    const { home, nowMs, monotonicMs, tell } = this.#parts;
    if (watchful === null || this.#run !== null) return;
    const index = this.#index;
    this.#index = null;
    const run = startRun({
      id,
      plan,
      places: new Set(places),
      home,
      generation: watchful.eyes.generation,
      pool: watchful.pool,
      index,
      nowMs,
      monotonicMs,
      onSeen: tell,
      onProgress: (progress) => tell({ what: 'progress', id, progress }),
    });
    this.#run = run;
    void run.over.then((progress) => {
      this.#run = null;
      if (this.#closed) return;
      if (index !== null) this.#parts.tellIndex(id, withMarks(index, run.marks));
      tell({ what: 'done', id, progress });
    });
  }

  readonly close = async (): Promise<void> => {
    this.#closed = true;
    this.#run?.cancel();
    this.#intake.wipe();
    this.#indexIntake.wipe();
    const watchful = this.#watchful;
    this.#watchful = null;
    await this.#early?.end();
    this.#early = null;
    await watchful?.end();
  };
}

export const createDesk = (parts: Parts): Desk => new LeaseDesk(parts);
