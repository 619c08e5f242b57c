// What a turn would do, before anything happens: the facts of the vault, and, unless only those are wanted, what the provider shows without being
// changed. docs/rotation.md §2.2.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { HeldKey } from '../../core/keys/book.ts';
import { findLiving } from '../../core/keys/edit.ts';
import { formatsOfValues } from '../../core/providers/field-formats.ts';
import { prepare } from '../../core/providers/ask/prepare.ts';
import { usualReach } from '../../core/providers/ask/question.ts';
import { connectionFieldOf, effectiveValues } from '../../core/providers/take-apart.ts';
import type { Random, Stop } from '../../core/ports.ts';
import { beginRotation } from '../../core/rotation/begin.ts';
import type { Heard, Remote } from '../../core/rotation/desk.ts';
import { chooseTurn, type Apart, type Choice, type Wishes } from '../../core/rotation/plan/choose.ts';
import {
  listObstacles,
  localObstacles,
  type Obstacle,
  type Surroundings,
} from '../../core/rotation/plan/obstacles.ts';
import { tasksFor } from '../../core/rotation/plan/plan-tasks.ts';
import type { Rotation, RotationReason } from '../../core/model/rotation.ts';
import { reachOf, type Asking } from '../checking/ask-key.ts';
import type { Session } from '../session.ts';
import { valueOfKey, wholeVersion } from './lent-values.ts';
import { viewPlan, type Looked, type PlanView } from './plan-view.ts';
import { remoteFor } from './remote.ts';

export type PlanParts = {
  readonly session: Session;
  readonly asking: Asking;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly random: Random;
};

/** Formats that the key's value has, by which ways are told apart. */
const formatsOf = (session: Session, { id, body }: HeldKey): ReadonlySet<string> => {
  const definition = body.provider === null ? undefined : session.book().catalogue().find(body.provider);
  const values = definition === undefined ? undefined : valueOfKey(session, id);
  if (definition === undefined || values?.ok !== true) return new Set();
  const question = {
    definition,
    values: values.value,
    kind: body.kind,
    reach: usualReach,
    unattended: false,
  };
  const prepared = prepare(question);
  return formatsOfValues(
    definition,
    new Map(Object.entries(prepared.ok ? prepared.value.values : values.value)),
  );
};

/** The user in a connection string and whatever else of it is no secret, by version: of the last ones, which is all that a pair needs. */
const apartOf = (session: Session, { body }: HeldKey): Apart => {
  const definition = body.provider === null ? undefined : session.book().catalogue().find(body.provider);
  if (definition === undefined || connectionFieldOf(definition) === undefined) return new Map();
  const plain = new Set(definition.fields.filter(({ secret }) => !secret).map(({ name }) => name));
  return new Map(
    body.versions.slice(-3).flatMap((version) => {
      const values = wholeVersion(session, version);
      if (!values.ok) return [];
      const known = Object.entries(effectiveValues(definition, values.value)).filter(([name]) =>
        plain.has(name),
      );
      return [[version.id, Object.fromEntries(known)] as const];
    }),
  );
};

/** `not-found`, `refused` for a removed key, `bad-input` for a way that it does not have. */
export const chooseFor = (
  { session, nowMs }: Pick<PlanParts, 'session' | 'nowMs'>,
  keyId: string,
  wishes: Wishes,
): Result<Choice> => {
  const held = findLiving(session.book(), keyId);
  return held.ok
    ? chooseTurn(
        session.book(),
        held.value,
        wishes,
        formatsOf(session, held.value),
        nowMs(),
        apartOf(session, held.value),
      )
    : held;
};

export const surroundingsOf = (session: Session, asking: Asking, { definition }: Choice): Surroundings => {
  const baseUrl = definition === undefined ? null : reachOf(session.book(), definition, asking.ports).baseUrl;
  return {
    offline: asking.settings().offline,
    demo: asking.demo && !(baseUrl ?? '').startsWith('http://'),
  };
};

/** The record as it would begin: what the provider is asked with in the plan. Not written. */
export const beginning = (
  choice: Choice,
  more: {
    readonly reason: RotationReason;
    readonly foundAtMs: number | null;
    readonly by: string;
    readonly removeFirst: string | null;
    readonly newId: () => string;
    readonly nowMs: number;
  },
): Rotation =>
  beginRotation({
    keyId: choice.held.id,
    oldVersionId: choice.held.body.versions.at(-1)?.id ?? '',
    way: choice.wayId,
    shape: choice.shape,
    order: choice.order,
    reason: more.reason,
    by: more.by,
    nowMs: more.nowMs,
    foundAtMs: more.foundAtMs,
    graceMs: choice.graceMs,
    managerKeyId: choice.managerKeyId,
    inputs: choice.inputs,
    expiresOn: choice.expiresOn,
    oldRemoteId: choice.oldRemoteId,
    removeFirst: more.removeFirst,
    tasks: tasksFor(choice, more.newId, more.nowMs),
  });

const nothingLooked: Looked = { list: null, oldRemoteId: null, obstacles: [], isFull: false };

const obstacleOf = (heard: Exclude<Heard<unknown>, { kind: 'done' }>): Obstacle => ({
  message: heard.reason,
  next: heard.next,
});

const lookAt = async (choice: Choice, remote: Remote, removeFirst: string | null): Promise<Looked> => {
  const looked = await remote.look();
  if (looked.kind !== 'done') return { ...nothingLooked, obstacles: [obstacleOf(looked)] };
  const oldRemoteId = choice.oldRemoteId ?? looked.value.oldRemoteId;
  if (remote.list === null) return { ...nothingLooked, oldRemoteId };
  const listed = await remote.list();
  if (listed.kind !== 'done') return { ...nothingLooked, oldRemoteId, obstacles: [obstacleOf(listed)] };
  const makesRoom = listed.value.entries.some(({ id }) => id === removeFirst && id !== oldRemoteId);
  const obstacles = makesRoom ? [] : listObstacles(choice, listed.value, remote.quota);
  return { list: listed.value, oldRemoteId, obstacles, isFull: obstacles.length > 0 };
};

const unknownOld = (remote: Remote, { oldRemoteId, obstacles }: Looked): readonly Obstacle[] =>
  oldRemoteId !== null || !remote.needsOldId || obstacles.length > 0
    ? []
    : [
        {
          message: 'It cannot be told which key at the provider is the old one, so it could not be revoked.',
          next: 'Choose it from the list.',
        },
      ];

/** @param local whether the provider is left alone */
export const planTurn = async (
  parts: PlanParts,
  keyId: string,
  { removeFirst = null, ...wishes }: Wishes & { readonly removeFirst?: string | null },
  local: boolean,
  stop: Stop,
): Promise<Result<PlanView>> => {
  const { session, asking, nowMs, newId } = parts;
  const chosen = chooseFor(parts, keyId, wishes);
  if (!chosen.ok) return chosen;
  const choice = chosen.value;
  const obstacles = localObstacles(session.book(), choice, surroundingsOf(session, asking, choice));
  const draft = beginning(choice, {
    reason: 'asked',
    foundAtMs: null,
    by: '',
    removeFirst,
    newId,
    nowMs: nowMs(),
  });
  const remote = remoteFor({ asking, session, rotation: () => draft, stop, random: parts.random });
  const isAsked = !local && obstacles.length === 0 && choice.shape !== 'guided';
  const looked = isAsked ? await lookAt(choice, remote, removeFirst) : nothingLooked;
  if (session.ended())
    return fail('locked', 'The vault was locked meanwhile.', 'Unlock it, then plan again.');
  // What was cut off says nothing about the provider: as a blocker it would keep a person from starting.
  if (!stop.wanted())
    return fail('cancelled', 'Reading the provider was stopped.', 'Plan with what is known here, or again.');
  const blockers = [...obstacles, ...looked.obstacles, ...(isAsked ? unknownOld(remote, looked) : [])];
  return ok(viewPlan(parts, choice, remote, looked, blockers));
};
