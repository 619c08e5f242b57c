// Connection strings: recognised whole, taken apart into the fields that the command line promises, put together again when a password
// changes, and kept whole where a program reads them whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeValues } from '../../../src/core/keys/arrange-values.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { missingFields } from '../../../src/core/providers/check-value.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import {
  connectionFieldOf,
  effectiveValues,
  mainFieldOf,
  putInto,
  takeApart,
} from '../../../src/core/providers/take-apart.ts';

const provider = (id: string): ProviderDefinition => {
  const found = findProvider(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};
/** In parts, so that no line here looks like a login. */
const at = (scheme: string, user: string, password: string, rest: string): string =>
  `${scheme}://${user}:${password}@${rest}`;

describe('a connection string', () => {
  it.each([
    [
      'postgres',
      at('postgres', 'app', 'pa%40ss', 'db.example.com:5490/shop'),
      { host: 'db.example.com', port: '5490', user: 'app', password: 'pa@ss', database: 'shop' },
    ],
    [
      'postgres',
      at('postgresql', 'app', 'p', 'h/shop?sslmode=require&a=b'),
      { host: 'h', user: 'app', password: 'p', database: 'shop' },
    ],
    ['postgres', at('postgres', 'app', 'a/b?c#d', '[::1]:5432'), undefined],
    [
      'postgres',
      at('postgres', 'app', 'a%2Fb%3F', '[::1]:5432'),
      { host: '[::1]', port: '5432', user: 'app', password: 'a/b?' },
    ],
    [
      'redis',
      at('rediss', '', 'p', 'cache.example.com:6380/2'),
      { host: 'cache.example.com', port: '6380', password: 'p', database: '2' },
    ],
    [
      'mariadb',
      at('mysql', 'app', '100%', '127.0.0.1/shop'),
      { host: '127.0.0.1', user: 'app', password: '100%', database: 'shop' },
    ],
    [
      'rabbitmq',
      at('amqps', 'svc', 'p', 'mq.example.com/%2Fjobs'),
      { host: 'mq.example.com', user: 'svc', password: 'p', database: '/jobs' },
    ],
    [
      'mosquitto',
      at('mqtts', 'c', 'p', 'iot.example.com:8883'),
      { host: 'iot.example.com', port: '8883', user: 'c', password: 'p' },
    ],
    [
      'etcd',
      at('https', 'root', 'p', 'etcd.example.com:2379'),
      { host: 'etcd.example.com', port: '2379', user: 'root', password: 'p' },
    ],
  ])('of %s is taken apart', (id, text, fields) => {
    if (fields !== undefined) expect(takeApart(provider(id), text)).toEqual(fields);
    else expect(takeApart(provider(id), text)?.['password']).toBe('a/b?c#d');
  });

  it.each(['postgres', 'redis', 'mariadb', 'rabbitmq', 'mosquitto'])(
    'of %s is recognised, complete, and any password survives it',
    (id) => {
      const definition = provider(id);
      const scheme = definition.formats[0]!.pattern;
      const [anchor] = 'anchors' in scheme ? scheme.anchors : [];
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (password) => {
          const well = [...password].every((each) => each.isWellFormed());
          if (!well || password.includes('...') || /[*]{3}/.test(password)) return;
          const text = `${anchor}app:${encodeURIComponent(password).replaceAll("'", '%27')}@db.example.com`;
          const parts = takeApart(definition, text);
          expect(parts?.['password']).toBe(password);
          const changed = putInto(definition, text, { password: 'new/one', database: 'x' });
          expect(takeApart(definition, changed!.value)?.['password']).toBe('new/one');
          expect([...changed!.placed]).toEqual(['password']);
        }),
        { numRuns: 50 },
      );
      const { candidates, missing } = recognise(`${anchor}app:${'Zx9'.repeat(4)}@db.example.com`);
      expect(candidates.map((found) => [found.provider, found.fields[0]?.name])).toEqual([[id, 'url']]);
      expect(missing).toEqual([[]]);
    },
  );

  it.each([
    'DB_HOST=postgres',
    'image: redis:7',
    'Use postgres:// addresses.',
    'mysql://localhost/shop',
    'amqp',
  ])('is not seen in "%s"', (text) => {
    expect(recognise(text).candidates).toEqual([]);
  });

  it('counts for the fields that it holds', () => {
    const url = at('postgres', 'app', 'p', 'h');
    expect(missingFields(provider('postgres'), new Map([['url', url]]))).toEqual([]);
    expect(missingFields(provider('postgres'), new Map([['user', 'app']])).map(({ name }) => name)).toEqual([
      'host',
      'password',
    ]);
  });
});

describe('what a request is given', () => {
  it('takes usual values, pieces of a connection string, and fields of their own last', () => {
    const url = at('postgres', 'app', 'old', 'h:5490/shop');
    expect(effectiveValues(provider('postgres'), { url, password: 'new' })).toMatchObject({
      host: 'h',
      port: '5490',
      password: 'new',
    });
    expect(effectiveValues(provider('redis'), { secret: 'p', host: 'h' })).toEqual({
      host: 'h',
      port: '6379',
      user: 'default',
      database: '0',
      password: 'p',
    });
    expect(effectiveValues(provider('groq'), { secret: 'k' })).toEqual({ secret: 'k' });
  });

  it('knows the main field of every kind of provider', () => {
    expect(
      ['groq', 'postgres', 'azure-entra', 'dockerhub', 'oidc-provider'].map((id) =>
        mainFieldOf(provider(id)),
      ),
    ).toEqual(['secret', 'password', 'clientSecret', 'secret', 'clientSecret']);
    expect(connectionFieldOf(provider('groq'))).toBeUndefined();
  });
});

describe('values that were given', () => {
  const postgres = provider('postgres');
  const url = at('postgres', 'app', 'old', 'h:5490/shop');

  it('a connection string without a variable goes into the single fields; what was given beside it wins', () => {
    expect(
      arrangeValues(postgres, { values: { secret: url, database: 'other' }, variables: {} }).values,
    ).toEqual({
      host: 'h',
      port: '5490',
      user: 'app',
      password: 'old',
      database: 'other',
    });
  });

  it('stays whole under its variable, so that an export gives back what was imported', () => {
    const given = { values: { secret: url }, variables: { secret: 'DATABASE_URL' } };
    expect(arrangeValues(postgres, given)).toEqual({
      values: { url },
      variables: { url: 'DATABASE_URL' },
    });
  });

  it('a lone value is the password', () => {
    expect(
      arrangeValues(postgres, { values: { secret: 'pw' }, variables: { secret: 'PGPASSWORD' } }),
    ).toEqual({
      values: { password: 'pw' },
      variables: { password: 'PGPASSWORD' },
    });
  });

  it('a new password goes into the connection string that the key is kept as', () => {
    expect(arrangeValues(postgres, { values: { secret: 'n/w' }, variables: {} }, { url }).values).toEqual({
      url: at('postgres', 'app', 'n%2Fw', 'h:5490/shop'),
    });
    const whole = at('postgres', 'app', 'next', 'h2');
    expect(arrangeValues(postgres, { values: { secret: whole }, variables: {} }, { url }).values).toEqual({
      url: whole,
    });
  });

  it('of no provider, or of one that takes a single value, stay as they are', () => {
    const given = { values: { secret: url }, variables: { secret: null } };
    expect(arrangeValues(undefined, given)).toEqual(given);
    expect(arrangeValues(provider('groq'), given)).toEqual(given);
  });
});
