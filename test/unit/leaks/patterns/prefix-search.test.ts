// The search of the engine finds what the plain one finds, at every alignment and at every edge, and hostile texts cost no more than
// others.
import { describe, expect, it } from 'vitest';
import { overlapBytes, type UnknownJudge } from '../../../../src/core/leaks/matching.ts';
import { isLed } from '../../../../src/core/leaks/patterns/leads.ts';
import { patternsFor } from '../../../../src/core/leaks/patterns/patterns.ts';
import { createPlainSearch } from '../../../../src/core/leaks/patterns/plain-search.ts';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';
import { isComposite } from '../../../../src/core/providers/take-apart.ts';
import { loadSearch } from '../../../support/prefix-bench.ts';
import { drawFrom, randomKey, randomText, type Draw } from '../../../support/random-keys.ts';
import { syntaxes } from '../../../support/syntaxes.ts';

const judge = patternsFor(builtInProviders, { generic: true, encoded: true });
const plain = createPlainSearch(judge);
const engine = loadSearch(judge);
const encoder = new TextEncoder();

const formats = builtInProviders.flatMap((provider) =>
  provider.formats
    .filter((format) => isLed(format) && !isComposite(format))
    .map((format) => ({ provider, format })),
);

/** One stretch of a text: a key in some syntax, something near it, words, noise. */
const stretch = (draw: Draw): string => {
  const { format, provider } = formats[draw(formats.length)] ?? formats[0]!;
  const syntax = syntaxes[draw(syntaxes.length)] ?? syntaxes[0]!;
  const variable = `${provider.id.toUpperCase().replace(/-/g, '_')}_${['KEY', 'TOKEN', 'SECRET', 'ID'][draw(4)] ?? ''}`;
  const key = randomKey(format, draw);
  const values = [
    key,
    key,
    key.slice(0, draw(key.length)),
    `${key.slice(0, 6)}${randomText(draw, ' -~', 20)}`,
    randomText(draw, '0-9A-Za-z', 8 + draw(40)),
    randomText(draw, '0-9a-f', [32, 40, 64][draw(3)] ?? 32),
    `postgres://u:${randomText(draw, '0-9A-Za-z', 3 + draw(12))}@h${draw(9)}.acme.io/x`,
    'nothing',
  ];
  return syntax.write(values[draw(values.length)] ?? '', variable);
};

describe('the engine', () => {
  it('finds what the plain search finds, in mixed texts at every alignment', () => {
    const draw = drawFrom(101);
    let found = 0;
    for (let round = 0; round < 120; round += 1) {
      const text = Array.from({ length: 1 + draw(12) }, () => stretch(draw)).join(
        ['\n', ' ', ''][draw(3)] ?? '',
      );
      const bytes = encoder.encode(text);
      const expected = plain(bytes);
      found += expected.length;
      expect({ text, matches: engine.search(bytes, { offset: draw(64) }) }).toEqual({
        text,
        matches: expected,
      });
    }
    expect(found).toBeGreaterThan(200);
  });

  it('finds every literal of the catalogue wherever it stands in a block, first and last of the text included', () => {
    const draw = drawFrom(103);
    for (const { format } of formats) {
      const key = randomKey(format, draw);
      const bytes = encoder.encode(key);
      const expected = plain(bytes);
      for (let offset = 0; offset < 17; offset += 1)
        expect(engine.search(bytes, { offset }).map(({ start, end }) => [start, end])).toEqual(
          expected.map(({ start, end }) => [start, end]),
        );
    }
  });

  it('reads nothing of what lies behind the text', () => {
    const key = encoder.encode(
      randomKey(formats.find(({ format }) => format.id === 'classic')!.format, drawFrom(5)),
    );
    expect(engine.search(key).length).toBe(1);
    expect(engine.search(key.subarray(0, key.length - 1))).toEqual([]);
    expect(engine.search(key.subarray(0, 4))).toEqual([]);
    expect(engine.search(new Uint8Array())).toEqual([]);
  });

  it('leaves to the next chunk what begins there', () => {
    const draw = drawFrom(107);
    const key = randomKey(formats[0]!.format, draw);
    const bytes = encoder.encode(`${'a '.repeat(50)}${key} `);
    expect(engine.search(bytes, { until: 100 })).toEqual([]);
    expect(engine.search(bytes, { until: 101 }).length).toBe(1);
  });

  it('goes on where there were more places than it has room for', () => {
    const draw = drawFrom(109);
    const keys = Array.from({ length: 20_000 }, () => `ghp_${randomText(draw, '0-9A-Za-z', 36)}`);
    const matches = engine.search(encoder.encode(keys.join('\n')));
    expect(matches.length).toBeGreaterThan(19_980);
    expect(new Set(matches.map(({ start }) => start)).size).toBe(matches.length);
    // Random letters spell `pwd` now and then.
    expect(engine.candidates() - 20_000).toBeLessThan(100);
  });

  it('agrees in bytes that are no text', () => {
    const draw = drawFrom(113);
    for (let round = 0; round < 30; round += 1) {
      const bytes = Uint8Array.from({ length: 20_000 }, () => draw(256));
      const key = encoder.encode(randomKey(formats[draw(formats.length)]!.format, draw));
      bytes.set([0, ...key, 0], 5_000 + draw(1_000));
      expect(engine.search(bytes, { offset: draw(16) })).toEqual(plain(bytes));
    }
  });
});

describe('hostile texts of 100 KB', () => {
  const size = 100_000;
  const fill = (text: string): Uint8Array =>
    encoder.encode(text.repeat(Math.ceil(size / text.length)).slice(0, size));

  /** Counts what a judge is asked and how far it looks. */
  const counted = () => {
    const counts = { asked: 0, furthest: 0 };
    const counting: UnknownJudge = {
      ...judge,
      judge: (bytes, at, prefix) => {
        counts.asked += 1;
        const watched = new Proxy(bytes, {
          get: (target, name) => {
            if (name === 'subarray')
              return (from: number, to: number) => {
                counts.furthest = Math.max(counts.furthest, at - from, to - at);
                return target.subarray(from, to);
              };
            const value: unknown = Reflect.get(target, name, target);
            return value;
          },
        });
        return judge.judge(watched, at, prefix);
      },
    };
    return { counts, search: loadSearch(counting) };
  };

  it.each([
    ['beginnings of keys', 'ghp_', 0],
    ['beginnings without an end', 'sk-ant-api03-', size / 13],
    ['keys in one another', `ghp_${'a1B2'.repeat(9)}`, size / 40],
    ['names of secrets', 'password', 0],
    ['names before names', 'token=', 0],
    ['values before values', 'token=a1b2c3d4 ', size / 15],
    ['addresses', 'postgres://u:p4ss@', size / 9],
    ['addresses without an end', 'postgres://', 0],
    ['private keys without a body', '-----BEGIN PRIVATE KEY-----', size / 27],
    ['quotes and signs', `key="':=,\\"`, 0],
    ['the parts of a token', '.atlasv1.', size / 9],
    ['base64 without an end', 'QUJD', 0],
  ])('%s: at most so many places are judged, none of them far', (_, text, most) => {
    const { counts, search } = counted();
    search.search(fill(text));
    expect(counts.asked).toBeLessThanOrEqual(Math.ceil(most) + 1);
    expect(counts.furthest).toBeLessThanOrEqual(overlapBytes);
  });

  it('one private key of 100 KB is read no further than a chunk’s overlap', () => {
    const { counts, search } = counted();
    const draw = drawFrom(3);
    search.search(encoder.encode(`-----BEGIN PRIVATE KEY-----\n${randomText(draw, '0-9A-Za-z+/', size)}`));
    expect(counts.asked).toBe(1);
    expect(counts.furthest).toBeLessThanOrEqual(overlapBytes);
  });
});
