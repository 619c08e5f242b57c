// A turn as the command line tells it: JSON as shared/cli.md promises, words for a person, and the exit code that a script goes by.
import type { CallOutput } from '../../contract/contract.ts';
import type { Answer } from '../command.ts';
import { columns } from '../table.ts';
import { isoTime } from '../iso-time.ts';

export type Rotation = CallOutput<'rotation.read'>;
export type Plan = CallOutput<'rotation.plan'>;

export const rotationJson = (turn: Rotation) => ({
  id: turn.keyId,
  rotation: turn.id,
  state: turn.state,
  steps: turn.steps.map(({ step, state, atMs, detail }) => ({ step, state, at: isoTime(atMs), detail })),
  name: turn.keyName,
  provider: turn.provider,
  way: turn.way,
  shape: turn.shape,
  order: turn.order,
  reason: turn.reason,
  step: turn.step,
  waitsFor: turn.waitsFor,
  again: isoTime(turn.againAtMs),
  startedAt: isoTime(turn.startedAtMs),
  graceUntil: isoTime(turn.graceUntilMs),
  foundAt: isoTime(turn.foundAtMs),
  deadAt: isoTime(turn.deadAtMs),
  canUndo: turn.canUndo,
  wantsValue: turn.wantsValue,
  tasks: turn.tasks.map(({ id, kind, step, title, detail, who, dueOn, optional, doneAtMs }) => ({
    id,
    kind,
    step,
    title,
    detail,
    who,
    due: dueOn,
    optional,
    doneAt: isoTime(doneAtMs),
  })),
  outcome:
    turn.outcome === null
      ? null
      : {
          kind: turn.outcome.kind,
          sentence: turn.outcome.sentence,
          next: turn.outcome.next,
          at: isoTime(turn.outcome.atMs),
        },
});

type Code = NonNullable<Answer['code']>;

/** Ends that a person asked for are as good as any. */
const endCodes: Readonly<Record<NonNullable<Rotation['outcome']>['kind'], Code>> = {
  turned: 0,
  'old-lives': 1,
  undone: 1,
  unchanged: 5,
  lost: 5,
  stopped: 1,
};

/** Steps in which to wait for a time is the plan; elsewhere it is a provider that does not answer as it should. */
const plannedWaits: ReadonlySet<Rotation['step']> = new Set(['grace', 'prove']);

/**
 * 0 turned, or waiting as planned; 1 where a person must still do something; 5 where the provider failed.
 * @param wanted the end that was asked for, such as `undone`
 */
export const rotationCode = (turn: Rotation, wanted?: NonNullable<Rotation['outcome']>['kind']): Code => {
  if (turn.outcome !== null) return turn.outcome.kind === wanted ? 0 : endCodes[turn.outcome.kind];
  if (turn.state === 'needs-you') return 1;
  return plannedWaits.has(turn.step) || turn.state === 'running' ? 0 : 5;
};

/** Of several: the provider's failure counts most, then what a person must do. */
export const worstCode = (codes: readonly Code[]): Code => {
  if (codes.includes(5)) return 5;
  return codes.includes(1) ? 1 : 0;
};

const marks = { todo: ' ', now: '▸', done: '✓', skipped: '–', failed: '✗' } as const;

const openTasks = (turn: Rotation): readonly string[] => {
  const open = turn.outcome === null ? turn.tasks.filter(({ doneAtMs }) => doneAtMs === null) : [];
  if (open.length === 0) return [];
  return [
    '',
    'To do:',
    ...open.flatMap(({ id, title, detail, dueOn, kind }) => [
      `  ${title}${dueOn === null ? '' : ` (by ${dueOn})`}`,
      ...(detail === '' ? [] : detail.split('\n').map((line) => `    ${line}`)),
      ...(kind === 'paste' ? [] : [`    done? keyturn rotate ${turn.keyName} --task ${id}`]),
    ]),
  ];
};

const standing = (turn: Rotation): string => {
  if (turn.outcome !== null) return `${turn.outcome.sentence} ${turn.outcome.next}`.trim();
  const until = isoTime(turn.againAtMs);
  if (turn.state === 'needs-you') return `It waits for you: ${turn.waitsFor}.`;
  if (turn.state === 'running') return 'It is under way.';
  return `It waits${until === null ? '' : ` until ${until}`}: ${turn.waitsFor}. The app goes on by itself while it is unlocked; here keyturn rotate --resume does.`;
};

/** One turn in full. */
export const rotationText = (turn: Rotation): string =>
  [
    `${turn.keyName}${turn.providerName === '' ? '' : `, ${turn.providerName}`} (${turn.way})`,
    ...turn.steps.map(({ step, state, detail }) => `  ${marks[state]} ${step.padEnd(8)} ${detail}`.trimEnd()),
    '',
    standing(turn),
    ...(turn.wantsValue ? [`New value: keyturn rotate ${turn.keyName} --value-stdin`] : []),
    ...openTasks(turn),
  ].join('\n');

/** Many turns, a line each. */
export const rotationTable = (turns: readonly Rotation[]): string =>
  turns.length === 0
    ? 'No key is being turned.'
    : columns(
        ['NAME', 'STARTED', 'STATE', 'STEP', 'WHAT'],
        turns.map((turn) => [
          turn.keyName,
          isoTime(turn.startedAtMs)?.slice(0, 16).replace('T', ' ') ?? '',
          turn.outcome?.kind ?? turn.state,
          turn.outcome === null ? turn.step : '',
          turn.outcome?.sentence ?? turn.waitsFor,
        ]),
      );

export const planJson = (plan: Plan) => ({
  id: plan.keyId,
  name: plan.keyName,
  provider: plan.provider,
  way: plan.way,
  ways: plan.ways.map(({ id, label, shape, permission, manager, inputs }) => ({
    id,
    label,
    shape,
    permission,
    manager,
    inputs,
  })),
  shape: plan.shape,
  order: plan.order,
  overlap: plan.overlap,
  promise: plan.promise,
  consequences: plan.consequences,
  blockers: plan.blockers,
  steps: plan.steps,
  quota: plan.quota,
  choices: plan.choices,
  expiresOn: plan.expiresOn,
  consumers: plan.consumers,
  files: plan.files,
  graceMs: plan.graceMs,
  tasks: plan.tasks,
});

const quotaText = ({ quota }: Plan): readonly string[] =>
  quota === null
    ? []
    : [
        `Places for keys: ${String(quota.used)} of ${String(quota.max)} taken, as far as ${quota.from === 'provider' ? 'the provider says' : 'this vault knows'}.`,
        ...quota.unused
          .slice(0, 5)
          .map(({ id, name, lastUsedAt }) => `  ${id}  ${name}  ${lastUsedAt || 'never used'}`),
      ];

const choicesText = ({ choices }: Plan): readonly string[] =>
  choices.length === 0
    ? []
    : [
        'Which one is the old key? Say it with --old ID:',
        ...choices.map(({ id, name, createdAt }) => `  ${id}  ${name}  ${createdAt}`),
      ];

/** What a turn would do, for the question and for `--plan`. */
export const planText = (plan: Plan): string =>
  [
    `Turning ${plan.keyName}${plan.providerName === '' ? '' : `, ${plan.providerName}`} (${plan.way})`,
    plan.promise,
    ...plan.consequences.map((sentence) => `  • ${sentence}`),
    '',
    ...plan.steps.map(({ step, who, text }) => `  ${step.padEnd(8)} ${who.padEnd(8)} ${text}`),
    ...(plan.files.length === 0
      ? []
      : ['', 'Files that get the new value:', ...plan.files.map(({ path }) => `  ${path}`)]),
    ...quotaText(plan),
    ...choicesText(plan),
    ...plan.blockers.flatMap(({ message, next }) => ['', `✗ ${message} ${next}`]),
  ].join('\n');
