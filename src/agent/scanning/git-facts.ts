// What a repository says of the places of sightings: whether their commits were pushed, and whether a remote looks public.
import { pushedOf } from '../../node/scan/git/objects.ts';
import { hasPublicRemote } from '../../node/scan/git/remotes.ts';
import type { Repository } from '../../node/scan/git/repository.ts';
import type { Sighting } from '../../node/scan/source.ts';
import type { PlacedSighting } from './thread-words.ts';

/** Of a history: each by its commit. */
export const withGit = (repository: Repository, list: readonly Sighting[]): readonly PlacedSighting[] => {
  const publicRemote = list.length > 0 && hasPublicRemote(repository);
  const commits = list.flatMap(({ place }) =>
    place.kind === 'commit' && place.commit !== null ? [place.commit] : [],
  );
  const pushed = pushedOf(repository, [...new Set(commits)]);
  return list.map((sighting) => {
    const { commit, kind } = sighting.place;
    const known = commit !== null && kind === 'commit' ? (pushed.get(commit) ?? null) : false;
    return { ...sighting, git: { pushed: known, publicRemote } };
  });
};

/** Of what is about to leave. */
export const notPushed = (repository: Repository, list: readonly Sighting[]): readonly PlacedSighting[] => {
  const publicRemote = list.length > 0 && hasPublicRemote(repository);
  return list.map((sighting) => ({ ...sighting, git: { pushed: false, publicRemote } }));
};
