// edit: facts by name, environments, variables, and a new value as a new version.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Err, type Result } from '../../core/model/result.ts';
import type { CallInput, Send } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';
import { factOptions, factsFrom, noteWarnings, type Facts } from '../facts.ts';
import { environmentWords, findEnvironments, findKey, type Summary } from '../find.ts';
import { givenFields, wipeFields, type Fields } from '../values.ts';

type EditInput = { -readonly [K in keyof CallInput<'keys.edit'>]: CallInput<'keys.edit'>[K] };

const withoutEnvironments = (context: Context): Context => ({
  ...context,
  words: {
    ...context.words,
    lists: new Map([...context.words.lists].filter(([option]) => option !== 'env')),
  },
});

type Target = {
  readonly key: Summary;
  /** `--env` chose the key, so it does not move it. */ readonly chosenByEnvironment: boolean;
};

/** `--env` names the new environments; where the name alone is ambiguous it says which key is meant instead. */
const findTarget = async (context: Context, send: Send): Promise<Result<Target>> => {
  const name = context.words.positionals[0] ?? '';
  const byName = await findKey(withoutEnvironments(context), send, name);
  if (byName.ok) return ok({ key: byName.value, chosenByEnvironment: false });
  if (byName.error.kind !== 'ambiguous') return byName;
  const byEnvironment = await findKey(context, send, name);
  return byEnvironment.ok ? ok({ key: byEnvironment.value, chosenByEnvironment: true }) : byEnvironment;
};

const newEnvironments = async (context: Context, send: Send, key: Summary): Promise<Result<string[]>> => {
  const overview = await send('overview.read', {});
  if (!overview.ok) return overview;
  const project = overview.value.projects.find((item) => item.id === key.projectId);
  if (project === undefined)
    return fail('not-found', 'The key belongs to no project.', 'Run keyturn doctor.');
  const found = await findEnvironments(project, environmentWords(context), send, true);
  return found.ok ? ok([...found.value.ids]) : found;
};

const inputFor = async (
  context: Context,
  send: Send,
  target: Target,
  facts: Facts,
): Promise<Result<EditInput>> => {
  const { values, flags } = context.words;
  const input: EditInput = { id: target.key.id };
  const name = values.get('name');
  if (name !== undefined || Object.keys(facts).length > 0) {
    input.facts = name === undefined ? facts : { ...facts, name };
  }
  if (environmentWords(context).length > 0 && !target.chosenByEnvironment) {
    const ids = await newEnvironments(context, send, target.key);
    if (!ids.ok) return ids;
    input.environmentIds = ids.value;
  }
  const variable = values.get('variable');
  if (variable !== undefined) input.variables = { secret: variable === '' ? null : variable };
  if (flags.has('entry-was-wrong')) input.correction = true;
  return ok(input);
};

/** A date that is fixed may still have been typed wrongly: the option that says so is named where it is needed. */
const withWayOut = (failed: Err): Err =>
  failed.error.kind === 'refused' && failed.error.where?.field === 'expiresOn'
    ? fail(
        'refused',
        failed.error.message,
        'Create a new key at the provider. If the date was entered wrongly, give --entry-was-wrong.',
        failed.error.where,
      )
    : failed;

const applyEdit = async (
  context: Context,
  send: Send,
  facts: Facts,
  fields: Fields,
): Promise<Result<Answer>> => {
  const target = await findTarget(context, send);
  if (!target.ok) return target;
  const { key } = target.value;
  const input = await inputFor(context, send, target.value, facts);
  if (!input.ok) return input;
  const changes = Object.keys(input.value).length > 1;
  if (!changes && fields.length === 0) {
    return fail(
      'bad-input',
      'Nothing to change was named.',
      'Give --note, --expires, --value-stdin or another option.',
    );
  }
  if (changes) {
    const edited = await send('keys.edit', input.value);
    if (!edited.ok) return withWayOut(edited);
    noteWarnings(context, edited.value.warnings);
  }
  if (fields.length > 0) {
    const replaced = await send('keys.replace', { id: key.id, fields: [...fields] });
    if (!replaced.ok) return replaced;
    noteWarnings(context, replaced.value.warnings);
  }
  return ok({ json: { id: key.id }, text: `Changed ${context.words.values.get('name') ?? key.name}.` });
};

export const edit: Command = {
  summary: 'change facts or the value; a changed secret is a new version',
  usage:
    'keyturn edit NAME [--name NEW] [--note TEXT] [--expires DATE [--entry-was-wrong]] [--env ENV…] [--kind K] [--field NAME=VALUE…] [--value-stdin]',
  options: {
    ...factOptions,
    name: 'value',
    env: 'list',
    field: 'list',
    'value-stdin': 'flag',
    variable: 'value',
    'entry-was-wrong': 'flag',
  },
  positionals: [1, 1],
  run: async (context) => {
    const facts = factsFrom(context);
    if (!facts.ok) return facts;
    const fields = await givenFields(context, false);
    if (!fields.ok) return fields;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const result = await applyEdit(context, door.value.send, facts.value, fields.value);
    wipeFields(fields.value);
    return result;
  },
};
