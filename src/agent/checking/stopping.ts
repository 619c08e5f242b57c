// The wish to stop, from wherever it comes: a person who cancels, a vault that is locked. Told at once to whoever waits for an answer.
import type { Stop } from '../../core/ports.ts';
import { createListeners } from '../listeners.ts';

export type Stopping = Stop & { readonly stop: () => void };

export const createStopping = (): Stopping => {
  const listeners = createListeners();
  let wanted = true;
  return {
    wanted: () => wanted,
    onStop: listeners.add,
    stop: () => {
      if (!wanted) return;
      wanted = false;
      listeners.tell();
    },
  };
};

/** Waits; false where it was stopped meanwhile. */
export const waitUnlessStopped = (ms: number, stop: Stop): Promise<boolean> =>
  new Promise((resolve) => {
    if (!stop.wanted()) {
      resolve(false);
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      forget();
      resolve(stop.wanted());
    };
    const timer = setTimeout(end, ms);
    const forget = stop.onStop(end);
  });
