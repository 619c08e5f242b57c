// The parts of the catalogue that few providers need: patterns given as text, fields that only some formats have, the one walk
// over a text for all beginnings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorScanner } from '../../../src/core/providers/anchor-scan.ts';
import { buildAsk } from '../../../src/core/providers/ask/build.ts';
import { planAsking } from '../../../src/core/providers/ask/converse.ts';
import { usualReach, type Question } from '../../../src/core/providers/ask/question.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { judgeValue, missingFields } from '../../../src/core/providers/check-value.ts';
import { formInWords } from '../../../src/core/providers/malformed.ts';
import { fullMask, maskField, maskValue } from '../../../src/core/providers/mask.ts';
import { compilePattern, literalPrefixOf } from '../../../src/core/providers/pattern.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import { runEnd, runFinder } from '../../../src/core/providers/surroundings.ts';
import { formatOf, sampleKey } from '../../support/key-samples.ts';

const provider = (id: string) => {
  const found = findProvider(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};
const missing = (id: string, values: Readonly<Record<string, string>>): readonly string[] =>
  missingFields(provider(id), new Map(Object.entries(values))).map((field) => field.name);

describe('a pattern given as text', () => {
  const bedrock = formatOf('aws-iam', 'bedrock');
  const legacy = formatOf('openai', 'legacy');

  it('knows its beginning where it has one', () => {
    expect(literalPrefixOf(bedrock.pattern)).toBe('ABSK');
    expect(literalPrefixOf(legacy.pattern)).toBe('');
    expect(formInWords(bedrock)).toBe(bedrock.label);
  });

  it('knows its shortest length where that can be read from it', () => {
    expect(compilePattern(bedrock.pattern).minLength).toBe(113);
    expect(compilePattern(legacy.pattern).minLength).toBe(1);
    const optional = { source: 'acme_\\.x?[a-z]{3}(?:b|c)', anchors: ['acme_'], maxLength: 20 };
    expect(compilePattern(optional).minLength).toBe(1);
    expect(compilePattern({ ...optional, source: 'acme_\\.x?[a-z]{3}b{2,4}' }).minLength).toBe(11);
  });

  it('is found whole, padding included, whatever follows', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const value = sampleKey('aws-iam', 'bedrock', seed);
      for (const text of [value, `key: "${value}"`, `KEY=${value}\nB=2`]) {
        const [found] = recognise(text).candidates;
        expect(found?.malformed).toEqual([]);
        expect(text.slice(found!.occurrences[0]!.start, found!.occurrences[0]!.end)).toBe(value);
      }
    }
  });

  it('never shows anything of its value', () => {
    expect(maskValue(bedrock, sampleKey('aws-iam', 'bedrock'))).toBe(fullMask);
    expect(maskField(provider('aws-iam'), 'bedrockApiKey', sampleKey('aws-iam', 'bedrock'))).toBe(fullMask);
    expect(maskValue(legacy, sampleKey('openai', 'legacy'))).toBe(fullMask);
  });

  it('says what is wrong with a value cut off', () => {
    const value = sampleKey('aws-iam', 'bedrock');
    const { malformed } = judgeValue(provider('aws-iam'), 'bedrockApiKey', value.slice(0, 60));
    expect(malformed.map((problem) => problem.code)).toEqual(['wrong-form']);
    expect(malformed[0]?.message).not.toContain(value.slice(4, 12));
    expect(recognise(value.slice(0, 90)).candidates[0]?.malformed).toHaveLength(1);
  });

  it('by its middle does not take the keys of others for its own gone wrong', () => {
    const other = `sk-${'4f9c1b7e'.repeat(4)}`;
    expect(recognise(other).candidates).toEqual([]);
    expect(recognise(`x${sampleKey('openai', 'legacy')}`).candidates).toEqual([]);
    const longer = recognise(`${sampleKey('openai', 'legacy')}00`).candidates[0];
    expect(longer?.malformed.map((problem) => problem.code)).toEqual(['wrong-form']);
    expect(longer?.suggested).toBeDefined();
  });
});

describe('fields that only some formats have', () => {
  const id = sampleKey('aws-iam', 'long-term-id');
  const temporary = sampleKey('aws-iam', 'temporary-id');
  const secretAccessKey = sampleKey('aws-iam', 'secret');

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['aws-iam', { accessKeyId: id }, ['secretAccessKey']],
    ['aws-iam', { accessKeyId: id, secretAccessKey }, []],
    ['aws-iam', { accessKeyId: temporary, secretAccessKey }, ['sessionToken']],
    ['aws-iam', { bedrockApiKey: sampleKey('aws-iam', 'bedrock') }, []],
    ['supabase', { secret: sampleKey('supabase', 'token') }, []],
    ['supabase', { secret: sampleKey('supabase', 'secret') }, ['ref']],
    ['cloudflare', { secret: sampleKey('cloudflare', 'user') }, []],
    ['cloudflare', { secret: sampleKey('cloudflare', 'global') }, ['email']],
    ['digitalocean', { secret: sampleKey('digitalocean', 'token') }, []],
    ['digitalocean', { accessKeyId: sampleKey('digitalocean', 'spaces-id') }, ['secretAccessKey']],
    ['circa', { secret: sampleKey('circa', 'live') }, ['teamId']],
  ])('%s', (name, values, expected) => {
    expect(missing(name, values)).toEqual(expected);
  });

  it('are asked for by recognition too', () => {
    const missed = (text: string): readonly string[] | undefined => recognise(text).missing[0];
    expect(missed(sampleKey('supabase', 'token'))).toEqual([]);
    expect(missed(sampleKey('supabase', 'secret'))).toEqual(['ref']);
    expect(missed(id)).toEqual(['secretAccessKey']);
  });
});

const asked = (id: string, values: Readonly<Record<string, string>>, over: Partial<Question> = {}) => {
  const question: Question = {
    definition: provider(id),
    values,
    kind: 'unknown',
    reach: usualReach,
    unattended: false,
    ...over,
  };
  const plan = planAsking(question);
  if (!plan.ok) return plan.said.reason;
  const built = buildAsk(question, plan.value.check, plan.value.prepared, plan.value.request);
  if (!built.ok) return built.said.reason;
  return built.value.ask.protocol === 'http'
    ? {
        url: built.value.ask.url,
        method: built.value.ask.method,
        headers: Object.fromEntries(built.value.ask.headers),
      }
    : built.value.ask.protocol;
};

describe('what is asked depends on the form of the key', () => {
  it.each<[string, string, string]>([
    ['anthropic', 'api', 'https://api.anthropic.com/v1/models?limit=1'],
    ['anthropic', 'admin', 'https://api.anthropic.com/v1/organizations/api_keys?limit=1'],
    ['cloudflare', 'user', 'https://api.cloudflare.com/client/v4/user/tokens/verify'],
    ['supabase', 'token', 'https://api.supabase.com/v1/projects'],
    ['gitlab', 'classic', 'https://gitlab.com/api/v4/personal_access_tokens/self'],
    ['github-app', 'opaque', 'https://api.github.com/installation/repositories?per_page=1'],
    ['datadog', 'api-key', 'https://api.datadoghq.com/api/v1/validate'],
  ])('%s/%s: %s', (id, format, url) => {
    const field = formatOf(id, format).field;
    expect(asked(id, { [field]: sampleKey(id, format) })).toMatchObject({ url, method: 'GET' });
  });

  it.each<[string, string]>([
    ['stripe', 'publishable-live'],
    ['github-pat', 'refresh'],
    ['digitalocean', 'refresh'],
    ['vercel', 'other'],
  ])('%s/%s is not asked about', (id, format) => {
    expect(asked(id, { secret: sampleKey(id, format) })).toContain('no question');
  });

  it.each<[string, string, string]>([
    ['cloudflare', 'account', 'Account id is missing'],
    ['supabase', 'secret', 'Project ref is missing'],
    ['npm', 'granular', 'Registry is not set'],
    ['verdaccio', 'jwt', 'Registry is not set'],
    ['algolia', 'key', 'Application id is missing'],
  ])('%s/%s says what it lacks', (id, format, words) => {
    expect(asked(id, { [formatOf(id, format).field]: sampleKey(id, format) })).toContain(words);
  });

  it('does not ask AWS with half a pair, nor with a temporary key without its session', () => {
    const accessKeyId = sampleKey('aws-iam', 'long-term-id');
    const secretAccessKey = sampleKey('aws-iam', 'secret');
    expect(asked('aws-iam', { accessKeyId })).toContain('Secret access key is missing');
    expect(asked('aws-iam', { secretAccessKey })).toContain('Access key id is missing');
    const temporary = { accessKeyId: sampleKey('aws-iam', 'temporary-id'), secretAccessKey };
    expect(asked('aws-iam', temporary)).toContain('Session token is missing');
    for (const whole of [
      { accessKeyId, secretAccessKey },
      { ...temporary, sessionToken: 'a'.repeat(40) },
    ])
      expect(asked('aws-iam', whole)).toMatchObject({ url: 'https://sts.amazonaws.com/', method: 'POST' });
  });

  it('goes to the registry that is set, and nowhere else', () => {
    const values = { secret: sampleKey('npm', 'granular') };
    const reach = { baseUrl: null, values: { registry: 'https://npm.example.com/team/' } };
    expect(asked('npm', values, { reach })).toMatchObject({
      url: 'https://npm.example.com/team/-/whoami',
      headers: { authorization: `Bearer ${values.secret}` },
    });
    const plain = { baseUrl: null, values: { registry: 'http://npm.example.com' } };
    expect(asked('npm', values, { reach: plain })).toContain('cannot stand in an address');
  });

  it('keeps to the sites that Datadog has', () => {
    const values = { apiKey: sampleKey('datadog', 'api-key') };
    const reach = (site: string) => ({ reach: { baseUrl: null, values: { site } } });
    expect(asked('datadog', values, reach('datadoghq.eu'))).toMatchObject({
      url: 'https://api.datadoghq.eu/api/v1/validate',
    });
    expect(asked('datadog', values, reach('evil.example'))).toContain('does not have');
  });

  it('takes "api" as the user of Mailgun', () => {
    const secret = sampleKey('mailgun', 'prefixed');
    const sent = asked('mailgun', { secret });
    const basic = Buffer.from(`api:${secret}`).toString('base64');
    expect(sent).toMatchObject({ headers: { authorization: `Basic ${basic}` } });
  });

  it('logs in to Twilio with the key, or with the account where there is an Auth Token', () => {
    const accountSid = sampleKey('twilio', 'account-sid');
    const keySid = sampleKey('twilio', 'key-sid');
    const secret = `Zz${sampleKey('twilio', 'key-secret').slice(2)}`;
    const token = sampleKey('twilio', 'auth-token');
    const basic = (user: string, password: string) => ({
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    });
    expect(asked('twilio', { accountSid, keySid, secret })).toMatchObject(basic(keySid, secret));
    expect(asked('twilio', { accountSid, secret: token })).toMatchObject(basic(accountSid, token));
  });

  it('puts the key of Algolia into the path, for want of another place', () => {
    const secret = sampleKey('algolia', 'key');
    expect(asked('algolia', { secret, appId: 'ABCDE12345' })).toMatchObject({
      url: `https://ABCDE12345.algolia.net/1/keys/${secret}`,
      headers: { 'x-algolia-api-key': secret, 'x-algolia-application-id': 'ABCDE12345' },
    });
  });
});

describe('the one walk over a text', () => {
  const literals = ['ab', 'abc', 'a', 'ba', 'bab', 'é1', 'zz_'];

  it('finds every place of every literal', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[abcz_1é ]{0,60}$/), (text) => {
        const places = anchorScanner(literals)(text);
        for (const literal of [...literals, 'cz']) {
          const all = Array.from({ length: text.length }, (_, at) => at).filter((at) =>
            text.startsWith(literal, at),
          );
          expect([...places(literal)]).toEqual(all);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('and the ends of runs are those that are found one by one', () => {
    const piece = fc.oneof(
      fc.constantFrom(' ', '"', ',', 'a', 'é', '😀', '\n'),
      fc.nat({ max: 1500 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(3000)), (pieces, starts) => {
        const text = pieces.join('');
        const endOf = runFinder(text);
        const places = starts.filter((start) => start <= text.length).toSorted((left, right) => left - right);
        for (const start of places) expect(endOf(start)).toBe(runEnd(text, start));
      }),
      { numRuns: 200 },
    );
  });
});
