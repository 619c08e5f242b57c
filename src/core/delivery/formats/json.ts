// One JSON object (RFC 8259), names in the given order, indented by two spaces. Written by hand rather than by JSON.stringify:
// values stay bytes, and number-like names keep their place.
import { ok } from '../../model/result.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText } from '../export-format.ts';
import type { ExportFormatDefinition } from '../export-format.ts';

const shortEscapes: Readonly<Record<number, string>> = {
  0x08: '\\b',
  0x09: '\\t',
  0x0a: '\\n',
  0x0c: '\\f',
  0x0d: '\\r',
  0x22: '\\"',
  0x5c: '\\\\',
};

const isName = (name: string): boolean => name !== '' && !name.includes('=') && name.isWellFormed();

export const jsonFormat: ExportFormatDefinition = {
  isName,
  nameRule: 'Use a name that is not empty and holds no =.',
  ignoresCase: false,
  valueProblem: carriesAnyText,
  render: (entries) => {
    const writer = new ByteWriter().text('{');
    entries.forEach(({ name, value }, index) => {
      writer.text(`${index === 0 ? '' : ','}\n  ${JSON.stringify(name)}: "`);
      for (const byte of value) {
        if (byte >= 0x20 && byte !== 0x22 && byte !== 0x5c) writer.byte(byte);
        else writer.text(shortEscapes[byte] ?? `\\u${byte.toString(16).padStart(4, '0')}`);
      }
      writer.text('"');
    });
    return ok(writer.text(entries.length === 0 ? '}\n' : '\n}\n').take());
  },
};
