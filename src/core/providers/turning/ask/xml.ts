// Reads XML as AWS answers with into what JSON of the same would be: names to values, lists of `member`, texts. Strict and bounded: a
// document type, an entity of its own or anything else out of the ordinary makes it unread.
import type { JsonValue } from '../../../model/json.ts';

const maxLength = 262_144;
const maxDepth = 20;
const maxElements = 10_000;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const character = (code: number): string | undefined =>
  code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
    ? String.fromCodePoint(code)
    : undefined;

/** Undefined where an entity is none of XML's own. */
const textOf = (raw: string): string | undefined => {
  let isRead = true;
  const text = raw.replaceAll(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const value =
      number === null
        ? entities[name]
        : character(number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16));
    if (value === undefined || !whole.endsWith(';')) isRead = false;
    return value ?? '';
  });
  return isRead ? text : undefined;
};

type Open = { readonly name: string; readonly children: [name: string, value: JsonValue][]; text: string };

/** Words that JSON has its own signs for. */
const leaf = (text: string): JsonValue => (text === 'true' ? true : text === 'false' ? false : text);

/** Several of one name are a list; children that are all `member` are the list itself. Undefined where text stands between elements. */
const valueOf = ({ children, text }: Open): JsonValue | undefined => {
  if (children.length === 0) return leaf(text.trim());
  if (text.trim() !== '') return undefined;
  if (children.every(([name]) => name === 'member')) return children.map(([, value]) => value);
  const names = new Map<string, JsonValue[]>();
  for (const [name, value] of children) names.set(name, [...(names.get(name) ?? []), value]);
  return Object.fromEntries(
    [...names].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]),
  );
};

const piece =
  /<([A-Za-z_][\w.-]{0,99})((?:\s+[A-Za-z_][\w:.-]{0,99}\s*=\s*(?:"[^"<]{0,500}"|'[^'<]{0,500}'))*)\s*(\/?)>|<\/([A-Za-z_][\w.-]{0,99})\s*>|([^<]+)/y;

type Reading = { readonly stack: Open[]; root: readonly [string, JsonValue] | undefined; elements: number };

const close = (reading: Reading, open: Open): boolean => {
  const value = valueOf(open);
  if (value === undefined) return false;
  const parent = reading.stack.at(-1);
  if (parent === undefined) reading.root = [open.name, value];
  else parent.children.push([open.name, value]);
  return true;
};

/** Takes one tag or text in. False where it has no place there. */
const takeIn = (reading: Reading, match: RegExpExecArray): boolean => {
  const [, opened, , isEmpty, closed, raw] = match;
  const { stack } = reading;
  if (raw !== undefined) {
    const top = stack.at(-1);
    const text = textOf(raw);
    if (text === undefined || (top === undefined && text.trim() !== '')) return false;
    if (top !== undefined) top.text += text;
    return true;
  }
  if (opened !== undefined) {
    reading.elements += 1;
    if (reading.root !== undefined || stack.length >= maxDepth || reading.elements > maxElements)
      return false;
    const open: Open = { name: opened, children: [], text: '' };
    if (isEmpty === '/') return close(reading, open);
    stack.push(open);
    return true;
  }
  const top = stack.pop();
  return top !== undefined && top.name === closed && close(reading, top);
};

/** `{ Root: … }`; undefined where it is no XML of the plain kind. */
export const readXml = (text: string): JsonValue | undefined => {
  if (text.length > maxLength) return undefined;
  const begin = /^\ufeff?\s*(?:<\?xml\s[^?<>]{0,200}\?>)?/.exec(text)?.[0].length ?? 0;
  const reading: Reading = { stack: [], root: undefined, elements: 0 };
  piece.lastIndex = begin;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (match === null || !takeIn(reading, match)) return undefined;
  }
  // `__proto__` as a name would be a name like any other: fromEntries defines, it does not assign.
  return reading.stack.length === 0 && reading.root !== undefined
    ? Object.fromEntries([reading.root])
    : undefined;
};
