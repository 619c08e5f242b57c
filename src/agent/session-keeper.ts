// Takes an unlocked vault over and lets go of it again: the one place in which the open session changes. Everybody else asks for it
// each time and keeps it no longer than a call.
import { ok, type Result } from '../core/model/result.ts';
import type { Clock } from '../core/ports.ts';
import type { AuditInput, OpenVault } from '../core/vault/vault-types.ts';
import type { Anchors } from './anchors.ts';
import { openSession, type Session } from './session.ts';

export type SessionKeeper = {
  readonly session: () => Session | null;
  /** Takes an open vault over. Lines are written to its audit trail first. */
  readonly enter: (vault: OpenVault, lines: readonly AuditInput[]) => Result<undefined>;
  /** Wipes what is open and tells everybody. Nothing happens where nothing is open. */
  readonly lock: (by: string, why: string) => void;
  /** Lets go of the vault as lock does, but acts on its file before anybody is told. */
  readonly exchange: <T>(by: string, why: string, act: () => Result<T>) => Result<T>;
  /** Picks up what other processes did, once in a while. */
  readonly look: () => void;
  /** Wipes what is open and tells nobody. */
  readonly end: () => void;
};

type Parts = {
  readonly clock: Clock;
  readonly anchors: Anchors;
  readonly onCounter: (counter: number) => void;
  /** Called when a session came or went, before anybody is told. */
  readonly onChange: (session: Session | null) => void;
  /** Called before a session is let go: the last moment at which it can be read. */
  readonly onEnding: (session: Session) => void;
  readonly tellState: () => void;
  readonly onLocked: () => void;
};

export const createSessionKeeper = (parts: Parts): SessionKeeper => {
  const { anchors, tellState } = parts;
  let session: Session | null = null;

  /** A lock waits for nobody's mistake: what could not be written is written at the next unlock. */
  const sayGoodbye = (ending: Session): void => {
    try {
      parts.onEnding(ending);
    } catch {
      return;
    }
  };

  const end = (): void => {
    if (session !== null) sayGoodbye(session);
    anchors.close();
    session?.end();
    session = null;
  };

  /** False where nothing was open. */
  const release = (by: string, why: string): boolean => {
    if (session === null) return false;
    session.note({ event: 'vault-locked', by, detail: { what: why } });
    end();
    parts.onChange(null);
    return true;
  };

  const lock = (by: string, why: string): void => {
    if (!release(by, why)) return;
    tellState();
    parts.onLocked();
  };

  const enter: SessionKeeper['enter'] = (vault, lines) => {
    const mine = openSession(vault, parts.clock, parts.onCounter);
    const all = [...lines, ...anchors.open(vault)];
    const noted = all.length === 0 ? ok(undefined) : mine.note(...all);
    // A vault in a read-only folder can still be read: that an unlock could not be written down is no reason to refuse it.
    if (!noted.ok && noted.error.kind !== 'io' && noted.error.kind !== 'damaged') {
      mine.end();
      return noted;
    }
    session?.end();
    session = mine;
    anchors.keep();
    parts.onChange(mine);
    tellState();
    return ok(undefined);
  };

  return {
    session: () => session,
    enter,
    lock,
    exchange: (by, why, act) => {
      const wasOpen = release(by, why);
      const result = act();
      tellState();
      if (wasOpen) parts.onLocked();
      return result;
    },
    look: () => {
      const refreshed = session?.refresh();
      // Under another key, or not the file that was opened: nothing of it can be used any more.
      if (refreshed?.ok === false && refreshed.error.kind === 'locked')
        lock('keyturn', refreshed.error.message);
      anchors.keep();
    },
    end,
  };
};
