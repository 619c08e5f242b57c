// A program that uses a key without pause: several lanes, a new connection each time, the values read anew before each. What was refused is
// counted, and when.

export type Use = (variables: Readonly<Record<string, string>>) => Promise<void>;

export type Count = {
  readonly used: number;
  /** Refused by the server, or cut off. */
  readonly refused: number;
  /** From the first to the last refusal; 0 where there was none. */
  readonly spanMs: number;
  /** Other words than those of a refusal would be a mistake of the test: they are kept. */
  readonly words: ReadonlySet<string>;
};

export type Load = {
  readonly count: () => Count;
  /** Lets every lane come to its end. */
  readonly stop: () => Promise<Count>;
};

const lanes = 3;
const pauseMs = 80;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param use fails where it is not let in */
export const startLoad = (variables: () => Readonly<Record<string, string>>, use: Use): Load => {
  let isWanted = true;
  let used = 0;
  const refusals: number[] = [];
  const words = new Set<string>();
  const lane = async (): Promise<void> => {
    while (isWanted) {
      try {
        await use(variables());
        used += 1;
      } catch (problem) {
        refusals.push(performance.now());
        words.add(problem instanceof Error ? problem.message : String(problem));
      }
      await pause(pauseMs);
    }
  };
  const running = Array.from({ length: lanes }, lane);
  const count = (): Count => ({
    used,
    refused: refusals.length,
    spanMs: Math.round((refusals.at(-1) ?? 0) - (refusals[0] ?? 0)),
    words,
  });
  return {
    count,
    stop: async () => {
      isWanted = false;
      await Promise.all(running);
      return count();
    },
  };
};
