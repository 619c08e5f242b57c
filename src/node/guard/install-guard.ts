// Puts the guard's hooks in place and takes them away again. What is there keeps running and keeps its bytes: a hook in git's own folder
// is moved aside and run afterwards; where a setting names another folder (husky's, a team's, one for all repositories), that folder is
// not touched: one of ours stands before it and passes everything on. docs/scanning.md §6.
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { readSmall, type Repository } from '../scan/git/repository.ts';
import { writeSetting } from '../scan/git/settings.ts';
import {
  forgetGuardState,
  readGuardState,
  stateFolder,
  writeGuardState,
  type GuardState,
} from './guard-state.ts';
import {
  forwardScript,
  guardedHooks,
  hookScript,
  isOurHook,
  type GuardedHook,
  type HookParts,
} from './hook-script.ts';
import { findHooksPlace, type HooksPlace } from './hooks-place.ts';

export type GuardProgram = Pick<HookParts, 'node' | 'program' | 'home'>;

const hookMode = 0o755;
const asideEnd = '.before-keyturn';

/** Hooks that git runs on a person's machine (githooks(5)): all of them go through a folder that stands before another. */
const clientHooks = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'pre-rebase',
  'post-checkout',
  'post-merge',
  'pre-push',
  'post-rewrite',
  'pre-auto-gc',
  'sendemail-validate',
] as const;

/** Of these the mere presence changes what git does; they are passed on only where they are there. */
const costlyHooks = [
  'reference-transaction',
  'post-index-change',
  'fsmonitor-watchman',
  'push-to-checkout',
] as const;

const isGuarded = (name: string): name is GuardedHook => guardedHooks.includes(name as GuardedHook);

const canWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return process.platform === 'win32' || statSync(folder).uid === userInfo().uid;
  } catch {
    return false;
  }
};

const refuse = (message: string, next: string): Result<never> => fail('refused', message, next);

const exists = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

/** Bytes of a file as base64; nothing where there is none. */
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path).toString('base64') : '');

const putHook = (path: string, text: string): void => {
  writeFileSync(path, text, { mode: hookMode, flag: 'wx' });
  if (process.platform !== 'win32') chmodSync(path, hookMode);
};

/** Moves what is there aside and puts ours in its place; gives where it is now. */
const putBesides = (folder: string, hook: GuardedHook, program: GuardProgram): string | null => {
  const path = join(folder, hook);
  const aside = `${path}${asideEnd}`;
  const isThere = exists(path);
  if (isThere) renameSync(path, aside);
  try {
    putHook(path, hookScript({ ...program, hook, chained: isThere ? aside : null }));
  } catch (problem) {
    if (isThere) renameSync(aside, path);
    throw problem;
  }
  return isThere ? aside : null;
};

const installMoved = (
  repository: Repository,
  place: HooksPlace,
  hooks: readonly GuardedHook[],
  program: GuardProgram,
): Result<GuardState> => {
  const { folder } = place;
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 });
  if (!canWrite(folder))
    return refuse(`The folder of hooks ${folder} is not yours to write to.`, 'Nothing was changed.');
  const taken = hooks.find((hook) => exists(join(folder, `${hook}${asideEnd}`)));
  if (taken !== undefined)
    return refuse(
      `There is a file ${taken}${asideEnd} from before in ${folder}, and nothing that says whose.`,
      `Look at it, put it back as ${taken} if it is the right one, and install again.`,
    );
  const aside: Partial<Record<GuardedHook, string>> = {};
  const state = (): GuardState => ({
    ...{ version: 1, hooks, way: 'moved', folder, aside, setting: null, scope: 'local', settingsFile: null },
    chained: Object.values(aside)[0] ?? null,
    owner: place.owner,
  });
  for (const hook of hooks) {
    const was = putBesides(folder, hook, program);
    if (was !== null) aside[hook] = was;
    // After each, so that whatever stops us leaves nothing that nobody knows of.
    writeGuardState(repository, state());
  }
  return ok(state());
};

const settingsPath = (repository: Repository, scope: GuardState['scope']): string =>
  scope === 'worktree' ? join(repository.gitDir, 'config.worktree') : join(repository.commonDir, 'config');

/** Fills a folder of ours that passes every hook on to the one of the setting. */
const fillFolder = (
  folder: string,
  place: HooksPlace,
  hooks: readonly GuardedHook[],
  program: GuardProgram,
): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const there = costlyHooks.filter((name) => exists(join(place.folder, name)));
  for (const name of [...clientHooks, ...there]) {
    const chained = `${place.setting ?? place.folder}/${name}`;
    const isOurs = isGuarded(name) && hooks.includes(name);
    putHook(
      join(folder, name),
      isOurs ? hookScript({ ...program, hook: name, chained }) : forwardScript(name, chained),
    );
  }
};

const installBefore = (
  repository: Repository,
  place: HooksPlace,
  hooks: readonly GuardedHook[],
  program: GuardProgram,
): Result<GuardState> => {
  const scope = place.scope === 'worktree' ? 'worktree' : 'local';
  const path = settingsPath(repository, scope);
  if (!canWrite(repository.commonDir) || !canWrite(dirname(path)))
    return refuse('The settings of the repository are not yours to write to.', 'Nothing was changed.');
  const folder = join(stateFolder(repository), 'hooks');
  const before = textOf(path);
  const isOwn = place.scope === 'local' || place.scope === 'worktree';
  const state: GuardState = {
    ...{ version: 1, hooks, way: 'before', folder, aside: {}, scope },
    setting: isOwn ? place.setting : null,
    settingsFile: { path, before, after: '' },
    chained: place.folder,
    owner: place.owner,
  };
  mkdirSync(stateFolder(repository), { recursive: true, mode: 0o700 });
  fillFolder(folder, place, hooks, program);
  writeGuardState(repository, state);
  if (!writeSetting(repository, scope, 'core.hooksPath', folder)) {
    forgetGuardState(repository);
    return fail('io', 'git did not take the setting core.hooksPath.', 'Nothing was changed.');
  }
  const after = textOf(path);
  writeGuardState(repository, { ...state, settingsFile: { path, before, after } });
  return ok(state);
};

/** Whether the hooks that were put in place are still what git runs. */
export const isInPlace = (repository: Repository, state: GuardState, place: HooksPlace): boolean =>
  (state.way === 'moved' ? place.scope === 'none' : place.folder === state.folder) &&
  state.hooks.every((hook) => isOurHook(readSmall(join(state.folder, hook), 65_536) ?? ''));

/** Puts the guard in place. What is there of an earlier one is taken away first. */
export const installGuard = (
  repository: Repository,
  program: GuardProgram,
  prePush: boolean,
): Result<GuardState> => {
  if (!repository.isOurs)
    return refuse(
      'The repository belongs to another user of this machine.',
      'Install the guard as that user.',
    );
  if (repository.isBare)
    return refuse('Nobody commits in a bare repository.', 'Install the guard where people work.');
  try {
    const removed = removeGuard(repository);
    if (!removed.ok) return removed;
    const place = findHooksPlace(repository);
    const hooks = guardedHooks.filter((hook) => hook === 'pre-commit' || prePush);
    const way = place.scope === 'none' ? installMoved : installBefore;
    return way(repository, place, hooks, program);
  } catch {
    return fail(
      'io',
      'The hooks could not be written.',
      'Look whether you may write to the folder .git/hooks.',
    );
  }
};

/** Puts a hook back that was moved aside; what somebody put in ours's place meanwhile is not overwritten. */
const putBack = (folder: string, hook: GuardedHook, aside: string | undefined): Result<undefined> => {
  const path = join(folder, hook);
  const isOurs = isOurHook(readSmall(path, 65_536) ?? '');
  if (isOurs) rmSync(path);
  if (aside === undefined || !exists(aside)) return ok(undefined);
  if (exists(path))
    return refuse(
      `Another program has put its own ${hook} into ${folder} since.`,
      `What was there before the guard is ${aside}; join the two by hand.`,
    );
  renameSync(aside, path);
  return ok(undefined);
};

const takeBackSetting = (repository: Repository, state: GuardState): void => {
  const place = findHooksPlace(repository);
  // Somebody set another folder since: theirs stays.
  if (place.folder !== state.folder) return;
  const file = state.settingsFile;
  if (file !== null && textOf(file.path) === file.after) {
    const { mode } = statSync(file.path);
    const next = `${file.path}.keyturn`;
    writeFileSync(next, Buffer.from(file.before, 'base64'), { mode });
    if (process.platform !== 'win32') chmodSync(next, mode & 0o777);
    renameSync(next, file.path);
  } else writeSetting(repository, state.scope, 'core.hooksPath', state.setting);
};

/** What is ours without anything that says so: by the names that it was given. */
const takeBackUnknown = ({ commonDir }: Repository): Result<undefined> => {
  const folder = join(commonDir, 'hooks');
  for (const hook of guardedHooks) {
    if (!isOurHook(readSmall(join(folder, hook), 65_536) ?? '')) continue;
    const back = putBack(folder, hook, join(folder, `${hook}${asideEnd}`));
    if (!back.ok) return back;
  }
  return ok(undefined);
};

/** Takes the guard away; the hooks and settings that were there are what they were, byte by byte. Nothing where there is none. */
export const removeGuard = (repository: Repository): Result<undefined> => {
  const state = readGuardState(repository);
  try {
    if (state === null) return takeBackUnknown(repository);
    if (state.way === 'before') takeBackSetting(repository, state);
    else
      for (const hook of state.hooks) {
        const back = putBack(state.folder, hook, state.aside[hook]);
        if (!back.ok) return back;
      }
    forgetGuardState(repository);
    return ok(undefined);
  } catch {
    const folder = state?.folder ?? join(repository.commonDir, 'hooks');
    return fail('io', 'The hooks could not be put back.', `Look at ${folder}.`);
  }
};
