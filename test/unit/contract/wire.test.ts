// The socket's messages: what is written is read back, and what is not written is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../src/contract/base64.ts';
import { decodeMessage, encodeMessage, maxFrameBytes } from '../../../src/contract/wire.ts';
import { errorKinds } from '../../../src/core/model/app-error.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const name = fc.stringMatching(/^[a-zA-Z]{1,8}$/).filter((each) => each !== '__proto__');
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(name, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

describe('base64', () => {
  it('reads back every sequence of bytes, as Node writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const encoded = encodeBase64(bytes);
        expect(encoded).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encoded)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each(['A', 'AA', 'AA=', 'A===', 'AAA=A', 'AB==', 'AAB=', 'A A=', 'AA-_', '====', 'AAAAA==='])(
    'refuses %j',
    (bad) => {
      expect(decodeBase64(bad)).toBeNull();
    },
  );
});

describe('a message', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(), value, (id, input) => {
        const request = { id, name: 'keys.add', input };
        expect(decodeMessage(encodeMessage(request))).toEqual(request);
        const reply = { id, result: { ok: true as const, value: input } };
        expect(decodeMessage(encodeMessage(reply))).toEqual(reply);
        const event = { event: 'task.progress', payload: input };
        expect(decodeMessage(encodeMessage(event))).toEqual(event);
      }),
    );
  });

  it('carries every kind of error, and success without a value', () => {
    for (const kind of errorKinds) {
      const result = { ok: false as const, error: { kind, message: 'm', next: 'n', where: { line: 3 } } };
      expect(decodeMessage(encodeMessage({ id: 1, result }))).toEqual({ id: 1, result });
    }
    expect(decodeMessage(encodeMessage({ id: 1, result: { ok: true, value: undefined } }))).toEqual({
      id: 1,
      result: { ok: true, value: undefined },
    });
  });

  it('cannot hold what no call holds', () => {
    for (const bad of [{ $bytes: 'x' }, () => 1, Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('s')]) {
      expect(() => encodeMessage({ id: 1, name: 'x', input: { deep: [bad] } })).toThrow(/cannot travel/);
    }
  });

  it.each([
    '',
    '1',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"id":1}',
    '{"id":-1,"name":"a"}',
    '{"id":1.5,"name":"a"}',
    '{"id":"1","name":"a"}',
    '{"id":1,"name":7}',
    '{"id":1,"name":"a","caller":"shell"}',
    '{"id":1,"result":{}}',
    '{"id":1,"result":{"ok":true,"error":{}}}',
    '{"id":1,"result":{"ok":false}}',
    '{"id":1,"result":{"ok":false,"error":{"kind":"new-kind","message":"m","next":"n"}}}',
    '{"id":1,"result":{"ok":false,"error":{"kind":"constructor","message":"m","next":"n"}}}',
    '{"id":1,"name":"a","result":{"ok":true}}',
    '{"event":"e","id":1}',
    '{"id":1,"name":"a","input":{"$bytes":7}}',
    '{"id":1,"name":"a","input":{"$bytes":"A"}}',
    '{"id":1,"name":"a","input":{"$bytes":"AAAA","more":1}}',
    '{"id":1,"name":"a","input":{"$other":1}}',
    '{"id":1,"name":"a","input":{"__proto__":{}}}',
    `{"id":1,"name":"a","input":${'['.repeat(50)}${']'.repeat(50)}}`,
    `{"id":1,"name":"a","input":${'['.repeat(100_000)}`,
  ])('is refused where it is %.60j', (bad) => {
    expect(decodeMessage(text(bad))).toBeNull();
  });

  it('is refused where it is no UTF-8 or too long', () => {
    expect(decodeMessage(Uint8Array.of(0x22, 0xff, 0x22))).toBeNull();
    expect(decodeMessage(new Uint8Array(maxFrameBytes + 1))).toBeNull();
  });

  it('is never an exception, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.json().map(text)), (bytes) => {
        decodeMessage(new Uint8Array(bytes));
      }),
    );
  });
});
