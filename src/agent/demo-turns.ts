// Turns of the demo's keys: one that is over, one in its grace, one that waits for a person. Written as the machine would have left them;
// nobody was asked.
import { currentVersion, type HeldKey } from '../core/keys/book.ts';
import { create, type Edit, type Work } from '../core/keys/edit.ts';
import type { JournalLine, Rotation, RotationStepName } from '../core/model/rotation.ts';
import { ok, type Result } from '../core/model/result.ts';
import { beginRotation } from '../core/rotation/begin.ts';
import { chooseTurn } from '../core/rotation/plan/choose.ts';
import { tasksFor } from '../core/rotation/plan/plan-tasks.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const said: readonly (readonly [
  step: RotationStepName,
  event: JournalLine['event'],
  afterMs: number,
  what: string,
])[] = [
  ['plan', 'done', 0, 'the provider was read'],
  ['create', 'waiting', 0, 'make the new key in the portal, then put its value in here'],
  ['create', 'done', 9 * minuteMs, 'the new key was made and put in'],
  ['keep', 'done', 9 * minuteMs, 'the new value is in the vault'],
  ['test', 'done', 9 * minuteMs, 'the new key works'],
  ['deliver', 'done', 9 * minuteMs, 'nothing to bring up to date'],
  ['promote', 'done', 9 * minuteMs, 'the new key is the current one'],
  ['grace', 'waiting', 9 * minuteMs, 'old and new both work until then'],
  ['grace', 'done', dayMs, 'both lived as long as asked'],
  ['revoke', 'done', dayMs + 20 * minuteMs, 'a person says that the old key is revoked'],
  ['prove', 'done', dayMs + 21 * minuteMs, 'the old key is refused: the provider does not know it any more'],
];

const journal = (startedAtMs: number, lines: number): readonly JournalLine[] =>
  said
    .slice(0, lines)
    .map(([step, event, afterMs, what]) => ({ step, event, atMs: startedAtMs + afterMs, what }));

/** The record of a guided turn at its start, with the tasks that a real one would have. */
const beginning = (work: Work, held: HeldKey, startedAtMs: number, graceMs: number): Result<Rotation> => {
  const choice = chooseTurn(work.book, held, { way: 'guided', graceMs }, new Set(), startedAtMs);
  if (!choice.ok) return choice;
  const { wayId, shape, order, expiresOn } = choice.value;
  return ok(
    beginRotation({
      keyId: held.id,
      oldVersionId: currentVersion(held.body).id,
      way: wayId,
      shape,
      order,
      reason: 'asked',
      by: work.by,
      nowMs: startedAtMs,
      foundAtMs: null,
      graceMs,
      managerKeyId: null,
      inputs: {},
      expiresOn,
      oldRemoteId: null,
      removeFirst: null,
      tasks: tasksFor(choice.value, work.newId, startedAtMs),
    }),
  );
};

/** Tasks up to the grace are done; with `all` the rest too. */
const doneTasks = ({ tasks, startedAtMs }: Rotation, all: boolean): Rotation['tasks'] =>
  tasks.map((task) =>
    all || task.kind !== 'revoke'
      ? { ...task, doneAtMs: startedAtMs + (task.kind === 'revoke' ? dayMs + 20 * minuteMs : 9 * minuteMs) }
      : task,
  );

/** Old and new are the last two versions of the key. */
const versionsOf = ({ body }: HeldKey): Pick<Rotation, 'oldVersionId' | 'newVersionId'> => ({
  oldVersionId: (body.versions.at(-2) ?? currentVersion(body)).id,
  newVersionId: currentVersion(body).id,
});

const over = (begun: Rotation, held: HeldKey): Rotation => {
  const atMs = begun.startedAtMs + dayMs + 21 * minuteMs;
  const sentence = 'The new key works and is the current one. The old one is refused: it is proven dead.';
  return {
    ...begun,
    ...versionsOf(held),
    reason: 'policy',
    step: 'done',
    phase: 'waiting',
    deadAtMs: atMs,
    tasks: doneTasks(begun, true),
    journal: [
      ...journal(begun.startedAtMs, said.length),
      { step: 'done', event: 'done', atMs, what: sentence },
    ],
    outcome: { kind: 'turned', sentence, next: '', atMs },
  };
};

const inGrace = (begun: Rotation, held: HeldKey): Rotation => {
  const graceUntilMs = begun.startedAtMs + begun.graceMs;
  const lines = journal(begun.startedAtMs, 8);
  return {
    ...begun,
    ...versionsOf(held),
    step: 'grace',
    phase: 'waiting',
    graceUntilMs,
    againAtMs: graceUntilMs,
    waitsFor: 'old and new both work until then',
    stepSinceMs: begun.startedAtMs + 9 * minuteMs,
    tasks: doneTasks(begun, false),
    journal: lines,
  };
};

const waitsForPerson = (begun: Rotation): Rotation => {
  const waitsFor = begun.tasks.some(({ kind }) => kind === 'ticket')
    ? 'the new key is made by somebody at the provider: ask for it, then put its value in here'
    : 'make the new key in the portal, then put its value in here';
  const [plan] = journal(begun.startedAtMs, 1);
  return {
    ...begun,
    step: 'create',
    phase: 'waiting',
    waitsFor,
    journal: [
      ...(plan === undefined ? [] : [plan]),
      { step: 'create', event: 'waiting', atMs: begun.startedAtMs, what: waitsFor },
    ],
  };
};

type DemoTurn = {
  readonly key: string;
  readonly startedMsAgo: number;
  readonly graceMs: number;
  readonly live: (begun: Rotation, held: HeldKey) => Rotation;
};

/** The first two were turned when their value was replaced: see demo-content.ts. */
const demoTurns: readonly DemoTurn[] = [
  { key: 'payouts-prod', startedMsAgo: 104 * dayMs, graceMs: dayMs, live: over },
  { key: 'datapoints-test', startedMsAgo: 4 * dayMs, graceMs: 7 * dayMs, live: inGrace },
  { key: 'treasury-readonly', startedMsAgo: 26 * hourMs, graceMs: dayMs, live: waitsForPerson },
];

/** Writes the turns of the demo's keys, one commit after the other. */
export const turnThrough = (
  work: () => Work,
  commit: (edit: Edit<undefined>) => Result<undefined>,
): Result<undefined> => {
  for (const { key, startedMsAgo, graceMs, live } of demoTurns) {
    const now = work();
    const held = [...now.book.keys.values()].find(({ body }) => body.name === key);
    if (held === undefined) throw new Error(`the demo turns a key that it does not have: ${key}`);
    const begun = beginning(now, held, now.nowMs - startedMsAgo, graceMs);
    if (!begun.ok) return begun;
    const written = commit({
      value: undefined,
      changes: [create(now.newId(), live(begun.value, held))],
      audit: [],
    });
    if (!written.ok) return written;
  }
  return ok(undefined);
};
