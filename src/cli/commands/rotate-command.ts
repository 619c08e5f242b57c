// rotate: turns a key, goes on with what was interrupted, tells where turns stand. docs/rotation.md §5.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput, Send } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';
import { findKey, openNamedKey, type Summary } from '../find.ts';
import { givenFields, wipeFields } from '../values.ts';
import { followTurn } from '../rotate/follow.ts';
import { readCare, readChoice, rotateOptions, setsCare, type Chosen } from '../rotate/rotate-options.ts';
import {
  planJson,
  planText,
  rotationCode,
  rotationJson,
  rotationTable,
  rotationText,
  worstCode,
  type Rotation,
} from '../rotate/rotation-words.ts';
import { agreed, agreedByName } from './secret-commands.ts';

type Named = { readonly send: Send; readonly key: Summary };
type Act = (context: Context, named: Named) => Promise<Result<Answer>>;

const answerFor = (turn: Rotation, wanted?: NonNullable<Rotation['outcome']>['kind']): Result<Answer> =>
  ok({ json: rotationJson(turn), text: rotationText(turn), code: rotationCode(turn, wanted) });

const openTurnOf = async (send: Send, key: Summary): Promise<Result<Rotation | undefined>> => {
  const turns = await send('rotation.list', { keyId: key.id, open: true });
  return turns.ok ? ok(turns.value[0]) : turns;
};

/** The turn that is under way. `not-found` where there is none. */
const theOpenTurn = async (send: Send, key: Summary): Promise<Result<Rotation>> => {
  const open = await openTurnOf(send, key);
  if (!open.ok) return open;
  return open.value === undefined
    ? fail('not-found', `${key.name} is not being turned.`, `Turn it with keyturn rotate ${key.name}.`)
    : ok(open.value);
};

const givesValue = ({ words }: Context): boolean =>
  words.flags.has('value-stdin') || words.lists.has('field');

const list = async (context: Context): Promise<Result<Answer>> => {
  const door = await context.unlocked();
  if (!door.ok) return door;
  const { send } = door.value;
  const [name] = context.words.positionals;
  const key = name === undefined ? undefined : await findKey(context, send, name);
  if (key?.ok === false) return key;
  const turns = await send('rotation.list', key === undefined ? {} : { keyId: key.value.id });
  if (!turns.ok) return turns;
  return ok({ json: turns.value.map(rotationJson), text: rotationTable(turns.value) });
};

const resume = async (context: Context): Promise<Result<Answer>> => {
  const door = await context.unlocked();
  if (!door.ok) return door;
  const { send } = door.value;
  const [name] = context.words.positionals;
  const key = name === undefined ? undefined : await findKey(context, send, name);
  if (key?.ok === false) return key;
  const open = key === undefined ? undefined : await theOpenTurn(send, key.value);
  if (open?.ok === false) return open;
  const turns = await send('rotation.resume', open === undefined ? {} : { id: open.value.id });
  if (!turns.ok) return turns;
  // What needs a person was not touched, and is told all the same.
  const left = name === undefined ? await send('rotation.list', { open: true }) : ok([]);
  if (!left.ok) return left;
  const all = [...turns.value, ...left.value.filter(({ id }) => turns.value.every((turn) => turn.id !== id))];
  return ok({
    json: all.map(rotationJson),
    text: all.length === 0 ? 'No key is being turned.' : all.map(rotationText).join('\n\n'),
    code: worstCode(all.map((turn) => rotationCode(turn))),
  });
};

/** What a plan is asked with: why and since when is the turn's alone. */
const wishesOf = ({ reason: _reason, foundAtMs: _found, ...wishes }: Chosen): CallInput<'rotation.plan'> =>
  wishes;

const plan: Act = async (context, { send, key }) => {
  const choice = await readChoice(context, send, key.id);
  if (!choice.ok) return choice;
  const planned = await send('rotation.plan', {
    ...wishesOf(choice.value),
    ...(context.words.flags.has('local') ? { local: true } : {}),
  });
  if (!planned.ok) return planned;
  return ok({
    json: planJson(planned.value),
    text: planText(planned.value),
    code: planned.value.blockers.length === 0 ? 0 : 1,
  });
};

const undo: Act = async (context, { send, key }) => {
  const open = await theOpenTurn(send, key);
  if (!open.ok) return open;
  const may = await agreed(context, `Go back to the old key of ${key.name}?`, 'Nothing was done.');
  if (!may.ok) return may;
  const undone = await send('rotation.undo', { id: open.value.id });
  if (!undone.ok) return undone;
  const turn = await followTurn(context, send, open.value.id, open.value.journal.length);
  return turn.ok ? answerFor(turn.value, 'undone') : turn;
};

const giveUp: Act = async (context, { send, key }) => {
  const open = await theOpenTurn(send, key);
  if (!open.ok) return open;
  const question = `End the turn of ${key.name} where it stands? Nothing is revoked or undone any more.`;
  const may = await agreedByName(context, question, key.name, 'Nothing was done.');
  if (!may.ok) return may;
  const ended = await send('rotation.giveUp', { id: open.value.id, confirmName: key.name });
  return ended.ok ? answerFor(ended.value, 'stopped') : ended;
};

const task: Act = async (context, { send, key }) => {
  const open = await theOpenTurn(send, key);
  if (!open.ok) return open;
  const taskId = context.words.values.get('task') ?? '';
  const known = open.value.tasks.find(
    ({ id }) => id === taskId || (taskId.length >= 6 && id.startsWith(taskId)),
  );
  if (known === undefined)
    return fail(
      'not-found',
      'There is no such task.',
      `See them with keyturn rotate --list ${key.name} --json.`,
    );
  const done = !context.words.flags.has('open');
  const changed = await send('rotation.task', { id: open.value.id, taskId: known.id, done });
  if (!changed.ok) return changed;
  const turn = await followTurn(context, send, open.value.id, open.value.journal.length);
  return turn.ok ? answerFor(turn.value) : turn;
};

const paste = async (context: Context, send: Send, turn: Rotation): Promise<Result<Answer>> => {
  if (!turn.wantsValue)
    return fail(
      'refused',
      `No new value is wanted now: ${turn.waitsFor || turn.step}.`,
      'Look at the turn: keyturn rotate --list.',
    );
  const fields = await givenFields(context, false);
  if (!fields.ok) return fields;
  const pasted = await send('rotation.paste', { id: turn.id, fields: fields.value });
  wipeFields(fields.value);
  if (!pasted.ok) return pasted;
  const followed = await followTurn(context, send, turn.id, turn.journal.length);
  return followed.ok ? answerFor(followed.value) : followed;
};

const careText = (care: CallOutput<'rotation.care'>): string =>
  [
    care.unattended ? 'It is turned when nobody is there.' : 'It is turned when you say so.',
    care.hours === null ? '' : `Between ${String(care.hours.from)} and ${String(care.hours.to)} o’clock.`,
    care.beforeExpiryDays === null ? '' : `${String(care.beforeExpiryDays)} days before its end.`,
    care.way === null ? '' : `By the way ${care.way}.`,
  ]
    .filter((line) => line !== '')
    .join(' ');

const setCare: Act = async (context, { send, key }) => {
  const before = await send('rotation.care', { keyId: key.id });
  if (!before.ok) return before;
  const next = await readCare(context, send, before.value);
  if (!next.ok) return next;
  const set = await send('rotation.setCare', next.value);
  return set.ok ? ok({ json: { id: key.id, ...next.value }, text: careText(next.value) }) : set;
};

/** The plan on stderr and a question; without a terminal and without --yes nothing happens. */
const mayStart = async (
  context: Context,
  send: Send,
  key: Summary,
  choice: Chosen,
): Promise<Result<undefined>> => {
  if (context.yes) return ok(undefined);
  const without = `${key.name} was not turned: the plan wants a yes.`;
  if (!context.terminal.interactive) return agreed(context, '', without);
  const planned = await send('rotation.plan', wishesOf(choice));
  if (!planned.ok) return planned;
  context.terminal.note(planText(planned.value));
  const [blocker] = planned.value.blockers;
  if (blocker !== undefined) return fail('refused', blocker.message, blocker.next);
  return agreed(context, `Turn ${key.name} now?`, without);
};

const start: Act = async (context, { send, key }) => {
  const open = await openTurnOf(send, key);
  if (!open.ok) return open;
  if (open.value !== undefined && givesValue(context)) return paste(context, send, open.value);
  if (open.value !== undefined) {
    // It was said yes to when it began.
    const turns = await send('rotation.resume', { id: open.value.id });
    if (!turns.ok) return turns;
    const [turn] = turns.value;
    return answerFor(turn ?? open.value);
  }
  const choice = await readChoice(context, send, key.id);
  if (!choice.ok) return choice;
  const may = await mayStart(context, send, key, choice.value);
  if (!may.ok) return may;
  const started = await send('rotation.start', choice.value);
  if (!started.ok) return started;
  const turn = await followTurn(context, send, started.value.id);
  if (!turn.ok) return turn;
  return givesValue(context) && turn.value.wantsValue
    ? paste(context, send, turn.value)
    : answerFor(turn.value);
};

/** The first word that is there says what is done; two of them are one too many. */
const acts: Readonly<Record<string, Act>> = { plan, undo, 'give-up': giveUp };

const actOf = (context: Context): Result<Act> => {
  const { flags, values } = context.words;
  const named = Object.keys(acts).filter((name) => flags.has(name));
  const all = [
    ...named,
    ...(values.has('task') ? ['task'] : []),
    ...(setsCare(context) ? ['unattended'] : []),
  ];
  if (all.length > 1)
    return fail('bad-input', `--${all[0] ?? ''} and --${all[1] ?? ''} are two wishes.`, 'Give one of them.');
  if (values.has('task')) return ok(task);
  if (setsCare(context)) return ok(setCare);
  return ok(acts[named[0] ?? ''] ?? start);
};

export const rotate: Command = {
  summary: 'turn a key: a new one is made, kept and tested before the old one is revoked and seen dead',
  usage: [
    'keyturn rotate NAME [--grace DURATION] [--yes] [--plan [--local]] [--way WAY] [--manager NAME] [--input NAME=VALUE…]',
    '               [--old ID] [--remove-first ID] [--expires DATE|none] [--leak [--found TIME]] [--revoke-first]',
    'keyturn rotate NAME --value-stdin | --field NAME=VALUE…   the new value of a key that is made by hand',
    'keyturn rotate NAME --task ID [--open] | --undo | --give-up',
    'keyturn rotate NAME --unattended on|off [--hours 9-17|any] [--before-expiry DAYS|never]',
    'keyturn rotate --resume [NAME] | --list [NAME]',
  ].join('\n'),
  options: rotateOptions,
  positionals: [0, 1],
  run: async (context) => {
    const { flags, positionals } = context.words;
    if (flags.has('list')) return list(context);
    if (flags.has('resume')) return resume(context);
    if (positionals.length === 0)
      return fail('bad-input', 'No key was named.', 'Name one, or give --list or --resume.');
    const act = actOf(context);
    if (!act.ok) return act;
    const named = await openNamedKey(context);
    return named.ok ? act.value(context, named.value) : named;
  },
};
