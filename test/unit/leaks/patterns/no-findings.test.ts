// What looks like a key and is none: nobody is told of it, whether the generic rule is on or off.
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { patternsFor } from '../../../../src/core/leaks/patterns/patterns.ts';
import { createPlainSearch } from '../../../../src/core/leaks/patterns/plain-search.ts';
import { publicFingerprint } from '../../../../src/core/providers/fingerprint.ts';
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import { maskValue } from '../../../../src/core/providers/mask.ts';
import { builtInProviders } from '../../../../src/core/providers/provider-list.ts';
import { isComposite } from '../../../../src/core/providers/take-apart.ts';
import { formatOf } from '../../../support/key-samples.ts';
import { drawFrom, randomKey, randomText } from '../../../support/random-keys.ts';
import { syntaxes } from '../../../support/syntaxes.ts';

const encoder = new TextEncoder();
const strict = createPlainSearch(patternsFor(builtInProviders, { generic: true, encoded: true }));
const find = (text: string): readonly string[] => strict(encoder.encode(text)).map(({ pattern }) => pattern);

const names = ['API_TOKEN', 'STRIPE_SECRET_KEY', 'DB_PASSWORD', 'TWILIO_AUTH_TOKEN', 'AUTH_SECRET'];

/** No finding in any syntax, behind any name. */
const expectNone = (value: string): void => {
  for (const syntax of syntaxes)
    for (const variable of names)
      expect({ value, syntax: syntax.name, variable, found: find(syntax.write(value, variable)) }).toEqual({
        value,
        syntax: syntax.name,
        variable,
        found: [],
      });
};

const body = (length: number): string => randomText(drawFrom(length), '0-9A-Za-z', length);

describe('no findings', () => {
  it.each([
    'your_secret',
    'your-api-key-here',
    'YOUR_API_KEY_HERE_12345',
    'xxxxxxxxxxxxxxxxxxxxxxxx',
    'XXXX-XXXX-XXXX-XXXX-0001',
    '<token>',
    '<your-token-1234567890>',
    '${API_TOKEN_FROM_ENV_1}',
    '$API_TOKEN_2',
    '{{ secrets.API_TOKEN_1 }}',
    '%(api_token_123456789)s',
    'process.env.API_TOKEN_1',
    'os.environ["TOKEN_2024"]',
    'changeme',
    'changeme1234567890',
    'password123',
    'replace_with_your_own_key_1',
    'insert-key-here-0123456789',
    'test_token_1234567890',
    'example-token-9f8e7d6c5b4a',
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyz012345',
    'deadbeefdeadbeefdeadbeefdeadbeef',
    '00000000000000000000000000000000',
    '11111111-2222-3333-4444-555555555555',
    'aaaaaaaaaaaaaaaaaaaa1',
    'not-a-real-secret-4815162342',
  ])('stand-in %s', (value) => expectNone(value));

  it.each(['ghp_', 'sk_live_', 'sk_test_', 'xoxb-', 'glpat-', 'npm_', 'AIza', 'SG.', 'hf_', 'sk-ant-api03-'])(
    'stand-ins that begin like a key: %s',
    (prefix) => {
      for (const rest of [
        'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
        '000000000000000000000000000000000000',
        'abcdefghijklmnopqrstuvwxyz0123456789',
        '1234567890abcdefghijklmnopqrstuvwxyz',
        'YourSecretTokenGoesHereAndIsReplaced',
        'thisisnotarealtokenbutanexample12345',
        '…',
        '...',
        '****************************3f9a',
        '<token>',
        '${TOKEN}',
      ])
        expectNone(`${prefix}${rest}`);
    },
  );

  it('masked keys as Keyturn and providers show them', () => {
    for (const { formats } of builtInProviders)
      for (const format of formats.filter(
        (each) => each.match === 'prefix' && each.document !== true && !isComposite(each),
      ))
        expect({
          format: format.id,
          found: find(`KEY="${maskValue(format, randomKey(format, drawFrom(3)))}"`),
        }).toEqual({
          format: format.id,
          found: [],
        });
    expectNone('sk_live_51Ab…wXyZ');
    expectNone('sk_live_****************4242');
    expectNone('ghp_••••••••••••1a2b');
  });

  it("Circa's first eighteen characters, which its portal shows", () => {
    expectNone(randomKey(formatOf('circa', 'live'), drawFrom(9)).slice(0, 18));
    expectNone(`${randomKey(formatOf('circa', 'test'), drawFrom(9)).slice(0, 18)}…`);
  });

  it('a sample that the documentation of a provider publishes', () => {
    const circa = findProvider('circa');
    if (circa === undefined) throw new Error('no provider circa');
    const published = randomKey(formatOf('circa', 'live'), drawFrom(77));
    const catalogue = builtInProviders.map((provider) =>
      provider.id === 'circa' ? { ...provider, publishedSamples: [publicFingerprint(published)] } : provider,
    );
    const search = createPlainSearch(patternsFor(catalogue, { generic: true }));
    const another = randomKey(formatOf('circa', 'live'), drawFrom(78));
    expect(search(encoder.encode(`key: ${published}`))).toEqual([]);
    expect(search(encoder.encode(`key: ${another}`)).length).toBe(1);
  });

  it('samples of standards, behind any name', () => {
    // RFC 6749, section 4.1.4.
    expectNone(['2Yotn', 'FZFEjr1z', 'CsicMWpAA'].join(''));
    expectNone(['tGzv3', 'JOkF0XG5', 'Qx2TlKWIA'].join(''));
  });

  it('the test key of every second tutorial on payments', () => {
    expectNone(['sk_test', '_4eC39Hq', 'LyjWDarj', 'tT1zdp7dc'].join(''));
  });

  it("AWS's published example, which says what it is", () => {
    const published = ['wJalrXUtnFEMI/K7MDENG/bPxRfiCY', 'EXAMPLE', 'KEY'].join('');
    expect(find(`AWS_SECRET_ACCESS_KEY=${published}`)).toEqual([]);
  });

  it('hashes, with and without their names', () => {
    for (let round = 0; round < 20; round += 1) {
      const hashOf = (kind: string) => createHash(kind).update(String(round));
      const [sha1, sha256] = [hashOf('sha1').digest('hex'), hashOf('sha256').digest('hex')];
      for (const text of [
        `commit ${sha1}\nAuthor: x\n`,
        `"integrity": "sha512-${hashOf('sha512').digest('base64')}"`,
        `"token-integrity": "sha256-${hashOf('sha256').digest('base64')}"`,
        `"resolved": "https://registry.example.net/a.tgz#${sha1}"`,
        `"contentHash": "${sha256}"`,
        `"passwordHash": "${sha256}"`,
        `"cache_key": "${sha256}"`,
        `etag: "${hashOf('md5').digest('hex')}"`,
        `app.${sha256.slice(0, 20)}.js`,
        `password: $2b$10$${randomText(drawFrom(round), '0-9A-Za-z', 53)}`,
        `secret_key_digest = ${sha256}`,
        `"checksum_token": "${sha1}"`,
      ])
        expect({ text, found: find(text) }).toEqual({ text, found: [] });
    }
  });

  it('UUIDs, unless the name is of a provider whose keys are such', () => {
    for (let round = 0; round < 10; round += 1) {
      const id = randomUUID();
      for (const text of [`request_token: ${id}`, `{"secretId":"${id}","token":"${id}"}`, `API_KEY=${id}`])
        expect({ text, found: find(text) }).toEqual({ text, found: [] });
    }
    expect(find(`HEROKU_API_KEY=${randomUUID()}`)).toEqual(['heroku/uuid']);
  });

  it('names and calls in code, minified or not', () => {
    for (const text of [
      'const token = nextToken2From(reader.peek1Token());',
      'this.accessToken2=e.getAccessTokenSilently2(t,n)',
      'password: this.form.controls.password2.value,',
      'if (token === Token.OpenBrace2Bracket3Paren4) return;',
      'import secretManager from "@google-cloud/secret-manager-v1beta2";',
      'secret_key_base: <%= ENV["SECRET_KEY_BASE_2024"] %>',
      'tokenURL: "https://login.example.net/oauth2/v2.0/token"',
      'var re_compile_pattern_internal_2 = npm_config_registry_url_2;',
      'public_key: "ssh-rsa AAAAB3NzaC1yc2E"',
      'password_file: /run/secrets/postgres_password_2024',
      'api_key: vault:secret/data/production#api_key_2',
      'secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-b1c2d3"',
      'csrf_token=Zk8qR2mX7pL4vN9wT3yB',
      "config.get('Credentials', 'gs_oauth2_refresh_token')",
      'enum { P11_KIT_ITER_KIND_TOKEN,\n\tP11_KIT_ITER_KIND_OBJECT2 }',
      'NL80211_ATTR_SAE_PASSWORD,\n\tNL80211_ATTR_TWT_RESPONDER',
      'from google import GoogleCredentials\n\nPROJECT = "bamboo-machine-4221"',
      'Authorization: Basic dXNlcm5hbWU6cGFzc3dvcmQ=',
      '<clientToken>token-f5b56c05-09b0-4d17-8d8c-c75d8a67b806</clientToken>',
      '--domain-password secretPassword123 --yes',
      'nextPageToken: "CAUQAA1b2C3d4E5f6G7h8"',
      'keyToken = 16.5.2-beta.12345678',
      'access_token_expires_at = 2026-11-28T14:11:51.123Z',
    ])
      expect({ text, found: find(text) }).toEqual({ text, found: [] });
  });

  it('the lock file of this repository', async () => {
    const { readFile } = await import('node:fs/promises');
    expect(strict(await readFile('package-lock.json'))).toEqual([]);
  });

  it('addresses of manuals: stand-ins for a password, and machines that are nobody’s', () => {
    for (const address of [
      'postgres://user:password@localhost:5432/db',
      'postgresql://postgres:postgres@db:5432/app',
      'mysql://root:root@127.0.0.1/test',
      'mysql://root:secret@host/db',
      'redis://:password@redis:6379/0',
      'redis://user:${REDIS_PASSWORD}@cache.acme.io:6379',
      'amqp://guest:guest@rabbitmq:5672',
      'postgres://user:<password>@db.acme.io/app',
      'postgres://user:{password}@db.acme.io/app',
      'postgres://user:%s@db.acme.io/app',
      'mqtt://user:pass@broker.example.com:1883',
      'postgres://alice:alice@db.acme.io/app',
      'postgres://alice:your_password@db.acme.io/app',
      'postgres://alice:********@db.acme.io/app',
      'https://user:password@example.com/path',
      'https://user:pass@host:8080',
      'mongodb+srv://<user>:<password>@cluster0.mongodb.net/db',
      'mongodb://root:example@mongo:27017/',
      'https://x-access-token:${GITHUB_TOKEN}@github.com/a/b.git',
      'ftp://anonymous:me@example.org@ftp.example.org/',
      'https://registry.npmjs.org/@scope:name@1.2.3',
      'http://localhost:3000/a:b@c',
    ])
      expect({ address, found: find(`DATABASE_URL=${address}`) }).toEqual({ address, found: [] });
  });

  it('but the same texts with a value of somebody’s are findings', () => {
    expect(find(`API_TOKEN=${body(32)}`)).toEqual(['generic']);
    expect(find(`const dbPassword: string = "${body(20)}";`)).toEqual(['generic']);
    expect(find(`postgres://alice:${body(12)}@db.acme.io/app`)).toEqual(['postgres/url']);
    expect(find(`see mongodb+srv://app:${body(16)}@cluster0.ab1cd.mongodb.net/x`)).toEqual([
      'address-with-password',
    ]);
    expect(find(`"proxy": "http://me:${body(16)}@proxy.acme.io:8080"`)).toEqual(['address-with-password']);
    expect(find(`"url\\nhttps://me:${body(16)}@acme.io/"`)).toEqual(['address-with-password']);
    expect(find(`Authorization: Bearer ${body(40)}`)).toEqual(['generic']);
    expect(find(`deploy --api-key ${body(24)} --yes`)).toEqual(['generic']);
    expect(find(`<password>${body(20)}</password>`)).toEqual(['generic']);
    expect(find(`setenv("DB_PASSWORD", "${body(20)}");`)).toEqual(['generic']);
    expect(find(`FROM x\nENV DB_PASSWORD ${body(20)}\n`)).toEqual(['generic']);
    expect(find(`machine git.acme.io login me password ${body(20)}\n`)).toEqual(['generic']);
    expect(find(`{\\"client_secret\\":\\"${body(30)}\\"}`)).toEqual(['generic']);
  });
});

describe('the generic rule', () => {
  it('is off unless asked for, and finds nothing then', () => {
    const plain = createPlainSearch(patternsFor(builtInProviders, { generic: false }));
    expect(plain(encoder.encode(`API_TOKEN=${body(32)}`))).toEqual([]);
  });

  it('gives way to the format of a provider behind the same name', () => {
    const key = randomKey(formatOf('stripe', 'secret-live'), drawFrom(1));
    expect(find(`STRIPE_SECRET_KEY=${key}`)).toEqual(['stripe/secret-live']);
  });
});
