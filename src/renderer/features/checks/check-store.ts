// What is being asked from here, and what the last asking of many has shown. Holds names and states, never a value.
import { createStore } from 'zustand/vanilla';
import { openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { stateWords } from '../../lib/key-state.ts';
import { dismissTask, keepTask, tasksStore } from '../../app/tasks-store.ts';
import type { CheckSummary } from '../../lib/types.ts';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { readKeysSoon } from '../keys/store.ts';
import { checkSentence } from './sort-results.ts';

export type CheckStore = {
  /** Ids of the keys that are being asked about one at a time. */
  readonly asking: ReadonlySet<string>;
  readonly askingAll: boolean;
  readonly last: CheckSummary | null;
  /** The row that told how far it was, so that its end can lead to what changed. */
  readonly lastTaskId: string | null;
  /** Said by the live region when an answer came. */
  readonly spoken: string;
};

const start: CheckStore = { asking: new Set(), askingAll: false, last: null, lastTaskId: null, spoken: '' };
export const checkStore = createStore<CheckStore>()(() => start);

const mark = (id: string, asks: boolean): void =>
  checkStore.setState(({ asking }) => {
    const next = new Set(asking);
    if (asks) next.add(id);
    else next.delete(id);
    return { asking: next };
  });

/** Asks about one key; the answer is shown where the key is. */
export const checkKey = async (id: string): Promise<void> => {
  if (checkStore.getState().asking.has(id)) return;
  mark(id, true);
  const result = await call('keys.check', { ids: [id] });
  mark(id, false);
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  const [answer] = result.value.results;
  if (answer === undefined) sayDone(result.value.sentence);
  else checkStore.setState({ spoken: `${answer.name}: ${stateWords[answer.state]}. ${answer.reason}` });
};

/** How the agent names the work of asking; the name of the provider follows. */
export const asksLabel = /^(Asking|Looking at) /;

/** Asks about every key that can be asked. Progress is the agent's own row; its end offers what changed. */
export const checkAll = async (): Promise<void> => {
  if (checkStore.getState().askingAll) return;
  const before = new Set(tasksStore.getState().tasks.map(({ taskId }) => taskId));
  const old = checkStore.getState().lastTaskId;
  if (old !== null) dismissTask(old);
  checkStore.setState({ askingAll: true });
  const result = await call('keys.check', {});
  checkStore.setState({ askingAll: false });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  const { results, stopped } = result.value;
  const task = tasksStore
    .getState()
    .tasks.find(({ taskId, label }) => !before.has(taskId) && asksLabel.test(label));
  const lastTaskId = task?.taskId ?? null;
  if (lastTaskId === null) sayDone(checkSentence(results, stopped));
  else keepTask(lastTaskId);
  checkStore.setState({ last: result.value, lastTaskId, spoken: checkSentence(results, stopped) });
  readKeysSoon();
};

/** What it leads to takes the place of the row. */
export const showLastCheck = (): void => {
  const { lastTaskId } = checkStore.getState();
  if (lastTaskId !== null) dismissTask(lastTaskId);
  openOverlay({ type: 'check-summary' });
};

/** When the vault locks, nothing of it stays here. */
export const forgetChecks = (): void => checkStore.setState(start);
