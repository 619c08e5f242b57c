// What is typed into a password field, kept as code points: every way of typing gives what a string would have given.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../../src/renderer/lib/show-bytes.ts';
import { createSecretText } from '../../../src/renderer/ui/secret-text.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const edit = fc.tuple(fc.nat(40), fc.nat(10), fc.string({ unit: 'binary', maxLength: 8 }));

describe('a secret text', () => {
  it('is what a list of characters would be after the same changes, and gives its UTF-8', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), (edits) => {
        const text = createSecretText();
        const model: string[] = [];
        for (const [where, length, put] of edits) {
          const start = where % (model.length + 1);
          const end = Math.min(model.length, start + length);
          const caret = text.replace(start, end, put);
          model.splice(start, end - start, ...put);
          expect(caret).toBe(start + [...put].length);
        }
        expect(text.length()).toBe(model.length);
        expect(Buffer.from(text.bytes()).equals(Buffer.from(encode(model.join(''))))).toBe(true);
        expect(text.show()).toBe(model.join('').toWellFormed());
      }),
    );
  });

  it('takes no more than it has room for, and is empty once cleared', () => {
    const text = createSecretText();
    text.replace(0, 0, 'x'.repeat(3_000));
    expect(text.length()).toBe(1_024);
    text.replace(1_000, 1_024, 'yz');
    expect(text.length()).toBe(1_002);
    text.clear();
    expect(text.bytes()).toEqual(new Uint8Array(0));
  });
});

describe('bytes on the screen', () => {
  it('are the characters that they stand for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = String.fromCodePoint(...codePoints(encode(text)));
        expect(shown).toBe(text.toWellFormed());
      }),
    );
    expect(
      [...codePoints(Uint8Array.of(0x61, 0xff, 0x62, 0xe2, 0x82))].filter((point) => point === 0xfffd).length,
    ).toBe(2);
  });
});
