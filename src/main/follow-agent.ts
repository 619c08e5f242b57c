// Acts on what the agent tells: a lock tears the window's content down and clears the clipboard, settings are taken over, and
// everything is passed on to the window. It hears a lock of any cause alike: idle time, command line, crash.
import type { Settings } from '../core/model/settings.ts';
import type { AgentSupervisor } from './agent-supervisor.ts';
import type { ClipboardSession } from './clipboard/clipboard-session.ts';
import type { VaultWindow } from './window/vault-window.ts';

export type Followers = {
  readonly supervisor: Pick<AgentSupervisor, 'onEvent' | 'state' | 'unlocked'>;
  readonly clipboardSession: Pick<ClipboardSession, 'clear'>;
  readonly window: Pick<VaultWindow, 'remake' | 'send' | 'applySettings'>;
  readonly settings: { current: Settings };
};

/** Connects them. */
export const followAgent = (followers: Followers, unlockedChanged: (unlocked: boolean) => void): void => {
  const { supervisor, clipboardSession, window, settings } = followers;
  let wasUnlocked = false;

  const takeSettings = (next: Settings): void => {
    settings.current = next;
    window.applySettings(next);
  };

  const takeState = (): void => {
    const { state, unlocked } = supervisor;
    if (state !== null) takeSettings(state.settings);
    if (wasUnlocked === unlocked) return;
    wasUnlocked = unlocked;
    if (!unlocked) {
      window.remake();
      void clipboardSession.clear();
    }
    unlockedChanged(unlocked);
  };

  supervisor.onEvent((event) => {
    if (event.event === 'settings.changed') takeSettings(event.payload as Settings);
    if (event.event === 'state.changed') takeState();
    window.send(event.event, event.payload);
  });
};
