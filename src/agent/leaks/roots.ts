// Where keys are looked for: what Keyturn proposes, what a person chose, and what reading it would mean.
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import type { LeakRoot } from '../../core/model/leak-care.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { basesOf, type Platform } from '../../core/leaks/places/place.ts';
import { codeFolderNames, generalFolderNames, placesOfHome } from '../../core/leaks/places/proposal.ts';

type RootView = CallOutput<'scan.roots'>[number];

const mostRoots = 500;

const platform: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Folders of the home in which people keep code; those that hold more than code are not proposed as chosen. */
const proposedFolders = (home: string): readonly LeakRoot[] =>
  [...codeFolderNames, ...generalFolderNames].flatMap((name) => {
    const path = join(home, ...name.split('/'));
    const chosen = !generalFolderNames.includes(name);
    return isFolder(path) ? [{ path, chosen, history: chosen, watched: chosen }] : [];
  });

/** One folder may have two names where case does not count; it is shown once. */
const once = (roots: readonly LeakRoot[]): readonly LeakRoot[] => {
  const seen = new Set<string>();
  return roots.filter(({ path }) => {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    const name = facts === undefined ? path : `${String(facts.dev)} ${String(facts.ino)}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
};

const viewRoot = (root: LeakRoot, origin: RootView['origin']): RootView => ({
  ...root,
  origin,
  kind: null,
  reads: isThere(root.path)
    ? `Every file below this folder${root.history ? ', and the history of the repositories in it' : ''}.`
    : 'It is not there at the moment.',
});

const placeViews = (home: string): readonly RootView[] =>
  placesOfHome(platform, basesOf(platform, home, process.env))
    .filter(({ path }) => !path.includes('*') && isThere(path))
    .map(({ path, kind, reads }) => ({
      path,
      origin: 'place' as const,
      kind,
      chosen: true,
      reads,
      history: false,
      watched: true,
    }));

/** What was chosen, then what is proposed besides, then the well-known places that are there. */
export const rootViews = (chosen: readonly LeakRoot[], home = homedir()): Promise<RootView[]> => {
  const known = new Set(chosen.map(({ path }) => path));
  const proposed = once(proposedFolders(home)).filter(({ path }) => !known.has(path));
  return Promise.resolve(
    [
      ...chosen.map((root) => viewRoot(root, 'chosen')),
      ...proposed.map((root) =>
        viewRoot({ ...root, chosen: root.chosen && chosen.length === 0 }, 'proposed'),
      ),
      ...placeViews(home),
    ].slice(0, mostRoots),
  );
};

/** What is kept of a choice. Well-known places are read because they are well known, and are no roots. */
export const chooseRoots = (roots: readonly LeakRoot[], home = homedir()): readonly LeakRoot[] => {
  const places = new Set(placeViews(home).map(({ path }) => path));
  return roots.filter(({ path }) => !places.has(path)).slice(0, mostRoots);
};

/** The roots with one more. `bad-input` for what is neither a file nor a folder. */
export const addRoot = (roots: readonly LeakRoot[], given: string): Result<readonly LeakRoot[]> => {
  const path = resolve(given);
  if (!isAbsolute(given) || !isThere(path))
    return fail('bad-input', 'There is no such folder.', 'Choose one that is there.', { file: given });
  const others = roots.filter((root) => root.path !== path);
  if (others.length >= mostRoots)
    return fail('refused', 'There are as many folders as Keyturn looks after.', 'Remove one of them first.');
  return ok([...others, { path, chosen: true, history: true, watched: true }]);
};
