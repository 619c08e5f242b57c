// The sealed passage: what is sealed for one end opens there, whole and unchanged, and nowhere else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeBytes,
  isSealed,
  openPassage,
  sealableAnswers,
  sealedOverhead,
  sealFor,
} from '../../../src/contract/passage.ts';
import { specOf, type CallName } from '../../../src/contract/contract.ts';

const { subtle } = globalThis.crypto;

describe('the sealed passage', () => {
  it('gives back what was sealed, of any length, and leaves the bytes that were given', async () => {
    const end = await openPassage(subtle);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const before = bytes.slice();
        const sealed = await sealFor(subtle, end.publicKey, bytes);
        expect(bytes).toEqual(before);
        expect(isSealed(sealed)).toBe(true);
        expect(sealed.length).toBe(bytes.length + sealedOverhead);
        expect(Buffer.from((await end.open(sealed)) ?? [1, 2, 3]).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('shows nothing of it, and never the same twice', async () => {
    const end = await openPassage(subtle);
    const bytes = new Uint8Array(64).fill(0x61);
    const [left, right] = [
      await sealFor(subtle, end.publicKey, bytes),
      await sealFor(subtle, end.publicKey, bytes),
    ];
    expect(Buffer.from(left).includes('aaa')).toBe(false);
    expect(Buffer.from(left.slice(73)).equals(Buffer.from(right.slice(73)))).toBe(false);
  });

  it('opens nothing that was sealed for another, changed by one bit, or is no sealed value', async () => {
    const [mine, other] = [await openPassage(subtle), await openPassage(subtle)];
    const sealed = await sealFor(subtle, mine.publicKey, new Uint8Array(20).fill(7));
    expect(await other.open(sealed)).toBeNull();
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = sealed.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(await mine.open(changed)).toBeNull();
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await mine.open(bytes)).toBeNull();
      }),
      { numRuns: 40 },
    );
    expect(await mine.open(sealed.slice(0, -1))).toBeNull();
  });

  it('changes every byte array of an input and nothing else', async () => {
    const input = {
      password: Uint8Array.of(1),
      fields: [{ name: 'a', value: Uint8Array.of(2) }],
      note: 'x',
      none: null,
    };
    const changed = await changeBytes(input, (bytes) => Promise.resolve(Uint8Array.of((bytes[0] ?? 0) + 10)));
    expect(changed?.value).toEqual({
      password: Uint8Array.of(11),
      fields: [{ name: 'a', value: Uint8Array.of(12) }],
      note: 'x',
      none: null,
    });
    expect(input.password).toEqual(Uint8Array.of(1));
    expect(await changeBytes(input, () => Promise.resolve(null))).toBeNull();
  });

  it('knows every call that answers the window or the shell with a secret', () => {
    for (const name of Object.keys(sealableAnswers)) {
      expect(specOf(name as CallName).returnsSecret, name).toBe(true);
    }
  });
});
