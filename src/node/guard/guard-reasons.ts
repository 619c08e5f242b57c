// "This once": why a commit went through although something was found. A line for each waits beside the vault until it is unlocked and
// takes them into its audit trail. Bounded; no value in it, no name of a key.
import { closeSync, constants, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { neutraliseText } from '../../core/leaks/neutralise.ts';
import { readSmall } from '../scan/git/repository.ts';

export type GuardReason = {
  readonly atMs: number;
  readonly hook: string;
  readonly repo: string;
  readonly reason: string;
  /** Where something was found, `path:line`, the first of them. */
  readonly places: readonly string[];
  /** How many there were. */
  readonly count: number;
};

const fileName = 'guard.reasons';
const takenName = 'guard.reasons.taken';
const fileMode = 0o600;
const mostFileBytes = 1_048_576;
const mostReason = 300;
const mostPath = 1_000;
const mostPlaces = 20;
const mostLines = 5_000;

const short = (text: string, most: number): string => neutraliseText(text).slice(0, most);

const lineOf = (reason: GuardReason): string =>
  `${JSON.stringify({
    atMs: reason.atMs,
    hook: reason.hook,
    repo: short(reason.repo, mostPath),
    reason: short(reason.reason, mostReason),
    places: reason.places.slice(0, mostPlaces).map((place) => short(place, mostPath)),
    count: reason.count,
  })}\n`;

/** Appends a reason; false where that could not be done, or too many wait already. */
export const noteReason = (home: string, reason: GuardReason): boolean => {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    const file = openSync(join(home, fileName), flags, fileMode);
    try {
      const line = lineOf(reason);
      if (fstatSync(file).size + line.length > mostFileBytes) return false;
      writeSync(file, line);
      return true;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
};

const isReason = (value: unknown): value is GuardReason => {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Partial<Record<keyof GuardReason, unknown>>;
  return (
    Number.isSafeInteger(it.atMs) &&
    Number.isSafeInteger(it.count) &&
    [it.hook, it.repo, it.reason].every((text) => typeof text === 'string' && text.length <= mostPath) &&
    Array.isArray(it.places) &&
    it.places.length <= mostPlaces &&
    it.places.every((place) => typeof place === 'string' && place.length <= mostPath)
  );
};

const parse = (line: string): readonly GuardReason[] => {
  try {
    const value: unknown = JSON.parse(line);
    return isReason(value) ? [value] : [];
  } catch {
    return [];
  }
};

/**
 * Takes the waiting reasons: gives them to `keep`, and forgets them once that says that they are kept. What was taken and not kept,
 * because somebody died in between, is given again.
 * @param keep says whether the reasons are kept
 */
export const takeReasons = (home: string, keep: (reasons: readonly GuardReason[]) => boolean): void => {
  const taken = join(home, takenName);
  // An earlier one that was not kept goes first; what came since waits for the next time.
  if (readSmall(taken, 1) === null) {
    try {
      renameSync(join(home, fileName), taken);
    } catch {
      return;
    }
  }
  const lines = (readSmall(taken, mostFileBytes) ?? '').split('\n', mostLines);
  const reasons = lines.filter((line) => line !== '').flatMap(parse);
  if (reasons.length === 0 || keep(reasons)) rmSync(taken, { force: true });
};
