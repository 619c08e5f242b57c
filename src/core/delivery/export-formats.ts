// Writes variables in the format of whoever will read them. One list of formats; what a format cannot carry is an error that
// names the variable, never a value that arrives changed. Deterministic: no dates, no random names.
import { fail } from '../model/app-error.ts';
import { done } from '../model/result.ts';
import type { Err, Result } from '../model/result.ts';
import type { ExportEntry, ExportFormatDefinition, ExportOptions } from './export-format.ts';
import { dockerFormat } from './formats/docker.ts';
import { dotenvFormat } from './formats/dotenv.ts';
import { fishFormat } from './formats/fish.ts';
import { jsonFormat } from './formats/json.ts';
import { k8sFormat } from './formats/k8s.ts';
import { powershellFormat } from './formats/powershell.ts';
import { shellFormat } from './formats/shell.ts';
import { yamlFormat } from './formats/yaml.ts';
import { isUtf8 } from './utf8.ts';

export type { ExportEntry, ExportOptions } from './export-format.ts';

export const exportFormats = [
  'dotenv',
  'json',
  'yaml',
  'shell',
  'fish',
  'powershell',
  'docker',
  'k8s',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

const definitions: Readonly<Record<ExportFormat, ExportFormatDefinition>> = {
  dotenv: dotenvFormat,
  json: jsonFormat,
  yaml: yamlFormat,
  shell: shellFormat,
  fish: fishFormat,
  powershell: powershellFormat,
  docker: dockerFormat,
  k8s: k8sFormat,
};

/** A head for exported files, for those who want one. */
export const exportComment = 'Written by Keyturn. It holds secrets: keep it out of version control.';

/** Whether the text names a format. */
export const isExportFormat = (text: string): text is ExportFormat =>
  (exportFormats as readonly string[]).includes(text);

/** Names are shown in errors; anything but printable ASCII in them is not. */
const shownName = (name: string): string => (/^[\x21-\x7e]{1,100}$/.test(name) ? name : 'one variable');

const cannot = (entry: ExportEntry, format: ExportFormat, why: string, next: string): Err =>
  fail(
    'bad-input',
    `The value of ${shownName(entry.name)} ${why}, so ${format} cannot carry it. Nothing was written.`,
    next,
    {
      field: shownName(entry.name),
    },
  );

const checkEntry = (entry: ExportEntry, format: ExportFormat): Result<undefined> => {
  const definition = definitions[format];
  if (!definition.isName(entry.name))
    return fail(
      'bad-input',
      `The name ${shownName(entry.name)} is not one that ${format} accepts. Nothing was written.`,
      definition.nameRule,
      { field: shownName(entry.name) },
    );
  if (entry.value.includes(0))
    return cannot(
      entry,
      format,
      'holds a NUL byte, which no environment variable can',
      'Store it in base64.',
    );
  if (!isUtf8(entry.value)) return cannot(entry, format, 'is not UTF-8 text', 'Store it in base64.');
  const problem = definition.valueProblem(entry);
  return problem === null ? done : cannot(entry, format, problem.why, problem.next);
};

const checkNames = (entries: readonly ExportEntry[], format: ExportFormat): Result<undefined> => {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const folded = definitions[format].ignoresCase ? name.toLowerCase() : name;
    if (seen.has(folded))
      return fail(
        'conflict',
        `Two values would be written as ${shownName(name)}. Nothing was written.`,
        'Give one of them another variable name.',
        { field: shownName(name) },
      );
    seen.add(folded);
  }
  return done;
};

/** Line feeds part lines; any other control character could end the comment for some reader. */
const isComment = (comment: string): boolean => !/[^\P{C}\n]|[\u2028\u2029]/u.test(comment);

/**
 * Writes variables in a format, in the given order.
 * @param entries names and UTF-8 values; lent, not kept
 * @returns the file's bytes, which the caller owns and should wipe; `bad-input` naming the first variable that the format cannot
 *   carry, `conflict` for two values of one name
 */
export const renderExport = (
  entries: readonly ExportEntry[],
  format: ExportFormat,
  options: ExportOptions = {},
): Result<Uint8Array> => {
  if (options.comment !== undefined && !isComment(options.comment))
    return fail('bad-input', 'The comment holds control characters.', 'Use plain text.', {
      field: 'comment',
    });
  for (const entry of entries) {
    const checked = checkEntry(entry, format);
    if (!checked.ok) return checked;
  }
  const checked = checkNames(entries, format);
  return checked.ok ? definitions[format].render(entries, options) : checked;
};
