// An environment as one list of variables: the fields of its keys and its plain variables, in stored order. Two values for one
// variable are an error that names both owners; nothing is ever picked silently.
import { fail } from '../model/app-error.ts';
import { ok } from '../model/result.ts';
import type { Result } from '../model/result.ts';
import type { SecretBytes } from '../model/secret-bytes.ts';
import { parseDotenv, serialiseDotenv, wipeDotenv } from './dotenv-document.ts';
import type { DotenvDocument, DotenvEntry } from './dotenv-document.ts';
import { append, setValue } from './dotenv-edit.ts';
import { changeMany } from './dotenv-edit-many.ts';
import type { DotenvChange } from './dotenv-edit-many.ts';
import { stylesFor } from './dotenv-quoting.ts';
import { equalBytes } from './equal-bytes.ts';
import { renderExport } from './export-formats.ts';
import type { ExportFormat, ExportOptions } from './export-formats.ts';

export type EnvironmentKey = {
  readonly type: 'key';
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    /** Null keeps the field out of exports. */
    readonly variable: string | null;
    readonly value: SecretBytes;
  }[];
};

export type EnvironmentVariable = {
  readonly type: 'variable';
  readonly name: string;
  readonly value: SecretBytes;
};

export type EnvironmentItem = EnvironmentKey | EnvironmentVariable;

export type EnvironmentEntry = {
  readonly name: string;
  /** Lent by the item that it came from. */
  readonly value: SecretBytes;
  /** Whose it is, in words, for errors: `the key Circa live`, `the variable PORT`. */
  readonly owner: string;
};

const entriesOf = (item: EnvironmentItem): readonly EnvironmentEntry[] => {
  if (item.type === 'variable')
    return [{ name: item.name, value: item.value, owner: `the variable ${item.name}` }];
  return item.fields.flatMap(({ variable, value }) =>
    variable === null ? [] : [{ name: variable, value, owner: `the key ${item.name}` }],
  );
};

/**
 * Lists what an environment gives its programs, in the given order.
 * @returns `conflict` where two items claim one variable; the message names both
 */
export const composeEnvironment = (
  items: readonly EnvironmentItem[],
): Result<readonly EnvironmentEntry[]> => {
  const byName = new Map<string, EnvironmentEntry>();
  for (const entry of items.flatMap(entriesOf)) {
    const other = byName.get(entry.name);
    if (other !== undefined)
      return fail(
        'conflict',
        `${entry.name} would come from ${other.owner} and from ${entry.owner}. Nothing was written.`,
        'Give one of them another variable, or take it out of this environment.',
        { field: entry.name },
      );
    byName.set(entry.name, entry);
  }
  return ok([...byName.values()]);
};

/**
 * Writes an environment in a format; see renderExport for its errors.
 * @returns bytes that the caller owns and should wipe
 */
export const renderEnvironment = (
  entries: readonly EnvironmentEntry[],
  format: ExportFormat,
  options?: ExportOptions,
): Result<Uint8Array> => {
  const copies = entries.map(({ name, value }) => ({ name, value: value.use((bytes) => bytes.slice()) }));
  const rendered = renderExport(copies, format, options);
  for (const { value } of copies) value.fill(0);
  return rendered;
};

export type AppliedEnvironment = {
  /** The file's new bytes; the caller owns them and should wipe them. */
  readonly bytes: Uint8Array;
  readonly changed: readonly string[];
  readonly added: readonly string[];
  /** Variables of which an earlier, overridden entry is left in the file as it was: it may hold an old secret. */
  readonly leftBehind: readonly string[];
};

type Difference = DotenvChange & { readonly present: boolean };

/** What the file lacks or has otherwise. The values are copies to be wiped. */
const differencesOf = (
  byName: ReadonlyMap<string, DotenvEntry>,
  entries: readonly EnvironmentEntry[],
): readonly Difference[] =>
  entries.flatMap(({ name, value }) => {
    const old = byName.get(name);
    const same = old?.value.use((bytes) => value.use((wanted) => equalBytes(bytes, wanted))) ?? false;
    return same ? [] : [{ name, value: value.use((bytes) => bytes.slice()), present: old !== undefined }];
  });

/** One by one: tries every kind of quotes, and names the variable that none can carry. */
const changeEach = (document: DotenvDocument, differences: readonly Difference[]): Result<DotenvDocument> => {
  const change = (current: DotenvDocument, { name, value, present }: Difference) =>
    (present ? setValue : append)(current, name, value);
  // First, so that a value which nothing can carry is named at once and not after every other change.
  const impossible = differences.find(({ value }) => stylesFor(value).length === 0);
  if (impossible !== undefined) return change(document, impossible);
  let current = document;
  for (const difference of differences) {
    const next = change(current, difference);
    if (current !== document) wipeDotenv(current);
    if (!next.ok) return next;
    current = next.value;
  }
  return ok(current);
};

const namesLeftBehind = (document: DotenvDocument, wanted: ReadonlySet<string>): readonly string[] => {
  const names = document.entries
    .filter(({ name, wins }) => !wins && wanted.has(name))
    .map(({ name }) => name);
  return [...new Set(names)];
};

/**
 * Brings an existing `.env` file up to date without loss: values that differ are changed in place, missing variables are added
 * at the end, every other byte stays. Variables that the environment does not have are left alone.
 * @param source the file's bytes; not changed
 * @returns `bad-input` where the file cannot be read or a value cannot be written; then nothing is changed
 */
export const applyEnvironment = (
  source: Uint8Array,
  entries: readonly EnvironmentEntry[],
): Result<AppliedEnvironment> => {
  const parsed = parseDotenv(source);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const winning = new Map(document.entries.filter(({ wins }) => wins).map((entry) => [entry.name, entry]));
  const differences = differencesOf(winning, entries);
  const together = changeMany(document, differences);
  const changed = together === null ? changeEach(document, differences) : ok(together);
  for (const { value } of differences) value.fill(0);
  const leftBehind = namesLeftBehind(document, new Set(entries.map(({ name }) => name)));
  const bytes = changed.ok ? serialiseDotenv(changed.value) : new Uint8Array();
  if (changed.ok && changed.value !== document) wipeDotenv(changed.value);
  wipeDotenv(document);
  if (!changed.ok) return changed;
  const names = (present: boolean) =>
    differences.filter((each) => each.present === present).map(({ name }) => name);
  return ok({ bytes, changed: names(true), added: names(false), leftBehind });
};
