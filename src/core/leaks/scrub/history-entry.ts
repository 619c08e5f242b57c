// Which bytes of a shell's history are the entry that holds a place: the line, what continues it, and the time that belongs to it. By each
// shell's own format, so that what is left is a history that the shell reads.
export type Span = { readonly start: number; readonly end: number };

const newline = 10;
const backslash = 0x5c;
const backtick = 0x60;
const hash = 0x23;

export type HistoryFormat = 'zsh' | 'bash' | 'fish' | 'powershell' | 'lines';

const formats: readonly { readonly name: RegExp; readonly format: HistoryFormat }[] = [
  { name: /^\.?(?:zsh_history|zhistory|histfile|zsh_history.*)$/i, format: 'zsh' },
  { name: /^\.?(?:bash_history|sh_history|history)$/i, format: 'bash' },
  { name: /^fish_history$/i, format: 'fish' },
  { name: /^(?:consolehost|.*powershell.*)_?history\.txt$/i, format: 'powershell' },
];

/** By the file's name; python, node, psql, mysql and redis-cli keep one entry a line. */
export const historyFormatOf = (fileName: string): HistoryFormat =>
  formats.find(({ name }) => name.test(fileName))?.format ?? 'lines';

const lineStart = (bytes: Uint8Array, at: number): number => {
  let start = at;
  while (start > 0 && bytes[start - 1] !== newline) start -= 1;
  return start;
};

/** Behind the line's break, or the end. */
const lineEnd = (bytes: Uint8Array, at: number): number => {
  const end = bytes.indexOf(newline, at);
  return end < 0 ? bytes.length : end + 1;
};

const previousLine = (bytes: Uint8Array, start: number): Span | null =>
  start === 0 ? null : { start: lineStart(bytes, start - 1), end: start };

/** How many of a byte stand before the break of the line that ends here. */
const trailing = (bytes: Uint8Array, { start, end }: Span, byte: number): number => {
  let at = bytes[end - 1] === newline ? end - 2 : end - 1;
  let count = 0;
  while (at >= start && bytes[at] === byte) {
    count += 1;
    at -= 1;
  }
  return count;
};

/** A line goes on where an odd number of the escaping character ends it. */
const goesOn = (bytes: Uint8Array, line: Span, byte: number): boolean =>
  trailing(bytes, line, byte) % 2 === 1;

/** The entry around a span, over lines that are continued by a character at their end. */
const continued = (bytes: Uint8Array, { start, end }: Span, byte: number): Span => {
  let first = lineStart(bytes, start);
  for (let before = previousLine(bytes, first); before !== null; before = previousLine(bytes, first)) {
    if (!goesOn(bytes, before, byte)) break;
    first = before.start;
  }
  let last = lineEnd(bytes, Math.max(start, end - 1));
  while (last < bytes.length && goesOn(bytes, { start: lineStart(bytes, last - 1), end: last }, byte))
    last = lineEnd(bytes, last);
  return { start: first, end: last };
};

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** `#1700000000`: bash writes one before each entry where HISTTIMEFORMAT is set. */
const isBashTime = (bytes: Uint8Array, start: number): boolean =>
  bytes[start] === hash && isDigit(bytes[start + 1]);

const hasBashTimes = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at)) if (isBashTime(bytes, at)) return true;
  return false;
};

const bashEntry = (bytes: Uint8Array, span: Span): Span => {
  if (!hasBashTimes(bytes)) return continued(bytes, span, backslash);
  // With times, everything up to the next one is the entry.
  let start = lineStart(bytes, span.start);
  while (start > 0 && !isBashTime(bytes, start)) start = lineStart(bytes, start - 1);
  let end = lineEnd(bytes, Math.max(span.start, span.end - 1));
  while (end < bytes.length && !isBashTime(bytes, end)) end = lineEnd(bytes, end);
  return { start, end };
};

const fishHead = new TextEncoder().encode('- cmd:');

const beginsWith = (bytes: Uint8Array, at: number, head: Uint8Array): boolean =>
  head.every((byte, index) => bytes[at + index] === byte);

/** `- cmd: …` with its `when:` and `paths:` lines. */
const fishEntry = (bytes: Uint8Array, span: Span): Span => {
  let start = lineStart(bytes, span.start);
  while (start > 0 && !beginsWith(bytes, start, fishHead)) start = lineStart(bytes, start - 1);
  let end = lineEnd(bytes, Math.max(span.start, span.end - 1));
  while (end < bytes.length && !beginsWith(bytes, end, fishHead)) end = lineEnd(bytes, end);
  return { start, end };
};

const plainLines = (bytes: Uint8Array, { start, end }: Span): Span => ({
  start: lineStart(bytes, start),
  end: lineEnd(bytes, Math.max(start, end - 1)),
});

const entryOf: Readonly<Record<HistoryFormat, (bytes: Uint8Array, span: Span) => Span>> = {
  zsh: (bytes, span) => continued(bytes, span, backslash),
  bash: bashEntry,
  fish: fishEntry,
  powershell: (bytes, span) => continued(bytes, span, backtick),
  lines: plainLines,
};

/** The bytes of the entry that holds a span. */
export const historyEntry = (format: HistoryFormat, bytes: Uint8Array, span: Span): Span =>
  entryOf[format](bytes, span);
