// What of a turn only its provider's own file can tell: that fields, settings, formats and managers are there. Told apart from
// validate-turn.ts, so that stating a turn does not load the catalogue; a test asks it of every built-in turn.
import type { AuthScheme } from '../asking.ts';
import type { ProviderDefinition } from '../provider.ts';
import { builtInNames, isHttp, namesIn, textsOfCall, type BraceName } from './names.ts';
import type { OldRule, TurnDefinition, TurnWay } from './turn-definition.ts';
import { callsOf, learntNames } from './way-calls.ts';

type Find = (providerId: string) => ProviderDefinition | undefined;

const hasName = ({ fields }: ProviderDefinition, name: string): boolean =>
  fields.some((field) => field.name === name);

/** A key may hold its user and password in a connection string alone. */
const opens = (definition: ProviderDefinition, name: string): boolean =>
  definition.fields.some((field) => field.name === name && !field.secret) ||
  definition.settings.some((setting) => setting.name === name);

const managersOf = (
  { manager }: TurnWay,
  definition: ProviderDefinition,
  find: Find,
): readonly ProviderDefinition[] =>
  manager === 'self' ? [definition] : manager.providers.flatMap((id) => find(id) ?? []);

const nameProblem = (
  name: BraceName,
  way: TurnWay,
  definition: ProviderDefinition,
  managers: readonly ProviderDefinition[],
): string | undefined => {
  if (name.of === 'manager')
    return managers.every((manager) => hasName(manager, name.bare))
      ? undefined
      : `{${name.name}} is no field of the manager`;
  if (name.of !== null)
    return hasName(definition, name.bare) ? undefined : `{${name.name}} is no field of the provider`;
  const isKnown =
    builtInNames.has(name.bare) ||
    way.inputs.some((input) => input.name === name.bare) ||
    learntNames(way).has(name.bare) ||
    opens(definition, name.bare);
  return isKnown
    ? undefined
    : `{${name.name}} is nobody's: no input, nothing learnt, no open field, no setting`;
};

const authProblems = (
  auth: AuthScheme | undefined,
  definitions: readonly ProviderDefinition[],
): readonly string[] =>
  (auth?.places ?? []).flatMap(({ field }) =>
    definitions.some((definition) => hasName(definition, field))
      ? []
      : [`auth uses the undeclared field "${field}"`],
  );

const callProblems = (way: TurnWay, definition: ProviderDefinition, find: Find): readonly string[] => {
  const managers = managersOf(way, definition, find);
  return callsOf(way).flatMap(({ call }) => [
    ...textsOfCall(call)
      .flatMap(namesIn)
      .flatMap((name) => nameProblem(name, way, definition, managers) ?? []),
    ...(isHttp(call) ? authProblems(call.auth, call.by === 'manager' ? managers : [definition]) : []),
  ]);
};

const oldProblem = (rule: OldRule, way: TurnWay, definition: ProviderDefinition): string | undefined => {
  if (rule.from !== 'field') return undefined;
  const field = definition.fields.find(({ name }) => name === rule.field);
  if (field === undefined) return `the old key's id stands in "${rule.field}", which is no field`;
  const isPart = rule.part !== undefined || rule.json !== undefined || way.list?.idIsSecret === true;
  return field.secret && !isPart ? `the old key's id is all of the secret "${rule.field}"` : undefined;
};

const wayProblems = (way: TurnWay, definition: ProviderDefinition, find: Find): readonly string[] => {
  const problems: string[] = [];
  const formats = new Set(definition.formats.map(({ id }) => id));
  for (const id of way.formats ?? []) if (!formats.has(id)) problems.push(`there is no format "${id}"`);
  for (const id of way.manager === 'self' ? [] : way.manager.providers)
    if (find(id) === undefined) problems.push(`the manager's provider "${id}" is not there`);
  const named = [...Object.keys(way.make?.gives ?? {}), ...(way.reads ?? []).map(({ field }) => field)];
  for (const field of named)
    if (!hasName(definition, field)) problems.push(`"${field}" is no field of the provider`);
  const id = way.make?.id;
  if (id !== undefined && 'field' in id && !hasName(definition, id.field))
    problems.push(`the new key's id stands in "${id.field}", which is no field`);
  for (const rule of way.old)
    problems.push(...[oldProblem(rule, way, definition)].flatMap((each) => each ?? []));
  return [...problems, ...callProblems(way, definition, find)];
};

/**
 * Everything that a turn says wrongly of its provider, in words for its author.
 * @param find the catalogue
 */
export const turnProviderProblems = (turn: TurnDefinition, find: Find): readonly string[] => {
  const definition = find(turn.provider);
  if (definition === undefined) return [`there is no provider "${turn.provider}"`];
  const classes = new Set(definition.classes.map(({ id }) => id));
  return [
    ...(turn.assistance?.classes ?? []).flatMap((id) =>
      classes.has(id) ? [] : [`there is no class "${id}"`],
    ),
    ...turn.ways.flatMap((way) =>
      wayProblems(way, definition, find).map((problem) => `way ${way.id}: ${problem}`),
    ),
  ];
};
