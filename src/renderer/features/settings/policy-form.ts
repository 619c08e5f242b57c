// A policy rule as a person edits it, and in words. Pure.
import type { PolicyRule, ProjectView } from '../../lib/types.ts';
import { parseDays, parseLeadDays, showDays } from '../care/days.ts';

export type PolicyForm = {
  /** `project` or `project/environment` or nothing for everywhere. */
  readonly where: string;
  readonly kind: string;
  readonly leadDays: string;
  readonly rotateEveryDays: string;
  readonly unusedAfterDays: string;
};

export const emptyPolicy: PolicyForm = {
  where: '',
  kind: 'live',
  leadDays: '',
  rotateEveryDays: '90',
  unusedAfterDays: '',
};

export const everywhere = '';
export const whereOf = (rule: Pick<PolicyRule, 'projectId' | 'environmentId'>): string =>
  [rule.projectId, rule.environmentId].filter((id) => id !== null).join('/');

export const policyFormOf = (rule: PolicyRule): PolicyForm => ({
  where: whereOf(rule),
  kind: rule.kind ?? '',
  leadDays: showDays(rule.leadDays),
  rotateEveryDays: showDays(rule.rotateEveryDays),
  unusedAfterDays: showDays(rule.unusedAfterDays),
});

export type PolicyResult =
  | { readonly ok: true; readonly rule: PolicyRule }
  | { readonly ok: false; readonly field: keyof PolicyForm; readonly message: string };

const kinds: readonly PolicyRule['kind'][] = ['live', 'test', 'unknown'];

export const ruleOf = (form: PolicyForm): PolicyResult => {
  const leadDays = parseLeadDays(form.leadDays);
  if (!leadDays.ok) return { ok: false, field: 'leadDays', message: leadDays.message };
  const rotate = parseDays(form.rotateEveryDays);
  if (!rotate.ok) return { ok: false, field: 'rotateEveryDays', message: rotate.message };
  const unused = parseDays(form.unusedAfterDays);
  if (!unused.ok) return { ok: false, field: 'unusedAfterDays', message: unused.message };
  if (leadDays.value === null && rotate.value === null && unused.value === null) {
    return { ok: false, field: 'rotateEveryDays', message: 'Set at least one of the three.' };
  }
  const [projectId, environmentId] = form.where === everywhere ? [] : form.where.split('/');
  return {
    ok: true,
    rule: {
      projectId: projectId ?? null,
      environmentId: environmentId ?? null,
      kind: kinds.find((kind) => kind === form.kind) ?? null,
      leadDays: leadDays.value === null ? null : [...leadDays.value],
      rotateEveryDays: rotate.value,
      unusedAfterDays: unused.value,
    },
  };
};

/** Where a rule may count: everywhere, in a project, in one of its environments. */
export const placesOf = (
  projects: readonly ProjectView[],
): readonly { readonly value: string; readonly label: string }[] => [
  { value: everywhere, label: 'Everywhere' },
  ...projects.flatMap((project) => [
    { value: project.id, label: project.name },
    ...project.environments.map(({ id, name }) => ({
      value: `${project.id}/${id}`,
      label: `${project.name}, ${name}`,
    })),
  ]),
];

const kindWords: Readonly<Record<string, string>> = {
  live: 'live keys',
  test: 'test keys',
  unknown: 'keys of unknown kind',
  '': 'all keys',
};

/** "Live keys everywhere: turn every 90 days; remind 30, 14, 7 days before". */
export const policyWords = (
  rule: PolicyRule,
  projects: readonly ProjectView[],
): readonly [string, string] => {
  const place =
    placesOf(projects).find(({ value }) => value === whereOf(rule))?.label ?? 'A place that is gone';
  const kind = kindWords[rule.kind ?? ''] ?? '';
  const says = [
    rule.rotateEveryDays === null
      ? ''
      : rule.rotateEveryDays === 0
        ? 'never turned by age'
        : `turned every ${rule.rotateEveryDays} days`,
    rule.leadDays === null
      ? ''
      : rule.leadDays.length === 0
        ? 'no reminders'
        : `reminders ${rule.leadDays.join(', ')} days before`,
    rule.unusedAfterDays === null ? '' : `unused after ${rule.unusedAfterDays} days`,
  ].filter((words) => words !== '');
  return [`${place}: ${kind}`, says.join('; ')];
};
