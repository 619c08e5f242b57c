// Puts variables that belong to one key together: the name and secret of an Appcircle key, a Circa key and its team id, the
// two halves of an AWS key. By the provider's own names for its fields, whatever stands before them (STAGING_CIRCA_TEAM_ID).
import type { FieldDefinition, ProviderDefinition } from '../providers/provider.ts';
import type { JudgedEntry, PreviewJudge } from './preview-types.ts';

export type FieldGroup = {
  readonly provider: string;
  /** Variable name by field, the leading one first. */
  readonly fields: ReadonlyMap<string, JudgedEntry>;
};

type GrowingGroup = { readonly provider: string; readonly fields: Map<string, JudgedEntry> };

const plain = (name: string): string => name.toUpperCase().replace(/[-.]/g, '_');

/** Labels such as `name` or `secret` alone say nothing about whose they are. */
const isTelling = (label: string): boolean => label.includes('_') || label.includes('-');

/** Whether a variable's name is one of the field's names, alone or behind a prefix such as `STAGING_`. */
const speaksOf = (field: FieldDefinition, name: string): boolean => {
  const own = plain(name);
  if (own === plain(field.variable) || own.endsWith(`_${plain(field.variable)}`)) return true;
  return field.labels.some((label) => isTelling(label) && own === plain(label));
};

const fieldFor = (provider: ProviderDefinition, name: string): FieldDefinition | undefined =>
  provider.fields.find((field) => speaksOf(field, name));

const commonPrefix = (left: string, right: string): number => {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
};

const leaderOf = (group: GrowingGroup): JudgedEntry | undefined => [...group.fields.values()][0];

/** The group of the provider that still lacks the field: the one whose name begins most alike, then the nearest. */
const bestGroup = (
  groups: readonly GrowingGroup[],
  provider: string,
  field: string,
  judged: JudgedEntry,
): GrowingGroup | undefined => {
  const likeness = (group: GrowingGroup): number =>
    commonPrefix(leaderOf(group)?.entry.name ?? '', judged.entry.name);
  const distance = (group: GrowingGroup): number =>
    Math.abs((leaderOf(group)?.entry.line ?? 0) - judged.entry.line);
  return groups
    .filter((group) => group.provider === provider && !group.fields.has(field))
    .toSorted((left, right) => likeness(right) - likeness(left) || distance(left) - distance(right))[0];
};

/** Values that a prefix or a name has given to a provider: each starts a group or completes one. */
const groupRecognised = (all: readonly JudgedEntry[]): GrowingGroup[] => {
  const groups: GrowingGroup[] = [];
  for (const judged of all) {
    const { provider, field } = judged;
    if (provider === null || field === null) continue;
    const open = bestGroup(groups, provider, field, judged);
    if (open !== undefined) open.fields.set(field, judged);
    else groups.push({ provider, fields: new Map([[field, judged]]) });
  }
  return groups;
};

/** Fields without a form of their own, such as a team id: they join the key that they stand beside. */
const addCompanions = (
  groups: readonly GrowingGroup[],
  providers: readonly ProviderDefinition[],
  rest: readonly JudgedEntry[],
): void => {
  for (const judged of rest) {
    for (const provider of providers) {
      const field = fieldFor(provider, judged.entry.name);
      const group = field === undefined ? undefined : bestGroup(groups, provider.id, field.name, judged);
      if (field === undefined || group === undefined) continue;
      group.fields.set(field.name, judged);
      break;
    }
  }
};

/** A password has no form of its own: the names say enough. */
const acceptsAsSecret = (
  judge: PreviewJudge,
  provider: ProviderDefinition,
  field: FieldDefinition,
  judged: JudgedEntry,
): boolean =>
  provider.formats.every((format) => format.field !== field.name) ||
  judge
    .recognise(judged.text ?? '', { provider: provider.id, variable: judged.entry.name })
    .candidates.some((found) => found.provider === provider.id && found.malformed.length === 0);

/** A pair known only by its names (API_KEY_NAME and API_KEY_SECRET): all required fields must be there. */
const findNamedPair = (
  judge: PreviewJudge,
  provider: ProviderDefinition,
  rest: readonly JudgedEntry[],
): GrowingGroup | null => {
  const required = provider.fields.filter((field) => field.required);
  if (required.length < 2) return null;
  const found = required.flatMap((field) => {
    const judged = rest.find((each) => speaksOf(field, each.entry.name));
    return judged === undefined ? [] : [{ field, judged }];
  });
  if (found.length < required.length) return null;
  const secrets = found.filter(({ field }) => field.secret);
  const fitting = secrets.every(({ field, judged }) => acceptsAsSecret(judge, provider, field, judged));
  if (secrets.length === 0 || !fitting) return null;
  const ordered = [...secrets, ...found.filter(({ field }) => !field.secret)];
  return { provider: provider.id, fields: new Map(ordered.map(({ field, judged }) => [field.name, judged])) };
};

/**
 * Groups judged entries into keys of several fields.
 * @returns groups of one or more fields, each led by its first
 */
export const groupFields = (judge: PreviewJudge, all: readonly JudgedEntry[]): readonly FieldGroup[] => {
  const groups = groupRecognised(all);
  const free = (): readonly JudgedEntry[] => {
    const taken = new Set(groups.flatMap((group) => [...group.fields.values()]));
    return all.filter(
      (each) => each.treatedAs !== 'skip' && each.text !== null && each.text !== '' && !taken.has(each),
    );
  };
  addCompanions(groups, judge.providers, free());
  for (const provider of judge.providers) {
    const pair = findNamedPair(judge, provider, free());
    if (pair !== null) groups.push(pair);
  }
  addCompanions(groups, judge.providers, free());
  return groups;
};
