// For every provider file, whatever its number: samples made from its formats are recognised however they are wrapped, no
// two providers claim one value silently, masks keep the secret, and hostile text costs little.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorScanner } from '../../../src/core/providers/anchor-scan.ts';
import { findAssignments } from '../../../src/core/providers/assignments.ts';
import { findPrefixed } from '../../../src/core/providers/find-prefixed.ts';
import type { KeyFormat } from '../../../src/core/providers/format.ts';
import { maskField, maskValue, shownLength } from '../../../src/core/providers/mask.ts';
import {
  bitsBeyond,
  compilePattern,
  fitsFormat,
  literalPrefixOf,
} from '../../../src/core/providers/pattern.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import { isComposite } from '../../../src/core/providers/take-apart.ts';
import { readRange } from '../../../src/core/providers/text-range.ts';
import { samplesOf } from '../../support/key-samples.ts';

// A hundred formats times dozens of values: a value that happens to look like two things turns up once in a few hundred runs. The same
// values each time in `npm test`, others each night.
if (process.env['KEYTURN_LONG'] !== '1') fc.configureGlobal({ seed: 20_261_122 });

const formats = builtInProviders.flatMap((provider) =>
  provider.formats.map((format) => ({ provider, format })),
);
const prefixed = formats.filter(({ format }) => format.match === 'prefix');
const shaped = formats.filter(({ format }) => format.match === 'shape');
const named = <T extends (typeof formats)[number]>(entries: readonly T[]): readonly [string, T][] =>
  entries.map((entry) => [`${entry.provider.id}/${entry.format.id}`, entry]);

const syntaxes: Readonly<Record<string, (value: string) => string>> = {
  bare: (value) => value,
  'with white space': (value) => ` \t${value} \r\n`,
  'double quotes': (value) => `"${value}"`,
  'single quotes': (value) => `'${value}'`,
  backticks: (value) => `\`${value}\``,
  dotenv: (value) => `A=1\nMY_KEY=${value}\nB=2\n`,
  'dotenv, quoted, with comment': (value) => `MY_KEY="${value}" # note`,
  'dotenv, CRLF and BOM': (value) => `\uFEFFMY_KEY=${value}\r\nB=2\r\n`,
  'shell export': (value) => `export MY_KEY='${value}'`,
  fish: (value) => `set -x MY_KEY "${value}"`,
  PowerShell: (value) => `$env:MY_KEY = "${value}"`,
  'Windows shell': (value) => `set MY_KEY=${value}`,
  JSON: (value) => JSON.stringify({ a: [1, 2], key: value }),
  'JSON in JSON': (value) => JSON.stringify({ body: JSON.stringify({ key: value }) }),
  YAML: (value) => `env:\n  - name: MY_KEY\n    value: ${value}\n`,
  TOML: (value) => `[keys]\nmy_key = "${value}"\n`,
  'bearer header': (value) => `Authorization: Bearer ${value}`,
  'own header': (value) => `x-api-key: ${value}\naccept: */*`,
  curl: (value) => `curl -s -H "Authorization: Bearer ${value}" https://api.example.com/v1`,
  'query in an address': (value) => `https://api.example.com/v1?key=${value}&page=2`,
  'source code': (value) => `const client = connect({ key: '${value}' });`,
  Markdown: (value) => `Use \`${value}\` or **${value}** here.`,
  HTML: (value) => `<td>${value}</td>`,
  'end of a sentence': (value) => `The key is ${value}.`,
  'table row': (value) => `| live | ${value} | 2026 |`,
  'log line': (value) => `2026-11-22T07:00:00Z WARN used key=${value}, status=401`,
  'zero-width characters': (value) => `\u200B${value.slice(0, 9)}\u200B${value.slice(9)}\u2060`,
};

/** An address that stands unencoded in another one runs on into it; a key file that is quoted is no key file any more. */
const syntaxesFor = (format: KeyFormat): readonly [string, (value: string) => string][] =>
  Object.entries(syntaxes).filter(
    ([name]) =>
      !(isComposite(format) && name === 'query in an address') &&
      !(format.document === true && name.startsWith('JSON')),
  );

describe.each(named(prefixed))('%s', (_, { provider, format }) => {
  it('is recognised in every syntax', () => {
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        for (const [syntax, wrap] of syntaxesFor(format)) {
          // A point at the end of a value is the end of the sentence, wherever a value may end in one.
          if (value.endsWith('.')) continue;
          const text = wrap(value);
          const { candidates } = recognise(text);
          expect(candidates, syntax).toHaveLength(1);
          const [found] = candidates;
          const claims = [found!, ...found!.alternatives].map((entry) => `${entry.provider}/${entry.format}`);
          expect(claims, syntax).toContain(`${provider.id}/${format.id}`);
          expect(found!.malformed, syntax).toEqual([]);
          expect(found!.confidence, syntax).toBe('certain');
          expect(found!.kind, syntax).toBe(format.kind);
          for (const range of found!.occurrences) expect(readRange(text, range), syntax).toBe(value);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is claimed by another provider only with another priority', () => {
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        const claims = prefixed.filter((entry) => fitsFormat(entry.format, value));
        const priorities = claims.map((entry) => entry.format.priority);
        expect(new Set(priorities).size).toBe(priorities.length);
      }),
      { numRuns: 50 },
    );
  });

  it('is flagged when any one character is lost from its end, or when one is added', () => {
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        const { minLength, maxLength } = compilePattern(format.pattern);
        if (minLength !== maxLength) return;
        for (const wrong of [value.slice(0, -1), `${value}0`]) {
          const { candidates } = recognise(wrong);
          expect(candidates.map((found) => found.malformed.length)).toEqual([1]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('shows at most its public part and four characters, and then hides at least 80 bits', () => {
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        const mask = maskValue(format, value);
        const shown = mask.endsWith('…') ? mask.slice(0, -1) : '';
        expect(value.startsWith(shown)).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(format.publicLength + 4);
        if (shown !== '') expect(bitsBeyond(format.pattern, shown.length)).toBeGreaterThanOrEqual(80);
        const isSecret = provider.fields.find((field) => field.name === format.field)?.secret;
        expect(maskField(provider, format.field, value)).toBe(isSecret === true ? mask : value);
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(named(shaped))('%s', (_, { provider, format }) => {
  it('never decides alone and is never shown', () => {
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        const isAnothers = prefixed.some((entry) => fitsFormat(entry.format, value));
        const certain = recognise(value).candidates.filter((found) => found.confidence === 'certain');
        expect(isAnothers || certain.length === 0).toBe(true);
        expect(shownLength(format)).toBe(0);
        expect(maskValue(format, value)).toBe('••••••••');
      }),
      { numRuns: 30 },
    );
  });

  it('is possible with the provider’s own variable', () => {
    const field = provider.fields.find((entry) => entry.name === format.field);
    fc.assert(
      fc.property(samplesOf(format), (value) => {
        // Some values without a beginning of their own happen to begin like another provider's.
        if (value.includes('://') || prefixed.some((entry) => fitsFormat(entry.format, value))) return;
        const found = recognise(value, { variable: field!.variable }).candidates;
        expect(found.map((entry) => [entry.provider, entry.confidence])).toContainEqual([
          provider.id,
          'possible',
        ]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('any text', () => {
  it('gives ranges that lie in it, in order, and covers it without a gap', () => {
    const pieces = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...prefixed.map(({ format }) => literalPrefixOf(format.pattern)),
        '=',
        ':',
        '"',
        ' ',
        '\u200B',
      ),
      ...prefixed.map(({ format }) => samplesOf(format)),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const { candidates, rest } = recognise(text);
        const starts = candidates.map((found) => found.occurrences[0]!.start);
        expect(starts).toEqual(starts.toSorted((left, right) => left - right));
        for (const range of [...rest, ...candidates.flatMap((found) => found.occurrences)]) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(text.length);
          expect(range.end).toBeGreaterThan(range.start);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const size = 100_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** Hostile text for a format: each of its beginnings over and over, nearly right values, endless runs. */
const hostileFor = (format: KeyFormat): readonly string[] =>
  compilePattern(format.pattern).anchors.flatMap((anchor) => hostile(anchor.text));

const hostile = (prefix: string): readonly string[] => [
  fill(prefix),
  fill(`${prefix}${'a'.repeat(31)} `),
  fill(`${prefix}${'a'.repeat(31)}!`),
  fill(`${prefix}0:`),
  `${prefix}${fill('a')}`,
  `${prefix}${fill('0')}`,
  fill(`="${prefix}`),
];

/** Looks for one format, its beginnings included. */
const finderOf = (provider: ProviderDefinition, format: KeyFormat): ((text: string) => void) => {
  const scan = anchorScanner(compilePattern(format.pattern).anchors.map((anchor) => anchor.text));
  return (text) => {
    findPrefixed(provider, format, { text, lone: { start: 0, end: text.length }, places: scan(text) });
  };
};

const uuidOf = (index: number): string => `0b6f9c28-0f4e-4e7f-a36d-${String(index).padStart(12, '0')}`;

/** Processor time of this thread: what others do on the machine at the same time does not count. */
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** The best of several runs: a collection of garbage in one of them says nothing about the code. */
const bestMs = (run: () => void, enoughMs = 0): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 25 && best >= enoughMs; round += 1) {
    const before = threadMs();
    run();
    best = Math.min(best, threadMs() - before);
  }
  return best;
};

describe('100 kB of hostile text', () => {
  const beginnings = [
    ...new Set(
      prefixed.flatMap(({ format }) => compilePattern(format.pattern).anchors.map((anchor) => anchor.text)),
    ),
  ];
  const together = [
    beginnings.join(''),
    beginnings.join('0:'),
    beginnings.map((each) => `="${each}`).join(''),
  ];

  it.each(named(prefixed))(
    'costs under 50 ms for %s, in proportion to its length',
    (_, { provider, format }) => {
      const find = finderOf(provider, format);
      for (const text of [...hostileFor(format), fill('a'), fill(' '), fill('=')]) {
        expect(bestMs(() => find(text), 50)).toBeLessThan(50);
      }
    },
  );

  it('costs under 50 ms for the names in front of values', () => {
    for (const text of ['a=', 'a:', 'a="', '"a":"', 'a_', '= ', "a='"].map(fill))
      expect(bestMs(() => findAssignments(text), 50)).toBeLessThan(50);
  });

  it('costs under 250 ms when every format is looked for at once', () => {
    for (const unit of [...together, ...beginnings.map((beginning) => `${beginning}0:`)])
      expect(bestMs(() => recognise(fill(unit)), 250)).toBeLessThan(250);
  });

  it('grows in proportion to its length', () => {
    for (const unit of together) {
      const text = fill(unit);
      const ofTenth = bestMs(() => recognise(text.slice(0, size / 10)));
      expect(bestMs(() => recognise(text), 10 * ofTenth)).toBeLessThan(40 * Math.max(ofTenth, 1));
    }
  });

  it('and a thousand different keys with their companions cost little', () => {
    const values = fc.sample(samplesOf(prefixed[0]!.format), { numRuns: 1000, seed: 3 });
    const text = values.map((value, index) => `x-api-key: ${value}\nx-team-id: ${uuidOf(index)}\n`).join('');
    expect(recognise(text).candidates).toHaveLength(new Set(values).size);
    expect(bestMs(() => recognise(text), 1000)).toBeLessThan(1000);
  });
});
