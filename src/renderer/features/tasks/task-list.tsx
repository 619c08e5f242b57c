// Long work, bottom right, wherever the person is: what, how far, time left, cancel, and a last sentence.
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../app/app-store.ts';
import { dismissTask, tasksStore, type Task } from '../../app/tasks-store.ts';
import { asksLabel, checkStore, showLastCheck } from '../checks/check-store.ts';
import { checkSentence } from '../checks/sort-results.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import { useNow } from '../../lib/use-now.ts';
import { ProgressRow } from '../../ui/progress-row.tsx';
import { bytesWords, leftWords } from '../leaks/leak-words.ts';
import { leaksStore, openLeaks } from '../leaks/leaks-store.ts';
import { cancelScan, isScanning } from '../leaks/scan-acts.ts';
import { sayFailed } from '../../ui/toast-store.ts';
import styles from './task-list.module.css';

/** What is left at the pace so far; nothing while that would be a guess. */
export const timeLeft = (task: Pick<Task, 'done' | 'total' | 'startedAtMs'>, now: number): string => {
  const passed = now - task.startedAtMs;
  if (task.total === null || task.done === 0 || passed < 2_000) return '';
  const seconds = Math.ceil(((passed / task.done) * (task.total - task.done)) / 1_000);
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
};

const quickMs = 2_000;

/** How the agent names the work of planning a turn: the plan itself shows that, with its own way to stop. */
const planLabel = 'Reading the provider';

/** A question about one key is answered where the key is; only one that takes its time gets a row, to be stopped. */
const isWorthARow = (task: Task, now: number): boolean =>
  task.label !== planLabel &&
  (task.total !== 1 ||
    !asksLabel.test(task.label) ||
    (task.ended === null && now - task.startedAtMs > quickMs));

const cancel = (taskId: string): void => {
  void call('task.cancel', { taskId }).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

/** A scan has its own place with all that can be done about it: elsewhere it is a row that leads there. */
const ScanRow = (): ReactNode => {
  const scan = useStore(leaksStore, (store) => store.scan);
  if (scan === null) return null;
  const { bytesScanned, bytesTotal, filesScanned, state, msLeft } = scan;
  return (
    <ProgressRow
      label="Looking for pasted keys"
      done={bytesTotal === null ? filesScanned : bytesScanned}
      total={bytesTotal}
      numbers={`${counted(filesScanned, 'file')}, ${bytesWords(bytesScanned)}`}
      timeLeft={state === 'paused' ? 'paused' : leftWords(msLeft)}
      ended={null}
      action={{ label: 'Show it', run: () => openLeaks() }}
      onCancel={() => void cancelScan()}
      onDismiss={() => undefined}
    />
  );
};

const useScanElsewhere = (): boolean => {
  const busy = useStore(leaksStore, isScanning);
  const elsewhere = useStore(
    appStore,
    ({ place, state }) => place !== 'leaks' && state?.vault === 'unlocked',
  );
  return busy && elsewhere;
};

export const TaskList = (): ReactNode => {
  const tasks = useStore(tasksStore, (store) => store.tasks);
  const { last, lastTaskId } = useStore(checkStore);
  const now = useNow(1_000);
  const shown = tasks.filter((task) => isWorthARow(task, now));
  const scanElsewhere = useScanElsewhere();
  if (shown.length === 0 && !scanElsewhere) return null;
  return (
    <section aria-label="Work under way" className={styles.place}>
      <ul className={styles.list}>
        {scanElsewhere ? <ScanRow /> : null}
        {shown.map((task) => (
          <ProgressRow
            key={task.taskId}
            label={task.label}
            done={task.done}
            total={task.total}
            timeLeft={timeLeft(task, now)}
            {...(last !== null && task.taskId === lastTaskId
              ? {
                  ended: checkSentence(last.results, last.stopped),
                  action: { label: 'What changed', run: showLastCheck },
                }
              : { ended: task.ended })}
            onCancel={task.cancellable ? () => cancel(task.taskId) : null}
            onDismiss={() => dismissTask(task.taskId)}
          />
        ))}
      </ul>
    </section>
  );
};
