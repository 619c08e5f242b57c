// Commands about keys: add, list, show.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { keyStates } from '../../core/model/key.ts';
import type { CallInput } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { factOptions, factsFrom, noteWarnings, oneOf } from '../facts.ts';
import {
  environmentWords,
  findEnvironments,
  findKey,
  findProject,
  openNamedKey,
  type Summary,
} from '../find.ts';
import { givenFields, wipeFields } from '../values.ts';
import { detailJson, detailText, summaryJson, summaryTable } from '../views.ts';

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
    const how = context.words.values.has('provider') ? 'as a key of' : 'recognised as';
    return ok({
      json: { id, name, provider, kind, warnings: warnings.map(({ code, message }) => ({ code, message })) },
      text: `Stored ${name}${provider === null ? '' : `, ${how} ${provider}`}${kind === 'unknown' ? '' : ` (${kind})`}.`,
    });
  },
};

type Attention = Summary['attention'][number];
const attentions: Readonly<Record<Attention, true>> = {
  expiring: true,
  expired: true,
  overdue: true,
  unused: true,
  'never-checked': true,
  'owner-left': true,
  waiting: true,
  lost: true,
};
/** States by asking, and what else wants a person. */
const states: readonly string[] = [...new Set([...keyStates, ...Object.keys(attentions)])];

const isIn = ({ status, attention }: Summary, state: string): boolean =>
  status.state === state || attention.some((each) => each === state);

export const list: Command = {
  summary: 'keys with kind, masked value, state and expiry; no secret',
  usage: 'keyturn list [--env ENV] [--provider ID] [--state STATE]',
  options: { env: 'list', provider: 'value', state: 'value', removed: 'flag' },
  positionals: [0, 0],
  run: async (context) => {
    const filter: { -readonly [K in keyof CallInput<'keys.list'>]: CallInput<'keys.list'>[K] } = {};
    const state = context.words.values.get('state');
    if (state !== undefined) {
      const parsed = oneOf<string>('state', state, states);
      if (!parsed.ok) return parsed;
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
        (state === undefined || isIn(key, state)) &&
        narrowed.value.projects.has(key.projectId) &&
        (narrowed.value.environments === null ||
          key.environmentIds.some((id) => narrowed.value.environments?.has(id))),
    );
    const whole = await send('state.read', {});
    return ok({
      json: shown.map((key) => summaryJson(key, overview.value)),
      text: summaryTable(shown, overview.value),
      // A list that lacks something must not pass for a whole one.
      code: whole.ok && whole.value.damaged > 0 ? 4 : 0,
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
    const named = await openNamedKey(context);
    if (!named.ok) return named;
    const { send, key } = named.value;
    const [detail, overview] = [await send('keys.read', { id: key.id }), await send('overview.read', {})];
    if (!detail.ok) return detail;
    if (!overview.ok) return overview;
    const leaks = await send('leaks.list', { keyId: key.id });
    if (!leaks.ok) return leaks;
    const { findings } = leaks.value;
    return ok({
      json: detailJson(detail.value, overview.value, findings),
      text: detailText(detail.value, overview.value, findings),
    });
  },
};
