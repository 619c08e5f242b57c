// What is shown of a line around a match: words and names, never what may be a value, nothing that steers a terminal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLine, type MaskedLine } from '../../../src/core/leaks/mask-line.ts';
import { neutralise, neutraliseText } from '../../../src/core/leaks/neutralise.ts';
import { keyBeginnings } from '../../../src/core/providers/key-beginnings.ts';
import { literalPrefixOf } from '../../../src/core/providers/pattern.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { drawFrom, randomKey } from '../../support/random-keys.ts';

const encoder = new TextEncoder();
const dots = '••••••••';

/** The line around what stands between « and ». */
const around = (text: string): MaskedLine => {
  const bytes = encoder.encode(text.replace(/[«»]/g, ''));
  const start = encoder.encode(text.slice(0, text.indexOf('«'))).length;
  const end = encoder.encode(text.slice(0, text.indexOf('»')).replace('«', '')).length;
  return maskLine(bytes, { start, end });
};

describe('the line around a match', () => {
  it('keeps words, names and signs', () => {
    expect(around('const stripeClient = new Stripe("«value»", { apiVersion: 2 });')).toEqual({
      before: 'const stripeClient = new Stripe("',
      after: '", { apiVersion: 2 });',
    });
    expect(around('  export OPENAI_KEY=«value» # of the team, since 2026-01-31')).toEqual({
      before: 'export OPENAI_KEY=',
      after: ' # of the team, since 2026-01-31',
    });
  });

  it('ends at line breaks of every kind', () => {
    expect(around('above\nkey: «value»\nbelow')).toEqual({ before: 'key: ', after: '' });
    expect(around('above\r\nkey: «value»\r\nbelow')).toEqual({ before: 'key: ', after: '' });
  });

  it('masks what looks random, wherever it stands', () => {
    expect(around('a=9f8e7d6c5b4a «value» zXqLmTwPbV 1234567890')).toEqual({
      before: `a=${dots} `,
      after: ` ${dots} ${dots}`,
    });
  });

  it('masks a word behind a name that announces a value, and all of a quoted sentence', () => {
    expect(around('user=«value» password=sunflower login').after).toBe(` password=${dots} login`);
    expect(around('-H "Authorization: Bearer sunflower" -H "x: «value»"').before).toBe(
      `-H "Authorization: ${dots} ${dots}" -H "x: `,
    );
    expect(around('{"password": "green horse, battery", "key": "«value»"}').before).toBe(
      `{"password": "${dots} ${dots}, ${dots}", "key": "`,
    );
  });

  it('masks what touches the match: it may be the rest of it', () => {
    expect(around('abc«value»de f')).toEqual({ before: dots, after: `${dots} f` });
  });

  it('masks other matches that it is told of', () => {
    const bytes = encoder.encode('login alice sunflower value');
    expect(maskLine(bytes, { start: 22, end: 27 }, [{ start: 12, end: 21 }]).before).toBe(
      `login alice ${dots} `,
    );
  });

  it('shows at most sixty characters of either side, counted whole', () => {
    const { before, after } = around(`${'word 😀 '.repeat(40)}«value»${' 😀 word'.repeat(40)}`);
    expect([...before].length).toBe(60);
    expect([...after].length).toBe(60);
    expect(before.endsWith('word 😀 ')).toBe(true);
  });

  it('masks the one endless run of a minified line', () => {
    const { before, after } = around(`${'ab'.repeat(5000)}.«value».${'ab'.repeat(5000)}`);
    expect([before, after]).toEqual([dots, dots]);
  });

  it('reads UTF-16 as text', () => {
    const bytes = new Uint8Array(Buffer.from('name=sunny key=value rest', 'utf16le'));
    expect(maskLine(bytes, { start: 30, end: 40 })).toEqual({ before: 'name=sunny key=', after: ' rest' });
  });

  it('neutralises escapes of terminals, directions and broken UTF-8', () => {
    const bytes = Uint8Array.of(
      0x1b,
      0x5b,
      0x33,
      0x31,
      0x6d,
      0x20,
      0xe2,
      0x80,
      0xae,
      0xff,
      0x20,
      0x76,
      0x20,
      0x07,
    );
    expect(maskLine(bytes, { start: 11, end: 12 })).toEqual({
      before: '\\x1b[31m \\xe2\\x80\\xae\\xff ',
      after: ' \\x07',
    });
  });

  it('never shows six characters of another key on the same line', () => {
    const formats = builtInProviders.flatMap(({ formats }) =>
      formats.filter(
        ({ match, sensitivity, pattern }) =>
          match === 'prefix' && sensitivity === 'secret' && 'parts' in pattern,
      ),
    );
    const separators = ['", "', ' ', ' KEY=', '\\n', '&token=', ': ', '|', '\t', '<b>'];
    const draw = drawFrom(7);
    for (const format of formats)
      for (const separator of separators) {
        const key = randomKey(format, draw);
        const mine = 'V'.repeat(20);
        const { before } = maskLine(encoder.encode(`${key}${separator}${mine}`), {
          start: key.length + separator.length,
          end: key.length + separator.length + 20,
        });
        const { after } = maskLine(encoder.encode(`${mine}${separator}${key}`), { start: 0, end: 20 });
        const hidden = key.slice(format.publicLength);
        for (let at = 0; at + 6 <= hidden.length; at += 1)
          expect(`${before} ${after}`).not.toContain(hidden.slice(at, at + 6));
      }
  });
});

describe('neutral text', () => {
  it('leaves visible characters of every script alone', () => {
    for (const text of ['src/größe/文件.ts', 'a b', 'ключ', '🔑'])
      expect(neutralise(encoder.encode(text))).toBe(text);
  });

  it('writes out controls, directions, zero widths and bytes that are no UTF-8', () => {
    expect(neutralise(Uint8Array.of(0x61, 0x0a, 0xc3, 0x28, 0xed, 0xa0, 0x80))).toBe(
      'a\\x0a\\xc3(\\xed\\xa0\\x80',
    );
    expect(neutraliseText('a\u202eb\u200bc\u0000\u009b\ue000\u2028')).toBe(
      'a\\xe2\\x80\\xaeb\\xe2\\x80\\x8bc\\x00\\xc2\\x9b\\xee\\x80\\x80\\xe2\\x80\\xa8',
    );
  });

  it('gives nothing that a terminal would obey, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(neutralise(bytes)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('the beginnings of keys that a line is masked by', () => {
  it('are those of the catalogue, of three characters and more', () => {
    const all = builtInProviders.flatMap(({ formats }) =>
      formats.map(({ pattern }) => literalPrefixOf(pattern)),
    );
    const wanted = [...new Set(all)].filter((beginning) => beginning.length >= 3).sort();
    expect(keyBeginnings).toEqual(wanted);
  });
});
