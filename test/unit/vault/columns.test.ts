// The columns of a vault's snapshot: what goes in comes out, as objects of their own, and what is no column is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { packBodies } from '../../../src/core/vault/pack-bodies.ts';
import { unpackBodies } from '../../../src/core/vault/unpack-bodies.ts';

const throughText = (bodies: readonly JsonObject[]): readonly JsonObject[] =>
  unpackBodies(JSON.parse(JSON.stringify(packBodies(bodies))), bodies.length);

/** What JSON itself makes of a body: the only bodies that a vault holds. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const fewNames = fc.constantFrom('type', 'name', 'tags', 'versions', '__proto__', 'constructor');
const anyBody = fc
  .dictionary(
    fewNames,
    fc.oneof(
      fc.constantFrom(null, '', 'same', 0, true),
      fc.jsonValue({ maxDepth: 4 }),
      fc.array(fc.dictionary(fewNames, fc.nat(3))),
    ),
    { noNullPrototype: true },
  )
  .map((body) => plain(body) as JsonObject);

describe('columns of bodies', () => {
  it('give back every body, member for member and in order', () => {
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 40 }), (bodies) => {
        expect(throughText(bodies)).toEqual(bodies);
        expect(JSON.stringify(throughText(bodies))).toBe(JSON.stringify(bodies));
      }),
    );
  });

  it('give back bodies of more forms than are told apart', () => {
    const bodies = Array.from({ length: 300 }, (_, at) => ({ type: 'key', [`member ${at % 150}`]: at }));
    expect(throughText(bodies)).toEqual(bodies);
  });

  it('give back bodies that are deeper than columns go', () => {
    const deep = Array.from({ length: 40 }).reduce<JsonObject>((inner) => ({ inner: [inner] }), { end: 1 });
    const bodies = [deep, plain(deep)];
    expect(throughText(bodies)).toEqual(bodies);
  });

  it('take a tenth of the room where bodies are alike', () => {
    const bodies = Array.from({ length: 1000 }, (_, at) => ({
      type: 'key',
      name: `number ${at}`,
      ...Object.fromEntries(Array.from({ length: 20 }, (_each, member) => [`member ${member}`, 'unknown'])),
    }));
    expect(JSON.stringify(packBodies(bodies)).length).toBeLessThan(JSON.stringify(bodies).length / 10);
  });

  it('make each body an object of its own, and freeze what several share', () => {
    const bodies = Array.from({ length: 3 }, () => ({ type: 'key', tags: [] }));
    const [first, second] = throughText(bodies) as { type: string; tags: string[] }[];
    expect(first).not.toBe(second);
    expect(() => first?.tags.push('more')).toThrow(TypeError);
  });

  it.each([
    null,
    [],
    ['other', 1],
    ['toString'],
    ['same'],
    ['same', 1],
    ['same', null],
    ['each', [{}]],
    ['each', {}],
    ['each', [{}, []]],
    ['some', [{}], [0]],
    ['some', [{}], [0, 1]],
    ['some', [{}], [0, 'length']],
    ['objects', ['a'], []],
    ['objects', [], [['same', 1]]],
    ['objects', ['__proto__'], [['same', {}]]],
    ['objects', [1], [['same', {}]]],
    ['objects', ['a'], [['each', [1]]]],
    ['objects', ['a'], [['lists', ['each', [1, -1]], ['each', []]]]],
    ['objects', ['a'], [['lists', ['same', 0.5], ['each', [1]]]]],
    ['objects', ['a'], [['lists', ['same', 2 ** 40], ['same', 1]]]],
    ['objects', ['a'], [['lists', ['same', 2], ['each', [1, 2, 3]]]]],
    ['lists', ['same', 0], ['each', []]],
    ['forms', [0], [['objects', [], []]]],
    ['forms', [0, 1], [['objects', [], []]]],
    ['forms', [0, 'length'], [['objects', [], []]]],
    ['forms', [0, 0], [['each', [{}]]]],
  ])('are refused where they do not stand for two bodies: %j', (column) => {
    expect(() => unpackBodies(column, 2)).toThrow(RangeError);
  });

  it('are refused, and nothing else happens, whatever stands there', () => {
    const kinds = fc.constantFrom('same', 'each', 'some', 'objects', 'lists', 'forms');
    const { column } = fc.letrec((tie) => ({
      column: fc.tuple(
        kinds,
        fc.oneof({ depthSize: 'small' }, fc.array(fc.nat(3)), tie('column'), tie('columns')),
        tie('columns'),
      ),
      columns: fc.array(fc.oneof({ depthSize: 'small' }, fc.jsonValue(), tie('column')), { maxLength: 3 }),
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), column), fc.nat(4), (value, count) => {
        try {
          expect(unpackBodies(value, count)).toHaveLength(count);
        } catch (problem) {
          expect(problem).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
