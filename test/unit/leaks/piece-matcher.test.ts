// Pieces in rooms and chunks of any size: every match told once, at its line and column, with the line around it masked.
import { expect, test } from 'vitest';
import { overlapBytes } from '../../../src/core/leaks/matching.ts';
import { bufferBytes } from '../../../src/node/scan/matcher.ts';
import { createPieceMatcher } from '../../../src/node/scan/piece-matcher.ts';
import type { PieceLabel, Sighting } from '../../../src/node/scan/source.ts';
import { sampleKey } from '../../support/key-samples.ts';
import { knownOf, random, wanted } from '../../support/leaks/known.ts';

const value = sampleKey('anthropic', 'api', 3);
const other = sampleKey('anthropic', 'admin', 5);
const known = knownOf(wanted([value, other], 4));
const label: PieceLabel = {
  kind: 'working-file',
  path: '/a/b.txt',
  inside: '',
  commit: null,
  hasLines: true,
};

const tell = (
  fill: (sink: ReturnType<typeof createPieceMatcher>) => void,
  labelled = label,
): readonly Sighting[] => {
  const sightings: Sighting[] = [];
  const sink = createPieceMatcher({
    matcher: known.matcher,
    valueKey: random.bytes(32),
    onSighting: (sighting) => sightings.push(sighting),
    onNotRead: () => undefined,
    cancelled: () => false,
  });
  sink.begin(labelled);
  fill(sink);
  sink.end();
  return sightings;
};

const write =
  (...texts: readonly string[]) =>
  (sink: ReturnType<typeof createPieceMatcher>): void => {
    for (const text of texts) sink.write(new TextEncoder().encode(text));
  };

test('a match has the line and the column of its first character', () => {
  const [sighting, ...more] = tell(write(`one\ntwo\nné ö = "${value}"; // end\n`));
  expect(more).toEqual([]);
  expect(sighting).toMatchObject({
    slot: 0,
    pattern: null,
    encoding: 'plain',
    masked: '',
    place: { line: 3, column: 9, path: '/a/b.txt', kind: 'working-file' },
    before: 'né ö = "',
    after: '"; // end',
    length: value.length,
  });
});

test('another key on the same line is masked, of whichever key', () => {
  const sightings = tell(write(`a=${value} b=${other}\n`));
  expect(sightings.map(({ slot }) => slot)).toEqual([0, 1]);
  for (const { before, after } of sightings) {
    for (const secret of [value, other]) {
      for (let at = 0; at + 8 <= secret.length; at += 1) {
        expect(`${before}${after}`).not.toContain(secret.slice(at, at + 8));
      }
    }
  }
});

test('no line where there are none', () => {
  const [sighting] = tell(write(`x\n${value}`), { ...label, hasLines: false });
  expect(sighting?.place).toMatchObject({ line: null, column: null });
  expect(sighting?.offset).toBe(2);
});

test('a piece that comes in two writes, cut anywhere', () => {
  const text = `before ${value} behind`;
  for (let cut = 1; cut < text.length; cut += 1) {
    expect(tell(write(text.slice(0, cut), text.slice(cut)))).toHaveLength(1);
  }
});

test('around the border of two chunks: found once, wherever it lies', () => {
  const filler = 'some words of a log\n'.repeat(Math.ceil((bufferBytes + 2 * overlapBytes) / 20));
  const borders = [bufferBytes - overlapBytes, bufferBytes];
  const offsets = [
    -value.length - 1,
    -value.length,
    -value.length + 1,
    -value.length / 2,
    -9,
    -1,
    0,
    1,
    7,
    64,
  ];
  for (const border of borders) {
    for (const offset of offsets) {
      const at = border + Math.floor(offset);
      const text = `${filler.slice(0, at)}${value}${filler.slice(at)}`;
      const [sighting, ...more] = tell(write(text));
      expect(more).toEqual([]);
      const before = text.slice(0, at);
      const column = at - (before.lastIndexOf('\n') + 1) + 1;
      expect(sighting).toMatchObject({
        offset: at,
        place: { line: before.split('\n').length, column },
      });
    }
  }
});

test('a line longer than a chunk goes on counting its columns', () => {
  const at = bufferBytes + 100_000;
  const [sighting] = tell(write(`${'é;'.repeat(at / 2)}${value}`));
  expect(sighting?.place).toMatchObject({ line: 1, column: at + 1 });
});

test('a text of UTF-16 that is longer than a chunk', () => {
  const at = bufferBytes / 2 + 33_333;
  const text = `${'x\n'.repeat(at / 2)} ${value.slice(0, 20)}" +\n "${value.slice(20)}`;
  const sightings = tell((sink) => sink.write(Buffer.from(`\uFEFF${text}`, 'utf16le')));
  expect(sightings).toHaveLength(1);
  expect(sightings[0]?.encoding).toBe('utf-16');
});

test('nothing of what was read stays in the memory', () => {
  tell(write(`token ${value} and base64 ${Buffer.from(value).toString('base64')}`));
  const memory = Buffer.from(new Uint8Array(known.memory.buffer).slice());
  for (const secret of [value, other]) {
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      expect(memory.includes(secret.slice(at, at + 8))).toBe(false);
    }
  }
});
