// One after the other: what must not run beside another change waits for its turn. A failed turn does not stop the next.
export type Mutex = <T>(task: () => Promise<T> | T) => Promise<T>;

export const createMutex = (): Mutex => {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(task: () => Promise<T> | T): Promise<T> => {
    const before = last;
    const turn = (async (): Promise<T> => {
      await before.catch(() => undefined);
      return task();
    })();
    last = turn;
    return turn;
  };
};
