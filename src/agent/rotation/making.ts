// Calls whose answer holds the only copy of a new value: a lock that can wait a moment waits for them.
import type { Remote } from '../../core/rotation/desk.ts';
import { createListeners } from '../listeners.ts';

export type Making = {
  /** The same provider, watched. */
  readonly watch: (remote: Remote) => Remote;
  /** Whether such a call is under way. */
  readonly isMaking: () => boolean;
  /** Resolves once none is and what came of it was saved, or after so many milliseconds. */
  readonly made: (mostMs: number) => Promise<void>;
};

/** Whoever waited for the answer saves it first. */
const savedWithinMs = 50;

export const createMaking = (): Making => {
  let making = 0;
  const ended = createListeners();
  return {
    watch: (remote) => ({
      ...remote,
      make: async (mark) => {
        making += 1;
        try {
          return await remote.make(mark);
        } finally {
          making -= 1;
          if (making === 0) setTimeout(ended.tell, savedWithinMs);
        }
      },
    }),
    isMaking: () => making > 0,
    made: (mostMs) =>
      new Promise((resolve) => {
        if (making === 0) {
          resolve();
          return;
        }
        const end = (): void => {
          clearTimeout(timer);
          forget();
          resolve();
        };
        const timer = setTimeout(end, mostMs);
        const forget = ended.add(end);
      }),
  };
};
