// The hook's program: one file that stays free of the vault and of every package, and whose shortened catalogue finds what the whole one finds.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slimCatalogue } from '../../../src/agent/guard/slim-catalogue.ts';
import { patternsFor } from '../../../src/core/leaks/patterns/patterns.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { createGuardMatcher } from '../../../src/node/guard/guard-matcher.ts';
import { samplesOf } from '../../support/key-samples.ts';

const root = resolve(import.meta.dirname, '../../..');
const bundle = join(root, 'out/cli/guard.cjs');

/** Every file that the guard's sources reach, by their imports of values. */
const sourcesFrom = (entry: string): ReadonlySet<string> => {
  const seen = new Set<string>();
  const look = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8').replaceAll(/^import type [^;]*;/gm, '');
    for (const [, from = ''] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g))
      if (from.startsWith('.')) look(resolve(file, '..', from));
      else seen.add(from);
  };
  look(entry);
  return seen;
};

describe('the guard’s program', () => {
  it('reaches no package, no vault and no schema from its sources', () => {
    const reached = [...sourcesFrom(join(root, 'src/cli/guard.ts'))];
    const packages = reached.filter((name) => !name.startsWith('/'));
    expect(packages.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(reached.filter((name) => /\/core\/vault\/|\/node\/(sodium|sqlite|argon2)/.test(name))).toEqual([]);
  });

  it.skipIf(!existsSync(bundle))('is one file, small, that requires what Node has and nothing else', () => {
    const text = readFileSync(bundle, 'utf8');
    const required = [...text.matchAll(/\b(?:require|import)\((["'`])([^"'`]+)\1\)/g)].map(
      ([, , name = '']) => name,
    );
    expect(required.length).toBeGreaterThan(3);
    expect(required.filter((name) => !builtinModules.includes(name.replace(/^node:/, '')))).toEqual([]);
    expect(statSync(bundle).size).toBeLessThan(400_000);
    // The command line's own parts lie there as well, as modules.
    expect(readdirSync(join(root, 'out/cli')).filter((name) => name.endsWith('.cjs'))).toEqual(['guard.cjs']);
  });

  it('finds with its shortened catalogue what the whole one finds, in every format', () => {
    const slim = slimCatalogue(builtInProviders);
    expect(JSON.parse(JSON.stringify(slim))).toEqual(slim);
    expect(patternsFor(slim, { generic: false }).prefixes).toEqual(
      patternsFor(builtInProviders, { generic: false }).prefixes,
    );
    const matchers = [slim, builtInProviders].map((catalogue) =>
      createGuardMatcher(
        () => catalogue,
        () => null,
      ),
    );
    let found = 0;
    for (const provider of builtInProviders)
      for (const format of provider.formats) {
        const values = fc.sample(samplesOf(format), { numRuns: 3, seed: 11 });
        const text = values.map((value) => `${provider.envNames[0] ?? 'API_KEY'}="${value}"\n`).join('');
        const [by, whole] = matchers.map((matcher) => matcher.look(new TextEncoder().encode(text)));
        expect(by, `${provider.id}/${format.id}`).toEqual(whole);
        found += whole?.length ?? 0;
      }
    expect(found).toBeGreaterThan(60);
  });
});
