// Judging a place is total: whatever the bytes and wherever it is asked, the answer is nothing or a match within the bytes, and what is
// shown of the line around it holds nothing of the value.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLine } from '../../../src/core/leaks/mask-line.ts';
import { patternsFor } from '../../../src/core/leaks/patterns/patterns.ts';
import { createPlainSearch } from '../../../src/core/leaks/patterns/plain-search.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { drawFrom, randomText } from '../../support/random-keys.ts';

const judge = patternsFor(builtInProviders, { generic: true, encoded: true });
const search = createPlainSearch(judge);
const encoder = new TextEncoder();

/** Pieces that lead the judge far into its rules, in any order. */
const pieces = fc.oneof(
  fc.constantFrom(...judge.prefixes.map(({ text }) => text)),
  fc.constantFrom(
    '-----BEGIN ',
    '-----END ',
    'PRIVATE KEY-----',
    '\\n',
    '="',
    '": "',
    ':',
    '@',
    '%3D',
    '\u001b[31m',
    '…',
    '***',
  ),
  fc.stringMatching(/^[0-9A-Za-z_+/=-]{1,60}$/),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => encoder.encode(parts.join('')));

describe('judging', () => {
  it('any bytes at any place gives nothing or a match within them', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (bytes, at, prefix) => {
        const match = judge.judge(bytes, at % (bytes.length + 1), prefix % judge.prefixes.length);
        if (match === null) return;
        expect(match.start).toBeGreaterThanOrEqual(0);
        expect(match.end).toBeLessThanOrEqual(bytes.length);
        expect(match.start).toBeLessThan(match.end);
        expect(judge.maskOf(bytes, match).length).toBeLessThan(40);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a text gives matches in order that do not overlap', () => {
    fc.assert(
      fc.property(texts, (bytes) => {
        let reached = 0;
        for (const { start, end } of search(bytes)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          reached = end;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('the line around a match holds nothing of a second copy of it', () => {
    const draw = drawFrom(1);
    fc.assert(
      fc.property(
        fc.constantFrom(' ', '", "', '&b=', '|', '\t', '\\n', '<br>', ', '),
        texts,
        (between, noise) => {
          const value = `ghp_${randomText(draw, '0-9A-Za-z', 36)}`;
          const line = encoder.encode(`k="${value}${between}${value}" `);
          const bytes = new Uint8Array([...line, ...noise]);
          const { before, after } = maskLine(bytes, { start: 3, end: 3 + value.length });
          for (let from = 4; from + 6 <= value.length; from += 1)
            expect(`${before}\u0000${after}`).not.toContain(value.slice(from, from + 6));
        },
      ),
      { numRuns: 500 },
    );
  });
});
