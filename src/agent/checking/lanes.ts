// How many questions are under way at once: few for one provider, not many in all, whoever asks. First come, first served, past those
// whose own lane is full.
export type Lanes = {
  /** Runs the work when there is room for it. */
  readonly run: <T>(lane: string, work: () => Promise<T>) => Promise<T>;
};

type Waiting = { readonly lane: string; readonly begin: () => void };

export const createLanes = (perLane: number, inAll: number): Lanes => {
  const busy = new Map<string, number>();
  const waiting: Waiting[] = [];
  let running = 0;

  const hasRoom = (lane: string): boolean => running < inAll && (busy.get(lane) ?? 0) < perLane;

  const next = (): void => {
    const at = running < inAll ? waiting.findIndex(({ lane }) => hasRoom(lane)) : -1;
    if (at < 0) return;
    const [first] = waiting.splice(at, 1);
    first?.begin();
    next();
  };

  const enter = (lane: string): void => {
    running += 1;
    busy.set(lane, (busy.get(lane) ?? 0) + 1);
  };

  const leave = (lane: string): void => {
    running -= 1;
    const left = (busy.get(lane) ?? 1) - 1;
    if (left === 0) busy.delete(lane);
    else busy.set(lane, left);
    next();
  };

  const turn = (lane: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({
        lane,
        begin: () => {
          enter(lane);
          resolve();
        },
      });
      next();
    });

  return {
    run: async (lane, work) => {
      await turn(lane);
      try {
        return await work();
      } finally {
        leave(lane);
      }
    },
  };
};
