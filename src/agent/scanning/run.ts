// One scan: walks, hands files to the threads, gathers what they see. Cancelled between two batches and between two pieces; while it is
// paused nothing is read.
import { sep } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { historiesOf } from '../../node/scan/git/history.ts';
import { createWalk, type FileGroup } from '../../node/scan/walk.ts';
import type { ScanPlan, ScanProgress, SeenFile } from './messages.ts';
import type { SharedIndex } from '../../node/scan/file-index.ts';
import type { JobWords, Pool } from './pool.ts';
import { seenMessages } from './seen-messages.ts';
import { createTally } from './tally.ts';
import type { Patterns, ThreadNews, ThreadSeen } from './thread-words.ts';

const filesPerJob = 128;
/** Walked ahead of what is read: how much there is gets known early, and a disk of millions of files costs no memory. */
const mostAhead = 200_000;
const progressEveryMs = 150;
/** Objects that are placed by one walk of git's through the history: more words than a command line takes everywhere would be too many. */
const idsAtOnce = 400;

/** One at least, so that it is told that nothing was found. */
const portionsOf = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(ids.length / idsAtOnce)) }, (_, at) =>
    ids.slice(at * idsAtOnce, (at + 1) * idsAtOnce),
  );

type Found = Extract<ThreadNews, { readonly what: 'objects' }>;

export type RunParts = {
  readonly id: string;
  readonly plan: ScanPlan;
  /** Shown paths of places with findings: told of in any case. */
  readonly places: ReadonlySet<string>;
  readonly home: string;
  readonly generation: string;
  readonly pool: Pool;
  /** Null: everything is read, and nothing noted. */
  readonly index: SharedIndex | null;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  readonly onSeen: (seen: SeenFile) => void;
  readonly onProgress: (progress: ScanProgress) => void;
};

export type Run = {
  readonly id: string;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  /** Never rejects. */
  readonly over: Promise<ScanProgress>;
  /** What was read whole, once it is over. */
  readonly marks: readonly BigUint64Array[];
};

class Running {
  readonly #parts: RunParts;
  readonly #tally;
  readonly #jobs = new Set<Promise<void>>();
  readonly #repositories = new Set<string>();
  readonly marks: BigUint64Array[] = [];
  #filesAhead = 0;
  #filesKnown = 0;
  #cancelled = false;
  #paused = false;
  #wake: () => void = () => undefined;
  #toldMs = 0;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#tally = createTally(parts.monotonicMs);
  }

  readonly pause = (): void => {
    this.#paused = true;
    this.#parts.pool.pause();
  };

  readonly resume = (): void => {
    this.#paused = false;
    this.#parts.pool.resume();
    this.#wake();
  };

  readonly cancel = (): void => {
    this.#cancelled = true;
    this.resume();
    void this.#parts.pool.cancel();
  };

  #tell(): void {
    const nowMs = this.#parts.monotonicMs();
    if (nowMs - this.#toldMs < progressEveryMs) return;
    this.#toldMs = nowMs;
    this.#parts.onProgress(this.#tally.progress('running'));
  }

  #see(seen: ThreadSeen): void {
    const { id, generation, nowMs } = this.#parts;
    for (const message of seenMessages(seen, { scan: id, generation, atMs: nowMs() }))
      this.#parts.onSeen(message);
  }

  #hear(news: ThreadNews): void {
    if (news.what === 'seen') this.#see(news.seen);
    else if (news.what === 'not-read') this.#tally.notRead(news.list);
    else if (news.what === 'finished') this.marks.push(news.marks);
    else if (news.what === 'step') {
      this.#tally.step(news.files, news.bytes, news.unchanged, news.label);
      this.#filesAhead -= news.files + news.unchanged;
      this.#tell();
    }
  }

  async #untilResumed(): Promise<void> {
    while (this.#paused && !this.#cancelled)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #give(job: JobWords): void {
    const running = this.#parts.pool
      .run(job, (news) => this.#hear(news))
      .finally(() => this.#jobs.delete(running));
    this.#jobs.add(running);
  }

  get #patterns(): Patterns {
    return this.#parts.plan.allPatterns ? 'all' : 'prefixed';
  }

  #look(groups: readonly FileGroup[]): readonly string[] {
    const { places } = this.#parts;
    if (places.size === 0) return [];
    return groups.flatMap(({ shown, names }) =>
      names
        .map((name) => `${shown.endsWith(sep) ? shown : shown + sep}${typeof name === 'string' ? name : ''}`)
        .filter((path) => places.has(path)),
    );
  }

  async #walk(roots: readonly string[]): Promise<void> {
    const walk = createWalk(roots, {
      notRead: (entry) => this.#tally.notRead([entry]),
      onRepository: (folder) => this.#repositories.add(folder),
      cancelled: () => this.#cancelled,
      without: new Set([this.#parts.home]),
    });
    for (;;) {
      await this.#untilResumed();
      if (this.#cancelled) return;
      const groups = walk.next(filesPerJob);
      if (groups === null) return;
      const files = groups.reduce((sum, { names }) => sum + names.length, 0);
      this.#filesAhead += files;
      this.#filesKnown += files;
      this.#tally.known(this.#filesKnown, false);
      this.#give({
        what: 'files',
        patterns: this.#patterns,
        groups,
        look: this.#look(groups),
        index: this.#parts.index,
        everything: this.#parts.plan.everything,
      });
      if (this.#filesAhead > mostAhead) await Promise.race(this.#jobs);
      // Messages of the threads, of a person who pauses, have their turn.
      await breathe();
    }
  }

  /** Which objects hold something, by all threads; then those, where they stand. Only with all of it is known what is not there any more. */
  async #history(repo: string): Promise<void> {
    const { pool } = this.#parts;
    const found: Found[] = [];
    const shares = pool.size;
    const share = (number: number): Promise<void> =>
      pool.run({ what: 'history', patterns: this.#patterns, repo, share: number, of: shares }, (news) => {
        if (news.what === 'objects') found.push(news);
        else this.#hear(news);
      });
    await Promise.all(Array.from({ length: shares }, (_, number) => share(number)));
    const ids = [...new Set(found.flatMap((each) => each.ids))];
    const whole = found.length === shares && found.every((each) => each.whole && each.more === 0);
    const lists = await this.#placed(repo, ids);
    const [first] = lists;
    if (first === undefined) return;
    this.#see({
      ...first,
      whole: whole && lists.length === portionsOf(ids).length && lists.every((each) => each.whole),
      list: lists.flatMap(({ list }) => list),
      more: [...found, ...lists].reduce((sum, { more }) => sum + more, 0),
    });
  }

  async #placed(repo: string, ids: readonly string[]): Promise<readonly ThreadSeen[]> {
    const lists: ThreadSeen[] = [];
    const portion = (some: readonly string[]): Promise<void> =>
      this.#parts.pool.run({ what: 'objects', patterns: this.#patterns, repo, ids: some }, (news) => {
        if (news.what === 'seen') lists.push(news.seen);
        else this.#hear(news);
      });
    await Promise.all(portionsOf(ids).map(portion));
    return lists;
  }

  #wantsHistory(repo: string): boolean {
    return this.#parts.plan.roots.some(
      ({ path, history }) =>
        history && (repo === path || repo.startsWith(path.endsWith(sep) ? path : path + sep)),
    );
  }

  async #read(): Promise<void> {
    const { plan } = this.#parts;
    if (plan.staged) {
      for (const { path } of plan.roots) this.#give({ what: 'staged', patterns: this.#patterns, repo: path });
      await Promise.all(this.#jobs);
      return;
    }
    if (plan.terminals !== null)
      this.#give({ what: 'terminals', patterns: this.#patterns, folder: plan.terminals });
    await this.#walk([...plan.roots.map(({ path }) => path), ...plan.places]);
    this.#tally.known(this.#filesKnown, true);
    await Promise.all(this.#jobs);
    for (const repo of this.#repositories) {
      await this.#untilResumed();
      if (this.#cancelled) return;
      this.#give({ what: 'staged', patterns: this.#patterns, repo });
      if (!this.#wantsHistory(repo)) this.#give({ what: 'unpushed', patterns: this.#patterns, repo });
    }
    const wanted = [...this.#repositories].filter((repo) => this.#wantsHistory(repo));
    for (const repo of historiesOf(wanted)) {
      await this.#untilResumed();
      if (this.#cancelled) return;
      await this.#history(repo);
    }
    await Promise.all(this.#jobs);
  }

  async run(): Promise<ScanProgress> {
    try {
      await this.#read();
      return this.#tally.progress(this.#cancelled ? 'cancelled' : 'done');
    } catch {
      return this.#tally.progress('failed');
    }
  }
}

/** Begins a scan. */
export const startRun = (parts: RunParts): Run => {
  const running = new Running(parts);
  return {
    id: parts.id,
    pause: running.pause,
    resume: running.resume,
    cancel: running.cancel,
    over: running.run(),
    marks: running.marks,
  };
};
