// Where a value stands in the bytes of a file, in whatever form: what is replaced there must be all of it and nothing else.
import { describe, expect, it } from 'vitest';
import { spansOfValue } from '../../../src/agent/leaks/locate-known.ts';
import { sampleKey } from '../../support/key-samples.ts';

const value = sampleKey('circa', 'live', 11);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const found = (text: string | Uint8Array): string[] => {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  return spansOfValue(bytes, bytesOf(value)).map(({ start, end }) =>
    Buffer.from(bytes.subarray(start, end)).toString(),
  );
};

describe('the places of a value', () => {
  it('are found where it stands as it is, each once', () => {
    expect(found(`a = "${value}"\nb = ${value};`)).toEqual([value, value]);
  });

  it.each([
    ['hexadecimal', Buffer.from(value).toString('hex')],
    ['base64', Buffer.from(value).toString('base64').replace(/=+$/, '')],
    ['over two lines', `${value.slice(0, 21)}\\\n${value.slice(21)}`],
    ['joined literals', `${value.slice(0, 17)}" + "${value.slice(17)}`],
    [
      'escaped',
      [...value]
        .map((char, at) => (at % 9 === 8 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char))
        .join(''),
    ],
  ])('are found in another form: %s', (_form, text) => {
    const [first, ...others] = found(`x = "${text}" # end`);
    expect(others).toEqual([]);
    // Of base64 the last character may hold bits of what follows.
    expect(text.startsWith(first ?? '-')).toBe(true);
    expect((first ?? '').length).toBeGreaterThanOrEqual(text.length - 1);
  });

  it('are found in UTF-16', () => {
    const bytes = Buffer.from(`k=${value}\r\n`, 'utf16le');
    expect(found(bytes)).toEqual([Buffer.from(value, 'utf16le').toString()]);
  });

  it('are none where a character is another', () => {
    const last = value.endsWith('a') ? 'b' : 'a';
    expect(found(`"${value.slice(0, -1)}${last}"`)).toEqual([]);
  });
});
