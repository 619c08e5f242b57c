// The small parts of the vault format, each against known values or its own definition.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAt, fromHex, readU64, toHex, toHexEach, writeU64 } from '../../../src/core/vault/bytes.ts';
import { canonicalJson } from '../../../src/core/vault/canonical-json.ts';
import { associatedData } from '../../../src/core/vault/envelope.ts';
import { calibrateKdf, checkKdfParams, kdfCeiling, kdfFloor } from '../../../src/core/vault/kdf-params.ts';
import {
  entryCount,
  findEntry,
  isLeafSound,
  matchesPairs,
  withEntry,
  withoutEntry,
} from '../../../src/core/vault/leaves.ts';
import { pad, paddedLength, unpad } from '../../../src/core/vault/padding.ts';
import { passwordBytes } from '../../../src/core/vault/password-bytes.ts';
import {
  formatRecoveryCode,
  makeRecoveryCode,
  parseRecoveryCode,
  recoveryAlphabet,
  recoveryProgress,
} from '../../../src/core/vault/recovery-code.ts';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { JsonValue } from '../../../src/core/model/json.ts';
import { paddedLengthByThePage } from '../../support/vault/independent-reader.ts';
import { errorOf, must, secretText, textOf } from '../../support/vault/vault-kit.ts';

describe('padding', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        expect(unpad(pad(content))).toEqual(content);
      }),
    );
  });

  it('gives lengths that only the size class decides, as the page computes them', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), (length) => {
        expect(paddedLength(length)).toBe(paddedLengthByThePage(length));
        expect(paddedLength(length)).toBeGreaterThan(length);
        expect(paddedLength(length)).toBeLessThanOrEqual(Math.max(128, length * 1.13 + 64));
      }),
    );
    expect([0, 20, 127, 128, 200, 1023, 1024, 1100, 1_000_000].map(paddedLength)).toEqual([
      128, 128, 128, 192, 256, 1024, 1088, 1152, 1_015_808,
    ]);
  });

  it('refuses padding that it would not write', () => {
    expect(unpad(new Uint8Array(128))).toBeNull();
    expect(unpad(Uint8Array.of(0x80, ...new Uint8Array(191)))).toBeNull();
    expect(unpad(new Uint8Array(0))).toBeNull();
    expect(unpad(Uint8Array.of(...new Uint8Array(126), 0x80, 1))).toBeNull();
  });
});

describe('canonical JSON', () => {
  it('is RFC 8785: sorted by UTF-16 code units, no white space, shortest numbers', () => {
    expect(canonicalJson({ '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
    expect(canonicalJson([1e30, 4.5, 0.002, 1e-27, -0, 333333333.3333333])).toBe(
      '[1e+30,4.5,0.002,1e-27,0,333333333.3333333]',
    );
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  it('is the same text for the same value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value as JsonValue);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON cannot carry', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, 'half \ud800 a character', { a: () => 1 }, 10n];
    for (const value of odd) expect(() => canonicalJson(value as JsonValue)).toThrow(RangeError);
    let deep: JsonValue = 1;
    for (let level = 0; level < 70; level += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(RangeError);
  });
});

describe('recovery code', () => {
  const code = makeRecoveryCode(Uint8Array.from({ length: 26 }, (_, at) => at * 9 + 3));

  it('is 32 characters of the alphabet in eight groups', () => {
    expect(formatRecoveryCode(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(must(parseRecoveryCode(formatRecoveryCode(code)))).toBe(code);
  });

  it('is read in any case, with any separators and with lookalikes', () => {
    const typed = formatRecoveryCode(code)
      .toLowerCase()
      .replaceAll('-', ' – ')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    expect(must(parseRecoveryCode(`  ${typed}\n`))).toBe(code);
  });

  it('notices every change of up to four characters', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 26, maxLength: 26 }),
        fc.uniqueArray(fc.nat(31), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 4, maxLength: 4 }),
        (random, places, shifts) => {
          const characters = [...makeRecoveryCode(random)];
          for (const [at, place] of places.entries()) {
            const value = recoveryAlphabet.indexOf(characters[place] as string) ^ (shifts[at] as number);
            characters[place] = recoveryAlphabet[value] as string;
          }
          expect(parseRecoveryCode(characters.join('')).ok).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('says what is off', () => {
    expect(errorOf(parseRecoveryCode(code.slice(0, 30))).message).toContain('30 were given');
    expect(errorOf(parseRecoveryCode(`${code.slice(0, 4)}U${code.slice(5)}`)).message).toContain('Group 2');
    expect(errorOf(parseRecoveryCode([...code].reverse().join(''))).message).toContain('typing mistake');
    expect(recoveryProgress('abcd-e')).toEqual({ typed: 5 });
    expect(recoveryProgress('abcd-e!')).toEqual({ typed: 6, wrongGroup: 2 });
  });
});

describe('passwords', () => {
  it('are the same bytes however the keyboard composed their letters', () => {
    const composed = passwordBytes(secretText('Gr\u00fcn'));
    const decomposed = passwordBytes(secretText('Gru\u0308n'));
    expect(textOf(decomposed)).toBe(textOf(composed));
  });

  it('may be bytes that are no text', () => {
    const odd = SecretBytes.own(Uint8Array.of(0xff, 0xfe, 1));
    expect(passwordBytes(odd).use((bytes) => [...bytes])).toEqual([0xff, 0xfe, 1]);
  });
});

describe('integers and hexadecimal', () => {
  it('go there and back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ maxLength: 40 }), (value, bytes) => {
        const written = new Uint8Array(10);
        writeU64(written, 1, value);
        expect(readU64(written, 1)).toBe(value);
        expect(new DataView(written.buffer).getBigUint64(1)).toBe(BigInt(value));
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(toHexEach(bytes, 4, 3)).toEqual(
          Array.from({ length: bytes.length >> 2 }, (_, at) => toHex(bytes, at * 4, 3)),
        );
      }),
    );
  });

  it('refuse what they would not write', () => {
    expect(readU64(new Uint8Array(8).fill(0xff), 0)).toBeNaN();
    for (const text of ['a', 'AB', 'zz', '0x', ' 0']) expect(fromHex(text)).toBeNull();
  });
});

describe('associated data', () => {
  it('is the 61 bytes of the page', () => {
    const id = Uint8Array.from({ length: 16 }, (_, at) => at);
    expect(toHex(associatedData(new Uint8Array(16).fill(0xaa), 'secret', id, 258))).toBe(
      `${Buffer.from('keyturn/v1/record').toString('hex')}00020001${'aa'.repeat(16)}000102030405060708090a0b0c0d0e0f0000000000000102`,
    );
  });
});

describe('leaves', () => {
  const entry = fc.record({
    id: fc.uint8Array({ minLength: 15, maxLength: 15 }).map((rest) => Uint8Array.of(7, ...rest)),
    revision: fc.integer({ min: 1, max: 1000 }),
    tag: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    isRemoval: fc.boolean(),
  });

  it('behave as a sorted map', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (steps) => {
        const model = new Map<string, (typeof steps)[number]>();
        let list: Uint8Array = new Uint8Array(0);
        for (const step of steps) {
          if (step.isRemoval) model.delete(toHex(step.id));
          else model.set(toHex(step.id), step);
          list = step.isRemoval ? withoutEntry(list, step.id) : withEntry(list, step);
        }
        expect(entryCount(list)).toBe(model.size);
        expect(list.length === 0 || isLeafSound(list, 7)).toBe(true);
        for (const { id, revision, tag } of model.values())
          expect(findEntry(list, id)).toEqual({ id, revision, tag });
        const sorted = [...model.values()].sort((left, right) => compareAt(left.id, 0, right.id, 0, 16));
        const pairs = Uint8Array.from(sorted.flatMap(({ id, tag }) => [...id, ...tag]));
        expect(matchesPairs(list, pairs)).toBe(true);
        const other = pairs.map((byte, at) => (at === pairs.length - 1 ? byte ^ 1 : byte));
        expect(matchesPairs(list, other)).toBe(pairs.length === 0);
      }),
    );
  });
});

describe('cost of the derivation', () => {
  it('is refused below the floor and above the ceiling', () => {
    expect(checkKdfParams(kdfFloor).ok && checkKdfParams(kdfCeiling).ok).toBe(true);
    for (const params of [
      { memoryKiB: 65_535, passes: 3 },
      { memoryKiB: 65_536, passes: 1 },
      { memoryKiB: 4_294_967_295, passes: 3 },
      { memoryKiB: 65_536, passes: 65 },
    ])
      expect(errorOf(checkKdfParams(params)).kind).toBe('damaged');
  });

  const machine = (msPerMiBPass: number, memoryLimitKiB: number, targetMs = 1000) => {
    let nowMs = 0;
    const derive = async (
      _: unknown,
      _salt: unknown,
      { memoryKiB, passes }: { readonly memoryKiB: number; readonly passes: number },
    ) => {
      if (memoryKiB > memoryLimitKiB) throw new Error('no memory');
      nowMs += (memoryKiB / 1024) * passes * msPerMiBPass;
      return SecretBytes.own(new Uint8Array(32));
    };
    const kdf = { derive, implementation: 'native' as const, targetMs, memoryLimitKiB: 1_048_576 };
    return { kdf, clock: { nowMs: () => 0, monotonicMs: () => nowMs } };
  };

  it('is raised in memory first, then in passes, to about the time aimed at', async () => {
    const fast = machine(0.5, 1_048_576);
    expect(await calibrateKdf(fast.kdf, fast.clock)).toEqual({ memoryKiB: 524_288, passes: 3 });
    const faster = machine(0.1, 1_048_576);
    expect(await calibrateKdf(faster.kdf, faster.clock)).toEqual({ memoryKiB: 1_048_576, passes: 9 });
    const slow = machine(20, 1_048_576);
    expect(await calibrateKdf(slow.kdf, slow.clock)).toEqual({ memoryKiB: 65_536, passes: 3 });
  });

  it('stops where the memory is not to be had', async () => {
    const small = machine(0.1, 131_072);
    expect((await calibrateKdf(small.kdf, small.clock)).memoryKiB).toBe(131_072);
  });
});
