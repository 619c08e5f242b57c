// What only a person can do in a turn, as a checklist: who, until when, and the page of the portal where it is done.
import { ClipboardPaste, ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import { daysUntil, exactTime, inDaysWords, momentWords, shortDay } from '../../lib/time-words.ts';
import type { TurnTask, TurnView } from '../../lib/types.ts';
import { Tag } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { sayFailed } from '../../ui/toast-store.ts';
import { openPortal } from '../keys/actions.ts';
import { readKeysSoon } from '../keys/store.ts';
import { stepNames } from './turn-words.ts';
import styles from './turn-view.module.css';

const mark = async (turn: TurnView, task: TurnTask, done: boolean): Promise<boolean> => {
  const result = await call('rotation.task', { id: turn.id, taskId: task.id, done });
  if (result.ok) readKeysSoon();
  else sayFailed(result.error);
  return result.ok;
};

const Title = ({ task }: { readonly task: TurnTask }): ReactNode => (
  <span className={styles.taskTitle}>
    {task.title} {task.optional ? <Tag>optional</Tag> : null}
  </span>
);

const Meta = ({ task, now }: { readonly task: TurnTask; readonly now: number }): ReactNode => {
  const left = task.dueOn === null ? null : daysUntil(task.dueOn, now);
  if (task.who === '' && left === null && task.doneAtMs === null) return null;
  return (
    <p className={styles.meta}>
      {task.who === '' ? null : <span>{task.who}</span>}
      {task.dueOn === null || left === null || task.doneAtMs !== null ? null : (
        <span className={left < 0 ? styles.late : undefined}>
          due {shortDay(task.dueOn, now)}, {inDaysWords(left)}
        </span>
      )}
      {task.doneAtMs === null ? null : (
        <time dateTime={new Date(task.doneAtMs).toISOString()} title={exactTime(task.doneAtMs)}>
          done {momentWords(task.doneAtMs, now)}
        </time>
      )}
    </p>
  );
};

/** A task of a step that is still to come is read, not done. */
const comesLater = (turn: TurnView, task: TurnTask): boolean => {
  const order = turn.steps.map(({ step }) => step);
  return turn.outcome === null && order.indexOf(task.step) > order.indexOf(turn.step);
};

const Detail = ({ task, later }: { readonly task: TurnTask; readonly later: boolean }): ReactNode => {
  if (task.detail === '' || task.doneAtMs !== null) return null;
  if (!later) return <p className={styles.detail}>{task.detail}</p>;
  return (
    <details className={styles.detail}>
      <summary className={styles.later}>comes with {stepNames[task.step]}</summary>
      {task.detail}
    </details>
  );
};

/** The value itself is what ends it: there is nothing to tick. */
const ByValue = ({ task }: { readonly task: TurnTask }): ReactNode => (
  <div className={styles.byValue}>
    <ClipboardPaste size={16} strokeWidth={1.75} aria-hidden="true" />
    <Title task={task} />
  </div>
);

const Task = (props: {
  readonly turn: TurnView;
  readonly task: TurnTask;
  readonly now: number;
}): ReactNode => {
  const { turn, task, now } = props;
  // Ticked at once; what the agent says comes a moment later.
  const [sent, setSent] = useState<boolean | null>(null);
  const done = task.doneAtMs !== null;
  if (sent === done) setSent(null);
  const later = comesLater(turn, task);
  const { portal } = task;
  const tick = (next: boolean): void => {
    setSent(next);
    void mark(turn, task, next).then((ok) => {
      if (!ok) setSent(null);
    });
  };
  return (
    <li className={classNames(styles.task, done && styles.taskDone)}>
      <div>
        {task.kind === 'paste' && !done ? (
          <ByValue task={task} />
        ) : (
          <Checkbox
            checked={sent ?? done}
            disabled={sent !== null || later || turn.outcome !== null || task.kind === 'paste'}
            onChange={tick}
            label={<Title task={task} />}
          />
        )}
        <Detail task={task} later={later} />
        <Meta task={task} now={now} />
      </div>
      {portal === null || done || later ? null : (
        <Button icon={ExternalLink} onClick={() => void openPortal(turn.keyId, portal)}>
          Open the portal
        </Button>
      )}
    </li>
  );
};

export const TurnTasks = ({ turn, now }: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const { tasks } = turn;
  if (tasks.length === 0) return null;
  const open = tasks.filter(({ doneAtMs, optional }) => doneAtMs === null && !optional).length;
  return (
    <section aria-label="What you do" className={styles.tasks}>
      <h2 className={styles.title}>
        What you do{' '}
        <span className={styles.count}>
          {turn.outcome === null ? (open === 0 ? 'all done' : `${open} of ${tasks.length} open`) : ''}
        </span>
      </h2>
      <ul>
        {tasks.map((task) => (
          <Task key={task.id} turn={turn} task={task} now={now} />
        ))}
      </ul>
    </section>
  );
};
