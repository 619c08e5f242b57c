// What a scan thread does with a job: reads, matches, tells what each file held. Synchronous, since a thread does one thing at a time.
import type { PlaceKind } from '../../core/model/finding.ts';
import { shownPath, type FilePath } from '../../node/scan/file-path.ts';
import { readStaged } from '../../node/scan/git/changes.ts';
import { readHistory } from '../../node/scan/git/history.ts';
import { isPushed, readObjects } from '../../node/scan/git/objects.ts';
import { hasPublicRemote } from '../../node/scan/git/remotes.ts';
import { findRepository, openRepository, type Repository } from '../../node/scan/git/repository.ts';
import { createMatcher, type Matcher } from '../../node/scan/matcher.ts';

import { createPieceMatcher } from '../../node/scan/piece-matcher.ts';
import { createFileReader, type FileReader } from '../../node/scan/readers/read-file.ts';
import { readTmuxServer, tmuxSockets } from '../../node/scan/readers/tmux.ts';
import type { PieceSink, Sighting } from '../../node/scan/source.ts';
import { pathInGroup } from '../../node/scan/walk.ts';
import { judgeOf } from './engine-matching.ts';
import { fileMark, lookUp, pathMark } from '../../node/scan/file-index.ts';
import {
  goOn,
  stop,
  wait,
  type Job,
  type Patterns,
  type PlacedSighting,
  type ThreadNews,
  type ThreadSeen,
  type ThreadSetup,
} from './thread-words.ts';

/** Of one file: more than anybody pastes. The rest is counted. */
const mostSightings = 1_000;
const stepEveryFiles = 64;

const noGit: PlacedSighting['git'] = { pushed: null, publicRemote: null };

type FilesJob = Extract<Job, { readonly what: 'files' }>;
type Eye = { readonly matcher: Matcher; readonly sink: PieceSink; readonly reader: FileReader };

export class ThreadWork {
  readonly #setup: ThreadSetup;
  readonly #control: Int32Array;
  readonly #post: (news: ThreadNews) => void;
  readonly #eyes = new Map<Patterns, Eye>();
  #list: Sighting[] = [];
  #more = 0;
  #incomplete = false;
  #bytes = 0;
  #job = 0;
  #marks: bigint[] = [];
  #unchanged = 0;

  constructor(setup: ThreadSetup, post: (news: ThreadNews) => void) {
    this.#setup = setup;
    this.#control = new Int32Array(setup.control);
    this.#post = post;
  }

  /** Waits where it nears: between two pieces and between two chunks nothing is half done. */
  readonly #cancelled = (): boolean => {
    for (;;) {
      const word = Atomics.load(this.#control, 0);
      if (word === goOn) return false;
      if (word === stop) return true;
      Atomics.wait(this.#control, 0, wait);
    }
  };

  /** The matcher for a set of patterns; made when first wanted, since each has its own room. */
  #eye(patterns: Patterns): Eye {
    const known = this.#eyes.get(patterns);
    if (known !== undefined) return known;
    const { memory, placed, prefixTables, rooms, valueKey } = this.#setup;
    const matcher = createMatcher({
      memory,
      room: rooms[patterns],
      tables: placed,
      unknown:
        patterns === 'none' ? null : { judge: judgeOf(patterns === 'all'), table: prefixTables[patterns] },
    });
    const matching = createPieceMatcher({
      matcher,
      valueKey,
      onSighting: (sighting) => {
        if (this.#list.length < mostSightings) this.#list.push(sighting);
        else this.#more += 1;
      },
      onNotRead: (entry) => {
        this.#incomplete = true;
        this.#post({ what: 'not-read', job: this.#job, list: [entry] });
      },
      cancelled: this.#cancelled,
    });
    const sink: PieceSink = {
      ...matching,
      filled: (length) => {
        this.#bytes += length;
        matching.filled(length);
      },
      write: (bytes) => {
        this.#bytes += bytes.length;
        matching.write(bytes);
      },
    };
    const eye = { matcher, sink, reader: createFileReader(sink) };
    this.#eyes.set(patterns, eye);
    return eye;
  }

  #begin(): void {
    this.#list = [];
    this.#more = 0;
    this.#incomplete = false;
  }

  #seen(words: Omit<ThreadSeen, 'list' | 'more' | 'whole'>, list: readonly PlacedSighting[]): void {
    const whole = !this.#incomplete && !this.#cancelled();
    this.#post({ what: 'seen', job: this.#job, seen: { ...words, whole, list, more: this.#more } });
  }

  #step(files: number, label: string): void {
    if (files === 0 && this.#bytes === 0) return;
    const unchanged = this.#unchanged;
    this.#post({
      what: 'step',
      job: this.#job,
      files: files - unchanged,
      bytes: this.#bytes,
      unchanged,
      label,
    });
    this.#bytes = 0;
    this.#unchanged = 0;
  }

  /** Whether a file is what it was when it was last read whole; if not, what it is now is noted once it has been. */
  #isUnchanged({ index, everything }: FilesJob, path: FilePath): boolean {
    if (index === null) return false;
    const name = pathMark(index.key, path);
    const is = fileMark(index.key, path);
    this.#marks.push(name, is ?? 0n);
    return is !== null && !everything && lookUp(index, name) === is;
  }

  #files(eye: Eye, job: FilesJob): void {
    const { groups } = job;
    const look = new Set(job.look);
    let files = 0;
    for (const group of groups) {
      for (const [at, kind] of group.kinds.entries()) {
        if (this.#cancelled()) return;
        const path = pathInGroup(group, at);
        const shown = shownPath(path);
        this.#begin();
        files += 1;
        if (this.#isUnchanged(job, path)) this.#unchanged += 1;
        else this.#file(eye, path, shown, kind, look.has(shown), job.index !== null);
        if (files < stepEveryFiles) continue;
        this.#step(files, shown);
        files = 0;
      }
    }
    this.#step(files, groups.at(-1)?.shown ?? '');
  }

  #file(
    eye: Eye,
    path: FilePath,
    shown: string,
    kind: PlaceKind,
    isWanted: boolean,
    isIndexed: boolean,
  ): void {
    eye.reader.read(path, shown, kind);
    if (this.#list.length > 0 || isWanted)
      this.#seen(
        { path: shown, kind, scope: 'file' },
        this.#list.map((each) => ({ ...each, git: noGit })),
      );
    if (isIndexed && (this.#incomplete || this.#cancelled())) this.#marks[this.#marks.length - 1] = 0n;
  }

  /** Twice: without git, for the objects that hold something; then those alone, as what they are and with their lines. */
  #history({ sink }: Eye, folder: string, share: { readonly index: number; readonly of: number }): void {
    const repository = openRepository(folder);
    if (repository === null) return;
    this.#begin();
    readHistory(folder, sink, { share });
    const ids = [...new Set(this.#list.flatMap(({ place }) => place.commit ?? []))];
    const incomplete = this.#incomplete || this.#more > 0;
    this.#begin();
    if (ids.length > 0) readObjects(repository, ids, sink);
    this.#incomplete ||= incomplete;
    this.#seen(
      { path: shownPath(repository.top), kind: 'commit', scope: 'history' },
      this.#withGit(repository, this.#list),
    );
    this.#step(0, shownPath(repository.top));
  }

  #withGit(repository: Repository, list: readonly Sighting[]): readonly PlacedSighting[] {
    const publicRemote = list.length > 0 && hasPublicRemote(repository);
    const pushed = new Map<string, boolean | null>();
    return list.map((sighting) => {
      const { commit, kind } = sighting.place;
      if (commit === null || kind !== 'commit') return { ...sighting, git: { pushed: false, publicRemote } };
      if (!pushed.has(commit)) pushed.set(commit, isPushed(repository, commit));
      return { ...sighting, git: { pushed: pushed.get(commit) ?? null, publicRemote } };
    });
  }

  #staged({ sink }: Eye, folder: string): void {
    const repository = findRepository(folder);
    if (repository === null) return;
    this.#begin();
    const read = readStaged(repository, sink);
    if (!read.ok) this.#incomplete = true;
    const publicRemote = this.#list.length > 0 && hasPublicRemote(repository);
    this.#seen(
      { path: shownPath(repository.top), kind: 'staged', scope: 'staged' },
      this.#list.map((each) => ({ ...each, git: { pushed: false, publicRemote } })),
    );
    this.#step(0, shownPath(repository.top));
  }

  /** One after the other as if each were a file: what a server holds no more is gone from there. */
  #terminals({ sink }: Eye, folder: string): void {
    for (const socket of tmuxSockets(folder)) {
      this.#begin();
      readTmuxServer(sink, socket);
      this.#seen(
        { path: shownPath(socket), kind: 'terminal', scope: 'file' },
        this.#list.map((each) => ({ ...each, git: noGit })),
      );
      this.#step(0, shownPath(socket));
    }
  }

  readonly run = (job: Job): void => {
    this.#job = job.id;
    this.#bytes = 0;
    try {
      const eye = this.#eye(job.patterns);
      if (job.what === 'files') this.#files(eye, job);
      else if (job.what === 'history') this.#history(eye, job.repo, { index: job.share, of: job.of });
      else if (job.what === 'staged') this.#staged(eye, job.repo);
      else this.#terminals(eye, job.folder);
    } finally {
      this.#begin();
      this.#post({ what: 'finished', job: job.id, marks: new BigUint64Array(this.#marks) });
      this.#marks = [];
    }
  };
}
