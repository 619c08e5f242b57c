// Definitions from outside, fuzzed: whatever is handed in is answered without throwing, what is taken keeps to every rule, and a
// pattern that counts as quick is quick on hostile text.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorScanner } from '../../../src/core/providers/anchor-scan.ts';
import { findPrefixed } from '../../../src/core/providers/find-prefixed.ts';
import { unsafeBecause } from '../../../src/core/providers/outside/pattern-safety.ts';
import { authorityOf } from '../../../src/core/providers/outside/rules.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { readDefinitions } from '../../../src/core/providers/read-definition.ts';
import { sourceProblems, validateProvider } from '../../../src/core/providers/validate-provider.ts';

const golden: unknown = JSON.parse(
  readFileSync(new URL('../../fixtures/providers/in-house-api.json', import.meta.url), 'utf8'),
);
const source = 'fuzz.json';

/** Every way through a document, as names and indices. */
const waysOf = (value: unknown, way: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, entry]) => [[...way, name], ...waysOf(entry, [...way, name])])
    : [];

type Open = Record<string, unknown>;
const put = (document: unknown, way: readonly string[], value: unknown): unknown => {
  const copy = JSON.parse(JSON.stringify(document)) as Open;
  const target = way.slice(0, -1).reduce<Open>((at, name) => at[name] as Open, copy);
  target[way.at(-1)!] = value;
  return copy;
};

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    '{secret}',
    'https://elsewhere.example',
    'http://a.example',
    '../..',
    -1,
    1e300,
    [],
    {},
    null,
  ),
  fc.constantFrom('GET', 'header', 'query', 'valid', 'none', 'all', 'prefix', 'secret', 'tenant', 'live'),
  fc.stringMatching(/^[a-z{}()[\]+*?|\\]{1,30}$/),
);
const builtIns = { keyturn: 'providers', version: 1, providers: builtInProviders.slice(0, 3) };

const hostsOf = ({ check }: ProviderDefinition): readonly string[] =>
  check.possible ? check.requests.map(({ url }) => authorityOf(url)) : [];

const expectHarmless = (definitions: readonly ProviderDefinition[]): void => {
  for (const definition of definitions) {
    expect(validateProvider(definition)).toEqual([]);
    const known = builtInProviders.find(({ id }) => id === definition.id);
    const bases = [...definition.apiBases, ...(known?.apiBases ?? [])].map(({ url }) => authorityOf(url));
    const allowed = [...(known ? hostsOf(known) : []), ...bases];
    for (const host of hostsOf(definition)) expect(allowed).toContain(host);
    for (const base of known ? definition.apiBases : [])
      expect([...hostsOf(known!), ...known!.apiBases.map(({ url }) => authorityOf(url))]).toContain(
        authorityOf(base.url),
      );
  }
};

describe('any document', () => {
  it('is answered, be it text, JSON or anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything({ withNullPrototype: true })), (document) => {
        const result = readDefinitions(document, { source });
        expect(result.ok).toBe(false);
        if (!result.ok) expect(result.error.kind).toBe('bad-input');
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown]>([
    ['a provider of one’s own', golden],
    ['built-in providers', builtIns],
  ])('made from %s by changing one entry is refused or harmless', (_, document) => {
    const ways = waysOf(document);
    fc.assert(
      fc.property(fc.constantFrom(...ways), odd, (way, value) => {
        const result = readDefinitions(put(document, way, value), { source });
        if (result.ok) expectHarmless(result.value);
        else expect(result.error.message).toContain('Nothing was changed');
      }),
      { numRuns: 200 },
    );
  });
});

const atom = fc.constantFrom(
  'a',
  '1',
  '\\d',
  '\\w',
  '[a-f]',
  '[^:\\s]',
  '[0-9a-z]',
  ':',
  '-',
  '\\.',
  '[\\w.-]',
);
const repeat = fc.constantFrom('', '', '?', '{3}', '{1,9}', '{0,200}', '{20,400}');
const item = fc.tuple(atom, repeat).map(([left, right]) => left + right);
const group = fc
  .tuple(
    fc.array(fc.array(item, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(
    ([choices, optional]) =>
      `(?:${choices.map((choice) => choice.join('')).join('|')})${optional ? '?' : ''}`,
  );
const patterns = fc
  .array(fc.oneof(item, group), { minLength: 1, maxLength: 6 })
  .map((parts) => `acme_${parts.join('')}`);

const size = 100_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const hostile = [
  'acme_',
  `acme_${'a'.repeat(400)}`,
  `acme_${'1'.repeat(60)}`,
  'acme_a1:-.',
  `acme_${'a-'.repeat(200)}:`,
].map(fill);

/** Processor time of this thread. */
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

describe('a pattern that counts as quick', () => {
  it('costs under 50 ms on 100 kB of hostile text', () => {
    const [provider] = builtInProviders;
    const model = provider!.formats[0]!;
    fc.assert(
      fc.property(
        patterns.filter(
          (text) => sourceProblems(text).length === 0 && unsafeBecause(text, 4_096) === undefined,
        ),
        (text) => {
          const format = {
            ...model,
            match: 'prefix' as const,
            pattern: { source: text, anchors: ['acme_'], maxLength: 4_096 },
          };
          for (const document of hostile) {
            let best = Number.POSITIVE_INFINITY;
            for (let round = 0; round < 4 && best >= 50; round += 1) {
              const before = threadMs();
              findPrefixed(provider!, format, {
                text: document,
                lone: { start: 0, end: document.length },
                places: anchorScanner(['acme_'])(document),
              });
              best = Math.min(best, threadMs() - before);
            }
            expect(best).toBeLessThan(50);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('and the rest are told apart: what doubles the ways is refused', () => {
    for (const text of ['acme(?:a?){9}a{9}', 'acme[a-z]{1,90}[a-z]{1,90}', 'acmea{0,90}a{0,90}a{0,90}b'])
      expect([sourceProblems(text).length > 0, unsafeBecause(text, 4_096) !== undefined]).toContain(true);
  });
});
