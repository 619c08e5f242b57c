// What this process says and hears on its sockets, byte by byte, for tests that search it for values.
import { Socket } from 'node:net';

export type SocketRecord = {
  readonly said: () => Buffer;
  readonly heard: () => Buffer;
  readonly stop: () => void;
};

export const recordSockets = (): SocketRecord => {
  const said: Buffer[] = [];
  const heard: Buffer[] = [];
  const { prototype } = Socket;
  const { write } = prototype;
  prototype.write = function recorded(this: Socket, ...words: Parameters<typeof write>): boolean {
    const [chunk] = words;
    said.push(Buffer.from(chunk));
    return write.apply(this, words);
  } as typeof write;
  // What arrives is pushed: an own function in front of the stream's.
  prototype.push = function recorded(this: Socket, ...words: Parameters<Socket['push']>): boolean {
    const [chunk] = words as readonly unknown[];
    if (chunk instanceof Uint8Array) heard.push(Buffer.from(chunk));
    const { push } = Object.getPrototypeOf(prototype) as Socket;
    return push.apply(this, words);
  };
  return {
    said: () => Buffer.concat(said),
    heard: () => Buffer.concat(heard),
    stop: () => {
      prototype.write = write;
      delete (prototype as { push?: Socket['push'] }).push;
    },
  };
};
