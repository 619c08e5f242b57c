// The command line's end of the agent's socket: sends calls, pairs the replies, never throws. What comes back was checked by the
// agent; here only its form is.
import { connect, type Socket } from 'node:net';
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Send } from '../contract/contract.ts';
import type { EventName, EventPayload } from '../contract/events.ts';
import { decodeMessage, encodeMessage, maxFrameBytes, type WireMessage } from '../contract/wire.ts';
import { createFrameReader, frameOf } from '../node/frames.ts';
import { socketPath } from '../node/socket-path.ts';

export type AgentClient = {
  /** Values are copied into the message; the caller goes on owning and wiping its own. */
  readonly send: Send;
  /** Of all events only `task.progress` comes this way. */
  readonly on: <N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void) => () => void;
  readonly close: () => Promise<void>;
};

const connectWithinMs = 2_000;

const gone = fail(
  'locked',
  'The app locked or closed before it answered.',
  'Look whether it was done, unlock and try again.',
);

const notRunning = fail('not-found', 'The app is not running.', 'Start it, or give --password-file FILE.');

const open = (path: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const giveUp = (): void => {
      socket.destroy();
      resolve(null);
    };
    socket.setTimeout(connectWithinMs, giveUp);
    socket.once('error', giveUp);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('timeout', giveUp);
      socket.off('error', giveUp);
      resolve(socket);
    });
  });

type Waiting = Map<number, (result: Result<unknown>) => void>;
type Listeners = Set<(event: string, payload: unknown) => void>;

const settleAll = (waiting: Waiting): void => {
  for (const settle of waiting.values()) settle(gone);
  waiting.clear();
};

const route = (message: WireMessage, waiting: Waiting, listeners: Listeners): void => {
  if ('event' in message) for (const listener of listeners) listener(message.event, message.payload);
  else if ('result' in message) {
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  }
};

const listen = (socket: Socket, waiting: Waiting, listeners: Listeners): void => {
  const reader = createFrameReader(maxFrameBytes);
  socket.on('data', (chunk: Buffer) => {
    const frames = reader.take(chunk);
    chunk.fill(0);
    if (frames === null) socket.destroy();
    for (const frame of frames ?? []) {
      const message = decodeMessage(frame);
      frame.fill(0);
      if (message === null) socket.destroy();
      else route(message, waiting, listeners);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    reader.wipe();
    settleAll(waiting);
  });
};

/** Reaches the agent of a running app. `not-found` where none answers. @param home absolute path of its folder */
export const connectAgent = async ({ home }: { readonly home: string }): Promise<Result<AgentClient>> => {
  const socket = await open(socketPath(home));
  if (socket === null) return notRunning;
  const waiting: Waiting = new Map();
  const listeners: Listeners = new Set();
  let nextId = 1;
  listen(socket, waiting, listeners);
  const send = (name: string, input: unknown): Promise<Result<unknown>> =>
    new Promise((resolve) => {
      if (!socket.writable) {
        resolve(gone);
        return;
      }
      const id = nextId;
      nextId += 1;
      waiting.set(id, resolve);
      const bytes = encodeMessage({ id, name, input });
      const frame = frameOf(bytes);
      bytes.fill(0);
      socket.write(frame, () => frame.fill(0));
    });
  return ok({
    send: send as Send,
    on: (wanted, listener) => {
      const each = (event: string, payload: unknown): void => {
        if (event === wanted) listener(payload as never);
      };
      listeners.add(each);
      return () => {
        listeners.delete(each);
      };
    },
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve();
        else
          socket.once('close', () => {
            resolve();
          });
        socket.destroy();
      }),
  });
};
