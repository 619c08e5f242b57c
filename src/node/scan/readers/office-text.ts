// Text of office files (OOXML, OpenDocument) out of their XML: a word processor cuts a line into runs wherever it checked the spelling, so
// a key stands in pieces with tags between them. Tags go, paragraphs and cells end a line, entities become characters, and what stands in
// attributes (links, hidden names) follows behind. Not a parser: whatever the XML is, the result is at most as long and comes in one pass.

/** Names in a zip's directory that only an office file has. */
export const officeNames: readonly string[] = ['[Content_Types].xml', 'META-INF/manifest.xml'];

/** Parts that hold text in runs; others, such as a package's own settings, are read as they are. */
const parts = /^(word|ppt|xl|visio|docProps|customXml)\/|(^|\/)(content|styles|meta)\.xml$/;

export const isOfficePart = (inside: string): boolean => {
  const name = inside.slice(inside.lastIndexOf('!') + 1);
  return (name.endsWith('.xml') || name.endsWith('.rels')) && parts.test(name);
};

/** Elements whose end, or which themselves, end a line; without their namespace. */
const lineEnds: ReadonlySet<string> = new Set(
  'p h br line-break tab c si is row tr tc table-row table-cell Relationship comment author instrText v f'.split(
    ' ',
  ),
);

const named: ReadonlyMap<string, number> = new Map([
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['amp', 0x26],
  ['quot', 0x22],
  ['apos', 0x27],
]);

const open = 0x3c;
const close = 0x3e;
const ampersand = 0x26;
const semicolon = 0x3b;
const newline = 0x0a;
/** `&#x10ffff;` */
const longestEntity = 10;
/** Shorter values of attributes are names of styles and numbers. */
const shortestAttribute = 8;

type Output = { readonly bytes: Uint8Array; length: number };

const put = (output: Output, byte: number): void => {
  output.bytes[output.length] = byte;
  output.length += 1;
};

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Code of the entity that begins at `at`, and where it ends; null where it is none. */
const entityAt = (xml: Uint8Array, at: number): { readonly code: number; readonly next: number } | null => {
  const length = xml.subarray(at, at + longestEntity).indexOf(semicolon);
  if (length < 0) return null;
  const end = at + length;
  const name = latin(xml, at + 1, end);
  const code = name.startsWith('#x')
    ? Number.parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number.parseInt(name.slice(1), 10)
      : named.get(name);
  return code === undefined || !(code > 0 && code <= 0x10ffff) ? null : { code, next: end + 1 };
};

const encoder = new TextEncoder();

/** Copies text, entities resolved. An entity is never shorter than its character. */
const putText = (output: Output, xml: Uint8Array, from: number, to: number): void => {
  for (let at = from; at < to;) {
    const entity = xml[at] === ampersand ? entityAt(xml, at) : null;
    if (entity === null || entity.next > to) {
      put(output, xml[at] ?? 0);
      at += 1;
      continue;
    }
    if (entity.code < 0x80) put(output, entity.code);
    else for (const byte of encoder.encode(String.fromCodePoint(entity.code))) put(output, byte);
    at = entity.next;
  }
};

/** Values of a tag's attributes, a line each. */
const putAttributes = (output: Output, xml: Uint8Array, from: number, to: number): void => {
  for (let at = from; at < to; at += 1) {
    const quote = xml[at];
    if (quote !== 0x22 && quote !== 0x27) continue;
    const end = xml.indexOf(quote, at + 1);
    if (end < 0 || end > to) return;
    if (end - at > shortestAttribute) {
      putText(output, xml, at + 1, end);
      put(output, newline);
    }
    at = end;
  }
};

const nameOfTag = (xml: Uint8Array, from: number, to: number): string => {
  let at = xml[from] === 0x2f ? from + 1 : from;
  let start = at;
  while (at < to && at - start < 40) {
    const byte = xml[at] ?? 0;
    if (byte === 0x3a) start = at + 1;
    else if (byte <= 0x20 || byte === 0x2f) break;
    at += 1;
  }
  return latin(xml, start, at);
};

/** End of the tag that begins at `at`: the bracket behind it, outside quotes. */
const endOfTag = (xml: Uint8Array, at: number): number => {
  for (let from = at + 1; from < xml.length; from += 1) {
    const byte = xml[from];
    if (byte === close) return from;
    if (byte !== 0x22 && byte !== 0x27) continue;
    const end = xml.indexOf(byte, from + 1);
    if (end < 0) return xml.length;
    from = end;
  }
  return xml.length;
};

/** The text of an XML part, UTF-8; then its attributes. To be wiped by whoever has it. */
export const officeText = (xml: Uint8Array): Uint8Array => {
  // A paragraph's tag, at least three bytes, makes one newline; an attribute with its two quotes one more.
  const text: Output = { bytes: new Uint8Array(xml.length + 1), length: 0 };
  const attributes: Output = { bytes: new Uint8Array(xml.length + 1), length: 0 };
  for (let at = 0; at < xml.length;) {
    const next = xml.indexOf(open, at);
    const to = next < 0 ? xml.length : next;
    putText(text, xml, at, to);
    if (next < 0) break;
    const end = endOfTag(xml, next);
    if (lineEnds.has(nameOfTag(xml, next + 1, end))) put(text, newline);
    putAttributes(attributes, xml, next + 1, end);
    at = end + 1;
  }
  const result = new Uint8Array(text.length + attributes.length + 1);
  result.set(text.bytes.subarray(0, text.length));
  result[text.length] = newline;
  result.set(attributes.bytes.subarray(0, attributes.length), text.length + 1);
  text.bytes.fill(0);
  attributes.bytes.fill(0);
  return result;
};
