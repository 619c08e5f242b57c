// Carries what a page sent to the listeners and handlers, in Electron's documented order: the frame's own, the
// window's, then ipcMain's. The sender's frame is looked up when it is asked for, not when the message came.
import { cloneCodec } from './clone-codec.ts';
import { ipcMain, type IpcMainStandIn } from './ipc-main.ts';
import type { MessagePortMain } from './message-port.ts';
import { makeEvent } from './state.ts';
import type { WebFrameMain } from './web-frame-main.ts';
import type { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent } from 'electron';

export type Sender = EventEmitter & { readonly ipc: IpcMainStandIn };

const describe = (sender: Sender, frame: WebFrameMain): object => ({
  type: 'frame',
  sender,
  frameId: frame.routingId,
  processId: frame.processId,
  frameTreeNodeId: frame.frameTreeNodeId,
  get senderFrame(): WebFrameMain | null {
    return frame.isDestroyed() ? null : frame;
  },
  reply: (channel: string, ...parts: unknown[]): void => {
    if (!frame.isDestroyed()) frame.send(channel, ...parts);
  },
});

const emittersFor = (sender: Sender, frame: WebFrameMain): readonly IpcMainStandIn[] => [
  frame.ipc,
  sender.ipc,
  ipcMain,
];

export const dispatchSend = (sender: Sender, frame: WebFrameMain, channel: string, data: string): void => {
  const parts = cloneCodec.decode(data) as unknown[];
  const event = makeEvent(describe(sender, frame));
  Object.assign(event, { ports: [] });
  sender.emit('ipc-message', event, channel, ...parts);
  for (const emitter of emittersFor(sender, frame)) emitter.emit(channel, event, ...parts);
};

export const dispatchPorts = (
  sender: Sender,
  frame: WebFrameMain,
  message: { readonly channel: string; readonly data: string; readonly ports: MessagePortMain[] },
): void => {
  const event = makeEvent(describe(sender, frame));
  Object.assign(event, { ports: message.ports });
  const value = cloneCodec.decode(message.data);
  for (const emitter of emittersFor(sender, frame)) emitter.emit(message.channel, event, value);
};

/** Resolves with the reply to send back: `{ data }` or `{ error }` in the words that Electron uses. */
export const dispatchInvoke = async (
  sender: Sender,
  frame: WebFrameMain,
  channel: string,
  data: string,
): Promise<{ data: string } | { error: string }> => {
  const failed = (error: unknown): { error: string } => ({
    error: `Error invoking remote method '${channel}': ${String(error)}`,
  });
  const handler = emittersFor(sender, frame)
    .find((emitter) => emitter._invokeHandlers.has(channel))
    ?._invokeHandlers.get(channel);
  if (handler === undefined) return failed(new Error(`No handler registered for '${channel}'`));
  try {
    const parts = cloneCodec.decode(data) as unknown[];
    const result: unknown = await handler(makeEvent(describe(sender, frame)) as IpcMainInvokeEvent, ...parts);
    return { data: cloneCodec.encode(result) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return failed(error);
  }
};

/** Calls `reply` once, with the encoded `event.returnValue`, or undefined where nobody listens. */
export const dispatchSync = (
  sender: Sender,
  frame: WebFrameMain,
  message: { readonly channel: string; readonly data: string },
  reply: (data: string | undefined) => void,
): void => {
  const parts = cloneCodec.decode(message.data) as unknown[];
  const event = makeEvent(describe(sender, frame));
  let isAnswered = false;
  Object.defineProperty(event, 'returnValue', {
    get: () => undefined,
    set: (value: unknown) => {
      if (isAnswered) return;
      isAnswered = true;
      reply(cloneCodec.encode(value));
    },
  });
  const emitters = emittersFor(sender, frame);
  const isHeard =
    sender.listenerCount('ipc-message-sync') > 0 ||
    emitters.some((each) => each.listenerCount(message.channel) > 0);
  sender.emit('ipc-message-sync', event, message.channel, ...parts);
  for (const emitter of emitters) emitter.emit(message.channel, event, ...parts);
  if (!isHeard) reply(undefined);
};
