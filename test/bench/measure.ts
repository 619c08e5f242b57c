// Medians of repeated runs, and the table that tells them with their ratios. One warm-up run is thrown away.
export type Measured = {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** What the ratio is taken against, by name. */
  readonly against?: string;
};

const median = (sorted: readonly number[]): number => {
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
};

export const fromTimes = (name: string, times: readonly number[], against?: string): Measured => {
  const sorted = times.toSorted((left, right) => left - right);
  return {
    name,
    runs: sorted.length,
    medianMs: median(sorted),
    leastMs: sorted[0] ?? Number.NaN,
    mostMs: sorted.at(-1) ?? Number.NaN,
    ...(against === undefined ? {} : { against }),
  };
};

/** Times a task; where it gives a number, that is taken instead: milliseconds that it measured itself. */
export const measure = async (
  name: string,
  runs: number,
  task: () => Promise<number | void> | number | void,
  against?: string,
): Promise<Measured> => {
  await task();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    const own = await task();
    times.push(typeof own === 'number' ? own : performance.now() - startedMs);
  }
  return fromTimes(name, times, against);
};

const inMs = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const ratioOf = (each: Measured, all: readonly Measured[]): string => {
  const base = all.find(({ name }) => name === each.against);
  return base === undefined ? '' : `${(each.medianMs / base.medianMs).toFixed(2)} × ${base.name}`;
};

/** Rows of a Markdown table: the same on the terminal and in docs/performance.md. */
export const tableOf = (all: readonly Measured[]): string => {
  const head = ['what', 'median ms', 'least to most', 'N', 'ratio'];
  const rows = all.map((each) => [
    each.name,
    inMs(each.medianMs),
    `${inMs(each.leastMs)} to ${inMs(each.mostMs)}`,
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
