// The reader of the guard's fingerprint file on bytes that nobody meant for it, with the mark against damage made right again, so that what stands
// behind it is met: it throws nothing, and what it accepts is exactly what would be written.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLasting, writeLasting } from '../../src/node/scan/lasting-file.ts';
import { placeLasting } from '../../src/node/scan/lasting-tables.ts';
import { createEngineMemory, createRoom, createSharedRoom, startEngine } from '../../src/node/scan/engine.ts';
import { sampleKey } from '../support/key-samples.ts';
import { lastingOf, lastingValues, wanted } from '../support/leaks/known.ts';
import { mutated } from '../support/mutate.ts';

const isLong = process.env['KEYTURN_LONG'] === '1';
const markBytes = 8;

const fileOf = (values: readonly string[]): Uint8Array =>
  lastingOf(lastingValues(wanted(values), 140)).built.file;
const seeds = [
  fileOf([]),
  fileOf([sampleKey('circa', 'live', 1)]),
  fileOf([sampleKey('stripe', 'secret-live', 2), `two lines\n${sampleKey('circa', 'live', 3)}`]),
];

/** As a writer would have marked those bytes: SipHash under a key of zeros. */
const marked = (bytes: Uint8Array): Uint8Array => {
  const content = bytes.subarray(0, Math.max(0, bytes.length - markBytes));
  const memory = createEngineMemory();
  const { take } = createRoom(memory);
  const [key, at] = [take(16), take(content.length)];
  new Uint8Array(memory.buffer).set(content, at);
  const mark = Buffer.alloc(markBytes);
  mark.writeBigInt64LE(startEngine(memory).sipHash(key, at, content.length));
  return new Uint8Array(Buffer.concat([content, mark]));
};

it('marks as the writer does, or what follows would say nothing', () => {
  for (const seed of seeds) expect(marked(seed)).toEqual(seed);
});

it('reads what it would write and nothing else, whatever the bytes', () => {
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(mutated(seeds), fc.boolean(), (bytes, isMarked) => {
      const file = isMarked ? marked(bytes) : bytes;
      const read = readLasting(file.slice());
      if (!read.ok) {
        refused += 1;
        return;
      }
      accepted += 1;
      expect(Buffer.from(writeLasting(read.value)).equals(file)).toBe(true);
      // What is accepted can be put into the engine's memory.
      const memory = createEngineMemory();
      placeLasting(memory, createSharedRoom(memory).take, read.value);
    }),
    { numRuns: isLong ? 100_000 : 2_000 },
  );
  expect(accepted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(500);
});
