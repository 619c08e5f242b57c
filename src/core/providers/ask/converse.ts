// One check from the first question to the last word: at most three questions, each put by whoever holds the wires. Knows no
// record and opens nothing itself. docs/checking.md §1.
import type { CheckRequest } from '../asking.ts';
import type { ProviderDefinition } from '../provider.ts';
import { isComposite } from '../take-apart.ts';
import { fitsFormat } from '../pattern.ts';
import { buildAsk, type HttpAsk, type ServerAsk } from './build.ts';
import { chooseRequest, followUp, type AskableCheck } from './choose.ts';
import { decide, type Answer, type Decision } from './decide.ts';
import { prepare, type Prepared } from './prepare.ts';
import { say, type OrSaid, type Question, type Said } from './question.ts';
import { hide, tellable, type Hidden } from './redact.ts';
import { take, type Told } from './take.ts';

export const maxQuestions = 3;
/** Sentences of definitions, some of which came from outside. */
const maxSaidLength = 500;

/** Why nothing was answered, in words; `stopped` where nobody wants the answer any more. */
export type Silence = { readonly reason: string; readonly next: string; readonly stopped: boolean };

export type Wires = {
  readonly ask: (
    ask: HttpAsk | ServerAsk,
  ) => Promise<
    { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly error: Silence }
  >;
  /** Waits; false where nobody wants to go on. */
  readonly wait: (seconds: number) => Promise<boolean>;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
};

export type Outcome = Said & {
  readonly httpStatus: number | null;
  readonly told: readonly Told[];
  /** Questions that were sent. */
  readonly questions: number;
};

const uncheckable = (definition: ProviderDefinition, why: string): OrSaid<never> =>
  say('not-checkable', why, `Look at it in the portal of ${definition.name}.`);

export type Plan = {
  readonly check: AskableCheck;
  readonly prepared: Prepared;
  readonly request: CheckRequest;
};

/** What would be asked about a key, or why nothing is. Sends nothing. */
export const planAsking = (question: Question): OrSaid<Plan> => {
  const { check } = question.definition;
  const prepared = prepare(question);
  if (!prepared.ok) return prepared;
  if (!check.possible) return uncheckable(question.definition, check.why);
  const request = chooseRequest(question, check, prepared.value);
  return request.ok
    ? { ok: true, value: { check, prepared: prepared.value, request: request.value } }
    : request;
};

/** The values that must not be seen: secret fields, and what stands in no field that the definition knows. */
const secretsOf = ({ definition }: Question, { values }: Prepared): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    definition.fields.find((field) => field.name === name)?.secret === false ? [] : [value],
  );

/** The value that a token's own claims are read from. */
const mainSecret = ({ definition }: Question, { values, format }: Prepared): string => {
  const field = format !== undefined && !isComposite(format) ? format.field : undefined;
  const value = field === undefined ? undefined : values[field];
  if (value !== undefined && format !== undefined && fitsFormat(format, value)) return value;
  return values[definition.fields.find(({ secret }) => secret)?.name ?? 'secret'] ?? '';
};

type State = {
  readonly told: readonly Told[];
  readonly questions: number;
  readonly httpStatus: number | null;
};

const finish = (said: Said, state: State, hidden: Hidden): Outcome => ({
  state: said.state,
  reason: tellable(said.reason, hidden, maxSaidLength),
  next: tellable(said.next, hidden, maxSaidLength),
  ...state,
});

const nothingHidden = hide([]);

/** Words of the definition's own table hold nothing of the key; to strike out what a password has in common with them would tell it. */
const settled = (decided: Decision, state: State): Outcome => finish(decided, state, nothingHidden);

const merge = (before: readonly Told[], more: readonly Told[]): readonly Told[] => [
  ...before,
  ...more.filter(({ fact }) => !before.some((each) => each.fact === fact)),
];

const silent = ({ reason, next }: Silence): Said => ({ state: 'unreachable', reason, next });

/** Asks about one key. Null where it was stopped. */
export const converse = async (question: Question, wires: Wires): Promise<Outcome | null> => {
  const nothingSent: State = { told: [], questions: 0, httpStatus: null };
  const planned = planAsking(question);
  if (!planned.ok) return finish(planned.said, nothingSent, hide(Object.values(question.values)));
  const { check, prepared } = planned.value;
  const secrets = secretsOf(question, prepared);
  let hidden = hide(secrets);
  let request: CheckRequest = planned.value.request;
  let state = nothingSent;
  let decided: Decision | null = null;
  while (state.questions < maxQuestions) {
    const built = buildAsk(question, check, prepared, request);
    if (!built.ok) return decided === null ? finish(built.said, state, hidden) : settled(decided, state);
    hidden = hide([...secrets, ...built.value.carried]);
    const answer = await wires.ask(built.value.ask);
    if (!answer.ok) {
      if (answer.error.stopped) return null;
      return decided === null ? finish(silent(answer.error), state, hidden) : settled(decided, state);
    }
    const tells = take({
      tells: check.tells ?? [],
      request,
      answer: answer.value,
      secret: mainSecret(question, prepared),
      hidden,
      nowMs: wires.nowMs(),
    });
    decided = decide(check, request, answer.value, prepared.values);
    const { status } = answer.value;
    state = {
      told: merge(state.told, tells),
      questions: state.questions + 1,
      httpStatus: built.value.ask.protocol === 'http' ? status : null,
    };
    const next = decided.ask === undefined ? undefined : followUp(question, check, prepared, decided.ask);
    if (next === undefined || state.questions >= maxQuestions) break;
    if (next.afterSeconds !== undefined && !(await wires.wait(next.afterSeconds))) return null;
    request = next;
  }
  return decided === null ? null : settled(decided, state);
};
