// Connects the scanner, the agent's news of pasted keys and the clipboard to the system's notices.
import type { EventPayload } from '../../contract/events.ts';
import type { AgentSupervisor } from '../agent-supervisor.ts';
import type { AskAgent } from '../ask-agent.ts';
import type { Log } from '../log.ts';
import type { ShowNotice } from '../reminders/notices.ts';
import type { VaultWindow } from '../window/vault-window.ts';
import { createClipboardWatch } from './clipboard-watch.ts';
import { createLeakNotices } from './leak-notices.ts';
import { createScannerKeeper, type ScannerChild, type ScannerKeeper } from './scanner-keeper.ts';

export type LeakFollowers = {
  readonly supervisor: Pick<AgentSupervisor, 'onEvent' | 'unlocked'>;
  readonly ask: AskAgent;
  readonly window: Pick<VaultWindow, 'show' | 'send'>;
  readonly show: ShowNotice;
  readonly fork: () => ScannerChild;
  readonly readClipboard: () => Promise<Uint8Array>;
  /** Whether a value of the vault is on the clipboard because Keyturn put it there. */
  readonly holdsClipboard: () => boolean;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
  readonly every: (ms: number, task: () => void) => void;
};

const clipboardEveryMs = 1_500;

/** Connects them. The scanner is started and stopped by whoever starts and stops the agent. */
export const followLeaks = (followers: LeakFollowers): ScannerKeeper => {
  const { supervisor, window } = followers;
  let wanted: 'leaks' | 'add' | null = null;
  let watching = false;

  /** A locked window shows nothing: it is led there once it is unlocked. */
  const open = (to: 'leaks' | 'add'): void => {
    wanted = supervisor.unlocked ? null : to;
    window.show();
    if (supervisor.unlocked) window.send('window.go', { to });
  };

  const notices = createLeakNotices({
    ...followers,
    open: () => open('leaks'),
    unlocked: () => supervisor.unlocked,
  });
  const look = createClipboardWatch({
    read: followers.readClipboard,
    ask: followers.ask,
    wanted: () => supervisor.unlocked && watching && !followers.holdsClipboard(),
    show: followers.show,
    add: () => open('add'),
  });
  followers.every(clipboardEveryMs, () => void look());

  supervisor.onEvent(({ event, payload }) => {
    if (event === 'leaks.changed') {
      const change = payload as EventPayload<'leaks.changed'>;
      watching = change.watch.watching;
      notices.take(change);
    }
    if (event === 'state.changed' && supervisor.unlocked && wanted !== null) open(wanted);
  });
  return createScannerKeeper({ ...followers, onNoticed: notices.noticed });
};
