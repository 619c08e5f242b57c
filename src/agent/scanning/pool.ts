// The scan threads of one set of tables: they pull jobs until there are none. What a thread read may have become text on its way, which nobody
// can wipe: so one that has seen something is ended once it is idle, and the system takes back what it held. Another one takes its place.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Eyes } from './matching.ts';
import {
  goOn,
  stop,
  wait,
  type Job,
  type ThreadNews,
  type ThreadOrder,
  type ThreadSetup,
} from './thread-words.ts';

/** With what threads match. */
export type Equipment = Pick<Eyes, 'setupOf' | 'literals'>;

export type Pool = {
  /** Gives the threads their tables; jobs wait for that. Once. */
  readonly equip: (equipment: Equipment) => void;
  /** Resolves when the job is done, or its thread is gone. @param onNews hears of it until then */
  readonly run: (job: JobWords, onNews: (news: ThreadNews) => void) => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Stops what runs and forgets what waits: their promises resolve. */
  readonly cancel: () => Promise<void>;
  readonly size: number;
  readonly end: () => Promise<void>;
};

export type JobWords = Job extends infer J ? (J extends Job ? Omit<J, 'id'> : never) : never;

/** What a thread may take to clear what it holds; on a lock the tables go right after it. */
const leaveWithinMs = 3_000;
const idleMs = 250;
/** Where so many end in a row, none can be started here. */
const mostFailures = 50;

type Waiting = {
  readonly job: Job;
  readonly onNews: (news: ThreadNews) => void;
  readonly settle: () => void;
};
type Thread = {
  readonly number: number;
  readonly worker: Worker;
  current: Waiting | null;
  /** Has met something that it told of. */
  used: boolean;
  /** Is being ended: it gets nothing more to do. */
  leaving: boolean;
};

const entries = ['./scan-thread.js', '../scan-thread.js', '../scan-thread.ts'] as const;

const entryFile = (): string => {
  const found = entries
    .map((entry) => fileURLToPath(new URL(entry, import.meta.url)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error('the scan thread is not where it was built to');
  return found;
};

class Threads {
  readonly #control: Int32Array;
  readonly #givesWay: boolean;
  readonly #threads: Thread[] = [];
  #queue: Waiting[] = [];
  #nextId = 1;
  #ended = false;
  #renewal: NodeJS.Timeout | undefined;
  /** Threads that ended by themselves, since one last finished a job. */
  #failures = 0;
  #equipment: Equipment | null = null;
  readonly #shared = new SharedArrayBuffer(4);

  constructor(size: number, givesWay: boolean) {
    this.#givesWay = givesWay;
    this.#control = new Int32Array(this.#shared);
    Atomics.store(this.#control, 0, goOn);
    for (let number = 0; number < size; number += 1) this.#start(number);
  }

  get size(): number {
    return this.#threads.length;
  }

  #start(number: number): void {
    const setup: ThreadSetup = { control: this.#shared, givesWay: this.#givesWay };
    const worker = new Worker(entryFile(), {
      workerData: setup,
      // A file made to exhaust memory ends its thread, not the scanner.
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      execArgv: [],
    });
    const thread: Thread = { number, worker, current: null, used: false, leaving: false };
    worker.unref();
    worker.on('message', (news: ThreadNews) => this.#hear(thread, news));
    worker.on('error', () => undefined);
    worker.on('exit', () => this.#lose(thread));
    this.#threads.push(thread);
    this.#equip(thread);
  }

  #equip({ number, worker }: Thread): void {
    if (this.#equipment === null) return;
    const order: ThreadOrder = { what: 'eyes', eyes: this.#equipment.setupOf(number) };
    worker.postMessage(order);
  }

  equip(equipment: Equipment): void {
    this.#equipment = equipment;
    for (const thread of this.#threads) this.#equip(thread);
    this.#next();
  }

  #hear(thread: Thread, news: ThreadNews): void {
    const { current } = thread;
    if (current === null || news.job !== current.job.id) return;
    if (news.what === 'seen' && news.seen.list.length > 0) thread.used = true;
    if (news.what === 'objects' && news.ids.length > 0) thread.used = true;
    current.onNews(news);
    if (news.what !== 'finished') return;
    thread.current = null;
    this.#failures = 0;
    current.settle();
    this.#next();
    this.#renewSoon();
  }

  async #give({ worker }: Thread, { job }: Waiting, { literals }: Equipment): Promise<void> {
    const order: ThreadOrder = {
      ...{ what: 'job', job },
      literals: job.patterns === 'none' ? 0 : await literals(),
    };
    worker.postMessage(order);
  }

  /** Once nothing is to be done. */
  #renewSoon(): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => {
      for (const thread of this.#threads) {
        if (!thread.used || thread.current !== null) continue;
        thread.leaving = true;
        void this.#leave(thread);
      }
    }, idleMs);
    this.#renewal.unref();
  }

  /** Ends a thread so that nothing of what it read is left; one that does not end by itself is ended. */
  async #leave({ worker }: Thread): Promise<void> {
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ what: 'leave' } satisfies ThreadOrder);
    const late = setTimeout(() => void worker.terminate(), leaveWithinMs);
    await gone;
    clearTimeout(late);
  }

  /** A thread that died takes its job with it, so that the same file does not kill the next one; another takes its place. */
  #lose(thread: Thread): void {
    this.#threads.splice(this.#threads.indexOf(thread), 1);
    thread.current?.settle();
    if (this.#ended) return;
    if (!thread.leaving) this.#failures += 1;
    if (this.#failures > mostFailures) {
      this.#drop();
      return;
    }
    this.#start(thread.number);
    this.#next();
  }

  #next(): void {
    if (this.#equipment === null) return;
    for (const thread of this.#threads) {
      if (thread.current !== null || thread.leaving) continue;
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      thread.current = waiting;
      void this.#give(thread, waiting, this.#equipment);
    }
  }

  run(words: JobWords, onNews: (news: ThreadNews) => void): Promise<void> {
    if (this.#ended || this.#threads.length === 0) return Promise.resolve();
    return new Promise((settle) => {
      const job = { ...words, id: this.#nextId } as Job;
      this.#nextId += 1;
      this.#queue.push({ job, onNews, settle });
      this.#next();
    });
  }

  #tell(word: number): void {
    Atomics.store(this.#control, 0, word);
    Atomics.notify(this.#control, 0);
  }

  pause(): void {
    this.#tell(wait);
  }

  resume(): void {
    this.#tell(goOn);
  }

  async cancel(): Promise<void> {
    this.#drop();
    this.#tell(stop);
    const running = this.#threads.flatMap(({ current }) => (current === null ? [] : [current]));
    await Promise.all(running.map((waiting) => this.#over(waiting)));
    this.#tell(goOn);
  }

  #over(waiting: Waiting): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#threads.some(({ current }) => current === waiting)) setTimeout(look, 5);
        else resolve();
      };
      look();
    });
  }

  #drop(): void {
    const dropped = this.#queue;
    this.#queue = [];
    for (const { settle } of dropped) settle();
  }

  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#renewal);
    this.#drop();
    this.#tell(stop);
    await Promise.all(this.#threads.map((thread) => this.#leave(thread)));
  }
}

/**
 * Starts threads, which wait for their tables: starting takes about as long as making those. They keep no process alive.
 * @param givesWay whether they run below the usual priority
 */
export const startPool = (size: number, givesWay: boolean): Pool => {
  const threads = new Threads(size, givesWay);
  return {
    equip: (equipment) => threads.equip(equipment),
    get size() {
      return threads.size;
    },
    run: (job, onNews) => threads.run(job, onNews),
    pause: () => threads.pause(),
    resume: () => threads.resume(),
    cancel: () => threads.cancel(),
    end: () => threads.end(),
  };
};
