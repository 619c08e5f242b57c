// Which variables of a real environment file are secrets. In doubt they are.
import { describe, expect, it } from 'vitest';
import { classifyVariable } from '../../../src/core/providers/classify-variable.ts';
import { sampleKey } from '../../support/key-samples.ts';

const random = sampleKey('circle-mint', 'live', 5).slice(13, 45);
const circa = sampleKey('circa', 'live', 5);
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');
const pem = ['-----BEGIN', 'PRIVATE KEY-----\nMIIB\n-----END'].join(' ');

const table: Readonly<Record<'secret' | 'plain' | 'placeholder', readonly (readonly [string, string])[]>> = {
  plain: [
    ['PORT', '8080'],
    ['PORT', '8888'],
    ['NODE_ENV', 'production'],
    ['LOG_LEVEL', 'debug'],
    ['FEATURE_LOGIN', 'true'],
    ['AUTH_ENABLED', 'false'],
    ['TOKEN_TTL', '3600'],
    ['SESSION_TIMEOUT', '15m'],
    ['JWT_ALGORITHM', 'HS256'],
    ['API_URL', 'https://api.example.com/v1'],
    ['AUTH_URL', 'https://auth.example.com'],
    ['REDIS_URL', 'redis://localhost:6379/0'],
    ['DB_HOST', 'db.internal.example.com'],
    ['DB_USER', 'app'],
    ['DB_NAME', 'shop'],
    ['SMTP_FROM', 'shop@example.com'],
    ['DATA', './var/data'],
    ['PRIVATE_KEY_PATH', '/run/keys/app.pem'],
    ['AWS_REGION', 'eu-central-1'],
    ['CIRCA_TEAM_ID', '0b6f9c28-0f4e-4e7f-a36d-2ff989045d11'],
    ['NEXT_PUBLIC_TITLE', 'A shop'],
    ['STRIPE_PUBLISHABLE_KEY', ['pk', 'test', random].join('_')],
    ['PUBLIC_KEY', random],
    ['GREETING', 'Hello and welcome to our shop'],
    ['EMPTY', ''],
    ['API_KEY', '${OTHER_KEY}'],
  ],
  secret: [
    ['CIRCA_API_KEY', circa],
    ['ANYTHING', circa],
    ['NEXT_PUBLIC_OOPS', circa],
    ['OPENAI_API_KEY', random],
    ['openai.api-key', random],
    ['DB_PASSWORD', 'hunter2'],
    ['DB_PASSWORD', 'test'],
    ['PIN', '4711'],
    ['SESSION_SECRET', 'keyboard cat'],
    ['API_KEY_PRODUCTION', 'abc'],
    ['API_KEY_2', 'abc'],
    ['SECRET_KEY_BASE', random],
    ['DATABASE_URL', 'postgres://app:hunter2@db.example.com/shop'],
    ['REDIS_URL', 'redis://:hunter2@localhost:6379'],
    ['NEXT_PUBLIC_URL', 'https://app:hunter2@example.com'],
    ['CALLBACK', `https://api.example.com/?token=${random}`],
    ['SENTRY', `https://${random}@sentry.example.com/1`],
    ['ALERTS', `https://hooks.slack.com/services/T0/B0/${random}`],
    ['ID_TOKEN', jwt],
    ['WHATEVER', jwt],
    ['CERT', pem],
    ['BUILD_HASH', random],
    ['LEGACY', '0b6f9c28-0f4e-4e7f-a36d-2ff989045d11'],
  ],
  placeholder: [
    ['API_KEY', 'your_api_key'],
    ['API_KEY', 'changeme'],
    ['API_KEY', '<api key>'],
    ['API_KEY', 'xxxxxxxxxxxxxxxx'],
    ['API_KEY', '************'],
    ['API_KEY', '{{ secrets.KEY }}'],
    ['CIRCA_API_KEY', 'circa_live_your_key_here'],
    ['API_KEY_SECRET', 'your_secret'],
    ['HOST', 'your-host-here'],
  ],
};

describe.each(Object.entries(table))('%s', (expected, rows) => {
  it.each(rows)('%s', (name, value) => {
    expect(classifyVariable(name, value).class).toBe(expected);
  });
});

describe('the reason', () => {
  it('is there and never contains the value', () => {
    const telling = Object.values(table)
      .flat()
      .filter(([, value]) => value.length > 6);
    for (const [name, value] of telling) {
      const { reason } = classifyVariable(name, value);
      expect(reason.length).toBeGreaterThan(10);
      expect(reason).not.toContain(value);
    }
  });

  it('names the provider, and the danger of a public name', () => {
    expect(classifyVariable('X', circa).reason).toBe('It is a key of Circa (circa.ai).');
    expect(classifyVariable('VITE_CIRCA_KEY', circa).reason).toContain('public code');
  });

  it('comes in linear time for long values', () => {
    const long = 'a:/@.=-_'.repeat(12_500);
    const before = performance.now();
    for (const name of ['KEY', 'URL', 'X']) classifyVariable(name, long);
    for (const unit of ['a', 'http://a:', '/a', 'a.', 'a-', 'your_'])
      classifyVariable('X', unit.repeat(Math.floor(100_000 / unit.length)));
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
