// How a key looks in the command line's answers: the JSON that shared/cli.md promises, and lines for people.
import type { CallOutput } from '../contract/contract.ts';
import type { Overview, Summary } from './find.ts';
import { isoTime } from './iso-time.ts';
import { findingJson, placeText, type Finding } from './scan-words.ts';
import { columns } from './table.ts';

export type Detail = CallOutput<'keys.read'>;

const namesOf = (key: Summary, overview: Overview) => {
  const project = overview.projects.find((item) => item.id === key.projectId);
  const environments = (project?.environments ?? []).filter((item) => key.environmentIds.includes(item.id));
  return { project: project?.name ?? '', environments: environments.map((item) => item.name) };
};

/** One entry of `list --json`. */
export const summaryJson = (key: Summary, overview: Overview) => ({
  id: key.id,
  name: key.name,
  ...namesOf(key, overview),
  provider: key.provider,
  kind: key.kind,
  masked: key.masked,
  status: {
    state: key.status.state,
    reason: key.status.reason,
    next: key.status.next,
    checkedAt: isoTime(key.status.checkedAt),
    since: isoTime(key.status.sinceMs),
    worked: isoTime(key.status.workedAtMs),
  },
  expiresAt: key.expiresOn,
  rotateBy: key.rotateBy,
  attention: key.attention,
  warnings: key.warnings.map(({ code, message }) => ({ code, message })),
});

/** `show --json`: the list's entry with versions, history, places and consumers. */
export const detailJson = (detail: Detail, overview: Overview, findings: readonly Finding[]) => ({
  ...summaryJson(detail.summary, overview),
  ...omit(detail.facts, ['name', 'provider', 'kind', 'expiresOn']),
  fields: detail.fields.map(({ name, variable, secret, masked, value }) =>
    secret ? { name, variable, secret, masked } : { name, variable, secret, masked, value },
  ),
  versions: detail.versionList.map((version) => ({
    id: version.id,
    number: version.number,
    current: version.current,
    addedAt: isoTime(version.addedAtMs),
    addedBy: version.addedBy,
    replacedAt: isoTime(version.replacedAtMs),
    masked: version.fields.find((field) => field.secret)?.masked ?? '',
  })),
  history: detail.history.map((entry) => ({
    at: isoTime(entry.atMs),
    event: entry.event,
    by: entry.by,
    detail: entry.detail,
  })),
  places: findings.map(findingJson),
  consumers: detail.consumers,
});

const omit = <T extends object, K extends keyof T>(from: T, names: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name as K))) as Omit<T, K>;

const badge: Readonly<Record<string, string>> = { live: 'LIVE', test: 'TEST', unknown: '–' };

/** The list for people. */
export const summaryTable = (keys: readonly Summary[], overview: Overview): string => {
  if (keys.length === 0) return 'No keys here yet. Put one in with keyturn add NAME --env ENVIRONMENT.';
  const rows = keys.map((key) => {
    const { project, environments } = namesOf(key, overview);
    const remarks = key.warnings.filter((warning) => warning.severity !== 'info').length;
    return [
      key.name,
      project,
      environments.join(', '),
      key.provider ?? '–',
      badge[key.kind] ?? '–',
      key.masked,
      key.status.state,
      key.expiresOn ?? '–',
      remarks === 0 ? '' : `${String(remarks)} ⚠`,
    ];
  });
  return columns(
    ['NAME', 'PROJECT', 'ENVIRONMENTS', 'PROVIDER', 'KIND', 'VALUE', 'STATE', 'EXPIRES', ''],
    rows,
  );
};

const line = (label: string, value: string): string => (value === '' ? '' : `${label.padEnd(14)}${value}`);

/** One key for people; no secret. */
export const detailText = (detail: Detail, overview: Overview, findings: readonly Finding[]): string => {
  const { summary, facts } = detail;
  const { project, environments } = namesOf(summary, overview);
  const provider =
    detail.providerView === null ? '' : `${detail.providerView.name} (${detail.providerView.domain})`;
  const parts = [
    `${summary.name}  ${badge[summary.kind] ?? ''}`,
    line('id', summary.id),
    line('project', `${project}: ${environments.join(', ')}`),
    line('provider', provider),
    line('state', `${summary.status.state}: ${summary.status.reason}`),
    line('expires', summary.expiresOn ?? ''),
    line('portal name', facts.portalName),
    line('owner', facts.owner),
    line('organisation', facts.organisation),
    line('tags', facts.tags.join(', ')),
    line('notes', facts.notes),
    ...detail.fields.map((field) =>
      line(
        field.name,
        `${field.secret ? field.masked : (field.value ?? '')}${field.variable === null ? '' : `  → ${field.variable}`}`,
      ),
    ),
    ...detail.consumers.map((consumer) =>
      line('handed to', `${consumer.name} on ${consumer.handedOn} ${consumer.purpose}`),
    ),
    ...detail.versionList.map((version) =>
      line(
        `version ${String(version.number)}`,
        `${version.current ? 'current, ' : ''}since ${isoTime(version.addedAtMs) ?? ''}`,
      ),
    ),
    ...findings.map((finding) =>
      line('pasted', `${placeText(finding)}, ${finding.severity}, ${finding.state}`),
    ),
    ...summary.warnings.map((warning) => line(warning.severity, `${warning.message} ${warning.next}`)),
  ];
  return parts.filter((part) => part !== '').join('\n');
};
