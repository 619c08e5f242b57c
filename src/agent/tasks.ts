// Long work as others see it: progress while it runs, a sentence when it ends, and a wish to stop that the work itself obeys
// between two steps.
import type { EventPayload } from '../contract/events.ts';

export type Task = {
  readonly id: string;
  readonly step: (done: number) => void;
  readonly cancelled: () => boolean;
  readonly end: (sentence: string) => void;
};

export type Tasks = {
  readonly begin: (label: string, total: number | null, cancellable: boolean) => Task;
  readonly cancel: (id: string) => void;
};

/** Lets timers, messages and other calls have their turn between two steps of long work. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export const createTasks = (
  newId: () => string,
  tell: (payload: EventPayload<'task.progress'>) => void,
): Tasks => {
  const running = new Set<string>();
  const unwanted = new Set<string>();
  return {
    begin: (label, total, cancellable) => {
      const id = newId();
      running.add(id);
      let done = 0;
      const report = (ended: string | null): void => {
        tell({ taskId: id, label, done, total, cancellable, ended });
      };
      report(null);
      return {
        id,
        step: (now) => {
          done = now;
          report(null);
        },
        cancelled: () => unwanted.has(id),
        end: (sentence) => {
          running.delete(id);
          unwanted.delete(id);
          report(sentence);
        },
      };
    },
    cancel: (id) => {
      if (running.has(id)) unwanted.add(id);
    },
  };
};
