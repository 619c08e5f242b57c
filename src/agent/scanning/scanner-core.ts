// The scanner: who is connected, whose tables are in place, what is being read, what waits to be told. It knows no key and no name. The
// connection of an agent is the lease of its tables; when it ends, threads, tables and what they read go with it. docs/scanning.md §1.
import type { Connection } from '../../node/socket-server.ts';
import {
  frameOfMessage,
  frameOfPortion,
  portionBytes,
  readOrder,
  type ScanNews,
  type ScanOrder,
  type SeenFile,
} from './messages.ts';
import { createDesk, type Desk } from './lease-desk.ts';
import type { Matching } from './matching.ts';
import type { WatchOrder } from './root-file.ts';
import { createWaitingRoom } from './waiting.ts';
import { createWatching, type Watching } from './watching.ts';

export type ScannerPorts = {
  /** Absolute path of the vault's folder. */
  readonly home: string;
  readonly matching: Matching;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
  /** Told when something was seen while nobody could be told which key it is. */
  readonly onLockedSight: (path: string, count: number) => void;
  /** Told when nobody is connected and nothing is watched. */
  readonly onIdle: () => void;
};

export type Scanner = {
  readonly open: (connection: Connection) => void;
  readonly frame: (connection: Connection, bytes: Uint8Array) => void;
  readonly lose: (connection: Connection) => void;
  /** Watches while nobody has said anything: as the file beside the vault says. */
  readonly watch: (order: WatchOrder) => void;
  readonly isWatching: () => boolean;
  readonly close: () => Promise<void>;
};

class ScannerCore implements Scanner {
  readonly #ports: ScannerPorts;
  readonly #desks = new Map<Connection, Desk>();
  readonly #waiting = createWaitingRoom();
  readonly #watching: Watching;
  #keeper: Connection | null = null;

  constructor(ports: ScannerPorts) {
    this.#ports = ports;
    this.#watching = createWatching({
      ...ports,
      session: () => this.#keeperDesk()?.eyes() ?? null,
      onSeen: (seen) => this.#told(seen),
      onState: (watch) => this.#toKeeper({ what: 'watch', watch }),
    });
  }

  #keeperDesk(): Desk | undefined {
    return this.#keeper === null ? undefined : this.#desks.get(this.#keeper);
  }

  #send(connection: Connection, message: ScanNews): void {
    connection.send(frameOfMessage(message));
  }

  #sendIndex(connection: Connection, id: string, bytes: Uint8Array): void {
    this.#send(connection, { what: 'index', id, bytes: bytes.length });
    for (let at = 0; at < bytes.length; at += portionBytes)
      connection.send(frameOfPortion({ part: 'index', bytes: bytes.subarray(at, at + portionBytes) }));
    bytes.fill(0);
  }

  #toKeeper(message: ScanNews): void {
    if (this.#keeper !== null) this.#send(this.#keeper, message);
  }

  /** What watching saw goes to the agent that stays, or waits for it. */
  #told(seen: SeenFile): void {
    const desk = this.#keeperDesk();
    if (desk !== undefined && desk.eyes() !== null) this.#toKeeper(seen);
    else {
      this.#waiting.add(seen);
      if (seen.list.length > 0) this.#ports.onLockedSight(seen.path, seen.list.length);
    }
  }

  readonly open = (connection: Connection): void => {
    this.#desks.set(
      connection,
      createDesk({
        ...this.#ports,
        tell: (message) => this.#send(connection, message),
        tellIndex: (id, bytes) => this.#sendIndex(connection, id, bytes),
      }),
    );
  };

  readonly frame = (connection: Connection, bytes: Uint8Array): void => {
    const read = readOrder(bytes);
    const desk = this.#desks.get(connection);
    if (read === null || desk === undefined) connection.close();
    else if ('message' in read) this.#obey(connection, desk, read.message);
    else if (!desk.take(read.portion)) connection.close();
    bytes.fill(0);
    this.#handOver();
  };

  #obey(connection: Connection, desk: Desk, order: ScanOrder): void {
    if (order.what === 'hello') this.#greet(connection, order.keeps);
    else if (order.what === 'lasting') this.#watching.reload();
    else if (order.what === 'watch') {
      if (connection === this.#keeper) this.#watching.set(order);
    } else desk.obey(order);
  }

  #greet(connection: Connection, keeps: boolean): void {
    if (keeps) this.#keeper = connection;
    this.#send(connection, { what: 'welcome', lost: 0, watch: this.#watching.state() });
  }

  /** Once the agent that stays has its tables, watching has a thread for them, and it gets what waited. */
  #handOver(): void {
    const eyes = this.#keeperDesk()?.eyes() ?? null;
    if (eyes === null) return;
    if (this.isWatching()) eyes.watchPool();
    if (this.#waiting.count() === 0) return;
    const { seen, lost } = this.#waiting.take();
    for (const message of seen) this.#toKeeper(message);
    if (lost > 0) this.#toKeeper({ what: 'welcome', lost, watch: this.#watching.state() });
  }

  readonly lose = (connection: Connection): void => {
    const desk = this.#desks.get(connection);
    this.#desks.delete(connection);
    if (connection === this.#keeper) this.#keeper = null;
    void desk?.close().then(() => {
      if (this.#desks.size === 0 && !this.#watching.state().watching) this.#ports.onIdle();
    });
  };

  readonly watch = (order: WatchOrder): void => {
    this.#watching.reload();
    this.#watching.set(order);
  };

  readonly isWatching = (): boolean => this.#watching.state().watching;

  readonly close = async (): Promise<void> => {
    await Promise.all([...this.#desks.values()].map((desk) => desk.close()));
    await this.#watching.close();
  };
}

export const createScanner = (ports: ScannerPorts): Scanner => new ScannerCore(ports);
