// Those who want to hear of one thing, once or often. Each is told even where it forgets itself or another one meanwhile.
export type Listeners = {
  /** Gives the way to forget it again. */
  readonly add: (listener: () => void) => () => void;
  readonly tell: () => void;
};

export const createListeners = (): Listeners => {
  const listeners = new Set<() => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: () => {
      for (const listener of [...listeners]) listener();
    },
  };
};
