// From what a person typed to what the agent knows: project, environment and key by name or id.
import { environmentAliases } from '../core/model/environment.ts';
import { fail } from '../core/model/app-error.ts';
import { isRecordId } from '../core/model/ids.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { CallOutput, Send } from '../contract/contract.ts';
import type { Context } from './command.ts';

export type Overview = CallOutput<'overview.read'>;
export type ProjectView = Overview['projects'][number];
export type EnvironmentView = ProjectView['environments'][number];
export type Summary = CallOutput<'keys.list'>[number];

const same = (left: string, right: string): boolean =>
  left.normalize('NFC').toLocaleLowerCase('en') === right.normalize('NFC').toLocaleLowerCase('en');

const names = (list: readonly { readonly name: string }[]): string =>
  list.map((item) => item.name).join(', ');

/**
 * The project that `--project` names, or the only one.
 * @param create make it where it does not exist
 */
export const findProject = async (
  context: Context,
  send: Send,
  create: boolean,
): Promise<Result<ProjectView>> => {
  const overview = await send('overview.read', {});
  if (!overview.ok) return overview;
  const { projects } = overview.value;
  const wanted = context.words.values.get('project');
  const only = projects.length === 1 ? projects[0] : projects.find((project) => project.name === 'default');
  const found = wanted === undefined ? only : projects.find((project) => same(project.name, wanted));
  if (found !== undefined) return ok(found);
  if (wanted === undefined) {
    return fail(
      'ambiguous',
      `There are several projects: ${names(projects)}.`,
      'Choose one with --project NAME.',
    );
  }
  if (!create) {
    return fail('not-found', `There is no project "${wanted}".`, `Projects: ${names(projects)}.`);
  }
  const added = await send('project.add', { name: wanted });
  if (!added.ok) return added;
  const again = await send('overview.read', {});
  if (!again.ok) return again;
  const made = again.value.projects.find((project) => project.id === added.value.id);
  return made === undefined
    ? fail('internal', 'The new project was not found.', 'Run keyturn doctor.')
    : ok(made);
};

/** Environment names as typed: repeated, listed or separated by commas. */
export const environmentWords = (context: Context): readonly string[] =>
  (context.words.lists.get('env') ?? [])
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');

const matchEnvironment = (project: ProjectView, word: string): EnvironmentView | undefined => {
  const direct = project.environments.find(
    (environment) => same(environment.name, word) || environment.id === word,
  );
  const alias = environmentAliases[word.toLowerCase()];
  return (
    direct ?? project.environments.find((environment) => alias !== undefined && environment.kind === alias)
  );
};

/**
 * The environments that `--env` names, in a project.
 * @param create makes an own environment of a name that is not there, and says so in `created`
 */
export const findEnvironments = async (
  project: ProjectView,
  words: readonly string[],
  send: Send,
  create: boolean,
): Promise<Result<{ readonly ids: readonly string[]; readonly created: readonly string[] }>> => {
  const ids: string[] = [];
  const created: string[] = [];
  for (const word of words) {
    const found = matchEnvironment(project, word);
    if (found !== undefined) {
      ids.push(found.id);
      continue;
    }
    if (!create) {
      return fail(
        'not-found',
        `Project ${project.name} has no environment "${word}".`,
        `Environments: ${names(project.environments)}.`,
      );
    }
    // One call after the other: each needs what the one before made.
    const added = await send('environment.add', { projectId: project.id, name: word });
    if (!added.ok) return added;
    ids.push(added.value.id);
    created.push(word);
  }
  return ok({ ids: [...new Set(ids)], created });
};

const whereItStands = (key: Summary, overview: Overview): string => {
  const project = overview.projects.find((item) => item.id === key.projectId);
  const environments = project?.environments.filter((item) => key.environmentIds.includes(item.id)) ?? [];
  return `${project?.name ?? '?'}: ${names(environments)}`;
};

/**
 * The one key that a name or id means, narrowed by `--project` and `--env`.
 * @param removed look among removed keys instead
 * @returns `not-found`, or `ambiguous` with the places where the name stands
 */
export const findKey = async (
  context: Context,
  send: Send,
  name: string,
  removed = false,
): Promise<Result<Summary>> => {
  const [keys, overview] = [await send('keys.list', { removed }), await send('overview.read', {})];
  if (!keys.ok) return keys;
  if (!overview.ok) return overview;
  const byId = isRecordId(name) ? keys.value.find((key) => key.id === name) : undefined;
  if (byId !== undefined) return ok(byId);
  const project = context.words.values.get('project');
  const projects = overview.value.projects.filter(
    (item) => project === undefined || same(item.name, project),
  );
  const wanted = environmentWords(context);
  const environments = projects.flatMap((item) =>
    wanted.map((word) => matchEnvironment(item, word)).filter((found) => found !== undefined),
  );
  const exact = keys.value.filter((key) => key.name === name);
  const candidates = (exact.length > 0 ? exact : keys.value.filter((key) => same(key.name, name))).filter(
    (key) =>
      projects.some((item) => item.id === key.projectId) &&
      (wanted.length === 0 || environments.some((item) => key.environmentIds.includes(item.id))),
  );
  const [first, second] = candidates;
  if (first === undefined) {
    return fail(
      'not-found',
      `There is no key "${name}"${wanted.length > 0 ? ` in ${wanted.join(', ')}` : ''}.`,
      'See all keys with keyturn list.',
    );
  }
  if (second === undefined) return ok(first);
  const places = candidates.map((key) => whereItStands(key, overview.value)).join('; ');
  return fail(
    'ambiguous',
    `"${name}" stands in several places (${places}).`,
    'Choose one with --env, --project or its id.',
  );
};

/**
 * Unlocks and finds the key that the first word names: how every command about one key begins.
 * @param removed look among removed keys instead
 */
export const openNamedKey = async (
  context: Context,
  removed = false,
): Promise<Result<{ readonly send: Send; readonly key: Summary }>> => {
  const door = await context.unlocked();
  if (!door.ok) return door;
  const { send } = door.value;
  const key = await findKey(context, send, context.words.positionals[0] ?? '', removed);
  return key.ok ? ok({ send, key: key.value }) : key;
};
