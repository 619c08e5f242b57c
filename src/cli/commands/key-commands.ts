// Commands about keys: add, list, show, edit.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { keyKinds, keyStates, type KeyKind, type KeyState } from '../../core/model/key.ts';
import type { CallInput } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { environmentWords, findEnvironments, findKey, findProject } from '../find.ts';
import { givenFields, wipeFields } from '../values.ts';
import { detailJson, detailText, summaryJson, summaryTable } from '../views.ts';

type Facts = NonNullable<CallInput<'keys.edit'>['facts']>;

const oneOf = <T extends string>(option: string, value: string, allowed: readonly T[]): Result<T> => {
  const found = allowed.find((item) => item === value);
  return found === undefined
    ? fail('bad-input', `--${option} cannot be "${value}".`, `Choose one of: ${allowed.join(', ')}.`, {
        field: `--${option}`,
      })
    : ok(found);
};

const factOptions = {
  provider: 'value',
  kind: 'value',
  expires: 'value',
  note: 'value',
  class: 'value',
  owner: 'value',
  organisation: 'value',
  tag: 'list',
} as const;

/** Facts that options name; what is not named is not touched. */
const factsFrom = (context: Context): Result<Facts> => {
  const { values, lists } = context.words;
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {};
  const kind = values.get('kind');
  if (kind !== undefined) {
    const parsed = oneOf<KeyKind>('kind', kind, keyKinds);
    if (!parsed.ok) return parsed;
    facts.kind = parsed.value;
  }
  const keyClass = values.get('class');
  if (keyClass !== undefined) {
    const parsed = oneOf('class', keyClass, ['standard', 'restricted', 'read-only', 'unknown'] as const);
    if (!parsed.ok) return parsed;
    facts.class = parsed.value;
  }
  const provider = values.get('provider');
  if (provider !== undefined) facts.provider = provider;
  const expires = values.get('expires');
  if (expires !== undefined) facts.expiresOn = expires === '' || expires === 'never' ? null : expires;
  const note = values.get('note');
  if (note !== undefined) facts.notes = note;
  const owner = values.get('owner');
  if (owner !== undefined) facts.owner = owner;
  const organisation = values.get('organisation');
  if (organisation !== undefined) facts.organisation = organisation;
  const tags = lists.get('tag');
  if (tags !== undefined) facts.tags = [...tags];
  return ok(facts);
};

const noteWarnings = (context: Context, warnings: readonly { message: string; next: string }[]): void => {
  if (context.json) return;
  for (const warning of warnings) context.terminal.note(`⚠ ${warning.message} ${warning.next}`);
};

export const add: Command = {
  summary: 'store a key; provider, kind and expiry are recognised from the value where they can be',
  usage:
    'keyturn add NAME --env ENV… [--provider ID] [--kind live|test] [--field NAME=VALUE…] [--value-stdin] [--expires YYYY-MM-DD] [--variable ENV_VAR]',
  options: { ...factOptions, env: 'list', field: 'list', 'value-stdin': 'flag', variable: 'value' },
  positionals: [1, 1],
  run: async (context) => {
    const words = environmentWords(context);
    if (words.length === 0)
      return fail('bad-input', 'No environment was named.', 'Add --env production, for example.', {
        field: '--env',
      });
    const facts = factsFrom(context);
    if (!facts.ok) return facts;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const fields = await givenFields(context, true);
    if (!fields.ok) return fields;
    const project = await findProject(context, send, true);
    if (!project.ok) return project;
    const environments = await findEnvironments(project.value, words, send, true);
    if (!environments.ok) return environments;
    const variable = context.words.values.get('variable');
    const main = fields.value.find((field) => field.name === 'secret') ?? fields.value.at(-1);
    const added = await send('keys.add', {
      projectId: project.value.id,
      environmentIds: [...environments.value.ids],
      facts: { ...facts.value, name: context.words.positionals[0] ?? '' },
      fields: fields.value.map((field) =>
        field === main && variable !== undefined ? { ...field, variable } : field,
      ),
    });
    wipeFields(fields.value);
    if (!added.ok) return added;
    const key = await findKey(context, send, added.value.id);
    if (!key.ok) return key;
    const created = environments.value.created.map((name) => ({
      code: 'environment-created',
      message: `Project ${project.value.name} had no environment "${name}"; it was made.`,
      next: 'Rename or remove it in the app if that was a slip.',
    }));
    const warnings = [...created, ...added.value.warnings];
    noteWarnings(context, warnings);
    const { id, name, provider, kind } = key.value;
    return ok({
      json: { id, name, provider, kind, warnings: warnings.map(({ code, message }) => ({ code, message })) },
      text: `Stored ${name}${provider === null ? '' : `, recognised as ${provider}`}${kind === 'unknown' ? '' : ` (${kind})`}.`,
    });
  },
};

export const list: Command = {
  summary: 'keys with kind, masked value, state and expiry; no secret',
  usage: 'keyturn list [--env ENV] [--provider ID] [--state STATE]',
  options: { env: 'list', provider: 'value', state: 'value', removed: 'flag' },
  positionals: [0, 0],
  run: async (context) => {
    const filter: { -readonly [K in keyof CallInput<'keys.list'>]: CallInput<'keys.list'>[K] } = {};
    const state = context.words.values.get('state');
    if (state !== undefined) {
      const parsed = oneOf<KeyState>('state', state, keyStates);
      if (!parsed.ok) return parsed;
      filter.state = parsed.value;
    }
    const provider = context.words.values.get('provider');
    if (provider !== undefined) filter.provider = provider;
    if (context.words.flags.has('removed')) filter.removed = true;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const overview = await send('overview.read', {});
    if (!overview.ok) return overview;
    const narrowed = await narrow(context, overview.value.projects, send);
    if (!narrowed.ok) return narrowed;
    const keys = await send('keys.list', filter);
    if (!keys.ok) return keys;
    const shown = keys.value.filter(
      (key) =>
        narrowed.value.projects.has(key.projectId) &&
        (narrowed.value.environments === null ||
          key.environmentIds.some((id) => narrowed.value.environments?.has(id))),
    );
    return ok({
      json: shown.map((key) => summaryJson(key, overview.value)),
      text: summaryTable(shown, overview.value),
    });
  },
};

type Narrowed = { readonly projects: ReadonlySet<string>; readonly environments: ReadonlySet<string> | null };

/** `--project` and `--env` of a list: all projects where none is named; a name that is nowhere is an error. */
const narrow = async (
  context: Context,
  all: Parameters<typeof findEnvironments>[0][],
  send: Parameters<typeof findProject>[1],
): Promise<Result<Narrowed>> => {
  const named = context.words.values.has('project');
  const project = named ? await findProject(context, send, false) : null;
  if (project !== null && !project.ok) return project;
  const projects = project === null ? all : [project.value];
  const words = environmentWords(context);
  if (words.length === 0)
    return ok({ projects: new Set(projects.map((item) => item.id)), environments: null });
  const found = await Promise.all(projects.map(async (item) => findEnvironments(item, words, send, false)));
  const ids = found.flatMap((result) => (result.ok ? result.value.ids : []));
  const failed = found.find((result) => !result.ok);
  if (ids.length === 0 && failed !== undefined && !failed.ok) return failed;
  return ok({ projects: new Set(projects.map((item) => item.id)), environments: new Set(ids) });
};

export const show: Command = {
  summary: 'one key with versions, history, places and consumers; no secret',
  usage: 'keyturn show NAME [--env ENV]',
  options: { env: 'list' },
  positionals: [1, 1],
  run: async (context) => {
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const key = await findKey(context, send, context.words.positionals[0] ?? '');
    if (!key.ok) return key;
    const [detail, overview] = [
      await send('keys.read', { id: key.value.id }),
      await send('overview.read', {}),
    ];
    if (!detail.ok) return detail;
    if (!overview.ok) return overview;
    return ok({
      json: detailJson(detail.value, overview.value),
      text: detailText(detail.value, overview.value),
    });
  },
};

export const edit: Command = {
  summary: 'change facts or the value; a changed secret is a new version',
  usage:
    'keyturn edit NAME [--name NEW] [--note TEXT] [--expires DATE] [--env ENV…] [--kind K] [--field NAME=VALUE…] [--value-stdin]',
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

const applyEdit = async (
  context: Context,
  send: Parameters<typeof findProject>[1],
  facts: Facts,
  fields: Awaited<ReturnType<typeof givenFields>> extends Result<infer F> ? F : never,
): Promise<Result<{ json: unknown; text: string }>> => {
  const words = environmentWords(context);
  const key = await findKey(withoutEnvironments(context), send, context.words.positionals[0] ?? '');
  // `--env` means the new environments here; where the name is ambiguous it also says which key is meant.
  const found =
    !key.ok && key.error.kind === 'ambiguous'
      ? await findKey(context, send, context.words.positionals[0] ?? '')
      : key;
  if (!found.ok) return found;
  const name = context.words.values.get('name');
  const input: { -readonly [K in keyof CallInput<'keys.edit'>]: CallInput<'keys.edit'>[K] } = {
    id: found.value.id,
  };
  if (name !== undefined || Object.keys(facts).length > 0)
    input.facts = name === undefined ? facts : { ...facts, name };
  if (words.length > 0 && key.ok) {
    const overview = await send('overview.read', {});
    if (!overview.ok) return overview;
    const project = overview.value.projects.find((item) => item.id === found.value.projectId);
    if (project === undefined)
      return fail('not-found', 'The key belongs to no project.', 'Run keyturn doctor.');
    const environments = await findEnvironments(project, words, send, true);
    if (!environments.ok) return environments;
    input.environmentIds = [...environments.value.ids];
  }
  const variable = context.words.values.get('variable');
  if (variable !== undefined) input.variables = { secret: variable === '' ? null : variable };
  if (context.words.flags.has('entry-was-wrong')) input.correction = true;
  const changes = Object.keys(input).length > 1;
  if (!changes && fields.length === 0)
    return fail(
      'bad-input',
      'Nothing to change was named.',
      'Give --note, --expires, --value-stdin or another option.',
    );
  if (changes) {
    const edited = await send('keys.edit', input);
    if (!edited.ok) return edited;
    noteWarnings(context, edited.value.warnings);
  }
  if (fields.length > 0) {
    const replaced = await send('keys.replace', { id: found.value.id, fields: [...fields] });
    if (!replaced.ok) return replaced;
    noteWarnings(context, replaced.value.warnings);
  }
  return ok({ json: { id: found.value.id }, text: `Changed ${name ?? found.value.name}.` });
};

const withoutEnvironments = (context: Context): Context => ({
  ...context,
  words: {
    ...context.words,
    lists: new Map([...context.words.lists].filter(([option]) => option !== 'env')),
  },
});
