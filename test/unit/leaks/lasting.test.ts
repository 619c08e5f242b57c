// What outlives a lock: finds what is strong enough, names what is not, and holds nothing from which a value could be guessed.
import { describe, expect, test } from 'vitest';
import { lastingBits } from '../../../src/core/leaks/entropy.ts';
import { readLasting, writeLasting } from '../../../src/node/scan/lasting-file.ts';
import { wipeLasting } from '../../../src/node/scan/lasting-tables.ts';
import { sampleKey } from '../../support/key-samples.ts';
import { lastingOf, lastingValues, wanted } from '../../support/leaks/known.ts';

const value = sampleKey('anthropic', 'api', 3);
const uuid = '3f0c9a4e-71d2-4b58-8e6f-d4a90b7c1e25';
const known = lastingOf(lastingValues([...wanted([value], 14), { ...wanted([uuid])[0]!, slot: 1 }]));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const found = (text: string | Uint8Array): string =>
  known
    .find(text)
    .map(({ slot, encoding }) => `${slot} ${encoding}`)
    .join(', ');

describe('a value is found while the vault is locked', () => {
  test.each([
    ['as it stands', `const key = "${value}";`, '0 plain'],
    ['at the beginning and at the end', value, '0 plain'],
    ['in hex', Buffer.from(value).toString('hex'), '0 hex'],
    ['within JSON in JSON', JSON.stringify(JSON.stringify({ value })), '0 plain'],
    [
      'percent-encoded, all of it',
      [...value].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
      '0 percent',
    ],
    ['of PowerShell', Buffer.from(`$k='${value}'`, 'utf16le').toString('base64'), '0 base64-utf-16'],
    ['cut once', `"${value.slice(0, 50)}" +\n   "${value.slice(50)}"`, '0 joined'],
    ['in small pieces', value.match(/.{1,9}/g)!.join('" + "'), '0 joined'],
    ['as a UUID', `id: ${uuid}`, '1 plain'],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toBe(expected);
  });

  test.each([0, 1, 2, 3, 4, 5])('in base64 with %i bytes in front', (before) => {
    expect(found(`data: ${base64(`${'a'.repeat(before)}${value}zz`)} end`)).toMatch(/^0 base64(url)?$/);
  });

  test('in a file of UTF-16', () => {
    expect(found(Buffer.from(`\uFEFFkey = ${value}\r\n`, 'utf16le'))).toBe('0 utf-16');
  });

  test('behind and in front of a run that is longer than any', () => {
    expect(found(`${'abcdefghijklmnop'.repeat(20_000)}${value}${'qrstuvwxyzabcdef'.repeat(9_000)}`)).toBe(
      '0 plain',
    );
  });

  test('not where one character differs', () => {
    expect(found(`${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`)).toBe('');
  });
});

describe('what is too weak', () => {
  const weak = (text: string, estimate: number | null): boolean =>
    lastingOf(lastingValues(wanted([text]), estimate)).built.weak.includes(0);

  test('is left out by its alphabet and its length', () => {
    // 80 / log2(16) = 20, 80 / log2(62) = 13.4
    expect(weak('0123456789abcdef012', null)).toBe(true);
    expect(weak('0123456789abcdef0123', null)).toBe(false);
    expect(weak('aB3dE5gH7jK9m', null)).toBe(true);
    expect(weak('aB3dE5gH7jK9mN1pQ', null)).toBe(false);
  });

  test('is left out by an estimate, whatever its length', () => {
    expect(weak('correcthorsebatterystapleagain', lastingBits - 1)).toBe(true);
    expect(weak('0123456789abcdef0123456789abcdef', 40)).toBe(true);
  });

  test('separators and the public prefix do not count', () => {
    expect(weak('0123-4567-89ab-cdef-012', null)).toBe(true);
    const prefixed = wanted(['prefix_0123456789abcdef012'], 7);
    expect(lastingOf(lastingValues(prefixed)).built.weak).toEqual([0]);
  });
});

describe('the file', () => {
  const { file, tables } = known.built;

  test('holds no eight bytes of any value in any form', () => {
    const bytes = Buffer.from(file);
    const forms = [value, uuid].flatMap((text) => [
      text,
      Buffer.from(text).toString('hex'),
      base64(text),
      base64(`a${text}`),
      base64(`ab${text}`),
      Buffer.from(text, 'utf16le').toString('latin1'),
    ]);
    for (const form of forms) {
      for (let at = 0; at + 8 <= form.length; at += 1) {
        expect(bytes.includes(Buffer.from(form.slice(at, at + 8), 'latin1'))).toBe(false);
      }
    }
  });

  test('is what was written, and written again the same', () => {
    const read = readLasting(file);
    expect(read.ok && read.value).toEqual(tables);
    if (read.ok) expect(writeLasting(read.value)).toEqual(file);
  });

  test('is another one each time, since its keys are', () => {
    const again = lastingOf(lastingValues(wanted([value], 14))).built.file;
    const once = lastingOf(lastingValues(wanted([value], 14))).built.file;
    expect(again.length).toBe(once.length);
    expect(again).not.toEqual(once);
  });

  test('is refused with any bit turned, any byte missing, anything behind', () => {
    for (let at = 0; at < file.length; at += 7) {
      const turned = file.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << (at & 7));
      expect(readLasting(turned).ok).toBe(false);
    }
    for (const length of [0, 1, 20, 60, file.length - 17, file.length - 1])
      expect(readLasting(file.subarray(0, length)).ok).toBe(false);
    expect(readLasting(Uint8Array.from([...file, 0])).ok).toBe(false);
  });

  test('leaves nothing once it is wiped', () => {
    const read = readLasting(file);
    if (!read.ok) throw new Error('refused');
    wipeLasting(read.value);
    for (const part of [read.value.keys, read.value.windows, read.value.forms, read.value.targets])
      expect(part.every((byte) => byte === 0)).toBe(true);
  });
});
