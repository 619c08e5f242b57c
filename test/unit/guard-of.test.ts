// The fast check of answers says what valibot says: for what a call answers, and for everything near it.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { guardOf } from '../../src/agent/guard-of.ts';
import { calls } from '../../src/contract/contract.ts';
import { keySummary } from '../../src/contract/key-shapes.ts';

const id = 'ab'.repeat(16);
const summary = {
  id,
  revision: 3,
  name: 'payments reader',
  portalName: '',
  projectId: id,
  environmentIds: [id],
  provider: 'circle',
  kind: 'live',
  class: 'standard',
  masked: '••••',
  status: {
    state: 'not-checked',
    reason: 'Nobody has asked.',
    next: 'Ask.',
    checkedAt: null,
    sinceMs: null,
    workedAtMs: null,
    silentSinceMs: null,
  },
  expiresOn: '2027-03-31',
  rotateBy: null,
  attention: ['expiring', 'waiting'],
  valueSinceMs: 4,
  movesMoney: true,
  tags: ['a'],
  handedTo: [],
  known: ['acme'],
  variables: ['PAY_KEY'],
  warnings: [{ code: 'expired', severity: 'danger', message: 'm', next: 'n' }],
  versions: 1,
  changedAtMs: 5,
  removedAtMs: null,
} satisfies v.InferOutput<typeof keySummary>;

type Path = readonly (string | number)[];

/** Every place in a value, its own included. */
const placesIn = (value: unknown, at: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([name, item]) => placesIn(item, [...at, name]))]
    : [at];

const replaced = (value: unknown, [first, ...rest]: Path, by: unknown): unknown => {
  if (first === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
};

const odd: readonly unknown[] = [
  null,
  undefined,
  '',
  '   ',
  ' padded ',
  'x'.repeat(201),
  'tab\there',
  '2027-13-01',
  '../up',
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
  ['a', 1],
  [null],
  { length: 3 },
  { extra: 1 },
  new Uint8Array(2),
  new Date(0),
];

describe('the fast check of answers', () => {
  test('takes what the schema takes', () => {
    expect(v.is(keySummary, summary)).toBe(true);
    expect(guardOf(keySummary)(summary)).toBe(true);
  });

  test('agrees with valibot about a key with any one place changed', () => {
    for (const place of placesIn(summary))
      for (const by of odd) {
        const changed = replaced(summary, place, by);
        expect(guardOf(keySummary)(changed), `${place.join('.')}: ${String(by)}`).toBe(
          v.is(keySummary, changed),
        );
      }
  });

  test('refuses what lacks an entry, and what has one more, anywhere', () => {
    for (const name of Object.keys(summary)) {
      const { [name as keyof typeof summary]: gone, ...rest } = summary;
      expect(guardOf(keySummary)(rest), `without ${name} (${typeof gone})`).toBe(false);
    }
    expect(guardOf(keySummary)({ ...summary, secret: 'x' })).toBe(false);
    expect(guardOf(keySummary)({ ...summary, status: { ...summary.status, value: 'x' } })).toBe(false);
    expect(guardOf(keySummary)({ ...summary, warnings: [{ ...summary.warnings[0], value: 'x' }] })).toBe(
      false,
    );
  });

  test('agrees with valibot about any value, for the answer of every call', () => {
    const schemas = Object.values(calls).map(({ output }) => output as unknown as v.GenericSchema);
    expect(schemas.length).toBeGreaterThan(40);
    const values = fc.oneof(
      fc.anything({ withDate: true, withNullPrototype: true }),
      fc.constantFrom(...odd),
      fc.constant(summary),
      fc.array(fc.constant(summary), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(values, (value) => {
        for (const schema of schemas) expect(guardOf(schema)(value)).toBe(v.is(schema, value));
      }),
      { numRuns: 200 },
    );
  });

  test('agrees with valibot about texts that are trimmed, measured and searched', () => {
    const schema = v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(4), v.regex(/^[a-c ]*$/));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'z'), maxLength: 8 }), (text) => {
        expect(guardOf(schema)(text)).toBe(v.is(schema, text));
      }),
    );
    expect(guardOf(v.fallback(v.string(), 'x'))(1)).toBe(v.is(v.fallback(v.string(), 'x'), 1));
  });

  test('asks valibot where a schema changes what it is given', () => {
    const schema = v.pipe(
      v.pipe(v.string(), v.toLowerCase()),
      v.check((text) => text === 'a', 'is not a'),
    );
    expect(guardOf(schema)('A')).toBe(true);
    expect(guardOf(schema)('B')).toBe(false);
  });
});
