// Frames come out whole however the stream is cut, and a peer that breaks the rules is cut off before anything is kept.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, frameOf } from '../../../src/node/frames.ts';

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('frames', () => {
  it('are the same however the stream is cut', () => {
    const frame = fc.uint8Array({ minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 8 }),
        fc.array(fc.nat(80), { maxLength: 20 }),
        (frames, cuts) => {
          const stream = join(frames.map((each) => frameOf(each)));
          const reader = createFrameReader(1_000);
          const read: Uint8Array[] = [];
          let at = 0;
          for (const cut of [...cuts, stream.length]) {
            read.push(...reader.take(stream.slice(at, at + cut))!);
            at = Math.min(stream.length, at + cut);
          }
          read.push(...reader.take(stream.slice(at))!);
          expect(read).toEqual(frames.map((each) => new Uint8Array(each)));
        },
      ),
    );
  });

  it('longer than allowed, or empty, end the reading for good', () => {
    for (const head of [
      Uint8Array.of(0, 0, 0, 11),
      Uint8Array.of(255, 255, 255, 255),
      Uint8Array.of(0, 0, 0, 0),
    ]) {
      const reader = createFrameReader(10);
      expect(reader.take(head)).toBeNull();
      expect(reader.take(frameOf(Uint8Array.of(1)))).toBeNull();
    }
    expect(createFrameReader(10).take(frameOf(new Uint8Array(10)))).toHaveLength(1);
  });
});
