// Asks an unlocked agent whose the slots are, for the hook's words; an answer that is not there at once is none. Knows the socket's messages and
// no schema: what comes back is held to be text and shown neutralised.
import { neutraliseText } from '../../core/leaks/neutralise.ts';
import { decodeMessage, encodeMessage } from '../../contract/wire.ts';
import { createFrameReader, frameOf } from '../../node/frames.ts';
import { socketPath } from '../../node/socket-path.ts';
import type { SlotNames } from './guard-words.ts';

const withinMs = 200;
const mostFrameBytes = 65_536;
const mostName = 200;

const namesFrom = (value: unknown): SlotNames => {
  const names = new Map<number, string>();
  if (!Array.isArray(value)) return names;
  for (const each of value as readonly unknown[]) {
    if (typeof each !== 'object' || each === null || !('slot' in each) || !('name' in each)) continue;
    if (typeof each.slot === 'number' && typeof each.name === 'string')
      names.set(each.slot, neutraliseText(each.name).slice(0, mostName));
  }
  return names;
};

/** Names by slot; empty where no agent answers in time, or it is locked. Sockets are loaded only now: mostly nothing is found. */
export const askNames = async (
  home: string,
  generation: string,
  slots: readonly number[],
): Promise<SlotNames> => {
  const { connect } = await import('node:net');
  return new Promise((done) => {
    const socket = connect(socketPath(home));
    const reader = createFrameReader(mostFrameBytes);
    const finish = (names: SlotNames): void => {
      clearTimeout(timer);
      socket.destroy();
      done(names);
    };
    const timer = setTimeout(() => finish(new Map()), withinMs);
    socket.once('error', () => finish(new Map()));
    socket.once('close', () => finish(new Map()));
    socket.once('connect', () =>
      socket.write(
        frameOf(encodeMessage({ id: 1, name: 'guard.names', input: { generation, slots: [...slots] } })),
      ),
    );
    socket.on('data', (chunk: Buffer) => {
      for (const frame of reader.take(chunk) ?? [new Uint8Array()]) {
        const message = decodeMessage(frame);
        if (message !== null && 'event' in message) continue;
        const isAnswer = message !== null && 'result' in message && message.result.ok;
        finish(isAnswer ? namesFrom(message.result.value) : new Map());
      }
    });
  });
};
