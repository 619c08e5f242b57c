// Small JSON files of the shell's own (window place, clipboard mark): written whole beside the old one, then renamed over
// it, readable by the person alone. What does not parse counts as absent: nothing here is worth failing a start for.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const maxBytes = 4_096;

/** Reads and checks a file; null where it is missing, too large or not of the shape. */
export const readJsonFile = <S extends v.GenericSchema>(path: string, schema: S): v.InferOutput<S> | null => {
  try {
    if (statSync(path).size > maxBytes) return null;
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
};

/** Replaces a file; false where the folder cannot be written. */
export const writeJsonFile = (path: string, value: unknown): boolean => {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, JSON.stringify(value), { mode: 0o600, flush: true });
    renameSync(temporary, path);
    return true;
  } catch {
    removeFile(temporary);
    return false;
  }
};

/** Removes a file; false where that is not possible. */
export const removeFile = (path: string): boolean => {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
};
