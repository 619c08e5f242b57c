// Tells the agent that a person is there, at most every few seconds, so that the idle lock waits.
import { call } from '../lib/call.ts';
import { appStore } from './app-store.ts';

const everyMs = 4_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export const startPresence = (): void => {
  let lastMs = 0;
  const touch = (): void => {
    const now = Date.now();
    if (now - lastMs < everyMs || appStore.getState().state?.vault !== 'unlocked') return;
    lastMs = now;
    void call('state.touch', {});
  };
  for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
};
