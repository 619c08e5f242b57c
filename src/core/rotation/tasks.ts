// Tasks: what only a person can do. Made by the plan and by steps that found that they cannot go on alone.
import type { Attempt, Rotation, RotationTask, TaskKind } from '../model/rotation.ts';
import { at, withLine } from './record.ts';

type Words = Pick<RotationTask, 'title' | 'detail'> &
  Partial<Pick<RotationTask, 'who' | 'portal' | 'dueOn' | 'optional'>>;

/** @param id 32 hexadecimal digits */
export const taskOf = (
  id: string,
  kind: TaskKind,
  step: RotationTask['step'],
  { title, detail, who = '', portal = null, dueOn = null, optional = false }: Words,
): RotationTask => ({ id, kind, step, title, detail, who, portal, dueOn, optional, doneAtMs: null });

/**
 * A key of ours may stand at the provider, and nobody has its value, or nobody uses it.
 * @param atMs when it was asked for, epoch milliseconds: where keys have no names, that tells it
 */
export const orphanTask = (id: string, { mark, atMs }: Pick<Attempt, 'mark' | 'atMs'>): RotationTask =>
  taskOf(id, 'orphan', 'done', {
    title: `Look for a key called ${mark} at the provider`,
    detail: `A new key was asked for at ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC, and no answer came. If it is listed, by that name or, where keys have none, made at that time, remove it: nobody uses it.`,
    optional: true,
  });

/** The provider's list could not be read at the end, and a request may be done twice on its way. */
export const twiceTask = (id: string, mark: string): RotationTask =>
  taskOf(id, 'orphan', 'done', {
    title: `See that there is one key called ${mark}, and not two`,
    detail:
      'The provider did not let Keyturn read its list at the end. If there are two, remove the one that was never used.',
    optional: true,
  });

/** A file that could not be brought up to date. */
export const fileTask = (id: string, place: string, problem: string): RotationTask =>
  taskOf(id, 'file', 'deliver', { title: `Bring ${place} up to date`.slice(0, 300), detail: problem });

/** Where Keyturn cannot ask the provider, somebody looks. */
export const confirmTask = (id: string, why: string): RotationTask =>
  taskOf(id, 'confirm', 'test', {
    title: 'See that the new key works',
    detail: `Keyturn cannot ask: ${why} Use the new key once where it is needed, then say so here.`,
  });

/** The provider did not let Keyturn revoke. */
export const revokeTask = (id: string, why: string, portal: string | null): RotationTask =>
  taskOf(id, 'revoke', 'revoke', {
    title: 'Revoke the old key in the portal',
    detail: `${why} Do it there, then say so here: Keyturn asks whether the old key is refused.`,
    portal,
  });

/**
 * Notes that a task is done, or is not after all, and looks at the present step anew where it waited for a person.
 * @returns the same record where there is no such task
 */
export const completeTask = (
  rotation: Rotation,
  taskId: string,
  isDone: boolean,
  nowMs: number,
): Rotation => {
  const task = rotation.tasks.find(({ id }) => id === taskId);
  if (task === undefined || (task.doneAtMs !== null) === isDone) return rotation;
  const tasks = rotation.tasks.map((each) =>
    each.id === taskId ? { ...each, doneAtMs: isDone ? nowMs : null } : each,
  );
  const noted = withLine(
    { ...rotation, tasks },
    'note',
    nowMs,
    `${isDone ? 'done by a person' : 'open again'}: ${task.title}`,
    task.step,
  );
  const waitsForPerson =
    rotation.outcome === null && rotation.phase === 'waiting' && rotation.againAtMs === null;
  return waitsForPerson && rotation.step !== 'create' ? at(noted, rotation.step, nowMs) : noted;
};
