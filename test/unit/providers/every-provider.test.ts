// What holds for every provider file of the catalogue: all that the reference lists are there, with sources; checks are harmless;
// every row of every decision table can be reached; no answer with several causes is called revoked.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changingWordIn } from '../../../src/core/providers/changing-calls.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { decide } from '../../../src/core/providers/ask/decide.ts';
import { isOld } from '../../../src/core/providers/describe.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import { samplesOf } from '../../support/key-samples.ts';
import { answerFor, requestsOf, valuesFor } from '../../support/provider-answers.ts';

/** The 54 entries of the reference, by id. */
const referenceIds = [
  ...['circle-mint', 'circle-w3s', 'appcircle', 'appcircle-pak', 'circa', 'aws-iam', 'github-pat'],
  ...['github-app', 'gitlab', 'openai', 'openai-admin', 'anthropic', 'stripe', 'cloudflare', 'sendgrid'],
  ...['twilio', 'npm', 'verdaccio', 'datadog', 'vercel', 'netlify', 'heroku', 'digitalocean', 'fastly'],
  ...['algolia', 'mailgun', 'resend', 'supabase', 'neon', 'gcp-sa', 'gcp-api-key', 'azure-entra', 'slack'],
  ...['sentry', 'linear', 'huggingface', 'mongodb-atlas', 'pypi', 'dockerhub', 'circleci'],
  ...['terraform-cloud', 'shopify', 'postmark', 'openrouter', 'xai', 'groq', 'postgres', 'redis', 'mariadb'],
  ...['rabbitmq', 'etcd', 'mosquitto', 'unleash', 'oidc-provider'],
];
const named = builtInProviders.map((provider) => [provider.id, provider] as const);
const checked = named.flatMap(([id, provider]) =>
  provider.check.possible ? [[id, provider.check, provider] as const] : [],
);

/** Calls that change, send, buy or spend something at one provider or another, as they stand in addresses and bodies. */
const changing =
  /\/(?:rotate|revoke|regenerate|roll|promote|expire|restore|send|charges?|payouts?|transfers?|refunds?|payment_intents|purchases?|messages|completions|responses|embeddings|deployments|access_tokens|credentials\/revoke|datapoints\/pull)(?:[/?.]|$)|Action=(?:Create|Update|Delete|Put|Attach)/i;
/** Exchanges of a key for a short-lived token, and questions that can only be put as a body. */
const postsAllowed: ReadonlySet<string> = new Set(['session', 'none', 'quota']);

describe('the catalogue of the reference', () => {
  it('is complete: 54 ids, none twice', () => {
    expect(referenceIds).toHaveLength(54);
    expect(new Set(referenceIds).size).toBe(54);
    const known = new Set(builtInProviders.map((provider) => provider.id));
    expect(referenceIds.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(referenceIds)('%s says where each fact was read, and when', (id) => {
    const facts = findProvider(id)?.facts ?? [];
    expect(facts.length).toBeGreaterThan(0);
    for (const fact of facts) {
      expect(fact.source.trim().length).toBeGreaterThan(5);
      expect(fact.text.trim().length).toBeGreaterThan(5);
      expect(fact.verifiedOn).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });

  it('calls a fact old after half a year', () => {
    expect(isOld('2026-05-28', '2026-11-27')).toBe(false);
    expect(isOld('2026-05-27', '2026-11-27')).toBe(true);
  });

  it('calls uncertain what no page says, and not everything', () => {
    const all = builtInProviders.flatMap((provider) => provider.facts);
    expect(all.filter((fact) => /knowledge|memory/.test(fact.source) && fact.uncertain !== true)).toEqual([]);
    expect(all.filter((fact) => fact.uncertain !== true).length).toBeGreaterThan(all.length / 2);
  });

  it('names no address of a package registry: that is the person’s own', () => {
    expect(JSON.stringify(builtInProviders)).not.toMatch(
      /registry\.[a-z]+\.[a-z]|\/\/[^/"]*registry|pkg\.[a-z]+\.|npmjs\.org|pypi\.org\/simple/i,
    );
    for (const id of ['npm', 'verdaccio']) {
      const registry = findProvider(id)?.settings.find((setting) => setting.name === 'registry');
      expect(registry).toBeDefined();
      expect(registry?.usual).toBeUndefined();
    }
  });

  it.each(named)('%s tells a person who makes and ends its keys, and how one is replaced', (_, provider) => {
    expect(provider.managedBy.create).not.toBe('');
    expect(provider.managedBy.revoke).not.toBe('');
    expect(provider.rotation.steps.length).toBeGreaterThan(2);
    expect(provider.movesMoney.why).not.toBe('');
  });
});

describe('what is pasted', () => {
  const formats = builtInProviders.flatMap((provider) =>
    provider.formats.map((format) => [`${provider.id}/${format.id}`, provider, format] as const),
  );

  it.each(formats.filter(([, , format]) => format.match === 'prefix'))(
    '%s is recognised alone, its provider first',
    (_, provider, format) => {
      fc.assert(
        fc.property(samplesOf(format), (value) => {
          const [found, ...others] = recognise(value).candidates;
          expect(others).toEqual([]);
          expect(found?.confidence).toBe('certain');
          const claims = [found!, ...found!.alternatives];
          const rank = claims.findIndex((claim) => claim.provider === provider.id);
          expect(rank).toBeGreaterThanOrEqual(0);
          const better = claims.slice(0, rank).map((claim) => findProvider(claim.provider)!);
          for (const rival of better)
            expect(Math.max(...rival.formats.map((entry) => entry.priority))).toBeGreaterThan(
              format.priority,
            );
        }),
        { numRuns: 8 },
      );
    },
  );

  it.each(formats.filter(([, , format]) => format.match === 'shape'))(
    '%s decides nothing alone',
    (_, _provider, format) => {
      fc.assert(
        fc.property(samplesOf(format), (value) => {
          const certain = recognise(value).candidates.filter((found) => found.confidence === 'certain');
          expect(certain.filter((found) => found.format === format.id)).toEqual([]);
          expect(recognise(value).candidates.some((found) => found.confidence === 'possible')).toBe(false);
        }),
        { numRuns: 8 },
      );
    },
  );

  it.each([
    'The tutorial says re_use_the_old_one and re_calculate_all_of_the_things_again.',
    'See key-management-service-endpoint, key-value-pairs-in-something-else and key-did-provider-ed25519.',
    'ACKNOWLEDGEMENTS AND DOCUMENTATIONOFTHEPROJECT SKILLS, ACCESSIBILITYANDUSABILITYOFTHEPRODUCT',
    'sk-learn-something, npm_config_registry=x, npm_lifecycle_event, ghp_something_else_entirely_in_snake_case',
    'xoxo, hf_hub_download, gsk_theme_name, glpat-is-a-prefix, re_path(r"^articles"), SG.Utils.call()',
  ])('prose and code give nothing: %s', (text) => {
    expect(recognise(text).candidates).toEqual([]);
  });
});

describe('a check does no harm', () => {
  it.each(checked)('%s calls nothing that changes or costs something', (_, check) => {
    for (const request of check.requests) {
      const body = Object.entries(request.body?.entries ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join('&');
      for (const path of check.neverCall) {
        expect(request.url).not.toContain(path);
        expect(body).not.toContain(path);
      }
      expect(request.url).not.toMatch(changing);
      expect(body).not.toMatch(changing);
      expect(changingWordIn(request.url)).toBeUndefined();
      expect(['GET', 'HEAD', 'POST']).toContain(request.method);
      if (request.method === 'POST') expect(postsAllowed.has(request.cost)).toBe(true);
      if (request.cost === 'credits') expect(check.scheduled).not.toBe('all');
    }
  });

  it.each(checked)('%s names what must never be called near it', (_, check) => {
    // Servers that are only logged in to, and GraphQL, where every call has the same address, have no such paths.
    if (check.requests.every(({ protocol = 'http', url }) => protocol !== 'http' || url.endsWith('/graphql')))
      return;
    expect(check.neverCall.length).toBeGreaterThan(0);
    for (const path of check.neverCall) expect(path.length).toBeGreaterThan(3);
  });

  it('sends no secret in an address, but where a provider has no other way', () => {
    const inAddress = checked.filter(([, check, provider]) =>
      check.requests.some((request) =>
        (request.auth ?? provider.auth).places.some(
          (place) =>
            (place.in === 'query' || place.in === 'path') &&
            provider.fields.find((field) => field.name === place.field)?.secret === true,
        ),
      ),
    );
    expect(inAddress.map(([id]) => id)).toEqual(['algolia']);
  });

  it('asks no live key that moves money unattended without consent', () => {
    const unasked = checked.filter(
      ([, check, provider]) =>
        provider.movesMoney.value &&
        provider.formats.some((format) => format.kind === 'live') &&
        check.scheduled === 'all',
    );
    expect(unasked.map(([id]) => id)).toEqual([]);
  });
});

describe('decisions', () => {
  it('are held to answers that were seen or documented, for every provider that is asked', () => {
    const tables = readdirSync(import.meta.dirname)
      .filter((name) => /^answers-.*\.test\.ts$/.test(name))
      .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
      .join('\n');
    const told = [...tables.matchAll(/^describeAnswers\('([a-z0-9-]+)'/gm)].map(([, id = '']) => id);
    expect(told.toSorted()).toEqual(checked.map(([id]) => id).toSorted());
  });

  it.each(checked)('of %s: every row can be reached', (_, check) => {
    check.decisions.forEach((row, index) => {
      const requests = requestsOf(row, check);
      expect(requests.length).toBeGreaterThan(0);
      const answer = answerFor(row, check);
      const reached = requests.map((request) => decide(check, request, answer, valuesFor(row)).row);
      expect(reached, `row ${index}: ${row.reason}`).toContain(index);
    });
  });

  it.each(checked)('of %s: every request has an answer that is valid and one that is not', (_, check) => {
    for (const request of check.requests) {
      const rows = check.decisions.filter((row) => row.request === undefined || row.request === request.id);
      expect(rows.some((row) => row.state === 'valid')).toBe(true);
      expect(rows.some((row) => row.state === 'invalid' || row.state === 'blocked')).toBe(true);
    }
  });

  it.each(checked)('of %s: an answer that nobody foresaw says nothing about the key', (_, check) => {
    for (const status of [302, 418, 500, 502, 503]) {
      const answer = answerFor({ status, state: 'unreachable', reason: '', next: '' }, check);
      for (const request of check.requests)
        expect(['unreachable', 'not-checkable']).toContain(
          check.decisions[decide(check, request, answer).row]?.state,
        );
    }
  });

  it('say "revoked" only where the provider says it, or as one cause of several', () => {
    const tooSure = checked.flatMap(([id, check]) =>
      check.decisions
        .map((row) => row.reason)
        .filter((reason) => /\brevoked\b/i.test(reason) && !/itself says|says that|,| or /.test(reason))
        .map((reason) => `${id}: ${reason}`),
    );
    expect(tooSure).toEqual([]);
  });

  it.each(checked)('of %s: what is told comes from a request there is, and in a plain word', (_, check) => {
    for (const row of check.decisions) {
      expect(row.reason.length).toBeLessThan(260);
      expect(row.next.length).toBeGreaterThan(5);
      expect(`${row.reason}${row.next}`).not.toMatch(/!/);
    }
  });
});
