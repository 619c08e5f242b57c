// Definitions from outside: a good one is taken, and each of the ways in which one could do more than a built-in one is refused
// with words that name the provider, the entry and what is wrong.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findProvider, mergeCatalogue, searchProviders } from '../../../src/core/providers/catalogue.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { readDefinitions, writeDefinitions } from '../../../src/core/providers/read-definition.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';

const goldenText = readFileSync(
  new URL('../../fixtures/providers/in-house-api.json', import.meta.url),
  'utf8',
);

type Open = Record<string, unknown>;
const change = (from: unknown, edit: (entry: Open) => void): unknown => {
  const copy = JSON.parse(JSON.stringify(from)) as { providers: Open[] };
  edit(copy.providers[0]!);
  return copy;
};
const golden = (edit: (entry: Open) => void = () => undefined): unknown =>
  change(JSON.parse(goldenText), edit);
const source = 'acme.json';
const wordsOf = (document: unknown): string => {
  const result = readDefinitions(document, { source, today: '2026-11-30' });
  return result.ok ? '' : result.error.message;
};

const set =
  (way: string, value: unknown) =>
  (entry: Open): void => {
    const names = way.split('.');
    const last = names.pop()!;
    const target = names.reduce<Open>((at, name) => at[name] as Open, entry);
    if (value !== undefined) target[last] = value;
    else if (Array.isArray(target)) target.splice(Number(last), 1);
    else delete target[last];
  };

describe('a provider of one’s own', () => {
  it('is read from JSON, complete and frozen', () => {
    const result = readDefinitions(goldenText, { source, today: '2026-11-22' });
    const [own] = result.ok ? result.value : [];
    expect(own?.id).toBe('acme-billing');
    expect(own?.formats.map(({ priority }) => priority)).toEqual([-1, -1]);
    expect(own?.reveal.live).toBe('unknown');
    expect(Object.isFrozen(own) && Object.isFrozen(own?.check)).toBe(true);
  });

  it('joins the catalogue: it is found, and its keys are recognised', () => {
    const result = readDefinitions(goldenText, { source });
    const catalogue = mergeCatalogue(builtInProviders, result.ok ? result.value : []);
    expect(findProvider('acme-billing', catalogue)?.domain).toBe('billing.acme.example');
    expect(searchProviders('acme', catalogue).map(({ id }) => id)).toEqual(['acme-billing']);
    const key = `acmebill_test_${'a1B2c3D4e5'.repeat(4)}`;
    expect(recognise(key, {}, catalogue).candidates[0]).toMatchObject({
      provider: 'acme-billing',
      kind: 'test',
    });
  });

  it('is written so that it is read again', () => {
    const first = readDefinitions(goldenText, { source });
    const text = writeDefinitions(first.ok ? first.value : []);
    expect(readDefinitions(text, { source })).toEqual(first);
  });

  it('may be asked on this machine without TLS, and nowhere else', () => {
    const at = (host: string): unknown =>
      golden((entry) => {
        set('apiBases.0.url', host)(entry);
        set('check.requests.0.url', `${host}/whoami`)(entry);
      });
    expect(wordsOf(at('http://127.0.0.1:8080'))).toBe('');
    expect(wordsOf(at('http://localhost:8080'))).toBe('');
    expect(wordsOf(at('http://billing.acme.example'))).toContain('is not a plain https address');
    expect(wordsOf(at('http://127.0.0.1.acme.example'))).toContain('is not a plain https address');
    expect(wordsOf(at('https://user@billing.acme.example'))).toContain('is not a plain https address');
  });
});

describe('a definition from outside is refused', () => {
  it.each<[string, string, unknown]>([
    ['provider "acme-billing": there is no entry "colour"', 'colour', 'red'],
    ['check.decisions[0].state: "gone" is none of valid, blocked', 'check.decisions.0.state', 'gone'],
    ['check.decisions[0]: there is no entry "run"', 'check.decisions.0.run', 'rm'],
    ['check.requests[0].method: "DELETE" is none of', 'check.requests.0.method', 'DELETE'],
    ['formats[0].pattern.parts[1].max: should be a whole number', 'formats.0.pattern.parts.1.max', 1e9],
    ['fields[0].secret: should be true or false', 'fields.0.secret', 'yes'],
    ['fields: at least 1 belong there', 'fields', []],
    ['provider "acme-billing": "auth" is missing', 'auth', undefined],
    ['longer than 200 characters', 'name', 'a'.repeat(201)],
    ['an invisible character', 'name', 'Acme\u202Ebilling'],
    ['an invisible character', 'domain', 'acme\u0000.example'],
    [
      'check: https://elsewhere.example is none of its apiBases',
      'check.requests.0.url',
      'https://elsewhere.example/x',
    ],
    ['is none of its apiBases', 'check.requests.0.url', 'https://billing.acme.example:8443/x'],
    ['names the secret field "secret"', 'check.requests.0.url', 'https://billing.acme.example/{secret}'],
    ['which is not declared', 'check.requests.0.url', 'https://billing.acme.example/{nobody}'],
    [
      'only http is asked',
      'check.requests.0',
      {
        environment: 'a',
        kinds: ['live'],
        protocol: 'redis',
        method: 'GET',
        url: 'redis://{tenant}',
        cost: 'none',
      },
    ],
    ['made for one built-in provider', 'check.requests.0.signing', 'aws-sigv4'],
    ['deny list', 'check.neverCall', ['/api/v2/whoami']],
    ['changes or costs something', 'check.requests.0.url', 'https://billing.acme.example/keys/revoke'],
    ['must fit every answer', 'check.decisions', [{ status: 200, state: 'valid', reason: 'r', next: 'n' }]],
    ['built-in formats come first', 'formats.0.priority', 0],
    ['at least 5 characters', 'formats.0.pattern.parts.0.literal', 'acme'],
    ['at most 24 characters may be public', 'formats.0.publicLength', 30],
    ['decides what programs do', 'fields.0.variable', 'NODE_OPTIONS'],
    ['decides what programs do', 'fields.0.variable', 'LD_PRELOAD'],
    ['fits nearly every variable', 'envNames', ['A*']],
    ['is a built-in provider; choose another name', 'name', 'circa'],
    ['stands for no provider', 'id', 'unknown'],
    ['is still to come', 'facts.0.verifiedOn', '2027-01-01'],
    ['source or date', 'facts.0.verifiedOn', '2026-02-99'],
  ])('with "%s"', (words, way, value) => {
    const said = wordsOf(golden(set(way, value)));
    expect(said).toContain(words);
    expect(said).toContain('acme.json was not taken');
    expect(said).toContain('Nothing was changed');
  });

  it.each([
    ['(a|aa){1,20}', 'a repeated group'],
    ['acme_[a-z]+', 'no upper bound'],
    ['acme_[a-z]{1,200}[a-z]{1,200}[a-z]{1,200}!', 'may be the same characters'],
    ['acme_(?:[a-z]{1,50}|[0-9]{1,50})[a-z0-9]{1,9}', 'may be the same characters'],
    ['acme_(?:a?){1}', 'a repeated group'],
    ['acme_(?:aa|ab|ac|ad)(?:aa|ab|ac|ad)(?:aa|ab|ac|ad)', 'too many choices'],
    ['[a-z]{1,60}acme_', 'may be the same characters'],
    ['[0-9]{1,60}acme_', 'does not begin with'],
    ['acme_.{1,9}', 'not understood'],
    ['acme_(?:x', 'not a regular expression'],
    ['acme_[a-z]{1,5000}', 'not understood|maxLength|longer'],
    ['acme_[a-z]{1,900}', 'more than maxLength says'],
  ])('for the slow pattern %s', (pattern, words) => {
    const said = wordsOf(
      golden(set('formats.0.pattern', { source: pattern, anchors: ['acme_'], maxLength: 500 })),
    );
    expect(said).toMatch(new RegExp(words));
  });

  it.each([
    ['acme_', 'acme_(?:live|test)_[0-9a-z]{20,40}'],
    [
      'acme:',
      'acme://(?<tenant>[^:@/\\s]{1,60}):(?<secret>[^@\\s]{1,90})@[a-z.]{1,90}(?::[0-9]{1,5})?(?:/[a-z]{1,9})?',
    ],
    ['acme.', 'acme\\.[A-Za-z0-9+/]{20,400}={0,2}'],
  ])('but not for the quick pattern behind %s', (anchor, pattern) => {
    const said = wordsOf(
      golden(set('formats.0.pattern', { source: pattern, anchors: [anchor], maxLength: 500 })),
    );
    expect(said).toBe('');
  });

  it('as a whole where one of several is wrong', () => {
    const { providers } = golden() as { providers: unknown[] };
    const two = { keyturn: 'providers', version: 1, providers: [...providers, { id: 'second' }] };
    expect(wordsOf(two)).toContain('provider "second": "name" is missing');
    expect(wordsOf({ ...two, providers: [...providers, ...providers] })).toContain('stands twice');
  });

  it.each<[string, unknown]>([
    ['it is not JSON', '{"keyturn":'],
    ['it is larger than 1 MB', `"${'a'.repeat(1_100_000)}"`],
    ['should be an object', '[]'],
    ['there is no entry "more"', { keyturn: 'providers', version: 1, providers: [{}], more: 1 }],
    [
      'version: should be|version: number is none of 1',
      { keyturn: 'providers', version: 2, providers: [{}] },
    ],
    ['at least 1 belong there', { keyturn: 'providers', version: 1, providers: [] }],
    ['providers[0]: should be an object', { keyturn: 'providers', version: 1, providers: [null] }],
    [
      '"__proto__" cannot be the name',
      '{"keyturn":"providers","version":1,"providers":[{"__proto__":{"id":"x"}}]}',
    ],
    ['"constructor" cannot be the name', '{"constructor":{"prototype":{}}}'],
    ['nested more than 12 deep', '['.repeat(50) + ']'.repeat(50)],
    ['nested more than 12 deep|not JSON', '['.repeat(400_000) + ']'.repeat(400_000)],
    ['has more than 40000 entries', `[${'0,'.repeat(50_000)}0]`],
    ['not a plain object', new Date(0)],
    ['is not data', () => 1],
    ['is not data', undefined],
    ['not a number', { keyturn: Number.NaN }],
    [
      'it is not plain data',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
    ['not a plain object', Object.create({ keyturn: 'providers' }) as unknown],
  ])('as a document: "%s"', (words, document) => {
    expect(wordsOf(document)).toMatch(new RegExp(words.replace(/[[\]()"{}]/g, '\\$&')));
  });

  it('and leaves no trace on what all objects share', () => {
    wordsOf('{"keyturn":"providers","version":1,"providers":[{"__proto__":{"polluted":true}}]}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('an update of a built-in provider', () => {
  const asDocument = (id: string): unknown => ({
    keyturn: 'providers',
    version: 1,
    providers: [findProvider(id)],
  });
  const update = (id: string, edit: (entry: Open) => void): unknown =>
    change(asDocument(id), (entry) => {
      set('facts.0.verifiedOn', '2026-11-29')(entry);
      edit(entry);
    });

  it('may change facts, portals, limits, words and decisions', () => {
    const document = update('circa', (entry) => {
      set('facts.0.text', 'Seen again.')(entry);
      set('portals.0.url', 'https://app.circa.ai/keys')(entry);
      set('limits', [{ max: 5, per: 'account', approximate: true }])(entry);
      set('check.decisions.0.reason', 'Other words.')(entry);
    });
    const result = readDefinitions(document, { source, today: '2026-11-30' });
    expect(result.ok).toBe(true);
    const catalogue = mergeCatalogue(builtInProviders, result.ok ? result.value : []);
    expect(catalogue).toHaveLength(builtInProviders.length);
    expect(findProvider('circa', catalogue)?.limits).toHaveLength(1);
  });

  it('must be newer, and gives way to a built-in one that is newer still', () => {
    expect(wordsOf(asDocument('circa'))).toContain('none is newer than');
    const result = readDefinitions(
      update('circa', () => undefined),
      { source },
    );
    const [older] = result.ok ? result.value : [];
    const circa = findProvider('circa')!;
    const newer = { ...circa, facts: [{ ...circa.facts[0]!, verifiedOn: '2027-03-01' }] };
    expect(mergeCatalogue([newer], older ? [older] : [])).toEqual([newer]);
  });

  it.each<[string, string, unknown]>([
    ['to another host', 'check.requests.0.url', 'https://api.circa.example/public/me'],
    ['to another host', 'check.requests.0.url', 'https://api.circa.ai.example/public/me'],
    ['to another host', 'check.requests.0.url', 'https://api.circa.ai:444/public/me'],
    ['no host of the built-in', 'apiBases.0.url', 'https://api.circa.example'],
    [
      'does not send "query key secret"',
      'auth.places.0',
      {
        in: 'query',
        name: 'key',
        prefix: '',
        field: 'secret',
        required: true,
      },
    ],
    ['may not change whether it is secret', 'fields.1.secret', true],
    ['"live" may not become less secret', 'formats.0.sensitivity', 'publishable'],
    ['"live" may not become less secret', 'formats.0.publicLength', 20],
    ['"test" is missing', 'formats.1', undefined],
    ['a priority of 0 at most', 'formats.0.priority', 5],
    ['neverCall must keep /datapoints/pull', 'check.neverCall', []],
    ['scheduled may not go from "opt-in" to "all"', 'check.scheduled', 'all'],
    [
      'posts to a path',
      'check.requests.0',
      {
        environment: 'a',
        kinds: ['live'],
        method: 'POST',
        url: 'https://api.circa.ai/public/teams',
        cost: 'none',
      },
    ],
    ['an update keeps "circa.ai"', 'domain', 'circle.com'],
    ['an update keeps "Circa"', 'name', 'Circle'],
  ])('is refused: %s', (words, way, value) => {
    expect(wordsOf(update('circa', set(way, value)))).toContain(words);
  });

  it('may not call a request harmless that the built-in provider says is not', () => {
    expect(wordsOf(update('appcircle', set('check.requests.0.cost', 'none')))).toContain(
      'costs "session", which an update may not make less',
    );
  });

  it('may not begin to ask a provider that cannot be asked', () => {
    const silent = { ...findProvider('circa')!, check: { possible: false, why: 'no way' } } as const;
    const result = readDefinitions(
      update('circa', () => undefined),
      { source, builtIn: [silent] },
    );
    expect(result.ok ? '' : result.error.message).toContain('may not begin to');
  });
});

describe('the shape of documents', () => {
  it.each(builtInProviders.map((provider) => [provider.id, provider] as const))(
    'knows every entry of %s',
    (_, provider) => {
      const document = { keyturn: 'providers', version: 1, providers: [provider] };
      // Only the rules of updates stand in the way: it is not newer than itself.
      expect(wordsOf(document)).toMatch(/none is newer than [\d-]+, which Keyturn has itself\. Nothing/);
    },
  );
});
