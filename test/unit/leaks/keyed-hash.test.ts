// Our keyed hash is HMAC-SHA-256 as Node's own is, whatever the lengths of key and value.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyedHash } from '../../../src/node/scan/keyed-hash.ts';

it('is HMAC-SHA-256, cut to 128 bits, and leaves key and value as they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 300 }), (key, value) => {
      const [keyBefore, valueBefore] = [key.slice(), value.slice()];
      const wanted = createHmac('sha256', key).update(value).digest().subarray(0, 16);
      expect(Buffer.from(keyedHash(key, value)).equals(wanted)).toBe(true);
      expect([key, value]).toEqual([keyBefore, valueBefore]);
    }),
  );
});
