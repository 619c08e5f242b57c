// Where a new key most likely belongs: the environment in sight, else the one that fits its kind.
import type { KeyFacts } from '../../lib/types.ts';
import { currentProject, keysStore } from '../keys/store.ts';
import type { Target } from '../projects/target-picker.tsx';

const fitting: Readonly<Record<KeyFacts['kind'], readonly string[]>> = {
  live: ['production'],
  test: ['development', 'test'],
  unknown: ['development'],
};

export const startTarget = (kind: KeyFacts['kind']): Target => {
  const { environmentId } = keysStore.getState();
  const project = currentProject();
  if (project === undefined) return { projectId: '', environmentIds: [] };
  const inSight = project.environments.find(({ id }) => id === environmentId);
  const likely = inSight ?? project.environments.find((each) => fitting[kind].includes(each.kind));
  return { projectId: project.id, environmentIds: likely === undefined ? [] : [likely.id] };
};
