// Long work as others see it: progress while it runs, a sentence when it ends, and a wish to stop that the work itself obeys
// between two steps.
import type { EventPayload } from '../contract/events.ts';
import { createListeners, type Listeners } from './listeners.ts';

export type Task = {
  readonly id: string;
  /** @param label what is being done now; stays where it is not given */
  readonly step: (done: number, label?: string) => void;
  readonly cancelled: () => boolean;
  /** Told at once; gives the way to forget it again. */
  readonly onCancel: (listener: () => void) => () => void;
  readonly end: (sentence: string) => void;
};

export type Tasks = {
  /** @param wanted the caller's own id; another one is made where it is taken */
  readonly begin: (label: string, total: number | null, cancellable: boolean, wanted?: string) => Task;
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
  const running = new Map<string, Listeners>();
  const unwanted = new Set<string>();
  return {
    begin: (first, total, cancellable, wanted) => {
      const id = wanted === undefined || running.has(wanted) ? newId() : wanted;
      const listeners = createListeners();
      running.set(id, listeners);
      let label = first;
      let done = 0;
      const report = (ended: string | null): void => {
        tell({ taskId: id, label, done, total, cancellable, ended });
      };
      report(null);
      return {
        id,
        step: (now, doing) => {
          done = now;
          label = doing ?? label;
          report(null);
        },
        cancelled: () => unwanted.has(id),
        onCancel: listeners.add,
        end: (sentence) => {
          running.delete(id);
          unwanted.delete(id);
          report(sentence);
        },
      };
    },
    cancel: (id) => {
      const listeners = running.get(id);
      if (listeners === undefined || unwanted.has(id)) return;
      unwanted.add(id);
      listeners.tell();
    },
  };
};
