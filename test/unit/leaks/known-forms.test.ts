// Each form and disguise by itself: found, named right, and where it stands.
import { expect, test } from 'vitest';
import { sampleKey } from '../../support/key-samples.ts';
import { knownOf, wanted } from '../../support/leaks/known.ts';

const value = sampleKey('anthropic', 'api', 3);
const known = knownOf(wanted([value], 14));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const found = (text: string | Uint8Array): string =>
  known
    .find(text)
    .map(({ slot, encoding, start, end }) => `${slot} ${encoding} ${start}-${end}`)
    .join(', ');
const middle = 40;

test('as it stands', () => {
  const at = 'const key = "'.length;
  expect(found(`const key = "${value}";`)).toBe(`0 plain ${at}-${at + value.length}`);
  expect(found(value)).toBe(`0 plain 0-${value.length}`);
});

test.each([0, 1, 2])('base64 with %i bytes in front', (before) => {
  expect(found(`x: ${base64(`${'a'.repeat(before)}${value}z`)} y`)).toMatch(/^0 base64(url)? \d+-\d+$/);
});

test('base64 alone, unpadded, and of UTF-16', () => {
  expect(found(base64(value).replace(/=+$/, ''))).toMatch(/^0 base64/);
  expect(found(Buffer.from(`k='${value}'`, 'utf16le').toString('base64'))).toMatch(/^0 base64-utf-16/);
});

test('hex in both cases', () => {
  expect(found(Buffer.from(value).toString('hex'))).toMatch(/^0 hex/);
  expect(found(Buffer.from(value).toString('hex').toUpperCase())).toMatch(/^0 hex/);
});

test('UTF-16', () => {
  expect(found(Buffer.from(`\uFEFFkey = ${value}\r\n`, 'utf16le'))).toMatch(/^0 utf-16/);
  expect(found(Buffer.from(`key = ${value}\r\n`, 'utf16le').swap16())).toMatch(/^0 utf-16/);
});

test.each([
  ['a line break', '\n', 'joined'],
  ['CRLF and indentation', '\r\n      ', 'joined'],
  ['a comment', '\n// ', 'joined'],
  ['a shell continuation', '\\\n', 'joined'],
  ['quoted-printable', '=\r\n', 'joined'],
  ['JSON text of lines', '\\n    ', 'joined'],
  ['concatenation', '" + "', 'joined'],
  ['concatenation over lines', '" +\n      "', 'joined'],
  ['adjacent literals', '"\n   "', 'joined'],
  ['PHP', "' . '", 'joined'],
  ['SQL', "' || '", 'joined'],
  ['Visual Basic', '" & _\r\n    "', 'joined'],
  ['source within JSON', '\\" +\\n    \\"', 'joined'],
  ['a numbered listing', '\n   12→', 'joined'],
])('cut by %s', (_, glue, encoding) => {
  const text = `x = "${value.slice(0, middle)}${glue}${value.slice(middle)}";`;
  expect(found(text)).toMatch(new RegExp(`^0 ${encoding} 5-`));
});

test('percent signs and escapes', () => {
  const percent = [...value].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');
  const unicode = [...value]
    .map((character, at) => (at % 5 === 0 ? `\\u00${character.charCodeAt(0).toString(16)}` : character))
    .join('');
  expect(found(`?key=${percent}&x=1`)).toMatch(/^0 percent/);
  expect(found(`"${unicode}"`)).toMatch(/^0 escaped/);
});
