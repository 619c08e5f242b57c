// The scan that this agent has asked for: begun, followed, stopped. One at a time; what it saw is in the vault before it counts as over.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { ScanNews, ScanPlan } from '../scanning/messages.ts';
import type { Connection } from './connection.ts';
import { ended, noScan, withProgress, type ScanView } from './scan-view.ts';

type ScanMessage = Extract<ScanNews, { readonly what: 'progress' | 'done' }>;

export type ScanDesk = {
  readonly view: () => ScanView;
  /** Begins one; answers once the scanner has it. `busy`, `not-found` where there is no scanner. */
  readonly start: (plan: ScanPlan, places: readonly string[]) => Promise<Result<ScanView>>;
  /** Answers when no scan runs. */
  readonly follow: () => Promise<ScanView>;
  readonly pause: () => Promise<ScanView>;
  readonly resume: () => Promise<ScanView>;
  readonly cancel: () => Promise<ScanView>;
  readonly hear: (message: ScanMessage) => void;
  /** So many findings are new, or have returned. */
  readonly found: (count: number) => void;
  /** The scanner is gone: what runs has failed. */
  readonly lose: () => void;
};

type Parts = {
  readonly connection: () => Connection;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly onChange: (view: ScanView) => void;
  /** Told when everything was read, before the scan counts as over: what was seen is written, what is gone is looked for. */
  readonly onRead: (plan: ScanPlan, startedAtMs: number) => Promise<void>;
  /** Told when one is over that read something, before whoever follows it hears of that. */
  readonly onOver: (view: ScanView) => Promise<void>;
  /** Called before the scanner is asked: gives it what it knows of files. */
  readonly onStart: (plan: ScanPlan) => Promise<void>;
};

const running: ReadonlySet<ScanView['state']> = new Set(['running', 'paused']);

const busy = fail('busy', 'A scan is running.', 'Wait for its end, or cancel it.');
const noScanner = fail(
  'not-found',
  'The part of Keyturn that reads files could not be started.',
  'Start Keyturn again. If that does not help, run keyturn doctor.',
);

class Desk implements ScanDesk {
  readonly #parts: Parts;
  #view: ScanView = noScan;
  #id = '';
  #plan: ScanPlan | null = null;
  /** Whether the scanner has been told of the scan: what is lost before that is asked for again. */
  #isOrdered = false;
  #waiters: ((view: ScanView) => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly view = (): ScanView => this.#view;

  #set(view: ScanView): void {
    this.#view = view;
    this.#parts.onChange(view);
  }

  get #runs(): boolean {
    return running.has(this.#view.state);
  }

  readonly start: ScanDesk['start'] = async (plan, places) => {
    if (this.#runs) return busy;
    this.#id = this.#parts.newId();
    this.#plan = plan;
    const mine = this.#id;
    this.#isOrdered = false;
    this.#set({ ...noScan, state: 'running', startedAtMs: this.#parts.nowMs() });
    const connection = this.#parts.connection();
    connection.hold(true);
    await this.#parts.onStart(plan);
    if (await connection.order({ what: 'scan', id: mine, plan, places: [...places] })) {
      this.#isOrdered = true;
      return ok(this.#view);
    }
    if (mine === this.#id) this.#end('failed');
    return noScanner;
  };

  readonly follow = (): Promise<ScanView> =>
    this.#runs ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve(this.#view);

  async #order(what: 'pause' | 'resume' | 'cancel'): Promise<ScanView> {
    if (this.#runs) await this.#parts.connection().order({ what, id: this.#id });
    return this.#view;
  }

  readonly pause = async (): Promise<ScanView> => {
    await this.#order('pause');
    if (this.#view.state === 'running') this.#set({ ...this.#view, state: 'paused', msLeft: null });
    return this.#view;
  };

  readonly resume = async (): Promise<ScanView> => {
    await this.#order('resume');
    if (this.#view.state === 'paused') this.#set({ ...this.#view, state: 'running' });
    return this.#view;
  };

  readonly cancel = async (): Promise<ScanView> => {
    if (!this.#runs) return this.#view;
    await this.#order('cancel');
    return this.follow();
  };

  readonly hear = (message: ScanMessage): void => {
    if (message.id !== this.#id || !this.#runs) return;
    const { state } = this.#view;
    if (message.what === 'done') void this.#finish(message);
    // What was on its way when a person paused it does not say that it runs.
    else this.#set({ ...withProgress(this.#view, message.progress), state });
  };

  async #finish(message: ScanMessage): Promise<void> {
    const mine = this.#id;
    const plan = this.#plan;
    if (message.progress.state === 'done' && plan !== null)
      await this.#parts.onRead(plan, this.#view.startedAtMs ?? 0);
    if (mine !== this.#id || !this.#runs) return;
    this.#view = { ...withProgress(this.#view, message.progress), state: this.#view.state };
    const atMs = this.#parts.nowMs();
    await this.#parts.onOver(ended(this.#view, message.progress.state, atMs));
    if (mine === this.#id && this.#runs) this.#end(message.progress.state, atMs);
  }

  #end(state: ScanView['state'], atMs = this.#parts.nowMs()): void {
    this.#set(ended(this.#view, state, atMs));
    this.#parts.connection().hold(false);
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve(this.#view);
  }

  readonly found = (count: number): void => {
    if (this.#runs && count > 0) this.#set({ ...this.#view, findings: this.#view.findings + count });
  };

  readonly lose = (): void => {
    if (this.#runs && this.#isOrdered) this.#end('failed');
  };
}

export const createScanDesk = (parts: Parts): ScanDesk => new Desk(parts);
