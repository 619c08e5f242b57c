// The engine's inflate against zlib's: whatever one takes the other takes, with the same bytes, and what is broken is refused by both.
import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createGitEngine } from '../../../src/node/scan/git/git-engine.ts';
import { createInflater } from '../../../src/node/scan/git/inflater.ts';

const engine = createGitEngine();
const inflater = createInflater(engine);
const mostBytes = 400_000;
const input = engine.take(mostBytes + engine.slack);
const output = engine.take(mostBytes + engine.slack);

/** A generator of its own, so that a failing case comes again. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 4) / 2 ** 28;
  };
};

const words =
  'const export function return await null secretary tokens of a repository \n  {}();=0123456789'.split(' ');

const content = (random: () => number): Buffer => {
  const length = Math.floor(random() < 0.06 ? random() * 200_000 : random() ** 3 * 5_000);
  const kind = random();
  if (kind < 0.1) return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
  if (kind < 0.2) return Buffer.alloc(length, Math.floor(random() * 256));
  let text = '';
  while (text.length < length) text += `${words[Math.floor(random() * words.length)] ?? ''} `;
  return Buffer.from(text.slice(0, length));
};

const damage = (stream: Buffer, random: () => number): Buffer => {
  const copy = Buffer.from(stream);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const at = Math.floor(random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return random() < 0.25 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
};

const byZlib = (stream: Buffer): Buffer | 'broken' | 'too-long' => {
  try {
    return inflateSync(stream, { maxOutputLength: mostBytes });
  } catch (problem) {
    return (problem as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : 'broken';
  }
};

const byEngine = (stream: Buffer): Buffer | 'broken' => {
  engine.bytes().set(stream, input);
  const made = inflater.whole(input, input + stream.length, output, mostBytes);
  return made < 0 ? 'broken' : Buffer.from(engine.bytes().slice(output, output + made));
};

const byPortions = (stream: Buffer, portion: number): Buffer | 'broken' => {
  let at = 0;
  const parts: Buffer[] = [];
  const isWhole = inflater.long(
    (to, length) => {
      const part = stream.subarray(at, at + Math.min(length, portion));
      engine.bytes().set(part, to);
      at += part.length;
      return part.length;
    },
    (bytes) => {
      parts.push(Buffer.from(bytes));
      return true;
    },
  );
  return isWhole ? Buffer.concat(parts) : 'broken';
};

const streams = (random: () => number): Buffer =>
  deflateSync(content(random), {
    level: Math.floor(random() * 10),
    strategy: Math.floor(random() * 5),
    memLevel: 1 + Math.floor(random() * 9),
  });

describe('inflate', () => {
  it('gives what zlib gives, at every level and strategy', () => {
    const random = randomFrom(1);
    for (let round = 0; round < 1_500; round += 1) {
      const stream = streams(random);
      const expected = byZlib(stream);
      expect(expected, String(round)).not.toBe('broken');
      expect(byEngine(stream), String(round)).toEqual(expected);
    }
  });

  it('refuses what zlib refuses, and nothing else, when bits are turned or the end is missing', () => {
    const random = randomFrom(2);
    let refused = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const stream = damage(streams(random), random);
      const expected = byZlib(stream);
      if (expected === 'too-long') continue;
      if (expected === 'broken') refused += 1;
      expect(byEngine(stream), String(round)).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(3_000);
  });

  it('gives the same portion by portion, however small they are, also of streams longer than its rooms', () => {
    const random = randomFrom(3);
    for (let round = 0; round < 300; round += 1) {
      const stream = round % 3 === 0 ? damage(streams(random), random) : streams(random);
      const expected = byZlib(stream);
      if (expected === 'too-long') continue;
      expect(byPortions(stream, 1 + Math.floor(random() * 3_000)), String(round)).toEqual(expected);
    }
    const large = Buffer.concat(
      Array.from({ length: 120 }, () => content(random)).concat(Buffer.alloc(5_000_000, 7)),
    );
    for (const level of [0, 1, 9])
      expect(large.equals(byPortions(deflateSync(large, { level }), 700_000) as Buffer), String(level)).toBe(
        true,
      );
  });

  it('never gives more than was asked for, and ends on noise', () => {
    const random = randomFrom(4);
    const long = deflateSync(Buffer.alloc(300_000, 65));
    engine.bytes().set(long, input);
    expect(inflater.whole(input, input + long.length, output, 299_999)).toBe(-1);
    expect(inflater.whole(input, input + long.length, output, 300_000)).toBe(300_000);
    for (let round = 0; round < 3_000; round += 1) {
      const noise = Buffer.from(Uint8Array.from({ length: 400 }, () => random() * 256));
      noise[0] = 0x78;
      noise[1] = 0x9c;
      expect(byEngine(noise), String(round)).toEqual(byZlib(noise));
    }
  });
});
