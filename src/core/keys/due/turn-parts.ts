// When a key is to be turned: by its age, before its end, since its value is lost, or since a turn that is under way waits for somebody.
// docs/checking.md §4.
import type { KeyCare } from '../../model/key-log.ts';
import { currentVersion, openTurn, type HeldKey, type HeldRotation } from '../book.ts';
import { addDays, daysLeft, personDay } from '../calendar.ts';
import { dayInWords } from '../day-words.ts';
import { turnCareOf } from '../turns/turn-care.ts';
import { lostSinceOf, rotateByOf } from './attention.ts';
import { endOfOwnDay, endOfTime, expiryOf } from './end.ts';
import { weekly, weekMs, type DueWork, type Part } from './part.ts';
import type { KeyPolicy } from './policy.ts';

/** A turn that is under way: its dated tasks, else what it waits for a person for. Nothing where it goes on by itself. */
const underWay = ({ id, body }: HeldRotation): readonly Part[] => {
  const dated = body.tasks.flatMap(({ id: taskId, title, dueOn, doneAtMs }): readonly Part[] => {
    const end = dueOn === null || doneAtMs !== null ? null : endOfOwnDay(dueOn);
    return end === null ? [] : [{ why: 'rotate', what: title, end, label: taskId, leads: [1, 0] }];
  });
  const waits = body.phase === 'waiting' && body.againAtMs === null && body.waitsFor !== '';
  if (dated.length > 0 || !waits) return dated;
  const end = endOfTime(body.stepSinceMs);
  return [{ why: 'rotate', what: `its turn waits for you: ${body.waitsFor}`, end, label: id, leads: [0] }];
};

const byAge = ({ book, nowMs }: DueWork, held: HeldKey, policy: KeyPolicy): readonly Part[] => {
  const day = rotateByOf(book, held, policy);
  const end = day === null ? null : endOfOwnDay(day);
  if (end === null) return [];
  const age = -(daysLeft(personDay(currentVersion(held.body).addedAtMs), nowMs) ?? 0);
  const old = age === 1 ? '1 day' : `${String(Math.max(0, age))} days`;
  const what = `turn it: ${old} old, every ${String(policy.rotateEveryDays)}`;
  return [{ why: 'rotate', what, end, label: '' }];
};

/** So many days before its end as a person wants it turned. */
const beforeEnd = ({ book }: DueWork, held: HeldKey): readonly Part[] => {
  const { beforeExpiryDays } = turnCareOf(book, held.id);
  const last = expiryOf(held.body, book.logs.get(held.id)?.body)?.end.day;
  if (beforeExpiryDays === null || last === undefined) return [];
  const day = addDays(last, -beforeExpiryDays);
  const end = day === undefined ? null : endOfOwnDay(day);
  const what = `turn it before it ends on ${dayInWords(last)}`;
  return end === null ? [] : [{ why: 'rotate', what, end, label: 'before its end', leads: [0] }];
};

/** One turn answers age and end: the sooner of the two. */
const turn = (work: DueWork, held: HeldKey, policy: KeyPolicy): readonly Part[] => {
  const open = openTurn(work.book, held.id);
  if (open !== undefined) return underWay(open);
  const parts = [...byAge(work, held, policy), ...beforeEnd(work, held)];
  return parts.toSorted((left, right) => left.end.atMs - right.end.atMs).slice(0, 1);
};

/** At once, and weekly from then on. */
const lost = ({ nowMs }: DueWork, sinceMs: number, act: string): Part => ({
  why: 'rotate',
  what: `${act}: its value is lost`,
  end: endOfTime(sinceMs),
  label: `lost ${String(sinceMs)}`,
  leads: [0],
  remindMs: weekly(sinceMs + weekMs, nowMs),
});

/**
 * What a turn answers: age and a lost value are one line, of the more urgent day and with the loss in its words. What its portal shows again need
 * not be turned before its time, and of what is being turned already the turn itself tells.
 */
export const toTurn = (
  work: DueWork,
  held: HeldKey,
  policy: KeyPolicy,
  care: KeyCare | undefined,
): readonly Part[] => {
  const parts = turn(work, held, policy);
  const sinceMs = lostSinceOf(held.body, care);
  if (sinceMs === null || openTurn(work.book, held.id) !== undefined) return parts;
  const [aged] = parts;
  const isOver = aged !== undefined && work.nowMs >= aged.end.atMs;
  if (held.body.revealable === 'again' && !isOver)
    return [...parts, lost(work, sinceMs, 'copy it from its portal')];
  const gone = lost(work, sinceMs, 'turn it');
  return aged === undefined || gone.end.atMs <= aged.end.atMs
    ? [gone]
    : [{ ...aged, what: `${aged.what}; its value is lost`, remindMs: gone.remindMs ?? [] }];
};
