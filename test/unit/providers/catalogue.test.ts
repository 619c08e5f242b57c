// The catalogue as a whole: what every provider file must keep to, and that the files and the list agree.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findProvider,
  nearNameIn,
  providersOfVariable,
  searchProviders,
} from '../../../src/core/providers/catalogue.ts';
import { builtInConsumers, findConsumer } from '../../../src/core/providers/consumers.ts';
import {
  completeProvider,
  defineProvider,
  type ProviderInput,
} from '../../../src/core/providers/define-provider.ts';
import { alphabets, between, exactly, literal } from '../../../src/core/providers/format.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { sourceProblems, validateProvider } from '../../../src/core/providers/validate-provider.ts';
import { listPath, renderProviderList } from '../../../scripts/list-providers.ts';

const ids = (query: string): readonly string[] => searchProviders(query).map((choice) => choice.id);

describe('the catalogue', () => {
  it('lists exactly the files of the folder, by id (run `npm run providers` where this fails)', () => {
    expect(readFileSync(listPath, 'utf8')).toBe(renderProviderList());
  });

  it('knows the four systems of the first version', () => {
    const ids = builtInProviders.map((provider) => provider.id);
    expect(ids).toEqual(
      expect.arrayContaining(['appcircle', 'appcircle-pak', 'circa', 'circle-mint', 'circle-w3s']),
    );
  });

  it.each(builtInProviders.map((provider) => [provider.id, provider] as const))(
    '%s keeps to the rules',
    (_, provider) => {
      expect(validateProvider(provider)).toEqual([]);
      expect(Object.isFrozen(provider) && Object.isFrozen(provider.fields[0])).toBe(true);
    },
  );

  it('is plain data, so that a provider may arrive as JSON', () => {
    for (const provider of builtInProviders) expect(JSON.parse(JSON.stringify(provider))).toEqual(provider);
  });

  it('finds a provider by id and none for an unknown one', () => {
    expect(findProvider('circa')?.domain).toBe('circa.ai');
    expect(findProvider('unknown')).toBeUndefined();
  });

  it.each([
    ['circle', ['circle-mint', 'circle-w3s', 'circleci']],
    ['Circa', ['circa']],
    ['appcircle', ['appcircle', 'appcircle-pak']],
    ['circle.com', ['circle-mint']],
    ['wallets', ['circle-w3s']],
    ['pat', ['appcircle-pak', 'dockerhub', 'github-pat', 'netlify']],
    ['github', ['github-app', 'github-pat']],
    ['twilio', ['sendgrid', 'twilio']],
    ['no such provider', []],
    ['', builtInProviders.map((provider) => provider.id)],
  ])('search for "%s" does not merge names that are alike', (query, expected) => {
    expect([...ids(query)].sort()).toEqual([...expected].sort());
  });

  it('shows the domain with every choice, and near names that are others', () => {
    for (const choice of searchProviders('')) {
      expect(choice.domain).toContain('.');
      expect(choice.nearNames.every((near) => near.domain !== choice.domain)).toBe(true);
    }
  });

  it.each(['appcircle', 'appcircle-pak', 'circa', 'circle-mint', 'circle-w3s'])(
    'shows beside %s whom it is taken for',
    (id) => {
      expect(findProvider(id)?.nearNames.map((near) => near.domain)).toContain('circleci.com');
    },
  );

  it.each([
    ['circle-mint', 'CIRCLECI_TOKEN', 'circleci.com'],
    ['circa', 'circle.com production', 'circle.com'],
    ['circle-mint', 'circle payouts', undefined],
    ['appcircle', 'CIRCA_API_KEY', 'circa.ai'],
    ['circa', 'my own key', undefined],
  ])('asks about %s when a name says "%s"', (id, text, domain) => {
    const provider = findProvider(id);
    expect(provider && nearNameIn(provider, text)?.domain).toBe(domain);
  });

  it.each([
    ['CIRCA_API_KEY', ['circa']],
    ['CIRCLE_API_KEY', ['circle-mint']],
    ['CIRCLE_W3S_KEY', ['circle-w3s']],
    ['appcircle_api_key_secret', ['appcircle']],
    ['APPCIRCLE_PAT', ['appcircle-pak']],
    ['OTHER', []],
  ])('variable %s speaks of %s', (variable, expected) => {
    expect(providersOfVariable(variable).map((provider) => provider.id)).toEqual(expected);
  });
});

const portalFor = (id: string, kind: 'live' | 'test'): readonly string[] =>
  (findProvider(id)?.portals ?? [])
    .filter((portal) => portal.kinds.includes(kind))
    .map((portal) => portal.url);

describe('what the seeds say', () => {
  it('keeps the portals of Circle apart', () => {
    expect(portalFor('circle-mint', 'live')).toEqual(['https://app.circle.com/developer']);
    expect(portalFor('circle-mint', 'test')).toEqual(['https://app-sandbox.circle.com/developer']);
  });

  it('knows limits, dates and what is shown once', () => {
    expect(findProvider('circle-mint')?.limits).toEqual([
      { max: 10, per: 'environment', approximate: false },
    ]);
    expect(findProvider('circle-mint')?.classRules[0]?.createdBefore).toBe('2023-04-25');
    expect(findProvider('circle-mint')?.editable).toEqual(['name', 'IP allowlist']);
    expect(findProvider('appcircle')?.expiry.rule).toBe('fixed-at-creation');
    expect(findProvider('appcircle')?.editable).toEqual(['roles']);
    expect(findProvider('circa')?.reveal).toEqual({ live: 'once', test: 'again', unknown: 'unknown' });
    expect(findProvider('circa')?.movesMoney.value).toBe(true);
  });

  it('never lets a check of Circa touch the path that costs credits', () => {
    const check = findProvider('circa')?.check;
    expect(check?.possible === true && check.neverCall).toContain('/datapoints/pull');
  });

  it('names the fields as the command line promises', () => {
    const fields = (id: string): readonly string[] =>
      findProvider(id)?.fields.map((field) => field.name) ?? [];
    expect(fields('circa')).toEqual(['secret', 'teamId']);
    expect(fields('appcircle')).toEqual(['name', 'secret', 'organizationId']);
    expect(fields('circle-mint')).toEqual(['secret']);
  });

  it('says of every 401 of Circle that it has more than one cause', () => {
    for (const id of ['circle-mint', 'circle-w3s']) {
      const check = findProvider(id)?.check;
      const plain =
        check?.possible === true ? check.decisions.filter((row) => row.status === 401 && !row.bodyHas) : [];
      expect(plain[0]?.reason).toMatch(/revoked, or the product is not enabled/);
    }
  });

  it('has Integral as a consumer whose allowlist stays empty for a reason', () => {
    expect(builtInConsumers.map((consumer) => consumer.id)).toEqual(['integral']);
    expect(findConsumer(' Integral ')?.emptyAllowlistReason).toContain('empty');
    expect(findConsumer('integral')?.takes.every((id) => findProvider(id) !== undefined)).toBe(true);
    expect(findProvider('integral')).toBeUndefined();
  });
});

const good: ProviderInput = {
  id: 'in-house',
  name: 'In-house API',
  domain: 'api.example.com',
  category: 'internal',
  formats: [
    {
      id: 'key',
      kind: 'unknown',
      label: 'key',
      match: 'prefix',
      pattern: { parts: [literal('inhouse_'), exactly(32, 'hex')] },
    },
  ],
  fields: [
    { name: 'secret', label: 'Key', variable: 'INHOUSE_KEY', secret: true, required: true, labels: ['key'] },
  ],
  envNames: ['INHOUSE_*'],
  portals: [],
  auth: { places: [] },
  managedBy: { create: 'anybody', revoke: 'anybody' },
  movesMoney: { value: false, why: '' },
  check: { possible: false, why: 'no address' },
  rotation: { mode: 'guided', overlap: false, needs: '', steps: [] },
  facts: [{ id: 'form', text: 'a form', source: 'our wiki', verifiedOn: '2026-11-22' }],
};
const format = (change: object): Partial<ProviderInput> => ({
  formats: [{ ...(good.formats[0] as object), ...change } as ProviderInput['formats'][number]],
});

describe('a definition is refused', () => {
  it('not when it is good', () => {
    expect(defineProvider(good).reveal.live).toBe('unknown');
  });

  it.each<[string, Partial<ProviderInput>]>([
    ['id "In House"', { id: 'In House' }],
    ['domain', { domain: 'nowhere' }],
    ['variable', { fields: [{ ...good.fields[0]!, variable: 'lower case' }] }],
    ['no field is secret', { fields: [{ ...good.fields[0]!, secret: false }] }],
    [
      'not a plain https address',
      { apiBases: [{ environment: 'a', kinds: ['live'], url: 'http://api.example.com' }] },
    ],
    [
      'not a plain https address',
      { portals: [{ environment: 'a', kinds: ['live'], url: 'javascript:x', path: '' }] },
    ],
    ['source or date', { facts: [{ id: 'a', text: 'b', source: '', verifiedOn: '2026-11-22' }] }],
    ['source or date', { facts: [{ id: 'a', text: 'b', source: 'c', verifiedOn: 'last week' }] }],
    ['at least one fact', { facts: [] }],
    ['fingerprint', { publishedSamples: ['inhouse_0'] }],
    [
      'undeclared field',
      { auth: { places: [{ in: 'header', name: 'X', prefix: '', field: 'no', required: true }] } },
    ],
    ['field "other" is not declared', format({ field: 'other' })],
    ['mask shows more', format({ publicLength: 8, maskLength: 13 })],
    ['needs a literal', format({ pattern: { parts: [between(8, 9, 'hex'), literal('x')] } })],
    [
      'runs into the next',
      format({ pattern: { parts: [literal('inhouse_'), between(1, 9, 'hex'), exactly(3, 'word')] } }),
    ],
    [
      'no upper bound',
      format({ pattern: { source: 'inhouse_[a-z]+', anchors: ['inhouse_'], maxLength: 99 } }),
    ],
    ['unknown class', { classRules: [{ createdBefore: '2023-01-01', classId: 'x', message: '' }] }],
    [
      'deny list',
      {
        check: {
          possible: true,
          scheduled: 'all',
          requests: [
            {
              environment: 'a',
              kinds: ['live'],
              method: 'GET',
              url: 'https://a.example/spend',
              cost: 'none',
            },
          ],
          neverCall: ['/spend'],
          decisions: [{ state: 'unreachable', reason: 'r', next: 'n' }],
        },
      },
    ],
    [
      'must fit every answer',
      {
        check: {
          possible: true,
          scheduled: 'all',
          requests: [],
          neverCall: [],
          decisions: [{ status: 200, state: 'valid', reason: 'r', next: 'n' }],
        },
      },
    ],
  ])('for "%s"', (words, change) => {
    expect(validateProvider(completeProvider({ ...good, ...change })).join('\n')).toContain(words);
    expect(() => defineProvider({ ...good, ...change })).toThrow(words);
  });

  it.each(['(a|b){2,3}', 'a*', 'a{2,}', '(a)\\1', '(?=a)', '^a', '[a-z', '(?:a{1,3}){4}'])(
    'for the dangerous pattern %s',
    (source) => {
      expect(sourceProblems(source)).not.toEqual([]);
    },
  );

  it.each(['postgres(?:ql)?://[a-z]{1,60}', 'a\\.b\\*[*+]{1,3}', '[A-Za-z0-9+/]{20,512}={0,2}'])(
    'but not for the bounded pattern %s',
    (source) => {
      expect(sourceProblems(source)).toEqual([]);
    },
  );

  it('counts alphabets by what they contain', () => {
    for (const { range, size } of Object.values(alphabets)) {
      const member = new RegExp(`^[${range}]$`);
      const count = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((c) =>
        member.test(c),
      );
      expect(size).toBeLessThanOrEqual(count.length);
      expect(size).toBeGreaterThan(count.length - 7);
    }
  });
});
