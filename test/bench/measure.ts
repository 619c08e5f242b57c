// Medians of repeated runs, and the table that tells them with their ratios. One warm-up run is thrown away.
import { readFileSync } from 'node:fs';

export type Measured = {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** Of twenty runs one is slower than this. */
  readonly p95Ms: number;
  /** Processor time of this process, which a busy machine changes less; NaN where others did the work. */
  readonly cpuMs: number;
  /** What the ratio is taken against, by name. */
  readonly against?: string;
  /** The ratio itself, where both were timed in turn: the median of the rounds' ratios. */
  readonly ratio?: number;
  /** What was aimed at. */
  readonly goal?: Goal;
};

/** Milliseconds, of the median or of all but one run in twenty. */
export type Goal = { readonly under: number; readonly of: 'medianMs' | 'p95Ms' };

export const withGoal = (measured: Measured, under: number, of: Goal['of'] = 'medianMs'): Measured => ({
  ...measured,
  goal: { under, of },
});

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
    p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
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

type Task = { readonly name: string; readonly run: () => Promise<void> | void };

/**
 * Times two tasks in turn, so that a machine that is slower for a while is so for both; the ratio is the median of the rounds'.
 * @returns the base, then the other
 */
export const measureBeside = async (
  base: Task,
  other: Task,
  runs: number,
): Promise<readonly [Measured, Measured]> => {
  const timed = async ({ run }: Task): Promise<Time> => {
    const watch = startWatch();
    await run();
    // One of the two is a process of its own: only the wall tells of both.
    return { ...watch(), cpuMs: Number.NaN };
  };
  const times: { readonly base: Time; readonly other: Time }[] = [];
  for (let round = 0; round <= runs; round += 1)
    times.push({ base: await timed(base), other: await timed(other) });
  const rounds = times.slice(1);
  const measured = fromTimes(
    other.name,
    rounds.map((each) => each.other),
    base.name,
  );
  return [
    fromTimes(
      base.name,
      rounds.map((each) => each.base),
    ),
    { ...measured, ratio: median(sortedOf(rounds.map((each) => each.other.ms / each.base.ms))) },
  ];
};

const ticksPerSecond = 100;
const childTimes = { user: 15, system: 16 } as const;

/** Processor time of all processes that this one has started and seen the end of, in steps of 10 ms. Linux alone tells. */
const childrenCpuMs = (): number => {
  if (process.platform !== 'linux') return Number.NaN;
  const told = readFileSync('/proc/self/stat', 'utf8');
  // The name, in brackets, may hold spaces; what follows it is counted from the third.
  const fields = told.slice(told.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[childTimes.user - 2]) + Number(fields[childTimes.system - 2]);
  return (ticks * 1_000) / ticksPerSecond;
};

/** For work that processes do which the task starts and waits for. */
export const ofOthers =
  (task: () => Promise<number | void> | number | void): (() => Promise<Time>) =>
  async () => {
    const started = childrenCpuMs();
    const watch = startWatch();
    const own = await task();
    const { ms } = watch();
    const cpuMs = childrenCpuMs() - started;
    return { ms: own ?? ms, cpuMs: cpuMs > 0 ? cpuMs : Number.NaN };
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
  if (base === undefined) return '';
  const cpu = each.cpuMs / base.cpuMs;
  const onCpu = Number.isFinite(cpu) ? ` (CPU ${cpu.toFixed(2)} ×)` : '';
  return `${(each.ratio ?? each.medianMs / base.medianMs).toFixed(2)} × ${base.name}${onCpu}`;
};

const goalOf = ({ goal, ...each }: Measured): string =>
  goal === undefined
    ? ''
    : `${goal.of === 'p95Ms' ? 'p95 ' : ''}< ${goal.under}: ${each[goal.of] < goal.under ? 'reached' : 'not reached'}`;

/** A Markdown table: the same on the terminal and in docs/performance.md. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
};

export const tableOf = (all: readonly Measured[]): string =>
  markdownTable(
    ['what', 'median ms', 'p95', 'least to most', 'CPU ms', 'N', 'ratio', 'goal'],
    all.map((each) => [
      each.name,
      inMs(each.medianMs),
      inMs(each.p95Ms),
      `${inMs(each.leastMs)} to ${inMs(each.mostMs)}`,
      inMs(each.cpuMs),
      String(each.runs),
      ratioOf(each, all),
      goalOf(each),
    ]),
  );
