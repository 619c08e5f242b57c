// Tells the agent that a person is there, at most every few seconds, so that the idle lock waits.
import { call } from '../lib/call.ts';
import { appStore } from './app-store.ts';

const everyMs = 4_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** The idle time begins anew: the countdown shows it at once, without asking for the whole state. */
const putOff = (): void => {
  const { state } = appStore.getState();
  if (state === null || state.locksAtMs === null) return;
  const locksAtMs = Date.now() + state.settings.lockAfterMinutes * 60_000;
  appStore.setState({ state: { ...state, locksAtMs } });
};

export const startPresence = (): void => {
  let lastMs = 0;
  const touch = (): void => {
    const now = Date.now();
    if (now - lastMs < everyMs || appStore.getState().state?.vault !== 'unlocked') return;
    lastMs = now;
    void call('state.touch', {}).then((result) => {
      if (result.ok) putOff();
    });
  };
  for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
};
