// The scanner's small parts: what it takes in, what it lets wait, what fits into a message.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntake } from '../../../src/agent/scanning/intake.ts';
import {
  frameOfMessage,
  frameOfPortion,
  maxScanFrame,
  readNews,
  readOrder,
  type SeenFile,
} from '../../../src/agent/scanning/messages.ts';
import { seenMessages } from '../../../src/agent/scanning/seen-messages.ts';
import { createTally } from '../../../src/agent/scanning/tally.ts';
import { createWaitingRoom } from '../../../src/agent/scanning/waiting.ts';
import { aPlace } from '../../support/findings.ts';

type Sighting = SeenFile['list'][number];
const sighting = (over: Partial<Sighting> = {}): Sighting => ({
  slot: 1,
  pattern: null,
  valueMark: null,
  encoding: 'plain',
  place: { ...aPlace },
  masked: '',
  before: 'a = ',
  after: '',
  offset: 3,
  length: 20,
  git: { pushed: null, publicRemote: null },
  ...over,
});
const seen = (path: string, count: number): SeenFile => ({
  what: 'seen',
  scan: null,
  generation: 'g',
  atMs: 1,
  path,
  kind: 'working-file',
  whole: true,
  scope: 'file',
  list: Array.from({ length: count }, () => sighting()),
  more: 0,
});

describe('tables on their way', () => {
  it('are whole whatever the portions, and not before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 64 }),
        (parts, step) => {
          const intake = createIntake();
          let whole = intake.announce({
            generation: 'g',
            head: 'h',
            parts: parts.map(({ length }) => length),
          });
          expect(whole).toBeNull();
          for (const [part, bytes] of parts.entries()) {
            for (let at = 0; at < bytes.length; at += step) {
              expect(whole).toBeNull();
              const taken = intake.take({ part, bytes: bytes.subarray(at, at + step) });
              if (taken === false) throw new Error('a portion was refused');
              whole = taken;
            }
          }
          expect(whole?.bytes.map((bytes) => [...bytes])).toEqual(parts.map((bytes) => [...bytes]));
        },
      ),
    );
  });

  it('that nobody announced, or that are longer, break the rules', () => {
    const intake = createIntake();
    expect(intake.take({ part: 0, bytes: Uint8Array.of(1) })).toBe(false);
    intake.announce({ generation: 'g', head: '', parts: [2] });
    expect(intake.take({ part: 1, bytes: Uint8Array.of(1) })).toBe(false);
    expect(intake.take({ part: 0, bytes: Uint8Array.of(1, 2, 3) })).toBe(false);
  });

  it('are wiped when they are given up half way', () => {
    const intake = createIntake();
    intake.announce({ generation: 'g', head: '', parts: [4] });
    intake.take({ part: 0, bytes: Uint8Array.of(1, 2) });
    intake.wipe();
    expect(intake.take({ part: 0, bytes: Uint8Array.of(3, 4) })).toBe(false);
  });
});

describe('what was seen while locked', () => {
  it('waits up to a bound, and what does not fit is counted', () => {
    const room = createWaitingRoom(10);
    room.add(seen('/a', 6));
    room.add(seen('/b', 6));
    room.add(seen('/c', 4));
    expect(room.take()).toMatchObject({ seen: [{ path: '/a' }, { path: '/c' }], lost: 6 });
    expect(room.take()).toEqual({ seen: [], lost: 0 });
  });

  it('keeps of one file the last look alone', () => {
    const room = createWaitingRoom(10);
    for (let count = 1; count <= 50; count += 1) room.add(seen('/a', (count % 3) + 1));
    const { seen: waiting, lost } = room.take();
    expect(waiting.map(({ list }) => list.length)).toEqual([(50 % 3) + 1]);
    expect(lost).toBe(0);
  });
});

describe('messages', () => {
  const words = { scan: 's', generation: 'g', atMs: 1 };

  it('of one file fit into a frame each, tell what is gone only where they are whole, and lose nothing', () => {
    for (const count of [0, 1, 499, 1_000, 1_700]) {
      const long = 'x'.repeat(4_000);
      const list = Array.from({ length: count }, (_, offset) =>
        sighting({ offset, place: { ...aPlace, path: `/${long}` } }),
      );
      const messages = seenMessages(
        { path: '/p', kind: null, whole: true, scope: 'file', list, more: 0 },
        words,
      );
      for (const message of messages) {
        expect(frameOfMessage(message).length).toBeLessThan(maxScanFrame);
        expect(readNews(frameOfMessage(message))).toEqual({ message });
      }
      const told = messages.flatMap((message) => message.list.map(({ offset }) => offset));
      expect(told).toEqual(list.slice(0, 1_000).map(({ offset }) => offset));
      expect(messages.reduce((sum, { more }) => sum + more, 0)).toBe(Math.max(0, count - 1_000));
      if (messages.length > 1) expect(messages.some(({ whole }) => whole)).toBe(false);
    }
  });

  it('are read back as they were written, and nothing else is read', () => {
    const order = { what: 'pause', id: 'x' } as const;
    expect(readOrder(frameOfMessage(order))).toEqual({ message: order });
    const bytes = Uint8Array.of(1, 2, 3);
    expect(readOrder(frameOfPortion({ part: 3, bytes }))).toEqual({ portion: { part: 3, bytes } });
    for (const frame of [
      Uint8Array.of(),
      Uint8Array.of(9),
      Uint8Array.of(1),
      Uint8Array.of(1, 77),
      frameOfMessage({ what: 'watch', watch: { watching: true, folders: 0, polling: 0, warnings: [] } }),
      new TextEncoder().encode('\0{"what":"pause","id":"x","more":1}'),
      new TextEncoder().encode('\0{"what":"toString"}'),
    ])
      expect(readOrder(frame)).toBeNull();
  });

  it('of any bytes throw nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.json(), (bytes, json) => {
        readOrder(bytes);
        readNews(bytes);
        readNews(new TextEncoder().encode(`\0${json}`));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the tally of a scan', () => {
  it('counts, names the first of each reason, and says how long it will take', () => {
    let nowMs = 0;
    const tally = createTally(() => nowMs);
    for (let count = 0; count < 300; count += 1)
      tally.notRead([{ path: `/l${String(count)}`, inside: '', reason: 'link' }]);
    tally.notRead([{ path: '/secret', inside: '', reason: 'no-permission' }]);
    expect(tally.progress('running').msLeft).toBeNull();
    tally.step(10, 1_000, 0, '/a');
    tally.known(40, true);
    nowMs = 500;
    const progress = tally.progress('running');
    expect(progress).toMatchObject({
      filesScanned: 10,
      bytesScanned: 1_000,
      bytesTotal: 4_000,
      msLeft: 1_500,
    });
    expect(progress.notRead).toEqual([
      { reason: 'link', count: 300 },
      { reason: 'no-permission', count: 1 },
    ]);
    expect(progress.notReadSamples.at(-1)?.path).toBe('/secret');
    expect(progress.notReadSamples).toHaveLength(26);
  });
});
