// Notices new and changed files below some folders: by the system's own notices, folder by folder on Linux, whole trees elsewhere; where the
// system gives no more of them, by looking every second and a half. Tells of paths alone; it reads no file.
import { lstatSync, readdirSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { createWalk } from '../../node/scan/walk.ts';
import type { WatchState } from './messages.ts';

export type WatcherParts = {
  readonly home: string;
  /** Called with a path that is new or changed, once it has been quiet for a moment. */
  readonly onChange: (path: string) => void;
  readonly onState: (state: WatchState) => void;
};

export type Watcher = {
  /** Watches exactly these from now on. Folders with everything in them; files by themselves. */
  readonly set: (on: boolean, roots: readonly string[], places: readonly string[]) => void;
  readonly state: () => WatchState;
  readonly close: () => void;
};

/** A file that is being written is read once, but at the latest after a second. */
const quietMs = 150;
const longestMs = 900;
const pollMs = 1_500;
const mostPending = 20_000;
const mostPolled = 2_000;
const mostNames = 5_000;
const foldersAtOnce = 200;

type Pending = { timer: NodeJS.Timeout; readonly sinceMs: number };

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : '';

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).slice(0, mostNames);
  } catch {
    return [];
  }
};

const hasTrees = process.platform === 'darwin' || process.platform === 'win32';

class FileWatcher implements Watcher {
  readonly #parts: WatcherParts;
  readonly #watched = new Map<string, FSWatcher>();
  /** Folders without a notice, and what was in them: name to what a file is. */
  readonly #polled = new Map<string, Map<string, string>>();
  readonly #pending = new Map<string, Pending>();
  readonly #problems = new Map<string, number>();
  /** Of folders that hold a watched file only those names count. */
  #files = new Set<string>();
  #fileFolders = new Set<string>();
  #on = false;
  #overflow = false;
  #pass = 0;
  #poller: NodeJS.Timeout | null = null;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  readonly state = (): WatchState => ({
    watching: this.#on,
    folders: this.#watched.size + this.#polled.size,
    polling: this.#polled.size,
    warnings: this.#on ? this.#warnings() : [],
  });

  #warnings(): string[] {
    const limited = (this.#problems.get('ENOSPC') ?? 0) + (this.#problems.get('EMFILE') ?? 0);
    const missed = this.#problems.get('missed') ?? 0;
    return [
      ...(limited === 0
        ? []
        : [
            `The system gives no more notices of changes (fs.inotify.max_user_watches): ${String(limited)} folders are looked at every ${String(pollMs / 1_000)} seconds instead.`,
          ]),
      ...(missed === 0
        ? []
        : [`${String(missed)} folders are too many to look at: only a scan finds what is pasted there.`]),
      ...(this.#overflow
        ? ['More files changed at once than could be remembered: a scan finds the rest.']
        : []),
    ];
  }

  readonly set = (on: boolean, roots: readonly string[], places: readonly string[]): void => {
    this.#clear();
    this.#on = on;
    this.#pass += 1;
    if (on) {
      const folders = [...roots, ...places].filter(isFolder);
      this.#roots = folders;
      for (const file of [...roots, ...places]) if (!folders.includes(file)) this.#addFile(file);
      if (hasTrees) for (const folder of folders) this.#watchFolder(folder, true);
      else void this.#walk(folders, false);
      this.#poller = setInterval(() => this.#poll(), pollMs);
      this.#poller.unref();
    }
    this.#parts.onState(this.state());
  };

  #addFile(path: string): void {
    const folder = dirname(path);
    if (!isFolder(folder)) return;
    this.#files.add(path);
    this.#fileFolders.add(folder);
    this.#watchFolder(folder, false);
  }

  /** The walk decides which folders are worth it, as for a scan. @param told whether the files in them are new */
  async #walk(folders: readonly string[], told: boolean): Promise<void> {
    const pass = this.#pass;
    if (folders.length === 0) return;
    const seen = new Set<string>();
    const walk = createWalk(folders, {
      notRead: () => undefined,
      onRepository: () => undefined,
      without: new Set([this.#parts.home]),
      onFolder: (folder) => {
        if (typeof folder === 'string') seen.add(folder);
      },
    });
    for (;;) {
      const groups = walk.next(foldersAtOnce);
      if (pass !== this.#pass) return;
      for (const folder of seen) this.#watchFolder(folder, false);
      seen.clear();
      for (const group of told ? (groups ?? []) : []) {
        for (const name of group.names)
          if (typeof group.folder === 'string' && typeof name === 'string')
            this.#note(join(group.folder, name));
      }
      if (groups === null) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#parts.onState(this.state());
  }

  #watchFolder(folder: string, tree: boolean): void {
    if (this.#watched.has(folder) || this.#polled.has(folder)) return;
    try {
      const watcher = watch(folder, { recursive: tree, persistent: true }, (_event, name) => {
        if (name !== null) this.#hear(folder, name);
      });
      watcher.on('error', () => this.#drop(folder));
      this.#watched.set(folder, watcher);
    } catch (problem) {
      this.#fallBack(folder, codeOf(problem));
    }
  }

  #fallBack(folder: string, code: string): void {
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return;
    if (this.#polled.size >= mostPolled) {
      this.#problems.set('missed', (this.#problems.get('missed') ?? 0) + 1);
      return;
    }
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1);
    this.#polled.set(folder, this.#list(folder));
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.close();
    this.#watched.delete(folder);
  }

  #hear(folder: string, name: string): void {
    const path = join(folder, name);
    if (this.#fileFolders.has(folder) && !this.#isBelowRoot(folder) && !this.#files.has(path)) return;
    this.#note(path);
  }

  /** A folder that holds a watched file may be watched for its own sake as well. */
  #isBelowRoot(folder: string): boolean {
    return this.#roots.some((root) => folder === root || folder.startsWith(root + sep));
  }
  #roots: readonly string[] = [];

  #note(path: string): void {
    const nowMs = Date.now();
    const before = this.#pending.get(path);
    if (before === undefined && this.#pending.size >= mostPending) {
      this.#overflow = true;
      return;
    }
    if (before !== undefined) {
      if (nowMs - before.sinceMs > longestMs) return;
      clearTimeout(before.timer);
    }
    const timer = setTimeout(() => this.#settle(path), quietMs);
    this.#pending.set(path, { timer, sinceMs: before?.sinceMs ?? nowMs });
  }

  #settle(path: string): void {
    this.#pending.delete(path);
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts?.isDirectory() === true) {
      if (!hasTrees) void this.#walk([path], true);
    } else {
      if (facts === undefined) this.#drop(path);
      this.#parts.onChange(path);
    }
  }

  #list(folder: string): Map<string, string> {
    const found = new Map<string, string>();
    for (const name of namesIn(folder)) {
      const facts = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (facts !== undefined)
        found.set(name, `${String(facts.size)} ${String(facts.mtimeMs)} ${String(facts.ino)}`);
    }
    return found;
  }

  #poll(): void {
    for (const [folder, before] of this.#polled) {
      const now = this.#list(folder);
      this.#polled.set(folder, now);
      for (const [name, is] of now) if (before.get(name) !== is) this.#hear(folder, name);
      for (const name of before.keys()) if (!now.has(name)) this.#hear(folder, name);
    }
  }

  #clear(): void {
    for (const watcher of this.#watched.values()) watcher.close();
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    if (this.#poller !== null) clearInterval(this.#poller);
    this.#watched.clear();
    this.#polled.clear();
    this.#pending.clear();
    this.#problems.clear();
    this.#files = new Set();
    this.#fileFolders = new Set();
    this.#overflow = false;
  }

  readonly close = (): void => {
    this.#pass += 1;
    this.#on = false;
    this.#clear();
  };
}

export const createWatcher = (parts: WatcherParts): Watcher => new FileWatcher(parts);
