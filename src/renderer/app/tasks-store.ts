// Long work that goes on while the person walks elsewhere: one row each until its last sentence is dismissed.
import { createStore } from 'zustand/vanilla';
import type { EventPayload } from '../../contract/events.ts';
import { onEvent } from '../lib/call.ts';

export type Task = EventPayload<'task.progress'> & { readonly startedAtMs: number };
type TasksStore = { readonly tasks: readonly Task[] };

export const tasksStore = createStore<TasksStore>()(() => ({ tasks: [] }));

const endedStaysMs = 12_000;

export const dismissTask = (taskId: string): void =>
  tasksStore.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.taskId !== taskId) }));

const kept = new Set<string>();

/** Its last sentence stays until the person has dismissed it. */
export const keepTask = (taskId: string): void => void kept.add(taskId);

export const startTasksStore = (): void => {
  onEvent('task.progress', (progress) => {
    tasksStore.setState(({ tasks }) => {
      const known = tasks.find((task) => task.taskId === progress.taskId);
      const task: Task = { ...progress, startedAtMs: known?.startedAtMs ?? Date.now() };
      return {
        tasks: known === undefined ? [...tasks, task] : tasks.map((each) => (each === known ? task : each)),
      };
    });
    if (progress.ended !== null)
      setTimeout(() => {
        if (!kept.has(progress.taskId)) dismissTask(progress.taskId);
      }, endedStaysMs);
  });
};
