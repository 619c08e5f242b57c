// The settings beside the vault. Read strictly; a file that cannot be read is left as it is, defaults serve meanwhile, and
// doctor says so. Written whole and atomically.
import { statSync } from 'node:fs';
import * as v from 'valibot';
import { settingsShape } from '../contract/calls/vault-calls.ts';
import { fail, type AppError } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { defaultSettings, type Settings } from '../core/model/settings.ts';
import type { Files } from '../core/ports.ts';

const maxBytes = 65_536;
const fileMode = 0o600;

export type ReadSettings = { readonly settings: Settings; readonly problem: AppError | null };

const unreadable = (file: string, why: string): ReadSettings => ({
  settings: defaultSettings,
  problem: fail(
    'bad-input',
    `The settings file cannot be read: ${why}. The usual settings serve meanwhile.`,
    'Correct the file, or delete it to begin anew.',
    { file },
  ).error,
});

const parse = (bytes: Uint8Array): unknown => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    // To valibot an empty list is an object.
    return Array.isArray(value) ? undefined : value;
  } catch {
    return undefined;
  }
};

// Settings that a file of an older version does not have yet take their usual value; unknown ones make it unreadable.
const stored = v.partial(settingsShape);

/** Settings as they stand in the file, or the usual ones where there is none. */
export const readSettings = (files: Files, file: string): ReadSettings => {
  if (!files.exists(file)) return { settings: defaultSettings, problem: null };
  const bytes = files.read(file, maxBytes);
  if (!bytes.ok) return unreadable(file, bytes.error.message);
  const parsed = v.safeParse(stored, parse(bytes.value));
  if (!parsed.success) return unreadable(file, 'it does not hold settings of this version');
  return { settings: merge(defaultSettings, parsed.output), problem: null };
};

export type SettingsChange = v.InferOutput<typeof stored>;

/** Settings with the given ones laid over. */
export const merge = (settings: Settings, change: SettingsChange): Settings => {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
};

/** Writes all settings. */
export const writeSettings = (files: Files, file: string, settings: Settings): Result<undefined> =>
  files.writeAtomic(file, new TextEncoder().encode(`${JSON.stringify(settings, null, 2)}\n`), fileMode);

/** Tells that the file was written by somebody else since: its time of change and length. */
export const settingsStamp = (file: string): string => {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    return 'none';
  }
};

/** A change that cannot be kept because the file is unreadable: never overwritten silently. */
export const refuseOverwrite = (problem: AppError): Result<never> =>
  fail(
    'refused',
    'The settings file cannot be read, and Keyturn does not write over it.',
    problem.next,
    problem.where,
  );
