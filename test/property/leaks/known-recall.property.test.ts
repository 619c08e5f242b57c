// No known value is missed: values of every format of the catalogue, in every context, cut anywhere. Each text is one segment of a
// file; a segment without its value fails.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { samplesOf } from '../../support/key-samples.ts';
import { contexts, cuts } from '../../support/leaks/contexts.ts';
import { knownOf } from '../../support/leaks/known.ts';

const seed = Number(process.env['KEYTURN_SEED'] ?? 7);
const formats = builtInProviders.flatMap((provider) =>
  provider.formats
    .filter(({ sensitivity, document }) => sensitivity === 'secret' && document !== true)
    .map((format) => ({ name: `${provider.id}/${format.id}`, format })),
);
/** Words of JavaScript that fast-check likes to put into texts: a value that repeats one is like no key. */
const words = /propertyIs|toString|valueOf|hasOwn|constructor|prototype|__def|__look|toLocale/i;
const samples = formats
  .flatMap(({ name, format }, index) =>
    fc
      .sample(samplesOf(format), { numRuns: 1, seed: seed + index })
      // Of one line, and without the quotes that several of the contexts would end with.
      .filter(
        (value) =>
          value.length >= 15 && value.length <= 1_000 && !/[\s"'`\\]/.test(value) && !words.test(value),
      )
      .map((value) => ({ name, value, publicLength: format.publicLength, slot: 0 })),
  )
  .map((sample, slot) => ({ ...sample, slot }));
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('');
/** Values that a bare line break can cut anywhere: of the signs that keys have, not of all that a password in a URL may. */
const keyLike = samples.filter(({ value }) => /^[A-Za-z0-9_+/=.~:@-]+$/.test(value));
const known = knownOf(
  samples.map(({ value, publicLength }, slot) => ({
    slot,
    publicLength,
    bytes: new TextEncoder().encode(value),
  })),
);

/** Ends whatever stood before: no join reaches over it. */
const border = '\n;\n;{}\n;\n';

type Segment = { readonly slot: number; readonly label: string; readonly text: string };

/** Labels of segments whose value was not found, or under a name it should not have. */
const missed = (
  segments: readonly Segment[],
  encodings: readonly string[],
  wide = false,
): readonly string[] => {
  let at = 0;
  const starts = segments.map(({ text }) => {
    const start = at;
    at += Buffer.byteLength(text) + border.length;
    return start;
  });
  const file = segments.map(({ text }) => text).join(border);
  const width = wide ? 2 : 1;
  const matches = known.find(wide ? Buffer.from(file, 'utf16le') : file);
  return segments
    .filter(({ slot }, index) => {
      const [from, to] = [
        width * (starts[index] ?? 0),
        width * (starts[index + 1] ?? Number.MAX_SAFE_INTEGER),
      ];
      return !matches.some(
        (match) =>
          match.slot === slot && match.start >= from && match.end <= to && encodings.includes(match.encoding),
      );
    })
    .map(({ label }) => label);
};

test('samples of nearly every format', () => {
  expect(new Set(samples.map(({ name }) => name)).size).toBeGreaterThan(95);
});

describe.each(contexts)('$name', ({ write, encodings, holds }) => {
  const held = samples.filter(({ value }) => holds?.test(value) ?? true);
  test('holds each value, and it is found', () => {
    const segments = held.map(({ name, value, slot }) => ({ slot, label: name, text: write(value) }));
    expect(missed(segments, encodings)).toEqual([]);
  });

  test('in a file of UTF-16', () => {
    const segments = held.map(({ name, value, slot }) => ({ slot, label: name, text: write(value) }));
    expect(missed(segments, [...encodings, 'utf-16'], true)).toEqual([]);
  });
});

describe.each(cuts)('cut by $name', ({ before, glue, after, spell = (piece) => piece }) => {
  test('at every place', () => {
    for (const { slot, name, value } of keyLike) {
      const segments = Array.from({ length: value.length - 1 }, (_, index) => ({
        slot,
        label: `${name} at ${index + 1} of ${value.length}`,
        text: `${before}${spell(value.slice(0, index + 1))}${glue}${spell(value.slice(index + 1))}${after}`,
      }));
      // An n before what begins with \n is read as the letter of an escape, or as itself.
      expect(missed(segments, ['joined', 'escaped', 'plain'])).toEqual([]);
    }
  });

  test('into any pieces', () => {
    const many = fc.tuple(
      fc.nat(keyLike.length - 1),
      fc.array(fc.nat(10_000), { minLength: 1, maxLength: 9 }),
    );
    const segments = fc.sample(many, { numRuns: 500, seed }).flatMap(([which, numbers]) => {
      const { name, value, slot } = keyLike[which]!;
      const places = [...new Set(numbers.map((number) => 1 + (number % (value.length - 1))))].sort(
        (a, b) => a - b,
      );
      const pieces = [0, ...places].map((place, index) => value.slice(place, places[index]));
      return [
        {
          slot,
          label: `${name} at ${places.join(' ')}`,
          text: `${before}${pieces.map(spell).join(glue)}${after}`,
        },
      ];
    });
    // An n before what begins with \n is read as the letter of an escape, or as itself.
    expect(missed(segments, ['joined', 'escaped', 'plain'])).toEqual([]);
  });
});

describe('values shorter than a window with room on both sides', () => {
  const lengths = [8, 9, 11, 13, 16, 18, 20];
  const short = lengths.map((length, slot) => {
    const value = fc.sample(
      fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length }),
      {
        numRuns: 50,
        seed: seed + slot,
      },
    );
    // What windows of one character alone would be looked for everywhere.
    return value.find((each) => new Set(each).size > each.length / 2) ?? '';
  });
  // Each in tables of its own, since the shortest decides how all are looked for.
  const alone = short.map((value) =>
    knownOf([{ slot: 0, publicLength: 0, bytes: new TextEncoder().encode(value) }]),
  );

  test.each(cuts)('cut by $name, at every place', ({ before, glue, after }) => {
    for (const [which, value] of short.entries()) {
      const lost = Array.from({ length: value.length - 1 }, (_, index) => index + 1).filter((place) => {
        const text = `${border}${before}${value.slice(0, place)}${glue}${value.slice(place)}${after}${border}`;
        return alone[which]?.find(text).length !== 1;
      });
      expect(lost.map((place) => `${value.length} characters at ${place}`)).toEqual([]);
    }
  });
});

describe('base64 that is wrapped', () => {
  test.each([64, 76])('at %i, with the value anywhere in the lines', (columns) => {
    for (const { slot, name, value } of samples) {
      const segments = Array.from({ length: columns }, (_, before) => {
        const encoded = Buffer.from(`${'x'.repeat(before)}${value}${'y'.repeat(40)}`).toString('base64');
        const lines = encoded.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
        return {
          slot,
          label: `${name} behind ${before}`,
          text: lines.join(before % 2 === 0 ? '\n' : '\r\n'),
        };
      });
      expect(missed(segments, ['base64', 'base64url'])).toEqual([]);
    }
  });
});

test('texts that hold none of the values give no match', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 2_000 }), { maxLength: 20 }), (texts) => {
      expect(known.find(texts.join('\n'))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a value with one character changed is no match', () => {
  for (const { slot, value } of samples.filter(({ value }) => value.length < 200)) {
    const texts = [...value].map((character, at) => {
      const other = character === 'A' ? 'B' : 'A';
      return `${value.slice(0, at)}${other}${value.slice(at + 1)}`;
    });
    const matches = known.find(texts.join(border)).filter((match) => match.slot === slot);
    expect(matches).toEqual([]);
  }
});
