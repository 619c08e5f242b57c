// Medians of repeated runs, and the table that tells them with their ratios. One warm-up run is thrown away.
export type Measured = {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** Processor time of this process, which a busy machine changes less; NaN where others did the work. */
  readonly cpuMs: number;
  /** What the ratio is taken against, by name. */
  readonly against?: string;
};

const median = (sorted: readonly number[]): number => {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
};

export type Time = { readonly ms: number; readonly cpuMs: number };

const sortedOf = (values: readonly number[]): readonly number[] =>
  values.toSorted((left, right) => left - right);

export const fromTimes = (name: string, times: readonly Time[], against?: string): Measured => {
  const sorted = sortedOf(times.map(({ ms }) => ms));
  return {
    name,
    runs: sorted.length,
    medianMs: median(sorted),
    leastMs: sorted[0] ?? Number.NaN,
    mostMs: sorted.at(-1) ?? Number.NaN,
    cpuMs: median(sortedOf(times.map(({ cpuMs }) => cpuMs))),
    ...(against === undefined ? {} : { against }),
  };
};

/** Starts a watch; calling it tells the time since, on the wall and of this process's threads together. */
export const startWatch = (): (() => Time) => {
  const startedMs = performance.now();
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return { ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000 };
  };
};

/** Times a task; where it gives a time, that is taken instead of what the watch says. */
export const measure = async (
  name: string,
  runs: number,
  task: () => Promise<Time | void> | Time | void,
  against?: string,
): Promise<Measured> => {
  await task();
  const times: Time[] = [];
  for (let run = 0; run < runs; run += 1) {
    const watch = startWatch();
    const own = await task();
    times.push(own ?? watch());
  }
  return fromTimes(name, times, against);
};

/** Of work that another process does only the wall's time counts. */
export const ofOthers =
  (task: () => Promise<number | void> | number | void): (() => Promise<Time>) =>
  async () => {
    const watch = startWatch();
    const own = await task();
    return { ms: own ?? watch().ms, cpuMs: Number.NaN };
  };

const inMs = (value: number): string =>
  Number.isNaN(value)
    ? ''
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2);

const ratioOf = (each: Measured, all: readonly Measured[]): string => {
  const base = all.find(({ name }) => name === each.against);
  return base === undefined ? '' : `${(each.medianMs / base.medianMs).toFixed(2)} × ${base.name}`;
};

/** Rows of a Markdown table: the same on the terminal and in docs/performance.md. */
export const tableOf = (all: readonly Measured[]): string => {
  const head = ['what', 'median ms', 'least to most', 'CPU ms', 'N', 'ratio'];
  const rows = all.map((each) => [
    each.name,
    inMs(each.medianMs),
    `${inMs(each.leastMs)} to ${inMs(each.mostMs)}`,
    inMs(each.cpuMs),
    String(each.runs),
    ratioOf(each, all),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
};
