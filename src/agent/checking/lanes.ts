// How many questions are under way at once: few for one provider, not many in all, whoever asks. First come, first served within a lane;
// lanes take turns, so that a thousand keys of one provider do not keep a single one of another waiting.
export type Lanes = {
  /** Runs the work when there is room for it. */
  readonly run: <T>(lane: string, work: () => Promise<T>) => Promise<T>;
};

type Lane = { readonly name: string; busy: number; readonly waiting: (() => void)[]; next: number };

export const createLanes = (perLane: number, inAll: number): Lanes => {
  /** In the order of their turns. Only lanes in which something runs or waits. */
  const lanes = new Map<string, Lane>();
  let running = 0;

  const laneOf = (name: string): Lane => {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const lane: Lane = { name, busy: 0, waiting: [], next: 0 };
    lanes.set(name, lane);
    return lane;
  };

  const hasTurn = ({ busy, waiting, next }: Lane): boolean => busy < perLane && next < waiting.length;

  /** The lane goes to the end of the row. */
  const begin = (lane: Lane): void => {
    const start = lane.waiting[lane.next];
    lane.next += 1;
    lane.busy += 1;
    running += 1;
    lanes.delete(lane.name);
    lanes.set(lane.name, lane);
    start?.();
  };

  const fill = (): void => {
    while (running < inAll) {
      const [lane] = [...lanes.values()].filter(hasTurn).sort((left, right) => left.busy - right.busy);
      if (lane === undefined) return;
      begin(lane);
    }
  };

  const leave = (lane: Lane): void => {
    lane.busy -= 1;
    running -= 1;
    if (lane.busy === 0 && lane.next >= lane.waiting.length) lanes.delete(lane.name);
    fill();
  };

  return {
    run: async (name, work) => {
      const lane = laneOf(name);
      const turn = new Promise<void>((resolve) => {
        lane.waiting.push(resolve);
      });
      fill();
      await turn;
      try {
        return await work();
      } finally {
        leave(lane);
      }
    },
  };
};
