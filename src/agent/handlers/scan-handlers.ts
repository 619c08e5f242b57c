// Calls by which a scan is begun and followed, and watching turned on and off. docs/scanning.md §1.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { careForLeaks, leakCareOf, type Care } from '../../core/leaks/care.ts';
import { isPresent } from '../../core/leaks/states.ts';
import { isTmuxPlace } from '../../node/scan/places-there.ts';
import { addRoot, chooseRoots, chosenPlaces, rootViews } from '../leaks/roots.ts';
import { viewOfLast } from '../leaks/scan-view.ts';
import type { ScanPlan } from '../scanning/messages.ts';
import type { OpenHandlers, SessionContext, SessionGroup, SessionHandlers } from '../handler.ts';

type RootViews = CallOutput<'scan.roots'>;

const newMarkKey =
  ({ core }: SessionContext) =>
  (): string =>
    `${core.newId()}${core.newId()}`;

const views = ({ session }: SessionContext): Result<RootViews> => ok(rootViews(leakCareOf(session.book())));

const keepRoots = (context: SessionContext, said: Partial<Care>): Result<RootViews> => {
  const written = context.session.commit(careForLeaks(context.work(), said, newMarkKey(context)));
  if (!written.ok) return written;
  void context.core.leaks.rewatch();
  return views(context);
};

/** A path that the window names must be one that it was shown: it has no way to make others up. */
const isForeign = (context: SessionContext, paths: readonly string[]): boolean => {
  if (context.caller !== 'window' || paths.length === 0) return false;
  const known = new Set(rootViews(leakCareOf(context.session.book())).map(({ path }) => path));
  return paths.some((path) => !known.has(path));
};

const notShown = fail(
  'refused',
  'That folder is not one of those in the list.',
  'Add it with the folder dialog first.',
);

const planOf = (context: SessionContext, input: CallInput<'scan.start'>): ScanPlan => {
  const care = leakCareOf(context.session.book());
  const given = input.paths ?? [];
  const roots =
    input.paths === undefined
      ? care.roots
          .filter(({ chosen }) => chosen)
          .map(({ path, history }) => ({ path, history: input.history ?? history }))
      : given.filter((path) => !isTmuxPlace(path)).map((path) => ({ path, history: input.history ?? false }));
  const wantsPlaces = input.places ?? input.paths === undefined;
  const { places, terminals } = wantsPlaces ? chosenPlaces(care) : { places: [], terminals: null };
  return {
    roots,
    staged: input.staged ?? false,
    places,
    terminals: given.find((path) => isTmuxPlace(path)) ?? terminals,
    allPatterns: input.allPatterns ?? false,
    everything: input.everything ?? false,
  };
};

const start = async (
  context: SessionContext,
  input: CallInput<'scan.start'>,
): Promise<Result<CallOutput<'scan.start'>>> => {
  if (isForeign(context, input.paths ?? [])) return notShown;
  const places = new Set<string>();
  for (const { body } of context.session.book().findings.values())
    if (isPresent(body)) places.add(body.place.path);
  return context.core.leaks.desk.start(planOf(context, input), [...places]);
};

const setWatching = async (
  context: SessionContext,
  on: boolean,
): Promise<Result<CallOutput<'watch.set'>>> => {
  const written = context.session.commit(careForLeaks(context.work(), { watching: on }, newMarkKey(context)));
  if (!written.ok) return written;
  await context.core.leaks.rewatch();
  return ok(context.core.leaks.watch());
};

export const openScanHandlers: OpenHandlers<'watch.read'> = {
  'watch.read': ({ core }) => ok(core.leaks.watch()),
};

export const scanHandlers: SessionGroup<'scan'> & SessionHandlers<'watch.set'> = {
  'scan.roots': views,
  'scan.setRoots': (context, { roots }) =>
    isForeign(
      context,
      roots.map(({ path }) => path),
    )
      ? notShown
      : keepRoots(context, chooseRoots(leakCareOf(context.session.book()), roots)),
  'scan.addPath': (context, { path }) => {
    const added = addRoot(leakCareOf(context.session.book()).roots, path);
    return added.ok ? keepRoots(context, { roots: added.value }) : added;
  },
  'scan.start': start,
  'scan.read': ({ core, session }) => {
    const view = core.leaks.desk.view();
    // Of an earlier session only what the vault remembers of it.
    return ok(view.startedAtMs === null ? viewOfLast(leakCareOf(session.book()).lastScan) : view);
  },
  'scan.follow': async ({ core }) => ok(await core.leaks.desk.follow()),
  'scan.pause': async ({ core }) => ok(await core.leaks.desk.pause()),
  'scan.resume': async ({ core }) => ok(await core.leaks.desk.resume()),
  'scan.cancel': async ({ core }) => ok(await core.leaks.desk.cancel()),
  'watch.set': (context, { on }) => setWatching(context, on),
};
