// Brings the env files up to date that were written from a key's environments: the changed variables alone, every other byte as it was, in one step,
// with the file's own mode. A file that was changed by hand in such a variable is left alone, and a person is told. Never a file that Keyturn has not
// written before.
import { lstatSync } from 'node:fs';
import {
  parseDotenv,
  serialiseDotenv,
  wipeDotenv,
  type DotenvDocument,
} from '../../core/delivery/dotenv-document.ts';
import { findEntry } from '../../core/delivery/dotenv-document.ts';
import { setValue } from '../../core/delivery/dotenv-edit.ts';
import { equalBytes } from '../../core/delivery/equal-bytes.ts';
import type { AppError } from '../../core/model/app-error.ts';
import type { KeyVersion } from '../../core/model/key.ts';
import { trackedOf, type HeldKey, type HeldTracked } from '../../core/keys/book.ts';
import type { Delivery, Values } from '../../core/rotation/desk.ts';
import { nodeFiles } from '../../node/files.ts';
import type { Session } from '../session.ts';

/** One variable, with what stands in files now and what shall. */
type Change = { readonly variable: string; readonly before: string; readonly after: string };

/** The reader's own bound (docs/env-files.md). */
const maxBytes = 1_048_576;

/** Variables under which the key's fields are exported, where their value changes. */
export const changesBetween = (version: KeyVersion, before: Values, after: Values): readonly Change[] =>
  version.fields.flatMap(({ name, variable }) => {
    const [old, now] = [before[name], after[name]];
    return variable === null || old === undefined || now === undefined || old === now
      ? []
      : [{ variable, before: old, after: now }];
  });

const inWords = ({ message, next }: AppError): string => `${message} ${next}`;

const isText = (
  value: { readonly use: <T>(borrow: (bytes: Uint8Array) => T) => T },
  text: string,
): boolean => {
  const bytes = new TextEncoder().encode(text);
  const same = value.use((known) => equalBytes(known, bytes));
  bytes.fill(0);
  return same;
};

type Edited =
  | { readonly document: DotenvDocument }
  | { readonly problem: string }
  | { readonly done: true }
  | { readonly never: true };

const changeOne = (
  document: DotenvDocument,
  { variable, before, after }: Change,
  wasWrittenWith: boolean,
): Edited => {
  const entry = findEntry(document, variable);
  if (entry === null && !wasWrittenWith) return { never: true };
  if (entry === null)
    return {
      problem: `It does not have ${variable}: it was taken out by hand, or the variable has another name since. Put it in if it is needed.`,
    };
  if (isText(entry.value, after)) return { done: true };
  if (!isText(entry.value, before))
    return {
      problem: `${variable} was changed by hand, so it was left as it is. Put the new value in if that file should have it.`,
    };
  const bytes = new TextEncoder().encode(after);
  const set = setValue(document, variable, bytes);
  bytes.fill(0);
  return set.ok ? { document: set.value } : { problem: inWords(set.error) };
};

/** What came of one file. */
type Brought = {
  readonly problem: string | null;
  /** It was written before this key was there, and has none of its variables. */
  readonly never: boolean;
};

const failed = (problem: string): Brought => ({ problem, never: false });

/** All changes of one file, in memory. Null bytes where there is nothing to write. */
const edit = (
  source: Uint8Array,
  changes: readonly Change[],
  wasWrittenWith: boolean,
): Brought & { readonly bytes: Uint8Array | null } => {
  const parsed = parseDotenv(source);
  if (!parsed.ok) return { bytes: null, ...failed(inWords(parsed.error)) };
  let current = parsed.value;
  let problem: string | null = null;
  let lacked = 0;
  for (const change of changes) {
    const edited = changeOne(current, change, wasWrittenWith);
    if ('problem' in edited) problem ??= edited.problem;
    if ('never' in edited) lacked += 1;
    if (!('document' in edited)) continue;
    if (current !== parsed.value) wipeDotenv(current);
    current = edited.document;
  }
  const bytes = current === parsed.value ? null : serialiseDotenv(current);
  if (current !== parsed.value) wipeDotenv(current);
  wipeDotenv(parsed.value);
  return { bytes, problem, never: lacked === changes.length };
};

/** The permission bits of a regular file, or why it is none. A link is not followed: it could lead anywhere since. */
const modeOf = (path: string): number | string => {
  try {
    const found = lstatSync(path);
    return found.isFile() ? found.mode & 0o777 : 'It is no longer a plain file, so it was left alone.';
  } catch {
    return 'It is not there any more, or cannot be looked at. Write it anew, or stop keeping it up to date.';
  }
};

const bring = ({ body }: HeldTracked, changes: readonly Change[], addedAtMs: number): Brought => {
  const wasWrittenWith = addedAtMs <= body.writtenAtMs;
  if (body.format !== 'dotenv')
    return {
      problem: `It was written as ${body.format}, which cannot be changed in place: write it anew from the environment.`,
      never: !wasWrittenWith,
    };
  const mode = modeOf(body.path);
  if (typeof mode === 'string') return failed(mode);
  const files = nodeFiles();
  const source = files.read(body.path, maxBytes);
  if (!source.ok) return failed(inWords(source.error));
  const { bytes, ...brought } = edit(source.value, changes, wasWrittenWith);
  source.value.fill(0);
  if (bytes === null) return brought;
  const written = files.writeAtomic(body.path, bytes, mode);
  bytes.fill(0);
  return written.ok ? brought : failed(inWords(written.error));
};

/** Files of the key's environments, each once. */
export const filesOf = (session: Session, { body }: HeldKey): readonly HeldTracked[] =>
  body.environmentIds.flatMap((id) => trackedOf(session.book(), id));

/**
 * Puts the values of `after` where those of `before` stand. A file that has them already is done; one that was written before the key was there
 * and never had it is none of its files.
 */
export const deliverFiles = (
  session: Session,
  held: HeldKey,
  version: KeyVersion,
  before: Values,
  after: Values,
): readonly Delivery[] => {
  const changes = changesBetween(version, before, after);
  if (changes.length === 0) return [];
  return filesOf(session, held).flatMap((tracked) => {
    const { problem, never } = bring(tracked, changes, held.body.addedAtMs);
    return never ? [] : [{ place: tracked.body.path, problem }];
  });
};
