// `.env` that dotenv 18, Node's util.parseEnv and our own reader all read back alike. What they cannot all carry is refused:
// carriage returns, and values that hold all three kinds of quotes and need one.
import { ok } from '../../model/result.ts';
import { byteOf } from '../byte-classes.ts';
import { ByteWriter } from '../byte-writer.ts';
import { quoteValue, stylesFor } from '../dotenv-quoting.ts';
import type { QuoteStyle } from '../dotenv-value.ts';
import { hashComment } from '../export-format.ts';
import type { ExportEntry, ExportFormatDefinition, ValueProblem } from '../export-format.ts';

const namePattern = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const quoteTextOf: Readonly<Record<QuoteStyle, string>> = {
  none: '',
  single: "'",
  double: '"',
  backtick: '`',
};

/**
 * dotenv takes the backslash before a closing quote for an escape and looks for a later quote that could close the value.
 * A comment that holds a quote with text behind it ends that search in the same line.
 */
const guardFor = (value: Uint8Array, style: QuoteStyle): string =>
  style !== 'none' && value.at(-1) === byteOf.backslash ? ` # ${quoteTextOf[style]} ends here` : '';

const valueProblem = ({ value }: ExportEntry): ValueProblem | null => {
  if (value.includes(byteOf.carriageReturn))
    return {
      why: 'holds a carriage return, which Node drops from .env files',
      next: 'Store it with plain line feeds, or export as json, yaml or shell.',
    };
  if (stylesFor(value).length > 0) return null;
  return {
    why: 'holds all the kinds of quotes that could enclose it',
    next: 'Export as json, yaml or shell instead.',
  };
};

export const dotenvFormat: ExportFormatDefinition = {
  isName: (name) => namePattern.test(name),
  nameRule: 'Use letters, digits, _, . and - only, and start with a letter or _.',
  ignoresCase: false,
  valueProblem,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) {
      const style = stylesFor(value)[0] ?? 'single';
      const raw = quoteValue(value, style);
      writer
        .text(`${name}=`)
        .bytes(raw)
        .text(`${guardFor(value, style)}\n`);
      raw.fill(0);
    }
    return ok(writer.take());
  },
};
