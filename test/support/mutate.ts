// Bytes near those that a parser knows: a seed with a few changes of the kinds that find mistakes. For the fuzz tests.
import fc, { type Arbitrary } from 'fast-check';

type Change = (bytes: Uint8Array, at: number, value: number, other: Uint8Array) => Uint8Array;

const splice = (bytes: Uint8Array, at: number, length: number, put: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]));

const interesting = [
  0, 1, 0x7f, 0x80, 0xff, 0x22, 0x24, 0x27, 0x2c, 0x3d, 0x5b, 0x5c, 0x7b, 0x7d, 0x0a, 0x0d, 0xef, 0xed,
];

const changes: readonly Change[] = [
  (bytes, at, value) => splice(bytes, at, 1, Uint8Array.of(value & 255)),
  (bytes, at, value) => splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << (value & 7)))),
  (bytes, at, value) => splice(bytes, at, 1, Uint8Array.of(interesting[value % interesting.length] ?? 0)),
  (bytes, at, value) =>
    splice(bytes, at, 0, new Uint8Array(value % 40).fill(interesting[value % interesting.length] ?? 0)),
  (bytes, at, value) => splice(bytes, at, value % 40, new Uint8Array(0)),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, value) => splice(bytes, at, 0, bytes.slice(at, at + (value % 64))),
  (bytes, at, value, other) =>
    splice(bytes, at, value % 64, other.slice(value % (other.length + 1), (value % (other.length + 1)) + 64)),
  (bytes, at, value) => {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    if (at + 4 <= copy.length) view.setUint32(at, [0, 1, 0x7fffffff, 0xffffffff, value][value % 5] ?? 0);
    return copy;
  },
];

/** One of the seeds, changed in up to eight places; now and then bytes that are none of them. */
export const mutated = (seeds: readonly Uint8Array[]): Arbitrary<Uint8Array> => {
  const seed = fc.constantFrom(...seeds);
  const step = fc.tuple(fc.nat(changes.length - 1), fc.nat(0xffff_ffff), fc.nat(0xffff), seed);
  const near = fc.tuple(seed, fc.array(step, { maxLength: 8 })).map(([start, steps]) => {
    let bytes: Uint8Array = start.slice();
    for (const [kind, where, value, other] of steps) {
      bytes = changes[kind]?.(bytes, where % (bytes.length + 1), value, other) ?? bytes;
    }
    return bytes;
  });
  return fc.oneof(
    { weight: 9, arbitrary: near },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  );
};
