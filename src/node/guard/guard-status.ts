// What stands between a repository's commits and the world, as far as the guard goes.
import type { Repository } from '../scan/git/repository.ts';
import { readGuardState } from './guard-state.ts';
import { findHooksPlace, type HooksOwner } from './hooks-place.ts';
import { isInPlace } from './install-guard.ts';

export type GuardStatus = {
  readonly repo: string;
  readonly installed: boolean;
  readonly prePush: boolean;
  readonly chained: string | null;
  readonly owner: HooksOwner;
  readonly problem: string | null;
};

export const guardStatus = (repository: Repository): GuardStatus => {
  const state = readGuardState(repository);
  const place = findHooksPlace(repository);
  if (state === null)
    return {
      ...{ repo: repository.top, installed: false, prePush: false, chained: null, owner: place.owner },
      problem: null,
    };
  const installed = isInPlace(repository, state, place);
  return {
    repo: repository.top,
    installed,
    prePush: installed && state.hooks.includes('pre-push'),
    chained: state.chained,
    owner: state.owner,
    problem: installed
      ? null
      : `Another program has put its own hooks in place since (${place.folder}), so the guard does not run. Install it again.`,
  };
};
