// What the window says of a turn: its steps, what it waits for, how long, how it ended. Pure; the present arrives as an argument.
import { counted, momentWords } from '../../lib/time-words.ts';
import type { TurnOutcome, TurnShape, TurnStep, TurnView } from '../../lib/types.ts';

export const stepNames: Readonly<Record<TurnStep, string>> = {
  plan: 'Plan',
  create: 'Create',
  keep: 'Keep',
  test: 'Test',
  deliver: 'Deliver',
  promote: 'Promote',
  grace: 'Grace',
  revoke: 'Revoke',
  prove: 'Prove',
  done: 'Done',
};

/** What is being done while a step runs. */
const doingWords: Readonly<Record<TurnStep, string>> = {
  plan: 'Reading the provider',
  create: 'Making the new key',
  keep: 'Keeping the new value',
  test: 'Testing the new key',
  deliver: 'Putting the new value where it is needed',
  promote: 'Making the new key the current one',
  grace: 'Both keys live',
  revoke: 'Revoking the old key',
  prove: 'Asking with the old key until it is refused',
  done: 'Saying what came of it',
};

export const shapeWords: Readonly<Record<TurnShape, string>> = {
  overlap: 'Both live side by side until the old one is revoked',
  'two-slot': 'Both live side by side, in two places',
  swap: 'The new one ends the old one at once',
  chain: 'Each new one ends the one before',
  guided: 'You make it, Keyturn leads you',
};

export const outcomeWords: Readonly<Record<TurnOutcome, string>> = {
  turned: 'turned',
  'old-lives': 'turned, the old key lives on',
  undone: 'undone',
  unchanged: 'nothing changed',
  lost: 'lost: make a new key',
  stopped: 'ended by you',
};

export const reasonWords: Readonly<Record<TurnView['reason'], string>> = {
  asked: 'as you asked',
  policy: 'because of its age',
  expiry: 'before its end',
  leak: 'after a leak',
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in one unit: "less than a minute", "12 minutes", "3 hours", "7 days". */
export const spanWords = (ms: number): string => {
  if (ms < minuteMs) return 'less than a minute';
  if (ms < 2 * hourMs) return counted(Math.round(ms / minuteMs), 'minute');
  if (ms < 2 * dayMs) return counted(Math.round(ms / hourMs), 'hour');
  return counted(Math.round(ms / dayMs), 'day');
};

/** As {@link spanWords}, for a grace: whole hours and days are said as such. */
export const graceWords = (ms: number): string => {
  if (ms === 0) return 'none';
  if (ms % dayMs === 0) return counted(ms / dayMs, 'day');
  return ms % hourMs === 0 ? counted(ms / hourMs, 'hour') : spanWords(ms);
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const stop = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** A line of the journal or a wait as a sentence. */
export const sentence = (text: string): string => (text === '' ? '' : stop(capital(text)));

/** One line: what it does or waits for, or how it ended. */
export const stateLine = (turn: TurnView, nowMs: number): string => {
  if (turn.outcome !== null) return outcomeWords[turn.outcome.kind];
  if (turn.state === 'needs-you') return turn.waitsFor === '' ? 'waits for you' : turn.waitsFor;
  if (turn.step === 'grace' && turn.graceUntilMs !== null)
    return `grace until ${momentWords(turn.graceUntilMs, nowMs)}`;
  if (turn.state === 'running') return `${doingWords[turn.step].toLowerCase()}…`;
  return turn.waitsFor === '' ? 'waits' : turn.waitsFor;
};

/** Until when it waits; empty where it waits for nobody's clock. */
export const untilLine = (turn: TurnView, nowMs: number): string => {
  if (turn.outcome !== null) return '';
  if (turn.step === 'grace' && turn.graceUntilMs !== null)
    return `until ${momentWords(turn.graceUntilMs, nowMs)}`;
  const due = turn.tasks
    .filter(({ doneAtMs, optional }) => doneAtMs === null && !optional)
    .flatMap(({ dueOn }) => dueOn ?? [])
    .sort()[0];
  if (turn.state === 'needs-you' && due !== undefined)
    return `by ${momentWords(Date.parse(`${due}T12:00:00`), nowMs).replace(/ \d\d:\d\d$/, '')}`;
  return turn.againAtMs === null ? '' : `looks again ${momentWords(turn.againAtMs, nowMs)}`;
};

/** The heading of what is to be done now. */
export const nowTitle = (turn: TurnView): string => {
  if (turn.outcome !== null) return capital(outcomeWords[turn.outcome.kind]);
  if (turn.state === 'needs-you') return 'Waits for you';
  if (turn.step === 'grace') return 'Both keys live';
  return doingWords[turn.step];
};

/** From finding a leak to the dead key, or how long it has been found; empty for other turns. */
export const leakLine = (turn: TurnView, nowMs: number): string => {
  // The outcome of a turn that came through says it itself.
  if (turn.foundAtMs === null || turn.outcome?.kind === 'turned') return '';
  if (turn.deadAtMs !== null)
    return `From finding to dead key: ${spanWords(turn.deadAtMs - turn.foundAtMs)}.`;
  return `Found ${spanWords(nowMs - turn.foundAtMs)} ago; the old key is not proven dead yet.`;
};

/** What undoing does, at the point where the turn stands. */
export const undoWords = (turn: TurnView): readonly string[] => {
  const made = turn.steps.some(({ step, state }) => step === 'keep' && state === 'done');
  const delivered = turn.steps.some(
    ({ step, state }) => step === 'deliver' && (state === 'done' || state === 'now'),
  );
  if (!made) return ['Nothing was made yet: everything stays as it is.'];
  return [
    'The old key is asked first: it must work before anything is put back.',
    'The old key becomes or stays the current one.',
    ...(delivered ? ['Env files get the old value again.'] : []),
    turn.shape === 'guided'
      ? 'The new key stays at the provider: remove it in the portal.'
      : 'The new key is removed at the provider.',
  ];
};

/** What is true once a turn is ended where it stands. */
export const endWords = (turn: TurnView): readonly string[] => {
  const past = (name: TurnStep): boolean =>
    turn.steps.some(({ step, state }) => step === name && state === 'done');
  if (turn.order === 'revoke-first' && past('revoke') && !past('promote'))
    return [
      'The old key is revoked and stays the current one: no key of this name works then.',
      ...(past('keep') ? ['The new value stays among the versions.'] : []),
      'Open tasks are no longer followed.',
    ];
  return [
    past('promote') || (past('keep') && (turn.shape === 'swap' || turn.shape === 'chain'))
      ? 'The new key stays the current one.'
      : past('keep')
        ? 'The old key stays the current one. The new value stays among the versions.'
        : 'The old key stays the current one.',
    past('revoke') || turn.shape === 'swap' || turn.shape === 'chain'
      ? 'Nobody asks any more whether the old key is refused.'
      : 'The old key is not revoked: it goes on working at the provider.',
    'Open tasks are no longer followed.',
  ];
};
