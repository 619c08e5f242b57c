// `$env:NAME = '…'` for PowerShell. The file is ASCII and has one line for each variable, so that neither the encoding that
// Windows PowerShell 5.1 assumes nor a line-wise pipe into Invoke-Expression can change a value: other characters, typographic
// quotes (which PowerShell takes for quotes) among them, are joined on as `[char]0x…`.
import { ok } from '../../model/result.ts';
import { byteOf } from '../byte-classes.ts';
import { ByteWriter } from '../byte-writer.ts';
import { carriesAnyText, hashComment, isPosixName, posixNameRule } from '../export-format.ts';
import type { ExportFormatDefinition } from '../export-format.ts';
import { codePointAt, utf8LengthAt } from '../utf8.ts';

const expressionFor = (code: number): string => {
  const digits = `0x${code.toString(16).toUpperCase()}`;
  return code > 0xffff ? `[char]::ConvertFromUtf32(${digits})` : `[char]${digits}`;
};

const isPrintableAscii = (code: number): boolean => code >= 0x20 && code < 0x7f;

/** Quoted stretches and `[char]` joined by `+`; a quoted one comes first, so that the sum is a string. */
const writeString = (writer: ByteWriter, value: Uint8Array): void => {
  writer.text("'");
  let quoting = true;
  for (let at = 0; at < value.length;) {
    const length = Math.max(utf8LengthAt(value, at), 1);
    const code = codePointAt(value, at, length);
    const quotable = isPrintableAscii(code);
    if (quotable && !quoting) writer.text(" + '");
    if (!quotable) writer.text(`${quoting ? "'" : ''} + ${expressionFor(code)}`);
    else if (code === byteOf.singleQuote) writer.text("''");
    else writer.byte(code);
    quoting = quotable;
    at += length;
  }
  if (quoting) writer.text("'");
};

export const powershellFormat: ExportFormatDefinition = {
  isName: isPosixName,
  nameRule: posixNameRule,
  ignoresCase: true,
  valueProblem: carriesAnyText,
  render: (entries, { comment }) => {
    const writer = new ByteWriter().text(hashComment(comment));
    for (const { name, value } of entries) {
      writer.text(`$env:${name} = `);
      writeString(writer, value);
      writer.text('\n');
    }
    return ok(writer.take());
  },
};
