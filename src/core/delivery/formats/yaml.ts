// A YAML mapping from name to string, alike under YAML 1.1 and 1.2.
import { ok } from '../../model/result.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText, hashComment, isPosixName } from '../export-format.ts';
import type { ExportFormatDefinition } from '../export-format.ts';
import { writeYamlString } from './yaml-string.ts';

const encoder = new TextEncoder();

/** Words that YAML 1.1 or 1.2 resolve to something else than a string. */
const resolvedWords = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);

const isPlainName = (name: string): boolean => isPosixName(name) && !resolvedWords.has(name.toLowerCase());

/** YAML 1.2 §7.4.2: a key on one line may not be longer; far beyond any name in use. */
const maxNameLength = 255;

export const yamlFormat: ExportFormatDefinition = {
  isName: (name) => name !== '' && !name.includes('=') && name.isWellFormed() && name.length <= maxNameLength,
  nameRule: 'Use a name that is not empty, holds no = and is no longer than 255 characters.',
  ignoresCase: false,
  valueProblem: carriesAnyText,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) {
      if (isPlainName(name)) writer.text(name);
      else writeYamlString(writer, encoder.encode(name));
      writer.text(': ');
      writeYamlString(writer, value);
      writer.text('\n');
    }
    if (entries.length === 0) writer.text('{}\n');
    return ok(writer.take());
  },
};
