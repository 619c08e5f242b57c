// Session tables: what comes over a socket is checked before it is looked at, nothing of a value lies in them as text, and nothing stays.
import { describe, expect, test } from 'vitest';
import { createEngineMemory, createSharedRoom } from '../../../src/node/scan/engine.ts';
import {
  placeTables,
  readSessionTables,
  wipePlaced,
  wipeTables,
} from '../../../src/node/scan/placed-tables.ts';
import { buildSessionTables } from '../../../src/node/scan/tables.ts';
import { sampleKey } from '../../support/key-samples.ts';
import { knownOf, random, wanted } from '../../support/leaks/known.ts';

const value = sampleKey('anthropic', 'api', 3);
const other = sampleKey('anthropic', 'admin', 5);

const holds = (bytes: Uint8Array, text: string): boolean => {
  const all = Buffer.from(bytes);
  return Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8)).some((part) =>
    all.includes(Buffer.from(part, 'latin1')),
  );
};

describe('tables of a session', () => {
  test('hold no eight characters of a value, in any form', () => {
    const { tables } = buildSessionTables(wanted([value, other], 14), random);
    for (const part of tables.parts) {
      for (const text of [
        value,
        other,
        Buffer.from(value).toString('hex'),
        Buffer.from(value).toString('base64'),
      ])
        expect(holds(part, text)).toBe(false);
    }
  });

  test('leave the values of the caller alone', () => {
    const bytes = Buffer.from(value);
    buildSessionTables([{ slot: 0, bytes, publicLength: 14 }], random);
    expect(bytes.toString()).toBe(value);
  });

  test('are other ones with every building', () => {
    const [once, again] = [1, 2].map(() => buildSessionTables(wanted([value], 14), random).tables);
    for (const at of [0, 1, 2, 4]) expect(once?.parts[at]).not.toEqual(again?.parts[at]);
  });

  test('look for equal values once, and say so', () => {
    const { built, find } = knownOf(wanted([value, other, value], 14));
    expect(built.same).toEqual([{ slot: 2, as: 0 }]);
    expect(find(`a ${value} b ${other}`).map(({ slot }) => slot)).toEqual([0, 1]);
  });

  test('find a value that is a part of another one', () => {
    const url = `postgres://user:${value}@host:5432/base`;
    const { find } = knownOf(wanted([value, url]));
    expect(
      find(`x "${url}" y`)
        .map(({ slot }) => slot)
        .toSorted((left, right) => left - right),
    ).toEqual([0, 1]);
    expect(find(`x "${value}" y`).map(({ slot }) => slot)).toEqual([0]);
  });

  test('name what cannot be looked for', () => {
    const { unsearchable } = buildSessionTables(wanted(['short', 'aaaaaaaaaaaaaaaa', value]), random);
    expect(unsearchable).toEqual([0, 1]);
  });

  test('find values of eight to fourteen characters, wherever they stand', () => {
    const short = 'kT9#vQ2!';
    const longer = 'Zx81-qWe_77u';
    const { find } = knownOf(wanted([short, longer]));
    for (let before = 0; before < 16; before += 1) {
      expect(find(`${' '.repeat(before)}${short} ${longer};`).map(({ slot }) => slot)).toEqual([0, 1]);
    }
  });

  test('find a key file as it stands, on one line, indented, and its body alone', () => {
    const body = Buffer.from(random.bytes(600))
      .toString('base64')
      .match(/.{1,64}/g)!;
    const file = `-----BEGIN PRIVATE KEY-----\n${body.join('\n')}\n-----END PRIVATE KEY-----\n`;
    const { find } = knownOf(wanted([file]));
    const texts = [
      `x\n${file}y`,
      JSON.stringify({ key: file }),
      JSON.stringify(JSON.stringify({ key: file })),
      `key: |\n${file.replace(/^/gm, '      ')}`,
      file.replaceAll('\n', '\r\n'),
      body.join(''),
      body.map((line) => `"${line}"`).join(' +\n  '),
      Buffer.from(file).toString('base64'),
    ];
    for (const text of texts) expect(find(text).map(({ slot }) => slot)).toContain(0);
  });
});

describe('what comes over a socket', () => {
  const { tables } = buildSessionTables(wanted([value], 14), random);
  const head = (): Record<string, unknown> => ({ ...tables.head });

  test('is taken as it was made', () => {
    expect(readSessionTables(head(), tables.parts)).not.toBeNull();
  });

  test.each([
    ['another version', { what: 'session/2' }],
    ['no stride', { stride: 0 }],
    ['a stride that is no number', { stride: '8' }],
    ['an endless bitmap', { bitmapBits: 60 }],
    ['more forms than there are', { forms: 1_000 }],
    ['more targets than there are', { targets: 2 }],
    ['fewer targets than its forms name', { targets: 0 }],
    ['windows of another number', { entryBits: 11 }],
  ])('is refused with %s', (_, change) => {
    expect(readSessionTables({ ...head(), ...change }, tables.parts)).toBeNull();
  });

  test('is refused with a table that is full, or names a form that is not there', () => {
    const full = tables.parts.map((part) => part.slice());
    full[2]?.fill(0xff);
    expect(readSessionTables(head(), full)).toBeNull();
    expect(readSessionTables(head(), tables.parts.slice(1))).toBeNull();
    expect(readSessionTables(null, tables.parts)).toBeNull();
  });

  test('is gone from the memory and from its parts once it is wiped', () => {
    const again = buildSessionTables(wanted([value], 14), random).tables;
    const memory = createEngineMemory();
    const placed = placeTables(memory, createSharedRoom(memory).take, again);
    const used = (): number =>
      new Uint8Array(memory.buffer, placed.from, placed.to - placed.from).filter(Boolean).length;
    expect(used()).toBeGreaterThan(1_000);
    wipePlaced(memory, placed);
    wipeTables(again);
    expect(used()).toBe(0);
    for (const part of again.parts) expect(part.every((byte) => byte === 0)).toBe(true);
  });
});
