// Gives a finished file the name of another in one step, so that at every moment one of the two has it. For the one case in which a
// person has said that the old one may go; everything else in Keyturn never overwrites.
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppError } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import { fileError } from './io-words.ts';

const flush = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** @returns `io` where that is not possible: then both files are as they were */
export const replaceFile = (from: string, to: string): Result<undefined, AppError> => {
  try {
    flush(from);
    renameSync(from, to);
    // Windows has no folders to flush.
    if (process.platform !== 'win32') flush(dirname(to));
    return ok(undefined);
  } catch (problem) {
    return { ok: false, error: fileError(problem, to) };
  }
};
