// Leads what the agent says in time to the system: a notice, a number on the icon, a line in the tray. Looks at once when the machine wakes up.
import type { AskAgent } from '../ask-agent.ts';
import type { AgentSupervisor } from '../agent-supervisor.ts';
import type { VaultWindow } from '../window/vault-window.ts';
import { createNotices, type ReminderEvent, type ShowNotice } from './notices.ts';

export type ReminderFollowers = {
  readonly supervisor: Pick<AgentSupervisor, 'onEvent' | 'unlocked'>;
  readonly ask: AskAgent;
  readonly window: Pick<VaultWindow, 'show' | 'send'>;
  readonly show: ShowNotice;
  /** The number on the app's icon, where the system has one. */
  readonly badge: (count: number) => void;
  readonly tray: (count: number) => void;
  /** As much of Electron's powerMonitor as is used. */
  readonly power: { on(event: 'resume' | 'unlock-screen', listener: () => void): unknown };
  readonly nowMs: () => number;
};

/** Connects them. To be called after the window was connected to the agent. Gives the way to what is due. */
export const followReminders = (followers: ReminderFollowers): (() => void) => {
  const { supervisor, ask, window } = followers;
  let isWanted = false;

  /** A locked window shows nothing: it is led there once it is unlocked. */
  const open = (): void => {
    isWanted = !supervisor.unlocked;
    window.show();
    if (supervisor.unlocked) window.send('window.go', { to: 'due' });
  };

  const take = createNotices({
    show: followers.show,
    open,
    snooze: (ids, untilMs) => void ask('reminders.snooze', { ids: [...ids], untilMs }),
    count: (count) => {
      followers.badge(count);
      followers.tray(count);
    },
    nowMs: followers.nowMs,
  });

  supervisor.onEvent(({ event, payload }) => {
    if (event === 'reminders.due') take(payload as ReminderEvent);
    if (event === 'state.changed' && supervisor.unlocked && isWanted) open();
  });
  for (const event of ['resume', 'unlock-screen'] as const) {
    followers.power.on(event, () => void ask('reminders.read', {}));
  }
  return open;
};
