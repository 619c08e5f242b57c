// Everything by which the agent finds pasted keys, put together: tables out, sightings in, findings kept up with what is learnt of their keys.
// The reading itself is the scanner's.
import { existsSync } from 'node:fs';
import type { CallOutput } from '../../contract/contract.ts';
import type { RecordId } from '../../core/model/ids.ts';
import { leakCareOf } from '../../core/leaks/care.ts';
import { settleFindings } from '../../core/leaks/findings/settle.ts';
import { isPresent, wantsLook } from '../../core/leaks/states.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { Listener } from '../core.ts';
import type { Mutex } from '../mutex.ts';
import type { ScanPlan, SeenFile, WatchState } from '../scanning/messages.ts';
import { guardFile } from '../scanning/guard-file.ts';
import type { Session } from '../session.ts';
import { notAnyMore, writeWatchOrder, type WatchOrder } from '../scanning/root-file.ts';
import { createConnection, type Connection } from './connection.ts';
import { newsOf } from './found-words.ts';
import { isMissing, nothingAt } from './missing-file.ts';
import { absorbGuardReasons } from './guard-reasons.ts';
import { createScanIndex, type ScanIndex } from './scan-index.ts';
import { readPlaceFacts } from './place-facts.ts';
import { rememberScan } from './remember-scan.ts';
import { createRecording, type Recording, type Written } from './recording.ts';
import { watchOrderOf } from './roots.ts';
import { createScanDesk, type ScanDesk } from './scan-desk.ts';
import { oldScrubs } from './scrub.ts';
import { startScanner } from './start-scanner.ts';
import { createTableMaker, type TableMaker } from './table-maker.ts';
import type { SlotOwner } from './wanted.ts';
import { notWatching } from './watch-view.ts';

export type WatchView = CallOutput<'watch.read'>;

export type Leaks = {
  readonly desk: ScanDesk;
  readonly watch: () => WatchView;
  /** Tells everybody how many findings are open, and what watching has just found. */
  readonly tell: (fresh?: readonly RecordId[]) => void;
  /** A vault was opened. */
  readonly opened: (session: Session) => void;
  /** Records changed: which values are wanted may be others. */
  readonly changed: () => void;
  /** What is watched was changed by a person. */
  readonly rewatch: () => Promise<void>;
  readonly tick: () => void;
  /** Before the process of a command ends: the guard is to know what that command stored. */
  readonly finish: () => Promise<void>;
  /** Whose a slot of the tables of a generation is; null where nobody knows. */
  readonly ownerOf: (generation: string, slot: number) => SlotOwner | null;
  /** Ends the lease: the scanner wipes what it got of this session. */
  readonly close: () => void;
};

export type LeakParts = {
  readonly files: HomeFiles;
  readonly ports: VaultPorts;
  readonly exclusive: Mutex;
  readonly demo: boolean;
  readonly background: boolean;
  readonly tells: boolean;
  readonly watches: boolean;
  readonly newId: () => string;
  readonly session: () => Session | null;
  readonly emit: Listener;
};

const settleEveryMs = 10_000;
const rebuildAfterMs = 1_000;

/** What belongs to one unlocked session. */
type Lease = {
  readonly session: Session;
  readonly connection: Connection;
  readonly recording: Recording;
  readonly maker: TableMaker;
};

class LeakWork implements Leaks {
  readonly #parts: LeakParts;
  readonly desk: ScanDesk;
  readonly #index: ScanIndex;
  #lease: Lease | null = null;
  #watch: WatchState = notWatching;
  #lost = 0;
  /** What the scanner has been told over this connection. */
  #told = { lasting: '', watch: '' };
  #behindSinceMs: number | null = null;
  #hasChanged = false;
  #settledAtMs = 0;

  constructor(parts: LeakParts) {
    this.#parts = parts;
    this.#index = createScanIndex(parts.ports, parts.files.home);
    this.desk = createScanDesk({
      connection: () => this.#leased().connection,
      newId: parts.newId,
      nowMs: parts.ports.clock.nowMs,
      onChange: (view) => parts.emit('scan.progress', view),
      onRead: () => this.#afterRead(),
      onStart: (plan) => this.#giveIndex(plan),
      onOver: (view) => rememberScan(parts, view),
    });
  }

  /** A process that is gone in a moment keeps no watch. */
  get #keeps(): boolean {
    const { tells, background, watches, demo } = this.#parts;
    return (tells || background || watches) && !demo;
  }

  #leased(): Lease {
    const session = this.#parts.session();
    if (session === null) throw new Error('nothing is looked for while the vault is locked');
    if (this.#lease?.session !== session) this.#lease = this.#makeLease(session);
    return this.#lease;
  }

  #makeLease(session: Session): Lease {
    const { ports, exclusive, files } = this.#parts;
    const maker = createTableMaker({ ports, files, session });
    const recording = createRecording({
      ports,
      session,
      exclusive,
      ownerOf: maker.ownerOf,
      factsOf: readPlaceFacts,
      onWritten: (written, seen) => this.#written(written, seen),
    });
    const connection = createConnection({
      home: files.home,
      keeps: this.#keeps,
      // In the app the shell starts it, and starts it again.
      start: () => !this.#parts.tells && startScanner(files.home),
      makeTables: () => Promise.resolve(maker.session()),
      onSeen: (seen) => void recording.take(seen),
      onScan: (message) => this.desk.hear(message),
      onWatch: (watch, lost) => {
        this.#watch = watch;
        this.#lost += lost;
        this.tell();
      },
      onIndex: (bytes) => this.#keepIndex(bytes),
      onGone: () => {
        this.#watch = notWatching;
        this.#told = { lasting: '', watch: '' };
        this.desk.lose();
      },
    });
    return { session, connection, recording, maker };
  }

  #written({ fresh, gone }: Written, files: readonly SeenFile[]): void {
    this.desk.found(fresh.length);
    if (fresh.length === 0 && gone === 0) return;
    this.tell(files.some(({ scan }) => scan === null) ? fresh : []);
  }

  readonly watch = (): WatchView => {
    const lost =
      this.#lost === 0
        ? []
        : [`${String(this.#lost)} sightings of a locked time were not kept: scan to find them again.`];
    return {
      ...this.#watch,
      warnings: [...lost, ...(this.#lease?.maker.warnings() ?? []), ...this.#watch.warnings].slice(0, 50),
    };
  };

  readonly tell = (fresh: readonly RecordId[] = []): void => {
    const session = this.#parts.session();
    if (session === null || session.ended()) return;
    const book = session.book();
    const open = [...book.findings.values()].filter(({ body }) => wantsLook(body)).length;
    this.#parts.emit('leaks.changed', { open, watch: this.watch(), news: newsOf(book, fresh) });
  };

  readonly opened = (session: Session): void => {
    session.onEnd(this.close);
    absorbGuardReasons(this.#parts.files.home, session);
    if (!this.#keeps) return;
    void this.rewatch();
  };

  readonly changed = (): void => {
    this.#hasChanged = true;
    this.#behindSinceMs ??= this.#parts.ports.clock.nowMs();
  };

  readonly finish = async (): Promise<void> => {
    const session = this.#parts.session();
    if (session === null || session.ended() || this.#keeps || this.#parts.demo) return;
    if (!this.#hasChanged && existsSync(guardFile(this.#parts.files.home))) return;
    await this.#leased().maker.lasting();
  };

  readonly rewatch = async (): Promise<void> => {
    const session = this.#parts.session();
    if (session === null || !this.#keeps) return;
    const { maker, connection } = this.#leased();
    const generation = await maker.lasting();
    if (session.ended()) return;
    if (this.#told.lasting !== generation && (await connection.order({ what: 'lasting' })))
      this.#told.lasting = generation;
    const order = this.#watchOrder(session);
    // Said once to each scanner: it begins anew with every order.
    const words = JSON.stringify(order);
    if (this.#told.watch === words) return;
    // Of one that watches no longer than it lives, nothing is left behind.
    if (!this.#parts.watches) writeWatchOrder(this.#parts.ports.files, this.#parts.files.home, order);
    if (await connection.order(order)) this.#told.watch = words;
  };

  #watchOrder(session: Session): WatchOrder {
    return watchOrderOf(leakCareOf(session.book()), this.#parts.watches);
  }

  /** A well-known place may have come, with a program that was installed, say. */
  #seekPlaces(session: Session): void {
    if (this.#told.watch === '' || this.#told.watch === JSON.stringify(this.#watchOrder(session))) return;
    void this.rewatch();
  }

  readonly tick = (): void => {
    const session = this.#parts.session();
    if (session === null || session.ended()) return;
    const nowMs = this.#parts.ports.clock.nowMs();
    if (this.#behindSinceMs !== null && nowMs - this.#behindSinceMs >= rebuildAfterMs) this.#rebuild();
    if (nowMs - this.#settledAtMs >= settleEveryMs) {
      this.#settledAtMs = nowMs;
      void this.#parts.exclusive(() => this.#settle(session));
      this.#seekPlaces(session);
    }
    if (this.#keeps && this.#lease !== null && !this.#lease.connection.isUp()) void this.rewatch();
  };

  readonly ownerOf = (generation: string, slot: number): SlotOwner | null =>
    this.#leased().maker.ownerOf(generation, slot);

  #rebuild(): void {
    this.#behindSinceMs = null;
    const lease = this.#lease;
    if (lease === null || !lease.maker.isBehind()) return;
    void lease.connection.refresh().then(() => this.rewatch());
  }

  #settle(session: Session): void {
    if (session.ended()) return;
    const nowMs = this.#parts.ports.clock.nowMs();
    const changes = [...settleFindings(session.book(), nowMs), ...oldScrubs(session, nowMs)];
    if (changes.length === 0) return;
    if (session.commit({ value: undefined, changes, audit: [] }).ok) this.tell();
  }

  async #giveIndex(plan: ScanPlan): Promise<void> {
    const { connection, maker, session } = this.#leased();
    // A key that was stored a moment ago is looked for.
    if (connection.isUp() && maker.isBehind()) await connection.refresh();
    await connection.sendIndex(this.#index.begin(session, maker, plan));
  }

  #keepIndex(bytes: Uint8Array): void {
    if (this.#lease !== null) this.#index.keep(this.#lease.session, this.#lease.maker, bytes);
  }

  /** A file that is not there any more was met by no walk. */
  async #afterRead(): Promise<void> {
    const lease = this.#lease;
    if (lease === null) return;
    await lease.recording.settled();
    if (lease.session.ended()) return;
    const paths = new Set<string>();
    for (const { body } of lease.session.book().findings.values()) {
      if (isPresent(body) && isMissing(body.place.path)) paths.add(body.place.path);
    }
    const atMs = this.#parts.ports.clock.nowMs();
    for (const path of paths) {
      for (const scope of ['file', 'staged', 'history'] as const)
        void lease.recording.take({ ...nothingAt, path, atMs, scope });
    }
    await lease.recording.settled();
  }

  readonly close = (): void => {
    if (this.#parts.watches) this.#lease?.connection.sendNow(notAnyMore);
    this.#lease?.connection.close();
    this.#lease?.maker.wipe();
    this.#lease = null;
    this.#told = { lasting: '', watch: '' };
    this.desk.lose();
  };
}

export const createLeaks = (parts: LeakParts): Leaks => new LeakWork(parts);
