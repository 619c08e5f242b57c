// The agent's socket: frames in, frames out, for whoever may open the path. Node gives no peer's user id (SO_PEERCRED), so who may
// connect is decided by the file system: mode 0600 in a folder of mode 0700; on Windows by the pipe's rights.
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createFrameReader, frameOf } from './frames.ts';
import { prepareSocketFolder, scannerSocketPath, socketPath, type SocketName } from './socket-path.ts';

export type Connection = {
  readonly send: (bytes: Uint8Array) => void;
  readonly close: () => void;
};

export type SocketServer = { readonly path: string; readonly close: () => Promise<void> };

export type SocketServerOptions = {
  readonly home: string;
  /** The agent's where nothing is said. */
  readonly name?: SocketName;
  readonly maxFrameBytes: number;
  /** Called with each frame; the bytes are the receiver's to wipe. */
  readonly onFrame: (connection: Connection, bytes: Uint8Array) => void;
  readonly onOpen?: (connection: Connection) => void;
  readonly onClose?: (connection: Connection) => void;
};

const answerWithinMs = 1_000;
const maxConnections = 32;

/** Whether somebody listens at the path. */
const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const settle = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(answerWithinMs, () => {
      settle(false);
    });
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
  });

/** Removes a socket that a killed agent left behind; anything that is no socket stays. */
const removeStale = (path: string): void => {
  if (process.platform === 'win32') return;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSocket() === true) unlinkSync(path);
};

const serve = (socket: Socket, options: SocketServerOptions): void => {
  const reader = createFrameReader(options.maxFrameBytes);
  const connection: Connection = {
    send: (bytes) => {
      const frame = frameOf(bytes);
      // Wiped once the system has taken it over.
      if (socket.writable) socket.write(frame, () => frame.fill(0));
    },
    close: () => {
      socket.end();
    },
  };
  options.onOpen?.(connection);
  socket.on('data', (chunk: Buffer) => {
    const frames = reader.take(chunk);
    chunk.fill(0);
    if (frames === null) socket.destroy();
    else for (const frame of frames) options.onFrame(connection, frame);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    reader.wipe();
    options.onClose?.(connection);
  });
};

const listen = (server: Server, path: string): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(path, () => {
      resolve(true);
    });
  });

/** Opens the socket; null where another process answers there already or the place is not ours. */
export const openSocketServer = async (options: SocketServerOptions): Promise<SocketServer | null> => {
  const path = options.name === 'scanner' ? scannerSocketPath(options.home) : socketPath(options.home);
  if (!prepareSocketFolder(options.home, path)) return null;
  if (await isAnswered(path)) return null;
  removeStale(path);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, options);
  });
  server.maxConnections = maxConnections;
  // The folder keeps others out already; between listen and chmod the umask must not widen it.
  const before = process.platform === 'win32' ? null : process.umask(0o177);
  const listening = await listen(server, path);
  if (before !== null) process.umask(before);
  if (!listening) return null;
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    path,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};
