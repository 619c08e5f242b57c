// Keeps one connection to the scanner while the vault is unlocked: reaches it or starts it, gives it the session's tables, hears it, tries
// again when it is gone. A second agent of the same vault has a connection of its own; only the one that stays keeps the watch.
import { createIntake } from '../scanning/intake.ts';
import type { ScanNews, ScanOrder, SeenFile, WatchState } from '../scanning/messages.ts';
import { connectScanner, type ScanLink } from './scan-link.ts';

/** Tables as the scanner takes them, and whose the slots are. Bytes are wiped once they are sent. */
export type SessionTables = {
  readonly generation: string;
  readonly head: string;
  readonly parts: readonly Uint8Array[];
};

export type ConnectionParts = {
  readonly home: string;
  /** Whether this agent stays: then it keeps the watch, and takes what was seen while the vault was locked. */
  readonly keeps: boolean;
  /** Starts a scanner where none listens; false where the shell does that, or there is none. */
  readonly start: () => boolean;
  readonly makeTables: () => Promise<SessionTables | null>;
  readonly onSeen: (seen: SeenFile) => void;
  readonly onScan: (news: Extract<ScanNews, { readonly what: 'progress' | 'done' }>) => void;
  readonly onWatch: (watch: WatchState, lost: number) => void;
  readonly onGone: () => void;
  /** The index as it is after a scan; wiped afterwards. */
  readonly onIndex: (bytes: Uint8Array) => void;
};

export type Connection = {
  /** Sends an order once the tables are in place. False where there is no scanner. */
  readonly order: (order: ScanOrder) => Promise<boolean>;
  /** Gives the scanner what files were at the last scan, before the next one. Wipes the bytes. */
  readonly sendIndex: (bytes: Uint8Array) => Promise<void>;
  /** The same at once, where there is a connection. */
  readonly sendNow: (order: ScanOrder) => void;
  /** Makes the tables anew. */
  readonly refresh: () => Promise<void>;
  /** Whether the process is to stay for what comes. */
  readonly hold: (held: boolean) => void;
  readonly isUp: () => boolean;
  readonly close: () => void;
};

/** A busy machine takes its time. */
const startSteps = 900;
const startStepMs = 100;
const mostAttempts = 3;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

type Gate = { readonly open: () => void; readonly passed: Promise<void> };
const createGate = (): Gate => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};

class ScannerConnection implements Connection {
  readonly #parts: ConnectionParts;
  #link: ScanLink | null = null;
  #ready: Gate = createGate();
  #opening: Promise<boolean> | null = null;
  #closed = false;
  #generation: string | null = null;
  #held = false;
  readonly #intake = createIntake();

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  readonly isUp = (): boolean => this.#link !== null;

  readonly hold = (held: boolean): void => {
    this.#held = held;
    this.#link?.hold(held);
  };

  #hear(message: ScanNews): void {
    const { onSeen, onScan, onWatch } = this.#parts;
    if (message.what === 'welcome') onWatch(message.watch, message.lost);
    else if (message.what === 'watch') onWatch(message.watch, 0);
    else if (message.what === 'seen') onSeen(message);
    else if (message.what === 'index')
      this.#intake.announce({ generation: '', head: '', parts: [message.bytes] });
    else if (message.what !== 'ready') onScan(message);
    else if (message.generation === this.#generation) this.#ready.open();
  }

  #takeIndex(bytes: Uint8Array): void {
    const taken = this.#intake.take({ part: 0, bytes });
    if (taken === false) this.#link?.close();
    const [whole] = (taken !== false ? taken?.bytes : undefined) ?? [];
    if (whole === undefined) return;
    this.#parts.onIndex(whole);
    whole.fill(0);
  }

  async #reach(): Promise<ScanLink | null> {
    const listeners = {
      onNews: (message: ScanNews): void => this.#hear(message),
      onIndex: (bytes: Uint8Array): void => this.#takeIndex(bytes),
      onEnd: (): void => this.#lose(),
    };
    const there = await connectScanner(this.#parts.home, listeners);
    if (there !== null) return there;
    this.#parts.start();
    for (let step = 0; step < startSteps && !this.#closed; step += 1) {
      await pause(startStepMs);
      const link = await connectScanner(this.#parts.home, { ...listeners });
      if (link !== null) return link;
    }
    return null;
  }

  #lose(): void {
    if (this.#link === null) return;
    this.#link = null;
    this.#ready.open();
    this.#ready = createGate();
    this.#parts.onGone();
  }

  async #open(): Promise<boolean> {
    if (this.#link !== null) return true;
    const link = await this.#reach();
    if (link === null) return false;
    if (this.#closed) {
      link.close();
      return false;
    }
    this.#link = link;
    link.send({ what: 'hello', keeps: this.#parts.keeps });
    await this.#sendTables(link);
    link.hold(this.#held);
    return true;
  }

  async #sendTables(link: ScanLink): Promise<void> {
    const tables = await this.#parts.makeTables();
    if (tables === null) {
      this.#ready.open();
      return;
    }
    this.#generation = tables.generation;
    const parts = tables.parts.map(({ length }) => length);
    link.send({ what: 'tables', generation: tables.generation, head: tables.head, parts });
    for (const [at, bytes] of tables.parts.entries()) {
      await link.sendPart(at, bytes);
      bytes.fill(0);
    }
  }

  async #up(): Promise<boolean> {
    if (this.#closed) return false;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  readonly order = async (order: ScanOrder): Promise<boolean> => {
    // A scanner may be ending while it is reached: then another one is started.
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      if (!(await this.#up())) return false;
      await this.#ready.passed;
      if (this.#link === null) continue;
      this.#link.send(order);
      return true;
    }
    return false;
  };

  readonly sendIndex = async (bytes: Uint8Array): Promise<void> => {
    if ((await this.#up()) && this.#link !== null) {
      this.#link.send({ what: 'index', bytes: bytes.length });
      await this.#link.sendPart('index', bytes);
    }
    bytes.fill(0);
  };

  readonly sendNow = (order: ScanOrder): void => this.#link?.send(order);

  readonly refresh = async (): Promise<void> => {
    if (!(await this.#up()) || this.#link === null) return;
    await this.#ready.passed;
    if (this.#link === null) return;
    this.#ready = createGate();
    await this.#sendTables(this.#link);
  };

  readonly close = (): void => {
    this.#closed = true;
    this.#link?.close();
    this.#link = null;
    this.#ready.open();
  };
}

export const createConnection = (parts: ConnectionParts): Connection => new ScannerConnection(parts);
