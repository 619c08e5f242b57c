// What a `.env` file says, entry by entry, and how a change leaves the rest alone.
import dotenv from 'dotenv';
import { describe, expect, test } from 'vitest';
import {
  findEntry,
  maxDotenvBytes,
  maxDotenvLines,
  parseDotenv,
  parseDotenvText,
  serialiseDotenv,
  wipeDotenv,
} from '../../src/core/delivery/dotenv-document.ts';
import type { DotenvDocument, DotenvEntry } from '../../src/core/delivery/dotenv-document.ts';
import { append, remove, setValue } from '../../src/core/delivery/dotenv-edit.ts';
import type { Result } from '../../src/core/model/result.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const unwrap = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const read = (text: string): DotenvDocument => unwrap(parseDotenvText(text));
const valueOf = (entry: DotenvEntry | null | undefined): string | undefined =>
  entry?.value.use((bytes) => decoder.decode(bytes));
const first = (text: string): DotenvEntry => {
  const [entry] = read(text).entries;
  if (entry === undefined) throw new Error('no entry');
  return entry;
};
const textOf = (document: DotenvDocument): string => decoder.decode(serialiseDotenv(document));

describe('reading a value', () => {
  test.each([
    ['A=1', '1', 'none'],
    ['A = 1 ', '1', 'none'],
    ['  A=1', '1', 'none'],
    ['A=', '', 'none'],
    ['A=   # only a comment', '', 'none'],
    ['A=one two # note', 'one two', 'none'],
    ['A=one#two', 'one', 'none'],
    ["A='one # two' # note", 'one # two', 'single'],
    ['A="one\\ntwo\\rthree\\tfour"', 'one\ntwo\rthree\\tfour', 'double'],
    ["A='one\\ntwo'", 'one\\ntwo', 'single'],
    ['A=`it\'s "so"`', 'it\'s "so"', 'backtick'],
    ['A="one\ntwo\r\nthree"', 'one\ntwo\nthree', 'double'],
    ['A="say \\"so\\""', 'say \\"so\\"', 'double'],
    ["A='it's'", "it's", 'single'],
    ['A="unclosed', '"unclosed', 'none'],
    ['A: 1', '1', 'none'],
    ['export A=1', '1', 'none'],
    ['A=${B}/$C', '${B}/$C', 'none'],
    ['\ufeffA=1', '1', 'none'],
    ['A==', '=', 'none'],
    ['a.b-c=1', '1', 'none'],
  ])('%j gives %j (%s)', (text, value, quote) => {
    const entry = first(text);
    expect(valueOf(entry)).toBe(value);
    expect(entry.quote).toBe(quote);
    expect(dotenv.parse(text)[entry.name]).toBe(value);
  });

  test('notes export, interpolation, comment and place', () => {
    const document = read('# head\r\n  export A="x$B" # note\r\nC=\'$B\'\nD=\\$B\nE=$5\n');
    expect(document.entries.map(({ name, line, column }) => [name, line, column])).toEqual([
      ['A', 2, 10],
      ['C', 3, 1],
      ['D', 4, 1],
      ['E', 5, 1],
    ]);
    expect(document.entries.map(({ interpolated }) => interpolated)).toEqual([true, false, false, false]);
    expect(document.entries.map(({ exported }) => exported)).toEqual([true, false, false, false]);
    const { comment } = document.entries[0] as DotenvEntry;
    expect(textOf(document).slice(comment?.start, comment?.end)).toBe('# note');
  });

  test('counts lines by LF, CR LF and CR alike', () => {
    expect(read('A=1\rB=2\r\nC=3\nD=4').entries.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  test('lets the last of several entries win and says which are doubled', () => {
    const document = read('A=1\nB=2\nA=3\n');
    expect(valueOf(findEntry(document, 'A'))).toBe('3');
    expect(document.entries.map(({ wins, duplicateOf }) => [wins, duplicateOf])).toEqual([
      [false, null],
      [true, null],
      [true, 1],
    ]);
  });
});

describe('reading a file', () => {
  test('reports what is no variable by its line, and keeps it', () => {
    const text = 'A=1\nJUST_A_NAME\nexport OTHER\n<<<<<<< HEAD\n=x\nB="open\nC=1\nC=2\n';
    const document = read(text);
    expect(document.problems).toEqual([
      { kind: 'no-value', line: 2 },
      { kind: 'no-value', line: 3 },
      { kind: 'junk', line: 4 },
      { kind: 'junk', line: 5 },
      { kind: 'unclosed-quote', line: 6, name: 'B' },
      { kind: 'duplicate', line: 8, name: 'C' },
    ]);
    expect(textOf(document)).toBe(text);
  });

  test('keeps bytes that are no UTF-8 and says where they are', () => {
    const bytes = Uint8Array.of(0x41, 0x3d, 0xff, 0xfe, 0x0a, 0x42, 0x3d, 0x31);
    const document = unwrap(parseDotenv(bytes));
    expect(serialiseDotenv(document)).toEqual(bytes);
    expect(document.problems).toEqual([{ kind: 'not-text', line: 1, name: 'A' }]);
    expect(document.entries[0]?.value.use((value) => [...value])).toEqual([0xff, 0xfe]);
  });

  test.each([
    ['too many bytes', new Uint8Array(maxDotenvBytes + 1).fill(0x61), '1 MiB'],
    ['too many lines', new Uint8Array(maxDotenvLines + 1).fill(0x0a), '20,000 lines'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'UTF-16'],
  ])('refuses %s', (_what, bytes, words) => {
    const parsed = parseDotenv(bytes, 'some.env');
    expect(parsed).toMatchObject({ ok: false, error: { kind: 'bad-input', where: { file: 'some.env' } } });
    expect(JSON.stringify(parsed)).toContain(words);
  });

  test('refuses a NUL byte and names its line', () => {
    expect(parseDotenv(encoder.encode('A=1\nB=\0'))).toMatchObject({
      ok: false,
      error: { where: { line: 2 } },
    });
  });

  test('reads the largest files in a moment, even ones made to be slow', () => {
    const hostile = ['\n'.repeat(maxDotenvLines), "A='\\'", 'A="', 'export\n', '\u3000', 'A='];
    for (const piece of hostile) {
      const lines = Math.ceil(maxDotenvLines / (piece.split('\n').length || 1));
      const text = piece.repeat(Math.min(lines, Math.floor(maxDotenvBytes / encoder.encode(piece).length)));
      const started = performance.now();
      parseDotenv(encoder.encode(text).subarray(0, maxDotenvBytes));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  test('shows no value in JSON or text, and can be wiped', () => {
    const document = read('A=very-hidden\n');
    const [entry] = document.entries;
    expect(JSON.stringify(document)).not.toContain('very-hidden');
    expect(String(entry?.value)).not.toContain('very-hidden');
    wipeDotenv(document);
    expect(() => serialiseDotenv(document)).toThrow('wiped');
  });
});

describe('changing a value', () => {
  const change = (text: string, value: string) =>
    textOf(unwrap(setValue(read(text), 'A', encoder.encode(value))));

  test.each([
    ['A=1', '2', 'A=2'],
    ['  export A = 1   # why\r\nB=2', '3', '  export A = 3   # why\r\nB=2'],
    ["A='1' # why\n", '2', "A='2' # why\n"],
    ['A="1"\n', '2', 'A="2"\n'],
    ['A=`1`\n', '2', 'A=`2`\n'],
    ['A=1\n', 'two words', 'A=two words\n'],
    ['A=1\n', 'has # in it', "A='has # in it'\n"],
    ['A=1\n', ' edges ', "A=' edges '\n"],
    ["A='1'\n", "it's", 'A="it\'s"\n'],
    ['A="1"\n', 'say "so"', 'A=\'say "so"\'\n'],
    ['A="1"\n', 'literal \\n', "A='literal \\n'\n"],
    ['A="a\\nb"\n', 'c\nd', 'A="c\\nd"\n'],
    ['A="a\nb"\n', 'c\nd', 'A="c\nd"\n'],
    ['A=\n', '', 'A=\n'],
    ['A="old"\n', '', 'A=""\n'],
    ['A: 1\n', '2', 'A: 2\n'],
    ['A=1\nA=2\n', '3', 'A=1\nA=3\n'],
    ['A=1\n', 'C:\\dir\\', 'A=C:\\dir\\\n'],
  ])('in %j to %j gives %j', (text, value, expected) => {
    expect(change(text, value)).toBe(expected);
    expect(dotenv.parse(expected)['A']).toBe(value);
  });

  test('gives the very same bytes where the value is the same', () => {
    expect(change('A = "x"#c\r\n\r\n?', 'x')).toBe('A = "x"#c\r\n\r\n?');
  });

  test.each([
    ['a carriage return', 'a\rb'],
    ['all kinds of quotes with a line end', '\'"`\n'],
  ])('refuses %s and names the variable, not the value', (_what, value) => {
    const changed = setValue(read('X=1\nA=1\n'), 'A', encoder.encode(value));
    expect(changed).toMatchObject({
      ok: false,
      error: { kind: 'bad-input', where: { field: 'A', line: 2 } },
    });
    expect(JSON.stringify(changed)).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  test('says that a variable is not there', () => {
    expect(setValue(read('B=1'), 'A', encoder.encode('1'))).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });
});

describe('adding and removing', () => {
  test.each([
    ['', 'A=1\n'],
    ['B=2', 'B=2\nA=1\n'],
    ['B=2\r\n', 'B=2\r\nA=1\r\n'],
    ['# only a comment\n\n', '# only a comment\n\nA=1\n'],
  ])('adds to %j', (text, expected) => {
    expect(textOf(unwrap(append(read(text), 'A', encoder.encode('1'))))).toBe(expected);
  });

  test('quotes around an unclosed quote elsewhere so that it does not swallow the new line', () => {
    const added = unwrap(append(read("B='open\n"), 'A', encoder.encode('# x')));
    expect(dotenv.parse(textOf(added))).toEqual({ B: "'open", A: '# x' });
  });

  test('refuses a name that is there, and one that cannot be written', () => {
    expect(append(read('A=1'), 'A', encoder.encode('1'))).toMatchObject({
      error: { kind: 'already-exists' },
    });
    expect(append(read(''), 'A B', encoder.encode('1'))).toMatchObject({ error: { kind: 'bad-input' } });
    expect(append(read(''), '', encoder.encode('1'))).toMatchObject({ error: { kind: 'bad-input' } });
  });

  test('removes every entry of a name with its lines and leaves the comments above', () => {
    const text = '# keep\nA="x\ny" # gone\n\nB=1\n  A=2';
    expect(textOf(unwrap(remove(read(text), 'A')))).toBe('# keep\n\nB=1\n');
    expect(remove(read('B=1'), 'A')).toMatchObject({ error: { kind: 'not-found' } });
  });
});
