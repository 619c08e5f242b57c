// The agent's socket under attack: raw bytes, wrong lengths, half frames, byte by byte, many connections. Whatever one peer does, the
// next is answered, no secret goes out, and nothing is kept of what was only announced.
import { connect, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocketDoor } from '../../../src/agent/socket-door.ts';
import { callNames, specOf } from '../../../src/contract/contract.ts';
import { maxValues } from '../../../src/contract/measure.ts';
import { decodeMessage, encodeMessage, maxFrameBytes } from '../../../src/contract/wire.ts';
import { errorKinds } from '../../../src/core/model/app-error.ts';
import { createFrameReader, frameOf } from '../../../src/node/frames.ts';
import type { SocketServer } from '../../../src/node/socket-server.ts';
import { bytesOf, placeOf, testPassword, unlockedAgent, type TestAgent } from '../../support/agents.ts';
import { inputFor } from '../../support/hostile.ts';
import { sampleKey } from '../../support/key-samples.ts';

const effort = process.env['KEYTURN_LONG'] === '1' ? 25 : 1;
const secret = sampleKey('circa', 'live', 5);
const longestCpuMs = 1_000;

let tested: TestAgent;
let server: SocketServer;

beforeAll(async () => {
  tested = await unlockedAgent();
  const place = await placeOf(tested);
  await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [...place.environments.values()].slice(0, 1),
    facts: { name: 'the key of the tests' },
    fields: [{ name: 'secret', value: bytesOf(secret) }],
  });
  const opened = await openSocketDoor(tested.agent, tested.home);
  if (opened === null) throw new Error('the socket did not open');
  server = opened;
});
afterAll(async () => {
  await server.close();
  tested.remove();
  rmSync(tested.home, { recursive: true, force: true });
});

type Peer = { readonly socket: Socket; readonly got: () => Buffer; readonly ended: Promise<void> };

const newPeer = async (): Promise<Peer> => {
  const chunks: Buffer[] = [];
  const socket = connect(server.path);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), ended]);
  return { socket, got: () => Buffer.concat(chunks), ended };
};

/** An honest question over a connection of its own: is anybody still there? */
const isAnswering = async (): Promise<boolean> => {
  const peer = await newPeer();
  peer.socket.write(frameOf(encodeMessage({ id: 7, name: 'state.read', input: {} })));
  for (let waited = 0; waited < 5_000 && peer.got().length < 5; waited += 5) await sleep(5);
  const [frame] = createFrameReader(maxFrameBytes).take(peer.got()) ?? [];
  peer.socket.destroy();
  const message = frame === undefined ? null : decodeMessage(frame);
  return message !== null && 'result' in message && message.id === 7 && message.result.ok;
};

const expectHarmless = (got: Buffer): void => {
  expect(got.includes(secret.slice(8, -4)), 'a secret went out').toBe(false);
  expect(got.includes(testPassword), 'the password went out').toBe(false);
  for (const frame of createFrameReader(maxFrameBytes).take(got) ?? []) {
    const message = decodeMessage(frame);
    expect(message, 'an answer is a message').not.toBeNull();
    if (message !== null && 'result' in message && !message.result.ok) {
      expect(errorKinds).toContain(message.result.error.kind);
    }
  }
  expect(tested.bugs).toEqual([]);
};

/** Sends, waits a moment, and looks at what came back. */
const throwAt = async (...parts: readonly Uint8Array[]): Promise<void> => {
  const before = process.cpuUsage();
  const peer = await newPeer();
  for (const part of parts) {
    if (!peer.socket.destroyed) peer.socket.write(part);
    if (parts.length > 1) await sleep(1);
  }
  await Promise.race([peer.ended, sleep(20)]);
  peer.socket.destroy();
  await peer.ended;
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
  expectHarmless(peer.got());
};

const head = (length: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
};
const framed = (text: string): Uint8Array => frameOf(bytesOf(text));

/** JSON has no word for numbers that are not finite, however deep they stand. */
const canTravel = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  return Object.values(value).every(canTravel);
};

describe('the agent’s socket', () => {
  it('lives through any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (parts) =>
        throwAt(...parts),
      ),
      { numRuns: 40 * effort },
    );
    expect(await isAnswering()).toBe(true);
  });

  it('lives through frames of any JSON, and of none', async () => {
    const text = fc.oneof(
      fc.json({ maxDepth: 5 }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '{',
        'null',
        '[]',
        '{"id":1}',
        '{"id":-1,"name":"state.read"}',
        '{"id":1e400,"name":"state.read"}',
      ),
      fc.constantFrom(
        '{"id":1,"name":"state.read","input":{},"caller":"window"}',
        '{"id":1,"name":"state.read","input":{"__proto__":{"a":1}}}',
        '{"id":1,"name":"keys.list","input":{"$bytes":"%%%"}}',
        '{"id":1,"result":{"ok":true,"value":1}}',
        '{"event":"state.changed","payload":{}}',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 4 }), (texts) => throwAt(...texts.map(framed))),
      { numRuns: 40 * effort },
    );
    expect(await isAnswering()).toBe(true);
  });

  it('answers calls of the right form in the closed set, but never those of the window or the shell', async () => {
    const known = { ids: ['f'.repeat(32)], paths: [`${tested.home}/none/a`] };
    const names = callNames.filter(
      (name) => !/^(vault|password|recovery|restore|demo)\./.test(name) && !specOf(name).returnsSecret,
    );
    const call = fc
      .constantFrom(...names)
      .chain((name) => inputFor(specOf(name).input, known).map((input) => ({ id: 1, name, input })))
      .filter(({ input }) => canTravel(input));
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 6 }), (calls) =>
        throwAt(...calls.map((each) => frameOf(encodeMessage(each)))),
      ),
      { numRuns: 30 * effort },
    );
    // One of the calls may have closed the door to the command line, which is a refusal of another kind.
    await tested.get('settings.change', { commandLineAccess: true });
    for (const name of callNames.filter((each) => !specOf(each).callers.includes('command-line'))) {
      const peer = await newPeer();
      peer.socket.write(frameOf(encodeMessage({ id: 3, name, input: {} })));
      for (let waited = 0; waited < 5_000 && peer.got().length < 5; waited += 5) await sleep(5);
      const [frame] = createFrameReader(maxFrameBytes).take(peer.got()) ?? [];
      expect(frame === undefined ? null : decodeMessage(frame), name).toMatchObject({
        result: { ok: false, error: { kind: 'wrong-sender' } },
      });
      peer.socket.destroy();
    }
  });

  it('ends a peer that announces too much or nothing, and keeps nothing for one that only announces', async () => {
    for (const length of [0, maxFrameBytes + 1, 0xffff_ffff]) {
      const peer = await newPeer();
      peer.socket.write(head(length));
      await peer.ended;
    }
    const before = process.memoryUsage();
    const peers = await Promise.all(Array.from({ length: 20 }, newPeer));
    for (const { socket } of peers) socket.write(head(maxFrameBytes));
    await sleep(50);
    const after = process.memoryUsage();
    expect((after.arrayBuffers - before.arrayBuffers) / 1024 / 1024, 'megabytes').toBeLessThan(4);
    for (const { socket } of peers) socket.destroy();
    await Promise.all(peers.map(({ ended }) => ended));
  });

  it('serves others while a peer sends byte by byte, or more peers come than may', async () => {
    const slow = await newPeer();
    slow.socket.write(head(1_000_000));
    for (let index = 0; index < 200; index += 1) slow.socket.write(Uint8Array.of(0x5b));
    expect(await isAnswering()).toBe(true);
    const crowd = await Promise.all(Array.from({ length: 60 }, newPeer));
    await sleep(50);
    for (const { socket } of [slow, ...crowd]) socket.destroy();
    await Promise.all(crowd.map(({ ended }) => ended));
    expect(await isAnswering()).toBe(true);
  });

  it('takes a large frame in many pieces without copying it over and over', () => {
    const reader = createFrameReader(maxFrameBytes);
    const before = process.cpuUsage();
    reader.take(head(maxFrameBytes));
    const piece = new Uint8Array(512);
    let frames: readonly Uint8Array[] | null = [];
    for (let sent = 0; sent < maxFrameBytes; sent += piece.length) frames = reader.take(piece);
    expect(frames).toHaveLength(1);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
  });

  it('is not kept busy by a frame that is deep or has millions of values', () => {
    const deep = bytesOf('['.repeat(8_000_000) + ']'.repeat(8_000_000));
    const many = bytesOf(
      `{"id":1,"name":"keys.emptyRemoved","input":{"ids":[${'{},'.repeat(4_000_000)}{}]}}`,
    );
    for (const bytes of [deep, many]) {
      const before = process.cpuUsage();
      decodeMessage(bytes, maxValues);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
    }
  });
});
