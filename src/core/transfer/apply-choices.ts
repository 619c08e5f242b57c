// Turns a preview and a person's choices into what is to be created. It creates nothing itself, and hands out copies of the
// values, so that the document can be wiped at once.
import { fail } from '../model/app-error.ts';
import type { KeyKind } from '../model/key.ts';
import { ok } from '../model/result.ts';
import type { Result } from '../model/result.ts';
import type { SecretBytes } from '../model/secret-bytes.ts';
import { findEntry } from '../delivery/dotenv-document.ts';
import type { ImportPreview, PreviewRow, Treatment } from './preview-types.ts';

export type RowChoice = {
  readonly treatAs?: Treatment;
  /** Name of the key; on its leading row. */
  readonly keyName?: string;
};

/** By variable. Rows that are not named stay as the preview has them. */
export type ImportChoices = Readonly<Record<string, RowChoice>>;

export type ImportedField = {
  readonly name: string;
  readonly variable: string;
  /** A copy that the receiver owns and must wipe. */
  readonly value: SecretBytes;
};

export type ImportedKey = {
  readonly name: string;
  /** Provider id, or null. */
  readonly provider: string | null;
  readonly kind: KeyKind;
  readonly fields: readonly ImportedField[];
};

export type ImportedVariable = { readonly name: string; readonly value: SecretBytes };

export type ImportPlan = {
  readonly keys: readonly ImportedKey[];
  readonly variables: readonly ImportedVariable[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
};

type Chosen = { readonly row: PreviewRow; readonly treatAs: Treatment; readonly choice: RowChoice };

const choiceFor = (choices: ImportChoices, name: string): RowChoice =>
  Object.hasOwn(choices, name) ? (choices[name] ?? {}) : {};

/** A companion goes where its leader goes, unless a choice says otherwise. */
const chosenRows = (preview: ImportPreview, choices: ImportChoices): readonly Chosen[] => {
  const leaders = new Map(
    preview.rows.map((row) => [row.name, choiceFor(choices, row.name).treatAs ?? row.treatedAs]),
  );
  return preview.rows.map((row) => {
    const choice = choiceFor(choices, row.name);
    const leads = row.leader === null || row.leader === row.name;
    const inherited = leads ? row.treatedAs : (leaders.get(row.leader ?? '') ?? row.treatedAs);
    return { row, choice, treatAs: choice.treatAs ?? inherited };
  });
};

const unknownRow = (preview: ImportPreview, choices: ImportChoices): string | undefined => {
  const names = new Set(preview.rows.map(({ name }) => name));
  return Object.keys(choices).find((name) => !names.has(name));
};

const notText = (preview: ImportPreview, { row, treatAs }: Chosen): boolean =>
  treatAs !== 'skip' && findEntry(preview.document, row.name)?.text === false;

/** The rows of each key, its leader first. A row without a living leader is a key of its own. */
const keysOf = (chosen: readonly Chosen[]): readonly (readonly [Chosen, ...Chosen[]])[] => {
  const keys = chosen.filter(({ treatAs }) => treatAs === 'key');
  const leading = new Set(keys.filter(({ row }) => row.leader === row.name).map(({ row }) => row.name));
  const isLed = ({ row }: Chosen): boolean =>
    row.leader !== null && row.leader !== row.name && leading.has(row.leader);
  const led = new Map<string | null, Chosen[]>();
  for (const each of keys.filter(isLed)) {
    const others = led.get(each.row.leader);
    if (others === undefined) led.set(each.row.leader, [each]);
    else others.push(each);
  }
  return keys.filter((each) => !isLed(each)).map((first) => [first, ...(led.get(first.row.name) ?? [])]);
};

const copyOf = (preview: ImportPreview, name: string): SecretBytes => {
  const entry = findEntry(preview.document, name);
  if (entry === null) throw new Error('a preview row without an entry');
  return entry.value.copy();
};

const toKey = (preview: ImportPreview, [first, ...others]: readonly [Chosen, ...Chosen[]]): ImportedKey => {
  const alone = first.row.leader !== first.row.name;
  return {
    name: first.choice.keyName ?? first.row.name,
    provider: alone ? null : first.row.provider,
    kind: first.row.kind,
    fields: [first, ...others].map(({ row }) => ({
      name: alone ? 'secret' : (row.field ?? 'secret'),
      variable: row.name,
      value: copyOf(preview, row.name),
    })),
  };
};

/**
 * Lists what an import creates.
 * @param choices by variable; `{}` takes the preview as it is
 * @returns the plan, whose values the caller owns and must wipe; `bad-input` for a choice about a variable that the file does
 *   not have, or one that would keep a value which is no text
 */
export const applyChoices = (preview: ImportPreview, choices: ImportChoices = {}): Result<ImportPlan> => {
  const unknown = unknownRow(preview, choices);
  if (unknown !== undefined)
    return fail(
      'bad-input',
      'A choice names a variable that the file does not have.',
      'Open the preview again.',
    );
  const chosen = chosenRows(preview, choices);
  const binary = chosen.find((each) => notText(preview, each));
  if (binary !== undefined)
    return fail('bad-input', `The value of ${binary.row.name} is not UTF-8 text.`, 'Skip it.', {
      field: binary.row.name,
      line: binary.row.line,
    });
  return ok({
    keys: keysOf(chosen).map((rows) => toKey(preview, rows)),
    variables: chosen
      .filter(({ treatAs }) => treatAs === 'variable')
      .map(({ row }) => ({ name: row.name, value: copyOf(preview, row.name) })),
    skipped: chosen
      .filter(({ treatAs }) => treatAs === 'skip')
      .map(({ row }) => ({
        name: row.name,
        reason: row.treatedAs === 'skip' ? row.reason : 'You chose to leave it out.',
      })),
  });
};

/** Overwrites every value of a plan. */
export const wipePlan = (plan: ImportPlan): void => {
  for (const { fields } of plan.keys) for (const { value } of fields) value.wipe();
  for (const { value } of plan.variables) value.wipe();
};
