// What is planned about turning keys, by day: ages, ends, graces, tasks with a day. The calendar of the window and turns that begin on their own
// are made from this; the due list says the same in its own way (due/turn-parts.ts). docs/rotation.md §2.6.
import type { RecordId } from '../../model/ids.ts';
import type { RotationTask } from '../../model/rotation.ts';
import type { Book, HeldKey } from '../book.ts';
import { openTurn } from '../book.ts';
import { addDays, personDay } from '../calendar.ts';
import { dayInWords } from '../day-words.ts';
import { rotateByOf } from '../due/attention.ts';
import { expiryOf } from '../due/end.ts';
import { turnCareOf } from './turn-care.ts';

export type Planned = {
  readonly held: HeldKey;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly why: 'age' | 'before-expiry' | 'grace-ends' | 'task-due';
  readonly text: string;
  /** Whether it happens when nobody is there. */
  readonly unattended: boolean;
  readonly rotationId: RecordId | null;
};

/** Tasks of a turn that a person must still do. */
export const openTasksOf = (tasks: readonly RotationTask[]): readonly RotationTask[] =>
  tasks.filter(({ doneAtMs }) => doneAtMs === null);

const byAge = (book: Book, held: HeldKey): readonly Planned[] => {
  const day = rotateByOf(book, held);
  if (day === null) return [];
  const { unattended } = turnCareOf(book, held.id);
  return [{ held, day, why: 'age', text: 'it is old enough to be turned', unattended, rotationId: null }];
};

const byEnd = (book: Book, held: HeldKey): readonly Planned[] => {
  const { beforeExpiryDays, unattended } = turnCareOf(book, held.id);
  const end = expiryOf(held.body, book.logs.get(held.id)?.body)?.end.day;
  if (beforeExpiryDays === null || end === undefined) return [];
  const day = addDays(end, -beforeExpiryDays);
  return day === undefined
    ? []
    : [
        {
          held,
          day,
          why: 'before-expiry',
          text: `it ends on ${dayInWords(end)}`,
          unattended,
          rotationId: null,
        },
      ];
};

const ofTurn = (book: Book, held: HeldKey): readonly Planned[] => {
  const turn = openTurn(book, held.id);
  if (turn === undefined) return [];
  const { graceUntilMs, step, tasks } = turn.body;
  const grace: readonly Planned[] =
    graceUntilMs === null || step !== 'grace'
      ? []
      : [
          {
            held,
            day: personDay(graceUntilMs),
            why: 'grace-ends',
            text: 'the old key is revoked',
            unattended: true,
            rotationId: turn.id,
          },
        ];
  const due = openTasksOf(tasks).flatMap(({ dueOn, title }): readonly Planned[] =>
    dueOn === null
      ? []
      : [{ held, day: dueOn, why: 'task-due', text: title, unattended: false, rotationId: turn.id }],
  );
  return [...grace, ...due];
};

/** Everything that is planned about one key. A key that is being turned is not due again by age or end. */
export const plannedFor = (book: Book, held: HeldKey): readonly Planned[] => {
  if (held.body.removedAtMs !== null) return [];
  const turning = openTurn(book, held.id) !== undefined;
  return turning ? ofTurn(book, held) : [...byAge(book, held), ...byEnd(book, held)];
};

/** Everything that is planned, soonest first. */
export const allPlanned = (book: Book): readonly Planned[] =>
  [...book.keys.values()]
    .flatMap((held) => plannedFor(book, held))
    .sort((left, right) =>
      left.day === right.day
        ? left.held.body.name.localeCompare(right.held.body.name)
        : left.day < right.day
          ? -1
          : 1,
    );
