// Turning keys: planned, begun, followed, changed by a person. What goes on in between is the runner's. docs/rotation.md.
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { HeldRotation } from '../../core/keys/book.ts';
import { find } from '../../core/keys/edit.ts';
import type { Desk } from '../../core/rotation/desk.ts';
import {
  acceptValue,
  completeTask,
  givenUp,
  lookNow,
  undone,
  wantsValue,
} from '../../core/rotation/machine.ts';
import { graceEnded } from '../../core/rotation/end-grace.ts';
import type { Wishes } from '../../core/rotation/plan/choose.ts';
import { createStopping } from '../checking/stopping.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import { valueOfTurn } from '../rotation/lent-values.ts';
import { planTurn } from '../rotation/plan.ts';
import { isDueNow } from '../rotation/scheduler.ts';
import { takePasted } from '../rotation/take-pasted.ts';
import { viewRotation, type RotationView } from '../rotation/view.ts';
import { readGiven } from './key-handlers.ts';

const view = ({ session, core }: SessionContext, turn: HeldRotation): RotationView =>
  viewRotation(session.book(), turn, core.turning.runner.isRunning(turn.id));

const viewById = (context: SessionContext, id: RecordId): Result<RotationView> => {
  if (context.session.ended()) return lockedMeanwhile;
  const found = find(context.session.book().rotations, id, 'turn');
  return found.ok ? ok(view(context, found.value)) : found;
};

const wishesOf = (input: CallInput<'rotation.start'> | CallInput<'rotation.plan'>): Wishes => {
  const { way, order, graceMs, managerKeyId, inputs, oldRemoteId, expiresOn } = input;
  return { way, order, graceMs, managerKeyId, inputs, oldRemoteId, expiresOn };
};

const plan = async (
  { session, core }: SessionContext,
  input: CallInput<'rotation.plan'>,
): Promise<Result<CallOutput<'rotation.plan'>>> => {
  const stopping = createStopping();
  const forget = session.onEnd(stopping.stop);
  const task = core.tasks.begin('Reading the provider', null, true, input.taskId);
  const forgetTask = task.onCancel(stopping.stop);
  try {
    const { nowMs, newId, ports } = core;
    const parts = { session, asking: core.checking.asking, nowMs, newId, random: ports.random };
    const wishes = { ...wishesOf(input), removeFirst: input.removeFirst ?? null };
    return await planTurn(parts, input.keyId, wishes, input.local === true, stopping);
  } finally {
    forget();
    forgetTask();
    task.end('');
  }
};

/** Goes on in the background; whoever wants to know follows it. */
const goOn = ({ session, core, by }: SessionContext, id: RecordId): void => {
  void core.turning.runner.run(session, id, by);
};

const start = (context: SessionContext, input: CallInput<'rotation.start'>): Result<RotationView> => {
  const { session, core, by } = context;
  const begun = core.turning.start(session, {
    keyId: input.keyId,
    wishes: wishesOf(input),
    reason: input.reason ?? 'asked',
    foundAtMs: input.foundAtMs ?? null,
    removeFirst: input.removeFirst ?? null,
    by,
    alone: false,
  });
  if (!begun.ok) return begun;
  goOn(context, begun.value);
  return viewById(context, begun.value);
};

/** Changes a turn while nobody drives it, then lets it go on. */
const changeThenGoOn = async (
  context: SessionContext,
  id: RecordId,
  act: (desk: Desk) => Result<undefined>,
): Promise<Result<RotationView>> => {
  const { session, core, by } = context;
  const changed = await core.turning.runner.change(session, id, by, act);
  if (!changed.ok) return changed;
  const held = session.book().rotations.get(id);
  if (held?.body.outcome === null) goOn(context, id);
  return viewById(context, id);
};

const isOver = fail('refused', 'That turn is over.', 'Begin a new one.');

/** Looks again now, whatever it waits for, and answers once it rests. */
const resumeOne = async (
  context: SessionContext,
  id: RecordId,
  endsGrace: boolean,
): Promise<Result<RotationView>> => {
  const { session, core, by } = context;
  const changed = await core.turning.runner.change(session, id, by, (desk) => {
    const rotation = desk.rotation();
    const nowMs = core.nowMs();
    const next = endsGrace ? graceEnded(rotation, nowMs) : lookNow(rotation, nowMs);
    return next === rotation ? ok(undefined) : desk.save(next);
  });
  if (!changed.ok) return changed;
  const ran = await core.turning.runner.run(session, id, by);
  return ran.ok ? viewById(context, id) : ran;
};

/** Of all open ones those that wait for a time or were interrupted: what waits for a person waits on. */
const goesOnAlone = ({ body }: HeldRotation): boolean =>
  body.outcome === null &&
  (body.againAtMs !== null || isDueNow({ id: '', revision: 0, body }, Number.MAX_SAFE_INTEGER));

const resume = async (
  context: SessionContext,
  input: CallInput<'rotation.resume'>,
): Promise<Result<RotationView[]>> => {
  const { session } = context;
  const endsGrace = input.id !== undefined && input.endGrace === true;
  const ids =
    input.id === undefined
      ? [...session.book().rotations.values()].filter(goesOnAlone).map(({ id }) => id)
      : [input.id];
  const results = await Promise.all(ids.map((id) => resumeOne(context, id, endsGrace)));
  const views: RotationView[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    views.push(result.value);
  }
  return ok(views);
};

const undo = (desk: Desk): Result<undefined> => {
  const next = undone(desk.rotation(), desk.nowMs());
  return next === undefined
    ? fail(
        'refused',
        'There is no way back any more: the old key may be revoked already, or nobody knows yet what came of a call.',
        'Let the turn come to its end.',
      )
    : desk.save(next);
};

const giveUp = async (
  context: SessionContext,
  { id, confirmName }: CallInput<'rotation.giveUp'>,
): Promise<Result<RotationView>> => {
  const { session, core } = context;
  return changeThenGoOn(context, id, (desk) => {
    const rotation = desk.rotation();
    if (rotation.outcome !== null) return isOver;
    const name = session.book().keys.get(rotation.keyId)?.body.name ?? '';
    if (confirmName !== name)
      return fail(
        'refused',
        'The name you typed is not the name of this key.',
        `Type ${name} to end its turn.`,
        {
          field: 'confirmName',
        },
      );
    const next = givenUp(rotation, core.nowMs());
    return rotation.pending === null ? desk.save(next) : desk.save(next, { type: 'put-back' });
  });
};

const task = (
  context: SessionContext,
  { id, taskId, done }: CallInput<'rotation.task'>,
): Promise<Result<RotationView>> =>
  changeThenGoOn(context, id, (desk) => {
    const rotation = desk.rotation();
    if (rotation.outcome !== null && !done) return isOver;
    if (!rotation.tasks.some((each) => each.id === taskId))
      return fail('not-found', 'There is no such task.', 'Look at the turn again.');
    const next = completeTask(rotation, taskId, done, desk.nowMs());
    return next === rotation ? ok(undefined) : desk.save(next);
  });

const paste = async (
  context: SessionContext,
  input: CallInput<'rotation.paste'>,
): Promise<Result<RotationView>> => {
  const { session } = context;
  const given = readGiven(session, input);
  if (!given.ok) return given;
  const pasted = await changeThenGoOn(context, input.id, (desk) => {
    const rotation = desk.rotation();
    if (!wantsValue(rotation))
      return fail('refused', 'No new value is wanted now.', 'Look at the turn again.');
    const held = find(session.book().keys, rotation.keyId, 'key');
    if (!held.ok) return held;
    const before = valueOfTurn(session, rotation, 'old');
    if (!before.ok) return before;
    const values = takePasted(session, held.value, given.value, before.value);
    if (!values.ok) return values;
    return acceptValue(desk, values.value)
      ? ok(undefined)
      : fail('conflict', 'It was not kept.', 'Try again.');
  });
  if (pasted.ok && input.draftId !== undefined) session.drafts.drop(input.draftId);
  return pasted;
};

type Turns =
  | 'rotation.plan'
  | 'rotation.start'
  | 'rotation.list'
  | 'rotation.read'
  | 'rotation.follow'
  | 'rotation.resume'
  | 'rotation.undo'
  | 'rotation.giveUp'
  | 'rotation.task'
  | 'rotation.paste';

export const rotationHandlers: SessionHandlers<Turns> = {
  'rotation.plan': plan,
  'rotation.start': start,
  'rotation.list': (context, { keyId, open }) => {
    const book = context.session.book();
    const found = keyId === undefined ? [...book.rotations.values()] : book.turnsOf(keyId);
    const wanted = open === true ? found.filter(({ body }) => body.outcome === null) : found;
    const newest = wanted.toSorted((left, right) => right.body.startedAtMs - left.body.startedAtMs);
    return ok(newest.map((turn) => view(context, turn)));
  },
  'rotation.read': (context, { id }) => viewById(context, id),
  'rotation.follow': async (context, { id }) => {
    await context.core.turning.runner.follow(id);
    return viewById(context, id);
  },
  'rotation.resume': resume,
  'rotation.undo': (context, { id }) => changeThenGoOn(context, id, undo),
  'rotation.giveUp': giveUp,
  'rotation.task': task,
  'rotation.paste': paste,
};
