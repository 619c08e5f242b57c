// Notices new and changed files below some folders: by the system's own notices, folder by folder on Linux, whole trees elsewhere; where the
// system gives no more of them, by looking every second and a half. Tells of paths alone; it reads no file.
import { lstatSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { createWalk } from '../../node/scan/walk.ts';
import { createFolderPolling } from './folder-polling.ts';
import type { WatchState } from './messages.ts';
import { watchWarnings } from './watch-warnings.ts';

export type WatcherParts = {
  readonly home: string;
  /** Called with a path that is new or changed, once it has been quiet for a moment. */
  readonly onChange: (path: string) => void;
  readonly onState: (state: WatchState) => void;
};

export type Watcher = {
  /** Watches exactly these from now on. Folders with everything in them; files by themselves. A place that came to others is told of, with what is in it. */
  readonly set: (on: boolean, roots: readonly string[], places: readonly string[]) => void;
  readonly state: () => WatchState;
  readonly close: () => void;
};

/** A file that is being written is read once, but at the latest after a second. */
const quietMs = 150;
const longestMs = 900;
const pollMs = 1_500;
const mostPending = 20_000;
const foldersAtOnce = 200;

/** `renamed`: it came, went, or took another's place. */
type Pending = { readonly timer: NodeJS.Timeout; readonly sinceMs: number; readonly renamed: boolean };

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : '';

const hasTrees = process.platform === 'darwin' || process.platform === 'win32';

class FileWatcher implements Watcher {
  readonly #parts: WatcherParts;
  readonly #watched = new Map<string, FSWatcher>();
  readonly #polled = createFolderPolling();
  /** Watched before what is watched was said anew; what is not met again is let go. Nothing that happens meanwhile is missed. */
  #former = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  readonly #problems = new Map<string, number>();
  /** Of folders that hold a watched file only those names count. */
  #files = new Set<string>();
  #fileFolders = new Set<string>();
  #places: ReadonlySet<string> = new Set();
  #on = false;
  #overflow = false;
  #pass = 0;
  #poller: NodeJS.Timeout | null = null;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  readonly state = (): WatchState => ({
    watching: this.#on,
    folders: this.#watched.size + this.#polled.size(),
    polling: this.#polled.size(),
    warnings: this.#on ? watchWarnings(this.#problems, this.#overflow, pollMs) : [],
  });

  readonly set = (on: boolean, roots: readonly string[], places: readonly string[]): void => {
    if (on && !hasTrees) this.#restart();
    else this.#clear();
    const came = this.#on && on ? places.filter((place) => !this.#places.has(place)) : [];
    this.#on = on;
    this.#places = new Set(places);
    this.#pass += 1;
    if (on) {
      const folders = [...roots, ...places].filter(isFolder);
      this.#roots = folders;
      for (const file of [...roots, ...places]) if (!folders.includes(file)) this.#addFile(file);
      if (hasTrees) for (const folder of folders) this.#watchFolder(folder, true);
      else void this.#walk(folders, false).then((isWhole) => isWhole && this.#dropFormer());
      for (const place of came) if (!folders.includes(place)) this.#note(place, false);
      void this.#walk(came.filter(isFolder), true);
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

  /** The walk decides which folders are worth it, as for a scan. False where it was overtaken. @param told whether the files in them are new */
  async #walk(folders: readonly string[], told: boolean): Promise<boolean> {
    const pass = this.#pass;
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
      if (pass !== this.#pass) return false;
      if (!hasTrees) for (const folder of seen) this.#watchFolder(folder, false);
      seen.clear();
      for (const group of told ? (groups ?? []) : []) {
        for (const name of group.names)
          if (typeof group.folder === 'string' && typeof name === 'string')
            this.#note(join(group.folder, name), false);
      }
      if (groups === null) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#parts.onState(this.state());
    return true;
  }

  #has(folder: string): boolean {
    return this.#watched.has(folder) || this.#polled.has(folder);
  }

  #watchFolder(folder: string, tree: boolean): void {
    this.#former.delete(folder);
    if (this.#has(folder)) return;
    try {
      const watcher = watch(folder, { recursive: tree, persistent: true }, (event, name) => {
        if (name !== null) this.#hear(folder, name, event === 'rename');
      });
      watcher.on('error', () => this.#drop(folder));
      this.#watched.set(folder, watcher);
    } catch (problem) {
      this.#fallBack(folder, codeOf(problem));
    }
  }

  #fallBack(folder: string, code: string): void {
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return;
    const counted = this.#polled.add(folder) ? code : 'missed';
    this.#problems.set(counted, (this.#problems.get(counted) ?? 0) + 1);
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.close();
    this.#watched.delete(folder);
    this.#polled.drop(folder);
  }

  /** A folder that went, or whose place another one took: what was watched below it is not what stands there now. */
  #dropTree(top: string): void {
    if (!this.#has(top)) return;
    for (const folder of [...this.#watched.keys(), ...this.#polled.folders()])
      if (folder === top || folder.startsWith(top + sep)) this.#drop(folder);
  }

  #dropFormer(): void {
    for (const folder of this.#former) this.#drop(folder);
    this.#former.clear();
    this.#parts.onState(this.state());
  }

  #hear(folder: string, name: string, renamed: boolean): void {
    const path = join(folder, name);
    if (this.#fileFolders.has(folder) && !this.#isBelowRoot(folder) && !this.#files.has(path)) return;
    this.#note(path, renamed);
  }

  /** A folder that holds a watched file may be watched for its own sake as well. */
  #isBelowRoot(folder: string): boolean {
    return this.#roots.some((root) => folder === root || folder.startsWith(root + sep));
  }
  #roots: readonly string[] = [];

  #note(path: string, renamed: boolean): void {
    const nowMs = Date.now();
    const before = this.#pending.get(path);
    if (before === undefined && this.#pending.size >= mostPending) {
      this.#overflow = true;
      return;
    }
    if (before !== undefined) {
      if (nowMs - before.sinceMs > longestMs && (before.renamed || !renamed)) return;
      clearTimeout(before.timer);
    }
    const pending = {
      timer: setTimeout(() => this.#settle(path), quietMs),
      sinceMs: before?.sinceMs ?? nowMs,
      renamed: renamed || before?.renamed === true,
    };
    this.#pending.set(path, pending);
  }

  #settle(path: string): void {
    const renamed = this.#pending.get(path)?.renamed === true;
    this.#pending.delete(path);
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts === undefined || renamed) this.#dropTree(path);
    if (facts?.isDirectory() === true) {
      if (!hasTrees && !this.#has(path)) void this.#walk([path], true);
    } else this.#parts.onChange(path);
  }

  #poll(): void {
    this.#polled.look((folder, name, isOther) => this.#hear(folder, name, isOther));
  }

  #restart(): void {
    this.#former = new Set(this.#watched.keys());
    this.#polled.restart();
    this.#forget();
  }

  #clear(): void {
    for (const watcher of this.#watched.values()) watcher.close();
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#watched.clear();
    this.#polled.clear();
    this.#pending.clear();
    this.#former.clear();
    this.#forget();
  }

  #forget(): void {
    if (this.#poller !== null) clearInterval(this.#poller);
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
