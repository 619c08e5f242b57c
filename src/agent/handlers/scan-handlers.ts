// Calls by which a scan is begun and followed, and watching turned on and off. docs/scanning.md §1.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { careForLeaks, leakCareOf } from '../../core/leaks/care.ts';
import { isPresent } from '../../core/leaks/states.ts';
import { addRoot, chooseRoots, rootViews } from '../leaks/roots.ts';
import type { ScanPlan } from '../scanning/messages.ts';
import type { OpenHandlers, SessionContext, SessionGroup, SessionHandlers } from '../handler.ts';

type RootViews = CallOutput<'scan.roots'>;

const newMarkKey =
  ({ core }: SessionContext) =>
  (): string =>
    `${core.newId()}${core.newId()}`;

const views = async ({ session }: SessionContext): Promise<Result<RootViews>> =>
  ok(await rootViews(leakCareOf(session.book()).roots));

const keepRoots = async (
  context: SessionContext,
  roots: Parameters<typeof careForLeaks>[1]['roots'] & object,
): Promise<Result<RootViews>> => {
  const written = context.session.commit(careForLeaks(context.work(), { roots }, newMarkKey(context)));
  if (!written.ok) return written;
  void context.core.leaks.rewatch();
  return views(context);
};

/** A path that the window names must be one that it was shown: it has no way to make others up. */
const foreignPath = async (context: SessionContext, paths: readonly string[]): Promise<string | null> => {
  if (context.caller !== 'window') return null;
  const known = new Set((await rootViews(leakCareOf(context.session.book()).roots)).map(({ path }) => path));
  return paths.find((path) => !known.has(path)) ?? null;
};

const notShown = fail(
  'refused',
  'That folder is not one of those in the list.',
  'Add it with the folder dialog first.',
);

const planOf = (context: SessionContext, input: CallInput<'scan.start'>): ScanPlan => {
  const chosen = leakCareOf(context.session.book()).roots.filter((root) => root.chosen);
  const roots =
    input.paths === undefined
      ? chosen.map(({ path, history }) => ({ path, history: input.history ?? history }))
      : input.paths.map((path) => ({ path, history: input.history ?? false }));
  return {
    roots,
    staged: input.staged ?? false,
    places: input.places ?? input.paths === undefined,
    allPatterns: input.allPatterns ?? false,
    everything: input.everything ?? false,
  };
};

const start = async (
  context: SessionContext,
  input: CallInput<'scan.start'>,
): Promise<Result<CallOutput<'scan.start'>>> => {
  if ((await foreignPath(context, input.paths ?? [])) !== null) return notShown;
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
  'scan.setRoots': async (context, { roots }) => {
    const foreign = await foreignPath(
      context,
      roots.map(({ path }) => path),
    );
    return foreign === null ? keepRoots(context, chooseRoots(roots)) : notShown;
  },
  'scan.addPath': async (context, { path }) => {
    const added = addRoot(leakCareOf(context.session.book()).roots, path);
    return added.ok ? keepRoots(context, added.value) : added;
  },
  'scan.start': start,
  'scan.read': ({ core }) => ok(core.leaks.desk.view()),
  'scan.follow': async ({ core }) => ok(await core.leaks.desk.follow()),
  'scan.pause': async ({ core }) => ok(await core.leaks.desk.pause()),
  'scan.resume': async ({ core }) => ok(await core.leaks.desk.resume()),
  'scan.cancel': async ({ core }) => ok(await core.leaks.desk.cancel()),
  'watch.set': (context, { on }) => setWatching(context, on),
};
