// Reads what the watcher noticed: with the session's tables while there are some, else with the lasting ones.
import { createGuardWatch } from './guard-watch.ts';
import { openEyes, type Watchful } from './lease-desk.ts';
import type { Matching } from './matching.ts';
import type { ScanOrder, SeenFile, WatchState } from './messages.ts';
import type { JobWords } from './pool.ts';
import { seenMessages } from './seen-messages.ts';
import { groupOfFile, isLeftOutBelow } from './single-file.ts';
import { createTerminalWatch, type TerminalWatch } from './terminal-watch.ts';
import type { Patterns } from './thread-words.ts';
import { createWatcher, type Watcher } from './watcher.ts';

export type Watching = {
  readonly set: (order: Extract<ScanOrder, { readonly what: 'watch' }>) => void;
  /** The lasting tables are other ones. */
  readonly reload: () => void;
  readonly state: () => WatchState;
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly home: string;
  readonly matching: Matching;
  readonly nowMs: () => number;
  readonly session: () => Watchful | null;
  readonly onSeen: (seen: SeenFile) => void;
  readonly onState: (state: WatchState) => void;
};

class WatchDesk implements Watching {
  readonly #parts: Parts;
  readonly #watcher: Watcher;
  readonly #terminals: TerminalWatch;
  readonly #guards = createGuardWatch();
  #lasting: Watchful | null = null;
  #roots: readonly string[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#watcher = createWatcher({
      home: parts.home,
      onChange: (path) => {
        if (this.#guards.changed(path)) parts.onState(this.state());
        void this.#look(path);
      },
      onState: () => parts.onState(this.state()),
    });
    this.#terminals = createTerminalWatch(
      (folder) => void this.#read((patterns) => ({ what: 'terminals', patterns, folder })),
    );
  }

  readonly state = (): WatchState => {
    const state = this.#watcher.state();
    return state.watching
      ? { ...state, warnings: [...state.warnings, ...this.#guards.warnings()].slice(0, 50) }
      : state;
  };

  readonly set: Watching['set'] = ({ on, roots, places, terminals }) => {
    this.#roots = roots;
    this.#watcher.set(on, roots, places);
    this.#terminals.set(on ? terminals : null);
  };

  readonly reload = (): void => {
    const before = this.#lasting;
    const eyes = this.#parts.matching.lasting(this.#parts.home, 1);
    this.#lasting = eyes === null ? null : openEyes(eyes, 0);
    // The first thing that is noticed finds its thread there.
    this.#lasting?.watchPool();
    void before?.end();
  };

  #watchful(): Watchful | null {
    return this.#parts.session() ?? this.#lasting;
  }

  async #look(path: string): Promise<void> {
    if (isLeftOutBelow(this.#roots, path)) return;
    const groups = groupOfFile(path);
    if (groups.length === 0) return;
    await this.#read((patterns) => ({
      ...{ what: 'files', patterns, groups, look: [path], index: null, everything: true },
    }));
  }

  async #read(jobOf: (patterns: Patterns) => JobWords): Promise<void> {
    const watchful = this.#watchful();
    if (watchful === null) return;
    const { eyes } = watchful;
    let isRead = false;
    await watchful.watchPool().run(jobOf(eyes.withUnknown ? 'prefixed' : 'none'), (news) => {
      if (news.what === 'finished') isRead = true;
      if (news.what !== 'seen') return;
      const words = { scan: null, generation: eyes.generation, atMs: this.#parts.nowMs() };
      for (const message of seenMessages(news.seen, words)) this.#parts.onSeen(message);
    });
    // The tables were exchanged, or went with a lock, before a thread had read it.
    if (!isRead && watchful !== this.#watchful()) await this.#read(jobOf);
  }

  readonly close = async (): Promise<void> => {
    this.#terminals.set(null);
    this.#watcher.close();
    const lasting = this.#lasting;
    this.#lasting = null;
    await lasting?.end();
  };
}

export const createWatching = (parts: Parts): Watching => new WatchDesk(parts);
