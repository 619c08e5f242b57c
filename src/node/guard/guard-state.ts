// What the guard remembers in a repository, so that removing it restores what was there: a small file beside its hooks, in git's own folder.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSmall, type Repository } from '../scan/git/repository.ts';
import { guardedHooks, type GuardedHook } from './hook-script.ts';
import { hooksOwners, type HooksOwner } from './hooks-place.ts';

export type GuardState = {
  readonly version: 1;
  readonly hooks: readonly GuardedHook[];
  /** Hooks in the folder that git has anyway, each moved aside to a name of its own; or a folder of ours that stands before another. */
  readonly way: 'moved' | 'before';
  readonly folder: string;
  /** Hook by hook, where what was there is now. */
  readonly aside: Readonly<Partial<Record<GuardedHook, string>>>;
  /** Of `before`: the setting that was there, to be set again; null where there was none in that file. */
  readonly setting: string | null;
  readonly scope: 'local' | 'worktree';
  /** Of `before`: the settings file as it was and as it became (base64), so that its bytes come back where nobody changed it since. */
  readonly settingsFile: { readonly path: string; readonly before: string; readonly after: string } | null;
  /** What was chained, for people. */
  readonly chained: string | null;
  /** Who had put the folder of hooks there. */
  readonly owner: HooksOwner;
};

export const stateFolder = ({ commonDir }: Repository): string => join(commonDir, 'keyturn');
const statePath = (repository: Repository): string => join(stateFolder(repository), 'guard.json');
const mostBytes = 4_194_304;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

const isState = (value: unknown): value is GuardState => {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Partial<Record<keyof GuardState, unknown>>;
  return (
    state.version === 1 &&
    Array.isArray(state.hooks) &&
    state.hooks.every((hook) => guardedHooks.includes(hook as GuardedHook)) &&
    (state.way === 'moved' || state.way === 'before') &&
    (state.scope === 'local' || state.scope === 'worktree') &&
    isText(state.folder) &&
    typeof state.aside === 'object' &&
    state.aside !== null &&
    Object.values(state.aside).every(isText) &&
    isTextOrNull(state.setting) &&
    isTextOrNull(state.chained) &&
    hooksOwners.includes(state.owner as HooksOwner) &&
    (state.settingsFile === null ||
      (typeof state.settingsFile === 'object' && Object.values(state.settingsFile).every(isText)))
  );
};

/** Null where the guard was never put in place, or its file is not as it wrote it. */
export const readGuardState = (repository: Repository): GuardState | null => {
  const text = readSmall(statePath(repository), mostBytes);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : null;
  } catch {
    return null;
  }
};

export const writeGuardState = (repository: Repository, state: GuardState): void => {
  mkdirSync(stateFolder(repository), { recursive: true, mode: 0o700 });
  writeFileSync(statePath(repository), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
};

export const forgetGuardState = (repository: Repository): void => {
  rmSync(stateFolder(repository), { recursive: true, force: true });
};
