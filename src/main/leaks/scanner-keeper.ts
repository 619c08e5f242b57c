// Keeps one scanner running beside the agent, also while the vault is locked, and hears what it saw while nobody could say which key it is.
import type { Log } from '../log.ts';

/** As much of Electron's UtilityProcess as is touched. */
export type ScannerChild = {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
};

export type ScannerKeeperPorts = {
  readonly fork: () => ScannerChild;
  /** Told of a file in which a key was pasted while the vault was locked. The path is text for people. */
  readonly onNoticed: (path: string, count: number) => void;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
};

export type ScannerKeeper = { readonly start: () => void; readonly stop: () => void };

const firstBackoffMs = 500;
const longestBackoffMs = 60_000;
/** One that lived so long did not fail at its start. */
const settledMs = 10_000;

const readNotice = (message: unknown): { readonly path: string; readonly count: number } | null => {
  if (typeof message !== 'object' || message === null || !('noticed' in message)) return null;
  const { noticed } = message;
  if (typeof noticed !== 'object' || noticed === null || !('path' in noticed) || !('count' in noticed))
    return null;
  const { path, count } = noticed;
  return typeof path === 'string' && typeof count === 'number' && count > 0 ? { path, count } : null;
};

export const createScannerKeeper = (ports: ScannerKeeperPorts): ScannerKeeper => {
  let child: ScannerChild | null = null;
  let stopped = true;
  let backoffMs = firstBackoffMs;
  let forget = (): void => undefined;

  const begin = (): void => {
    if (stopped || child !== null) return;
    const startedAtMs = ports.nowMs();
    const mine = ports.fork();
    child = mine;
    mine.on('message', (message) => {
      const notice = readNotice(message);
      if (mine === child && notice !== null) ports.onNoticed(notice.path, notice.count);
    });
    mine.on('exit', (code) => {
      if (mine !== child) return;
      child = null;
      if (stopped) return;
      ports.log(code === 0 ? 'info' : 'warn', 'scanner.exit', { code });
      const lived = ports.nowMs() - startedAtMs >= settledMs;
      backoffMs = lived ? firstBackoffMs : Math.min(backoffMs * 2, longestBackoffMs);
      // Another one may listen already, one that the command line started: tried again until the place is free.
      forget = ports.after(backoffMs, begin);
    });
  };

  return {
    start: () => {
      stopped = false;
      begin();
    },
    stop: () => {
      stopped = true;
      forget();
      child?.kill();
      child = null;
    },
  };
};
