// Every secret format of the catalogue, in every syntax that people paste keys in: found whole, and by its own name; near misses are not.
import { describe, expect, it } from 'vitest';
import { isLed, leadsOfCatalogue } from '../../../../src/core/leaks/patterns/leads.ts';
import { describePattern, patternsFor } from '../../../../src/core/leaks/patterns/patterns.ts';
import { createPlainSearch } from '../../../../src/core/leaks/patterns/plain-search.ts';
import type { KeyFormat } from '../../../../src/core/providers/format.ts';
import { compilePattern, fitsFormat } from '../../../../src/core/providers/pattern.ts';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';
import type { ProviderDefinition } from '../../../../src/core/providers/provider.ts';
import { isComposite } from '../../../../src/core/providers/take-apart.ts';
import { drawFrom, randomKey, randomText, type Draw } from '../../../support/random-keys.ts';
import { syntaxes } from '../../../support/syntaxes.ts';

const judge = patternsFor(builtInProviders, { generic: false });
const search = createPlainSearch(judge);
const encoder = new TextEncoder();

type Found = { readonly pattern: string; readonly value: string };

const find = (text: string): readonly Found[] => {
  const bytes = encoder.encode(text);
  return search(bytes).map(({ pattern, start, end }) => ({
    pattern,
    value: new TextDecoder().decode(bytes.slice(start, end)),
  }));
};

type Entry = { readonly provider: ProviderDefinition; readonly format: KeyFormat };
const name = ({ provider, format }: Entry): string => `${provider.id}/${format.id}`;

const led = new Set(leadsOfCatalogue(builtInProviders).flatMap(({ led }) => led.map(name)));
const entries: readonly Entry[] = builtInProviders.flatMap((provider) =>
  provider.formats.map((format) => ({ provider, format })),
);
const secrets = entries.filter(({ format }) => isLed(format) && !isComposite(format));
const searched = secrets.filter((entry) => led.has(name(entry)));

/** What is a value of several formats is called by the one that the catalogue offers first. */
const isClaim = (pattern: string, value: string): boolean =>
  entries.some((entry) => name(entry) === pattern && fitsFormat(entry.format, value));

/** A key with a password of somebody's, which no regular expression would think of. */
const address = (scheme: string, draw: Draw): string =>
  `${scheme}://app_user:${randomText(draw, '0-9A-Za-z', 18)}@db-7.prod.acme.io:5432/orders`;

describe('every secret format with a fixed beginning', () => {
  it('is looked for by it, but those that have another way', () => {
    expect(secrets.map(name).filter((each) => !led.has(each))).toEqual(['unleash/client']);
    expect(entries.filter(({ format }) => format.document).map(name)).toEqual(['gcp-sa/key-file']);
  });

  it.each(searched.map((entry) => [name(entry), entry] as const))(
    '%s is found in every syntax',
    (_, entry) => {
      const draw = drawFrom(11);
      for (const syntax of syntaxes)
        for (let round = 0; round < 3; round += 1) {
          const value = randomKey(entry.format, draw);
          const found = find(
            syntax.write(value, `${entry.provider.id.toUpperCase().replace(/-/g, '_')}_KEY`),
          );
          expect({ syntax: syntax.name, values: found.map((each) => each.value) }).toEqual({
            syntax: syntax.name,
            values: [value],
          });
          expect(isClaim(found[0]?.pattern ?? '', value)).toBe(true);
        }
    },
  );

  it.each([
    'postgres',
    'postgresql',
    'mysql',
    'mariadb',
    'redis',
    'rediss',
    'amqp',
    'amqps',
    'mqtt',
    'mqtts',
  ])('an address of %s with a password is found in every syntax', (scheme) => {
    const draw = drawFrom(5);
    for (const syntax of syntaxes) {
      const value = address(scheme, draw);
      const found = find(syntax.write(value, 'DATABASE_URL')).map((each) => each.value);
      // Behind a comma or an ampersand an address may go on: what counts is that the password is inside.
      expect({
        syntax: syntax.name,
        found: found.some((each) => each.startsWith(value.slice(0, -7))),
      }).toEqual({
        syntax: syntax.name,
        found: true,
      });
    }
  });
});

describe('near misses', () => {
  const fixed = searched.filter(({ format }) => 'parts' in format.pattern);

  it('of every format are none: one character short, one of another alphabet, words, masks', () => {
    const draw = drawFrom(23);
    for (const entry of fixed) {
      const { format } = entry;
      const { minLength, maxLength } = compilePattern(format.pattern);
      const value = randomKey(format, draw);
      const shortest = value.length === minLength ? value.slice(0, -1) : '';
      const half = Math.floor((minLength + format.publicLength) / 2);
      const broken = [
        ...(minLength === maxLength ? [shortest] : []),
        `${value.slice(0, half)} ${value.slice(half)}`,
        `${value.slice(0, format.publicLength)}${'x'.repeat(value.length - format.publicLength)}`,
        `${value.slice(0, format.publicLength)}…`,
        `${value.slice(0, format.publicLength)}${'*'.repeat(value.length - format.publicLength)}`,
        `${value}...`,
        `${value}…`,
        `${value.slice(0, format.publicLength)}your_secret_goes_here_please_replace_this_text_now`,
      ];
      for (const text of broken)
        expect({
          text: name(entry),
          found: find(`KEY="${text}"`).filter(({ pattern }) => pattern === name(entry)),
        }).toEqual({
          text: name(entry),
          found: [],
        });
    }
  });

  it('too long for a format that ends is none', () => {
    const draw = drawFrom(29);
    for (const entry of fixed.filter(({ format }) => format.rightBoundary)) {
      const { minLength, maxLength } = compilePattern(entry.format.pattern);
      if (minLength !== maxLength) continue;
      const value = randomKey(entry.format, draw);
      const found = find(`KEY="${value}${randomText(draw, '0-9a-f', 5)}"`);
      expect({ of: name(entry), found: found.filter(({ pattern }) => pattern === name(entry)) }).toEqual({
        of: name(entry),
        found: [],
      });
    }
  });

  it('a short beginning within a word is none', () => {
    const draw = drawFrom(31);
    for (const lead of leadsOfCatalogue(builtInProviders)) {
      if (!lead.literal.beginsWord) continue;
      for (const { format } of lead.led) {
        if (!('parts' in format.pattern)) continue;
        expect(find(`"abc${randomKey(format, draw)}"`)).toEqual([]);
      }
    }
  });
});

describe('publishable values and ids', () => {
  it('are no findings', () => {
    const draw = drawFrom(37);
    for (const entry of entries) {
      if (entry.format.sensitivity === 'secret' || entry.format.match === 'shape') continue;
      const value = randomKey(entry.format, draw);
      for (const syntax of syntaxes)
        expect({ of: name(entry), found: find(syntax.write(value, 'SOME_ID')) }).toEqual({
          of: name(entry),
          found: [],
        });
    }
  });
});

describe('two providers that claim one value', () => {
  it('are settled by the priority of their formats', () => {
    const draw = drawFrom(41);
    const both = `LIVE_API_KEY:${randomText(draw, '0-9a-f', 32)}:${randomText(draw, '0-9a-f', 32)}`;
    const letters = `LIVE_API_KEY:${randomText(draw, '0-9a-f', 32)}:${randomText(draw, 'g-z', 32)}`;
    expect(find(`"${both}"`)).toEqual([{ pattern: 'circle-mint/live', value: both }]);
    expect(find(`"${letters}"`)).toEqual([{ pattern: 'circle-w3s/live', value: letters }]);
  });
});

describe('what is told of a match', () => {
  it('is its provider, its kind and a mask of what the provider publishes', () => {
    const draw = drawFrom(43);
    for (const entry of searched) {
      const bytes = encoder.encode(randomKey(entry.format, draw));
      const [match] = search(bytes);
      if (match === undefined) throw new Error(`not found: ${name(entry)}`);
      const [provider] = match.pattern.split('/');
      expect(describePattern(builtInProviders, match.pattern).provider).toBe(provider);
      const masked = judge.maskOf(bytes, match);
      expect(masked.length).toBeLessThan(bytes.length);
      expect(masked).toMatch(/…$|^•+$/);
    }
    expect(describePattern(builtInProviders, 'stripe/secret-live')).toEqual({
      provider: 'stripe',
      kind: 'live',
      label: 'Stripe: secret key, live',
    });
    expect(describePattern(builtInProviders, 'gone/by')).toEqual({
      provider: null,
      kind: 'unknown',
      label: 'gone/by',
    });
  });
});
