// How the record of a turn changes: pure, one small change each. Nothing is saved here.
import type {
  Attempt,
  JournalLine,
  Rotation,
  RotationOutcome,
  RotationStepName,
  RotationTask,
} from '../model/rotation.ts';
import { stepAfter } from './steps.ts';

const mostLines = 400;
const longestLine = 500;

/** Adds a line. Where there are too many, the oldest notes go and beginnings and ends stay. */
export const withLine = (
  rotation: Rotation,
  event: JournalLine['event'],
  atMs: number,
  what: string,
  step: RotationStepName = rotation.step,
): Rotation => {
  const line: JournalLine = { step, event, atMs, what: what.slice(0, longestLine) };
  const journal = [...rotation.journal, line];
  if (journal.length <= mostLines) return { ...rotation, journal };
  const dispensable = journal.findIndex((each) => each.event === 'waiting' || each.event === 'note');
  return { ...rotation, journal: journal.toSpliced(dispensable < 0 ? 0 : dispensable, 1) };
};

/** The effect of the present step may have happened from here on. */
export const begun = (rotation: Rotation, nowMs: number, what: string): Rotation =>
  withLine(
    { ...rotation, phase: 'begun', againAtMs: null, waitsFor: '', stepSinceMs: sinceMs(rotation, nowMs) },
    'begun',
    nowMs,
    what,
  );

const sinceMs = ({ phase, stepSinceMs }: Rotation, nowMs: number): number =>
  phase === 'todo' ? nowMs : stepSinceMs;

/** Goes to another step, where nothing was tried yet. */
export const at = (rotation: Rotation, step: RotationStepName, nowMs: number): Rotation => ({
  ...rotation,
  step,
  phase: 'todo',
  againAtMs: null,
  waitsFor: '',
  stepSinceMs: nowMs,
  tries: 0,
});

/** The present step is done: on to the next one. */
export const finished = (rotation: Rotation, nowMs: number, what: string): Rotation =>
  at(withLine(rotation, 'done', nowMs, what), stepAfter(rotation, rotation.step), nowMs);

/** Waits for a moment, or for a person where there is none. The wait is a line only where it is another one than before. */
export const waiting = (
  rotation: Rotation,
  nowMs: number,
  waitsFor: string,
  againAtMs: number | null,
): Rotation => {
  const phase = rotation.phase === 'undoing' ? 'undoing' : 'waiting';
  const stepSinceMs = rotation.phase === 'todo' ? nowMs : rotation.stepSinceMs;
  const next: Rotation = { ...rotation, phase, waitsFor, againAtMs, stepSinceMs };
  return rotation.waitsFor === waitsFor ? next : withLine(next, 'waiting', nowMs, waitsFor);
};

/** Seconds between two tries, then every minute, then every ten. */
const pausesSeconds = [1, 2, 4, 8, 15, 30] as const;
const minuteTries = 16;

/** Milliseconds to wait after so many tries in vain. */
export const pauseMs = (tries: number): number =>
  1_000 * (pausesSeconds[tries] ?? (tries < minuteTries ? 60 : 600));

/** Tried in vain: once more after a while. @param leastMs as the provider asked */
export const tryAgain = (rotation: Rotation, nowMs: number, why: string, leastMs = 0): Rotation => ({
  ...waiting(rotation, nowMs, why, nowMs + Math.max(leastMs, pauseMs(rotation.tries))),
  tries: rotation.tries + 1,
});

/** Given up after the provider's own time and ten minutes more, and never before a clock that jumped could have done it alone. */
export const isOutOfPatience = (
  { stepSinceMs, tries }: Pick<Rotation, 'stepSinceMs' | 'tries'>,
  nowMs: number,
  promisedSeconds: number,
): boolean => tries >= 8 && nowMs - stepSinceMs >= promisedSeconds * 1_000 + 600_000;

/** The end, in a sentence. */
export const ended = (
  rotation: Rotation,
  nowMs: number,
  kind: RotationOutcome['kind'],
  sentence: string,
  next: string,
): Rotation =>
  withLine(
    {
      ...rotation,
      phase: 'waiting',
      againAtMs: null,
      waitsFor: '',
      outcome: { kind, sentence, next, atMs: nowMs },
    },
    kind === 'turned' || kind === 'old-lives' ? 'done' : 'note',
    nowMs,
    sentence,
  );

/** Changes the attempt of a mark. */
export const withAttempt = (
  rotation: Rotation,
  mark: string,
  change: Partial<Omit<Attempt, 'mark'>>,
): Rotation => ({
  ...rotation,
  attempts: rotation.attempts.map((each) => (each.mark === mark ? { ...each, ...change } : each)),
});

/** The attempt of which nobody knows what came; undefined where there is none. */
export const openAttempt = ({ attempts }: Pick<Rotation, 'attempts'>): Attempt | undefined =>
  attempts.findLast(({ state }) => state === 'open');

/** Adds a task unless one of the same kind and title is open. */
export const withTask = (rotation: Rotation, task: RotationTask): Rotation =>
  rotation.tasks.some(
    ({ kind, title, doneAtMs }) => kind === task.kind && title === task.title && doneAtMs === null,
  )
    ? rotation
    : { ...rotation, tasks: [...rotation.tasks, task] };

/** Tasks of a step that must be done and are not. */
export const openTasks = (
  rotation: Pick<Rotation, 'tasks'>,
  ...kinds: readonly RotationTask['kind'][]
): readonly RotationTask[] =>
  rotation.tasks.filter(
    ({ kind, optional, doneAtMs }) => doneAtMs === null && !optional && kinds.includes(kind),
  );

/** What is waited for while these are to be done. */
export const openWords = (open: readonly RotationTask[]): string =>
  `${open.length === 1 ? 'one task is' : `${String(open.length)} tasks are`} open: ${open.map(({ title }) => title).join('; ')}`;
