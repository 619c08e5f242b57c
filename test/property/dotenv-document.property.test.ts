// Any bytes at all: reading loses nothing, reads what dotenv reads, and a change changes one thing.
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDotenv, parseDotenvText, serialiseDotenv } from '../../src/core/delivery/dotenv-document.ts';
import type { DotenvDocument } from '../../src/core/delivery/dotenv-document.ts';
import { append, remove, setValue } from '../../src/core/delivery/dotenv-edit.ts';
import { changeMany } from '../../src/core/delivery/dotenv-edit-many.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Pieces that meet each other in every order: what a `.env` file is made of, and what upsets readers. */
const pieces = [
  ...[
    'A',
    'B',
    'C_1',
    'a.b-c',
    'export ',
    'export',
    'export\t',
    '=',
    '= ',
    ' = ',
    ':',
    ': ',
    ' ',
    '\t',
    '\v',
  ],
  ...[
    '\n',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '#',
    ' #',
    "'",
    "'",
    '"',
    '"',
    '`',
    '\\',
    "\\'",
    '\\"',
    '\\n',
    '\\r',
    '\\\\',
  ],
  ...[
    '$X',
    '${X}',
    '1',
    'x y',
    'é',
    '\u{1f511}',
    '\ufeff',
    '\u00a0',
    '\u3000',
    '\u1680',
    '\u205f',
    '\u2000',
    '\u200a',
    '\u200b',
    '\u202f',
    'A=1\n',
  ],
  ...["B='x'\n", 'C="y"\n', "B='\n", 'C="', 'A=`', '""', "''"],
];
const lineSeparators = ['\u2028', '\u2029'];
const textOf = (parts: readonly string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((list) => list.join(''));
const envText = textOf(pieces);
// The two byte order marks of UTF-16 are refused, and tested elsewhere.
const startsAsUtf16 = ([first, second]: Uint8Array) => (first ?? 0) + (second ?? 0) === 0xff + 0xfe;
const envBytes = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => bytes.map((byte) => (byte === 0 ? 0x3d : byte))),
    fc
      .tuple(envText, fc.uint8Array({ min: 0x80, maxLength: 6 }), envText)
      .map(([left, middle, right]) =>
        Uint8Array.from([...encoder.encode(left), ...middle, ...encoder.encode(right)]),
      ),
  )
  .filter((bytes) => !startsAsUtf16(bytes));

const read = (bytes: Uint8Array): DotenvDocument => {
  const parsed = parseDotenv(bytes);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const readText = (text: string): DotenvDocument => {
  const parsed = parseDotenvText(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const pairsOf = (document: DotenvDocument) =>
  document.entries.map((entry) => [entry.name, entry.value.use((bytes) => decoder.decode(bytes))] as const);
const asObject = (document: DotenvDocument) => Object.fromEntries(pairsOf(document));

describe('a .env file of any bytes', () => {
  test('is given back byte for byte, and its segments cover it without gap or overlap', () => {
    fc.assert(
      fc.property(envBytes, (bytes) => {
        const document = read(bytes);
        expect(serialiseDotenv(document)).toEqual(bytes);
        let at = 0;
        for (const { range } of document.segments) {
          expect(range.start).toBe(at);
          expect(range.end).toBeGreaterThan(at);
          at = range.end;
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 600 },
    );
  });

  test('reads as dotenv reads it', () => {
    fc.assert(
      fc.property(envText, (text) => {
        expect(asObject(readText(text))).toEqual(dotenv.parse(text));
      }),
      { numRuns: 6000 },
    );
  });

  test('reads as dotenv reads it where U+2028 and U+2029 end lines, but for quotes inside a bare value', () => {
    fc.assert(
      fc.property(textOf([...pieces, ...lineSeparators, ...lineSeparators]), (text) => {
        const seen = (variables: Readonly<Record<string, string>>) =>
          Object.fromEntries(
            Object.entries(variables).map(([name, value]) => [
              name,
              /[\u2028\u2029]/.test(value) ? 'unlike' : value,
            ]),
          );
        expect(seen(asObject(readText(text)))).toEqual(seen(dotenv.parse(text)));
      }),
      { numRuns: 3000 },
    );
  });
});

const value = fc
  .oneof(textOf(pieces), fc.string({ unit: 'grapheme' }))
  .map((text) => text.replaceAll('\0', ''));

describe('a change to a .env file', () => {
  test('touches the bytes of that value alone and is read back by dotenv', () => {
    let changedCount = 0;
    fc.assert(
      fc.property(envText, value, fc.nat(), (text, next, pick) => {
        const document = readText(text);
        const entry = document.entries[pick % Math.max(document.entries.length, 1)];
        if (entry === undefined) return;
        const target = document.entries.findLast(({ name }) => name === entry.name) ?? entry;
        const changed = setValue(document, entry.name, encoder.encode(next));
        if (!changed.ok) return;
        changedCount += 1;
        const before = serialiseDotenv(document);
        const after = serialiseDotenv(changed.value);
        const { start, end } = target.valueRange;
        expect(after.subarray(0, start)).toEqual(before.subarray(0, start));
        expect(after.subarray(after.length - (before.length - end))).toEqual(before.subarray(end));
        expect(dotenv.parse(decoder.decode(after))).toEqual({ ...dotenv.parse(text), [entry.name]: next });
      }),
      { numRuns: 3000 },
    );
    expect(changedCount).toBeGreaterThan(500);
  });

  test('adds one variable at the end and leaves what was there', () => {
    let added = 0;
    fc.assert(
      fc.property(envText, value, (text, next) => {
        const document = readText(text);
        const changed = append(document, 'NEW_ONE', encoder.encode(next));
        if (!changed.ok) return;
        added += 1;
        const after = serialiseDotenv(changed.value);
        expect(decoder.decode(after).startsWith(text)).toBe(true);
        expect(dotenv.parse(decoder.decode(after))).toEqual({ ...dotenv.parse(text), NEW_ONE: next });
      }),
      { numRuns: 2000 },
    );
    expect(added).toBeGreaterThan(800);
  });

  test('of many variables at once is what dotenv then reads, or is not made at all', () => {
    let made = 0;
    const changes = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('A', 'B', 'C_1', 'NEW_1', 'NEW_2'), text: value }),
      { selector: ({ name }) => name, maxLength: 5 },
    );
    fc.assert(
      fc.property(envText, changes, (text, wanted) => {
        const changed = changeMany(
          readText(text),
          wanted.map(({ name, text: next }) => ({ name, value: encoder.encode(next) })),
        );
        if (changed === null) return;
        made += 1;
        const given = Object.fromEntries(wanted.map(({ name, text: next }) => [name, next]));
        expect(dotenv.parse(decoder.decode(serialiseDotenv(changed)))).toEqual({
          ...dotenv.parse(text),
          ...given,
        });
      }),
      { numRuns: 1500 },
    );
    expect(made).toBeGreaterThan(200);
  });

  test('takes a variable out with all its entries and leaves the rest', () => {
    fc.assert(
      fc.property(envText, fc.nat(), (text, pick) => {
        const document = readText(text);
        const entry = document.entries[pick % Math.max(document.entries.length, 1)];
        if (entry === undefined) return;
        const changed = remove(document, entry.name);
        if (!changed.ok) return;
        const { [entry.name]: _gone, ...rest } = dotenv.parse(text);
        expect(dotenv.parse(decoder.decode(serialiseDotenv(changed.value)))).toEqual(rest);
      }),
      { numRuns: 1500 },
    );
  });
});
