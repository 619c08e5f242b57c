// Streams that are packed: what the real tools wrote comes back whole, and what is broken gives what was whole before and then says so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unbzip2 } from '../../../src/node/scan/readers/bzip2.ts';
import { inflating } from '../../../src/node/scan/readers/inflate.ts';
import { bytesExtent, streamOf, Unreadable, type ByteStream } from '../../../src/node/scan/readers/input.ts';
import { unxz } from '../../../src/node/scan/readers/xz.ts';
import { wordsOf } from '../../support/leaks/container-samples.ts';

const fixture = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../fixtures/containers', name));
const words = Buffer.concat([
  Buffer.from(wordsOf(7, 40_000)),
  Buffer.alloc(70_000),
  Buffer.from(wordsOf(7, 5_000)),
]);

const streamed = (bytes: Uint8Array): ByteStream => streamOf(bytesExtent(bytes));
const tools: readonly (readonly [
  string,
  Buffer,
  (packed: Uint8Array) => ByteStream & { close?: () => void },
])[] = [
  ...['words-9.xz', 'words-blocks.xz', 'words-literal.xz'].map(
    (name) =>
      [
        name,
        fixture(name),
        (packed: Uint8Array) => unxz(streamed(packed), { hold: () => undefined, release: () => undefined }),
      ] as const,
  ),
  ...['words-1.bz2', 'words-9.bz2'].map(
    (name) => [name, fixture(name), (packed: Uint8Array) => unbzip2(streamed(packed))] as const,
  ),
  ...(
    [
      ['gzip', zlib.gzipSync(words)],
      ['zlib', zlib.deflateSync(words)],
      ['deflate-raw', zlib.deflateRawSync(words)],
      ['zstd', zlib.zstdCompressSync(words)],
    ] as const
  ).map(
    ([packing, packed]) =>
      [packing, packed, (bytes: Uint8Array) => inflating(packing, streamed(bytes))] as const,
  ),
];

/** All that a stream gives, and why it ended where that was not its end. */
const drain = (
  stream: ByteStream & { close?: () => void },
  roomBytes = 4_001,
): { bytes: Buffer; problem: string } => {
  const room = new Uint8Array(new SharedArrayBuffer(roomBytes));
  const parts: Buffer[] = [];
  let problem = '';
  try {
    for (let length = stream.read(room); length > 0; length = stream.read(room))
      parts.push(Buffer.from(room.slice(0, length)));
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    problem = thrown.reason;
  } finally {
    stream.close?.();
  }
  return { bytes: Buffer.concat(parts), problem };
};

describe.each(tools)('%s', (name, packed, unpack) => {
  it('comes back byte for byte, whatever room there is', () => {
    for (const room of [1_000, 65_536, 200_000]) {
      const { bytes, problem } = drain(unpack(packed), room);
      expect(problem).toBe('');
      expect(bytes.equals(words)).toBe(true);
    }
  });

  it('that breaks off gives what was whole, and says so', () => {
    for (const part of [0.3, 0.9]) {
      const { bytes, problem } = drain(unpack(packed.subarray(0, Math.floor(packed.length * part))));
      expect(problem).toBe('broken-archive');
      expect(words.subarray(0, bytes.length).equals(bytes)).toBe(true);
    }
  });

  it('twice in one file comes twice', () => {
    // A zlib or raw stream ends where it ends; the others are files that may follow one another.
    const times = name === 'zlib' || name === 'deflate-raw' ? 1 : 2;
    expect(drain(unpack(Buffer.concat([packed, packed]))).bytes.length).toBe(times * words.length);
  });

  it('with any byte changed ends, in time, without anything but `Unreadable`', () => {
    const began = performance.now();
    for (let run = 0; run < 60; run += 1) {
      const copy = Buffer.from(packed);
      const at = Math.floor((copy.length * run) / 60);
      copy[at] = (copy[at] ?? 0) ^ (1 << (run % 8));
      expect(drain(unpack(copy), 65_536).bytes.length).toBeLessThan(50_000_000);
    }
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
