// Time and randomness of the real machine, for the composition to hand out; everything else takes them as arguments.
import { randomBytes as systemBytes, randomFillSync } from 'node:crypto';

/** Runs a task once after `ms`; the returned function takes it back. */
export const after = (ms: number, task: () => void): (() => void) => {
  const timer = setTimeout(task, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** Runs a task every `ms` for as long as the app runs. */
export const every = (ms: number, task: () => void): void => {
  setInterval(task, ms);
};

/** Milliseconds since the Unix epoch. */
export const nowMs = (): number => Date.now();

/** A random id that ties what a person is told to a line of the log. */
export const reportId = (): string => systemBytes(6).toString('hex');

/** Random bytes in memory of their own: a Buffer of the shared pool could not be wiped alone. */
export const randomBytes = (length: number): Uint8Array => randomFillSync(new Uint8Array(length));
