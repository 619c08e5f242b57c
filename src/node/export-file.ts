// Writes an exported file: mode 0600, whole or not at all, never through a symbolic link, never over a file unasked, and not
// into a git work tree where the next `git add` would take it.
import { lstatSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from '../core/model/app-error.ts';
import { err, ok } from '../core/model/result.ts';
import type { Result } from '../core/model/result.ts';
import { nodeFiles } from './files.ts';
import { findGitPlace } from './git-ignore-check.ts';
import { fileError } from './io-words.ts';

export type ExportFileOptions = {
  /** Folder that a relative path starts from; absolute. */
  readonly cwd: string;
  /** Write although git would not ignore the file. */
  readonly allowGit: boolean;
  /** Write over a file that is there. */
  readonly overwrite: boolean;
};

export type WrittenExport = {
  /** Absolute path of the file. */
  readonly path: string;
  readonly replaced: boolean;
};

const ownerOnly = 0o600;

const lstatOrNull = (path: string): Stats | null => lstatSync(path, { throwIfNoEntry: false }) ?? null;

/** The path with its folder's symbolic links followed, so that the checks look at the place that is written. */
const realTarget = (path: string): Result<string> => {
  try {
    return ok(join(realpathSync(dirname(path)), basename(path)));
  } catch (problem) {
    return err(fileError(problem, path));
  }
};

const checkTarget = (file: string, overwrite: boolean): Result<boolean> => {
  const found = lstatOrNull(file);
  if (found === null) return ok(false);
  const where = { file };
  if (found.isSymbolicLink())
    return fail(
      'refused',
      'A symbolic link stands at that path. Nothing was written.',
      'Name the file itself, or another path.',
      where,
    );
  if (found.isDirectory())
    return fail('bad-input', 'That path is a folder. Nothing was written.', 'Name a file in it.', where);
  if (!found.isFile())
    return fail(
      'refused',
      'At that path stands a device, pipe or socket. Nothing was written.',
      'Name an ordinary file.',
      where,
    );
  if (!overwrite)
    return fail(
      'already-exists',
      'There is a file at that path already. It was not touched.',
      'Choose another path, or ask for the file to be replaced.',
      where,
    );
  return ok(true);
};

const checkGit = async (file: string): Promise<Result<undefined>> => {
  const { insideWorkTree, ignored, by } = await findGitPlace(file);
  if (!insideWorkTree || ignored) return ok(undefined);
  const next =
    by === 'git'
      ? `Add ${basename(file)} to .gitignore there (a file that git tracks already must be untracked first), choose a path outside, or say that the work tree is meant.`
      : 'git could not be asked whether the file is ignored there. Choose a path outside, or say that the work tree is meant.';
  return fail(
    'refused',
    'That path lies in a git work tree, where git does not ignore it. Nothing was written.',
    next,
    { file },
  );
};

/**
 * Writes an export to a file of its own.
 * @param path absolute, or relative to `options.cwd`
 * @param bytes lent; the caller wipes them
 * @returns `refused` for links, devices and unignored places in a git work tree; `already-exists`; `bad-input` for folders; `io`
 */
export const writeExportFile = async (
  path: string,
  bytes: Uint8Array,
  options: ExportFileOptions,
): Promise<Result<WrittenExport>> => {
  const target = realTarget(resolve(options.cwd, path));
  if (!target.ok) return target;
  const replaced = checkTarget(target.value, options.overwrite);
  if (!replaced.ok) return replaced;
  if (!options.allowGit) {
    const allowed = await checkGit(target.value);
    if (!allowed.ok) return allowed;
  }
  const files = nodeFiles();
  const write = replaced.value ? files.writeAtomic : files.createNew;
  const written = write(target.value, bytes, ownerOnly);
  return written.ok ? ok({ path: target.value, replaced: replaced.value }) : written;
};
