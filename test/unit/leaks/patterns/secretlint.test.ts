// Held to secretlint's recommended preset: whatever it finds of the providers that the catalogue knows, we find, in generated files.
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isLed } from '../../../../src/core/leaks/patterns/leads.ts';
import { patternsFor } from '../../../../src/core/leaks/patterns/patterns.ts';
import { createPlainSearch } from '../../../../src/core/leaks/patterns/plain-search.ts';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';
import { isComposite } from '../../../../src/core/providers/take-apart.ts';
import { drawFrom, randomKey, randomText, type Draw } from '../../../support/random-keys.ts';
import { syntaxes, type Syntax } from '../../../support/syntaxes.ts';

const search = createPlainSearch(patternsFor(builtInProviders, { generic: false }));
const encoder = new TextEncoder();
const rulePrefix = '@secretlint/secretlint-rule-';

/** Its rules, and the provider of ours that each is about; null where the catalogue has none. */
const ours: Readonly<Record<string, string | null>> = {
  anthropic: 'anthropic',
  aws: 'aws-iam',
  cloudflare: 'cloudflare',
  docker: 'dockerhub',
  gcp: 'gcp-sa',
  github: 'github-pat',
  gitlab: 'gitlab',
  groq: 'groq',
  huggingface: 'huggingface',
  linear: 'linear',
  npm: 'npm',
  openai: 'openai',
  privatekey: 'private-key',
  sendgrid: 'sendgrid',
  shopify: 'shopify',
  slack: 'slack',
  stripe: 'stripe',
  vercel: 'vercel',
  'database-connection-string': 'postgres',
  '1password': null,
  basicauth: null,
  databricks: null,
  figma: null,
  'filter-comments': null,
  grafana: null,
  'hashicorp-vault': null,
  notion: null,
  tailscale: null,
};

type Theirs = { readonly rule: string; readonly start: number; readonly end: number };

const theirFindings = async (text: string, ext: string): Promise<readonly Theirs[]> => {
  const { messages } = await lintSource({
    source: { content: text, filePath: `/work/file${ext}`, ext, contentType: 'text' },
    options: { config: { rules: [{ id: `${rulePrefix}preset-recommend`, rule: creator, rules: [] }] } },
  });
  return messages.map(({ ruleId, range }) => ({
    rule: ruleId.replace(rulePrefix, ''),
    start: range[0],
    end: range[1],
  }));
};

/** What it found and we did not, of providers that we know. */
const missed = async (
  text: string,
  ext: string,
): Promise<{ readonly theirs: number; readonly missed: readonly string[] }> => {
  const findings = (await theirFindings(text, ext)).filter(({ rule }) => ours[rule] !== null);
  const mine = search(encoder.encode(text));
  return {
    theirs: findings.length,
    missed: findings
      .filter(({ start, end }) => !mine.some((match) => match.start < end && start < match.end))
      .map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`),
  };
};

const formats = builtInProviders.flatMap((provider) =>
  provider.formats
    .filter((format) => isLed(format) && !isComposite(format))
    .map((format) => ({ provider, format })),
);

/** Forms of which it has more than one, and values that only their names give away. */
const special: readonly ((draw: Draw, syntax: Syntax) => string)[] = [
  (draw) => `AWS_SECRET_ACCESS_KEY=${randomText(draw, '0-9A-Za-z+/', 40)}\n`,
  (draw) => `{"SecretAccessKey": "${randomText(draw, '0-9A-Za-z', 40)}"}`,
  (draw) => `aws_secret_access_key = "${randomText(draw, '0-9A-Za-z', 40)}"`,
  (draw, { write }) =>
    write(
      `xoxa-2-${randomText(draw, '1-9', 12)}-${randomText(draw, '1-9', 12)}-${randomText(draw, '0-9a-f', 32)}`,
      'SLACK',
    ),
  (draw, { write }) =>
    write(
      `https://hooks.slack.com/services/T${randomText(draw, '0-9A-Z', 10)}/B${randomText(draw, '0-9A-Z', 10)}/${randomText(draw, '0-9A-Za-z', 24)}`,
      'WEBHOOK',
    ),
  (draw, { write }) =>
    write(
      `postgresql://${randomText(draw, 'a-z', 8)}:${randomText(draw, '0-9A-Za-z', 6 + draw(12))}@db.${randomText(draw, 'a-z', 8)}.io:5432/app`,
      'DATABASE_URL',
    ),
  (draw, { write }) =>
    write(
      `mysql://${randomText(draw, 'a-z', 8)}:${randomText(draw, '0-9A-Za-z', 6 + draw(12))}@10.0.0.${draw(200)}/app`,
      'DATABASE_URL',
    ),
  (_, { write }) =>
    write(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      }) as string,
      'PRIVATE_KEY',
    ),
];

describe('beside secretlint', () => {
  it('each of its rules is a provider of ours, or is known to be none', async () => {
    const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
    const ids = rules.map(({ meta }) => meta.id.replace(rulePrefix, ''));
    expect([...ids].sort((left, right) => left.localeCompare(right, 'en'))).toEqual(
      Object.keys(ours).sort((left, right) => left.localeCompare(right, 'en')),
    );
  });

  it('finds every key of our catalogue that it finds, in every syntax', async () => {
    const draw = drawFrom(211);
    let theirs = 0;
    for (const { format, provider } of formats)
      for (const syntax of syntaxes) {
        const variable = `${provider.id.toUpperCase().replace(/-/g, '_')}_KEY`;
        const text = syntax.write(randomKey(format, draw), variable);
        const result = await missed(text, '.txt');
        theirs += result.theirs;
        expect({ text, missed: result.missed }).toEqual({ text, missed: [] });
      }
    expect(theirs).toBeGreaterThan(500);
  });

  it('and forms that it knows of the same providers', async () => {
    const draw = drawFrom(223);
    let theirs = 0;
    for (const form of special)
      for (const syntax of syntaxes)
        for (const ext of ['.txt', '.json', '.env']) {
          const text = form(draw, syntax);
          const result = await missed(text, ext);
          theirs += result.theirs;
          expect({ text, missed: result.missed }).toEqual({ text, missed: [] });
        }
    expect(theirs).toBeGreaterThan(200);
  });

  it('a key file of a service account, a token of npm by its name', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const file = JSON.stringify(
      {
        type: 'service_account',
        project_id: 'p',
        private_key_id: randomText(drawFrom(1), '0-9a-f', 40),
        private_key: privateKey,
        client_email: 'a@p.iam.gserviceaccount.com',
      },
      null,
      2,
    );
    const npmrc = `//registry.npmjs.org/:_authToken=${crypto.randomUUID()}\n`;
    for (const [text, ext] of [
      [file, '.json'],
      [npmrc, '.npmrc'],
    ] as const)
      expect((await missed(text, ext)).missed).toEqual([]);
    expect(search(encoder.encode(file)).map(({ pattern }) => pattern)).toEqual(['gcp-sa/key-file']);
    expect(search(encoder.encode(npmrc)).map(({ pattern }) => pattern)).toEqual(['npm/legacy']);
  });
});
