// The order of the key list: by environment, then by name; one row per heading and per key. Pure, so that 10,000 keys can
// be measured without a window. A key of two environments stands under each of them.
import type { EnvironmentView, KeySummary } from './types.ts';

export type ListRow =
  | {
      readonly type: 'heading';
      readonly id: string;
      readonly environment: EnvironmentView;
      readonly keys: number;
    }
  | {
      readonly type: 'key';
      readonly id: string;
      readonly key: KeySummary;
      readonly environmentId: string | null;
    };

/** What matters most comes first: where the live keys are. */
const rank: Readonly<Record<EnvironmentView['kind'], number>> = {
  production: 0,
  staging: 1,
  test: 2,
  ci: 3,
  development: 4,
  own: 5,
};

export const byImportance = (environments: readonly EnvironmentView[]): readonly EnvironmentView[] =>
  environments.toSorted((left, right) => rank[left.kind] - rank[right.kind] || left.order - right.order);

/** Headings and keys of a project; an environment without keys has no heading. `sorted`: as the agent lists them, by name. */
export const groupKeys = (
  sorted: readonly KeySummary[],
  environments: readonly EnvironmentView[],
): readonly ListRow[] => {
  const members = new Map<string, KeySummary[]>();
  for (const key of sorted) {
    for (const id of key.environmentIds) {
      const group = members.get(id);
      if (group === undefined) members.set(id, [key]);
      else group.push(key);
    }
  }
  return byImportance(environments).flatMap((environment): readonly ListRow[] => {
    const keys = members.get(environment.id);
    if (keys === undefined && environment.variables === 0) return [];
    return [
      { type: 'heading', id: environment.id, environment, keys: keys?.length ?? 0 },
      ...(keys ?? []).map((key): ListRow => ({
        type: 'key',
        id: `${environment.id}/${key.id}`,
        key,
        environmentId: environment.id,
      })),
    ];
  });
};

/** Found keys as one flat list, the best first. */
export const flatRows = (keys: readonly KeySummary[]): readonly ListRow[] =>
  keys.map((key) => ({ type: 'key', id: key.id, key, environmentId: null }));
