// A gate that opens and closes: whoever comes while it is closed waits, but not for ever.
type After = (ms: number, task: () => void) => () => void;

export type Gate = {
  /** True once it is open; false if it stayed closed for `patienceMs` or was shut for good. */
  readonly pass: () => Promise<boolean>;
  readonly isOpen: () => boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly shut: () => void;
};

export const createGate = (after: After, patienceMs: number): Gate => {
  const waiting = new Set<(passed: boolean) => void>();
  let isOpen = false;
  let isShut = false;
  const release = (passed: boolean): void => {
    for (const wake of [...waiting]) wake(passed);
    waiting.clear();
  };
  return {
    pass: () => {
      if (isOpen || isShut) return Promise.resolve(isOpen);
      return new Promise((resolve) => {
        const cancel = after(patienceMs, () => {
          waiting.delete(wake);
          resolve(false);
        });
        const wake = (passed: boolean): void => {
          cancel();
          resolve(passed);
        };
        waiting.add(wake);
      });
    },
    isOpen: () => isOpen,
    open: () => {
      isOpen = !isShut;
      release(isOpen);
    },
    close: () => {
      isOpen = false;
    },
    shut: () => {
      isShut = true;
      isOpen = false;
      release(false);
    },
  };
};
