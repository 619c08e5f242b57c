// What a scan thread does with a job: reads, matches, tells what each file held. Synchronous, since a thread does one thing at a time.
import type { UnknownJudge } from '../../core/leaks/matching.ts';
import type { PlaceKind } from '../../core/model/finding.ts';
import { shownPath, type FilePath } from '../../node/scan/file-path.ts';
import { readStaged, readUnpushed } from '../../node/scan/git/changes.ts';
import { readHistory } from '../../node/scan/git/history.ts';
import { readObjects } from '../../node/scan/git/objects.ts';
import { findRepository, openRepository } from '../../node/scan/git/repository.ts';
import { createMatcher } from '../../node/scan/matcher.ts';
import { createPieceMatcher } from '../../node/scan/piece-matcher.ts';
import { createFileReader, type FileReader } from '../../node/scan/readers/read-file.ts';
import { readTmuxServer, tmuxSockets } from '../../node/scan/readers/tmux.ts';
import type { PieceSink, Sighting } from '../../node/scan/source.ts';
import { pathInGroup } from '../../node/scan/walk.ts';
import { notPushed, withGit } from './git-facts.ts';
import { fileMark, lookUp, pathMark } from '../../node/scan/file-index.ts';
import {
  goOn,
  stop,
  wait,
  type Job,
  type Patterns,
  type PlacedSighting,
  type ThreadEyes,
  type ThreadNews,
  type ThreadOrder,
  type ThreadSeen,
  type ThreadSetup,
} from './thread-words.ts';

/** Of one file: more than anybody pastes. The rest is counted. */
const mostSightings = 1_000;
/** Of some objects of a history. */
const mostPlaced = 20_000;
/** Objects of one share of a history that hold something; as many as are asked for afterwards. */
const mostObjects = 20_000;
const stepEveryFiles = 64;

const noGit: PlacedSighting['git'] = { pushed: null, publicRemote: null };

type FilesJob = Extract<Job, { readonly what: 'files' }>;
type Unknown = { readonly judge: UnknownJudge; readonly table: number } | null;
type Eye = { readonly sink: PieceSink; readonly reader: FileReader };

export class ThreadWork {
  readonly #control: Int32Array;
  readonly #post: (news: ThreadNews) => void;
  readonly #eyes = new Map<Patterns, Eye>();
  #setup: ThreadEyes | null = null;
  #list: Sighting[] = [];
  #most = mostSightings;
  /** Where not sightings are wanted but the objects that they are in. */
  #objects: Set<string> | null = null;
  #more = 0;
  #incomplete = false;
  #bytes = 0;
  #job = 0;
  #marks: bigint[] = [];
  #unchanged = 0;

  constructor(setup: ThreadSetup, post: (news: ThreadNews) => void) {
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

  readonly #onSighting = (sighting: Sighting): void => {
    const id = sighting.place.commit;
    if (this.#objects === null) {
      if (this.#list.length < this.#most) this.#list.push(sighting);
      else this.#more += 1;
    } else if (id !== null && (this.#objects.size < mostObjects || this.#objects.has(id)))
      this.#objects.add(id);
    else this.#more += 1;
  };

  /** The eye for a set of patterns, made when first wanted. All stand in the thread's one room: a job is done before the next begins. */
  async #eye(patterns: Patterns, literals: number): Promise<Eye> {
    const known = this.#eyes.get(patterns);
    if (known !== undefined) return known;
    if (this.#setup === null) throw new Error('a thread without tables got a job');
    const eye = this.#openEye(this.#setup, await this.#unknown(this.#setup, patterns, literals));
    this.#eyes.set(patterns, eye);
    return eye;
  }

  /** The catalogue is most of what there is to load, and known values are found without. */
  async #unknown({ added }: ThreadEyes, patterns: Patterns, table: number): Promise<Unknown> {
    if (patterns === 'none') return null;
    const { judgeOf } = await import('./judges.ts');
    return { judge: await judgeOf(patterns === 'all', added), table };
  }

  #openEye({ memory, placed, room, valueKey }: ThreadEyes, unknown: Unknown): Eye {
    const matching = createPieceMatcher({
      matcher: createMatcher({ memory, room, tables: placed, unknown }),
      valueKey,
      onSighting: this.#onSighting,
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
    return { sink, reader: createFileReader(sink) };
  }

  #begin(): void {
    this.#list = [];
    this.#more = 0;
    this.#most = mostSightings;
    this.#objects = null;
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

  /** Without git: which objects hold something. Threads have a share each, and one object may lie in two packs. */
  #history({ sink }: Eye, folder: string, share: { readonly index: number; readonly of: number }): void {
    this.#begin();
    const objects = new Set<string>();
    this.#objects = objects;
    readHistory(folder, sink, { share, modules: false });
    const whole = !this.#incomplete && !this.#cancelled();
    this.#post({ what: 'objects', job: this.#job, ids: [...objects], more: this.#more, whole });
    this.#step(0, folder);
  }

  /** Those objects, as what they are and with their lines. */
  #placed({ sink }: Eye, folder: string, ids: readonly string[]): void {
    const repository = openRepository(folder);
    if (repository === null) return;
    this.#begin();
    this.#most = mostPlaced;
    if (ids.length > 0) readObjects(repository, ids, sink);
    this.#seen(
      { path: shownPath(repository.top), kind: 'commit', scope: 'history' },
      withGit(repository, this.#list),
    );
    this.#step(0, shownPath(repository.top));
  }

  /** What no remote has yet. Never the whole of a history: what is not in it says nothing. */
  #unpushed({ sink }: Eye, folder: string): void {
    const repository = findRepository(folder);
    if (repository === null || !repository.isOurs) return;
    this.#begin();
    readUnpushed(repository, sink);
    this.#incomplete = true;
    if (this.#list.length > 0)
      this.#seen(
        { path: shownPath(repository.top), kind: 'commit', scope: 'history' },
        notPushed(repository, this.#list),
      );
    this.#step(0, shownPath(repository.top));
  }

  #staged({ sink }: Eye, folder: string): void {
    const repository = findRepository(folder);
    if (repository === null) return;
    this.#begin();
    const read = readStaged(repository, sink);
    if (!read.ok) this.#incomplete = true;
    this.#seen(
      { path: shownPath(repository.top), kind: 'staged', scope: 'staged' },
      notPushed(repository, this.#list),
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

  #work(eye: Eye, job: Job): void {
    if (job.what === 'files') this.#files(eye, job);
    else if (job.what === 'history') this.#history(eye, job.repo, { index: job.share, of: job.of });
    else if (job.what === 'objects') this.#placed(eye, job.repo, job.ids);
    else if (job.what === 'staged') this.#staged(eye, job.repo);
    else if (job.what === 'unpushed') this.#unpushed(eye, job.repo);
    else this.#terminals(eye, job.folder);
  }

  readonly obey = async (order: Exclude<ThreadOrder, { readonly what: 'leave' }>): Promise<void> => {
    if (order.what === 'eyes') {
      this.#setup = order.eyes;
      return;
    }
    const { job, literals } = order;
    this.#job = job.id;
    this.#bytes = 0;
    try {
      this.#work(await this.#eye(job.patterns, literals), job);
    } finally {
      this.#begin();
      this.#post({ what: 'finished', job: job.id, marks: new BigUint64Array(this.#marks) });
      this.#marks = [];
    }
  };
}
