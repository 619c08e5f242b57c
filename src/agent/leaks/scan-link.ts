// The agent's end of the scanner's socket. The connection is the lease of the session tables: when it ends, for whatever reason, the scanner
// wipes them. What comes back is checked; an end that breaks the rules is hung up on.
import { connect, type Socket } from 'node:net';
import { createFrameReader, frameOf } from '../../node/frames.ts';
import { scannerSocketPath } from '../../node/socket-path.ts';
import {
  frameOfMessage,
  frameOfPortion,
  maxScanFrame,
  portionBytes,
  readNews,
  type ScanNews,
  type ScanOrder,
} from '../scanning/messages.ts';

export type ScanLink = {
  readonly send: (order: ScanOrder) => void;
  /** Sends the bytes of a table in portions; resolves when the system has taken them. They are the caller's to wipe afterwards. */
  readonly sendPart: (part: number | 'index', bytes: Uint8Array) => Promise<void>;
  /** Whether the process is to stay for what comes: a scan that somebody follows. */
  readonly hold: (held: boolean) => void;
  readonly close: () => void;
};

export type LinkListeners = {
  readonly onNews: (message: ScanNews) => void;
  /** Bytes of the index that was announced; the receiver wipes them. */
  readonly onIndex: (bytes: Uint8Array) => void;
  /** Called once, however it ended. */
  readonly onEnd: () => void;
};

const connectWithinMs = 2_000;

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

const write = (socket: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    const frame = frameOf(bytes);
    if (!socket.writable) {
      frame.fill(0);
      resolve();
      return;
    }
    socket.write(frame, () => {
      frame.fill(0);
      resolve();
    });
  });

const listen = (socket: Socket, listeners: LinkListeners): void => {
  const reader = createFrameReader(maxScanFrame);
  socket.on('data', (chunk: Buffer) => {
    const frames = reader.take(chunk);
    if (frames === null) socket.destroy();
    for (const frame of frames ?? []) {
      const read = readNews(frame);
      if (read === null || ('portion' in read && read.portion.part !== 'index')) {
        socket.destroy();
        return;
      }
      if ('portion' in read) listeners.onIndex(read.portion.bytes);
      else listeners.onNews(read.message);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    reader.wipe();
    listeners.onEnd();
  });
};

/** Reaches the scanner of a home folder; null where none listens. @param home absolute */
export const connectScanner = async (home: string, listeners: LinkListeners): Promise<ScanLink | null> => {
  const socket = await open(scannerSocketPath(home));
  if (socket === null) return null;
  listen(socket, listeners);
  return {
    send: (order) => void write(socket, frameOfMessage(order)),
    sendPart: async (part, bytes) => {
      for (let at = 0; at < bytes.length; at += portionBytes) {
        const frame = frameOfPortion({ part, bytes: bytes.subarray(at, at + portionBytes) });
        await write(socket, frame);
        frame.fill(0);
      }
    },
    hold: (held) => void (held ? socket.ref() : socket.unref()),
    close: () => socket.end(),
  };
};
