// A connection to a server of one's own: TLS to every host but this machine, certificates checked, bounded in time, ended when
// nobody wants the answer any more. Knows no protocol.
import net from 'node:net';
import tls from 'node:tls';
import { mayBeSent, type NoAnswer, type ServerLogin, type Stop } from '../../core/ports.ts';
import { noAnswer, whyOf } from '../http-words.ts';
import { trustedRoots } from '../trusted-roots.ts';

export const connectMs = 5_000;
export const answerMs = 10_000;
/** More than any of these servers says to a login. */
export const mostBytes = 65_536;

export type Line = {
  /** Resolves with bytes as they come; null where the server ended. Rejects with what Node says. */
  readonly read: () => Promise<Buffer | null>;
  readonly write: (bytes: Uint8Array) => void;
  readonly close: () => void;
};

export class Unheard extends Error {
  readonly error: NoAnswer;
  constructor(error: NoAnswer) {
    super(error.why);
    this.error = error;
  }
}

export const isUnheard = (error: unknown): error is Unheard => error instanceof Unheard;

export const hostOf = ({ host, port }: Pick<ServerLogin, 'host' | 'port'>): string =>
  port === null ? host : `${host}:${String(port)}`;

export const notUnderstood = (login: ServerLogin): NoAnswer => ({
  why: 'not-http',
  reason: `${hostOf(login)} answered with something that is not the protocol of ${login.protocol}.`,
  next: 'Look whether host and port are right.',
});

export const noTlsThere = (login: ServerLogin): NoAnswer => ({
  why: 'no-trust',
  reason: `${hostOf(login)} has no TLS, and a password is not sent in the open.`,
  next: 'Nothing was sent. Turn TLS on at the server, or reach it through a tunnel to this machine.',
});

const openSocket = (login: ServerLogin, port: number): net.Socket =>
  login.tls === 'required'
    ? tls.connect({
        host: login.host,
        port,
        ...(net.isIP(login.host) === 0 ? { servername: login.host } : {}),
        ca: trustedRoots(),
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      })
    : net.connect({ host: login.host === 'localhost' ? '127.0.0.1' : login.host, port });

/**
 * Runs a conversation over a connection of its own and closes it, whatever comes of it.
 * @throws Unheard where there is no connection, no answer in time, or nobody waits for one
 */
export const withLine = async <T>(
  login: ServerLogin,
  port: number,
  stop: Stop,
  talk: (line: Line) => Promise<T>,
): Promise<T> => {
  const socket = openSocket(login, port);
  const waiting: { resolve: (bytes: Buffer | null) => void; reject: (error: Unheard) => void }[] = [];
  const arrived: Buffer[] = [];
  let failure: Unheard | undefined;
  let hasEnded = false;
  const fail = (error: Unheard): void => {
    failure ??= error;
    socket.destroy();
    for (const each of waiting.splice(0)) each.reject(error);
  };
  const give = (why: Parameters<typeof noAnswer>[0]): void => {
    fail(new Unheard(noAnswer(why, hostOf(login))));
  };
  const connecting = setTimeout(give, connectMs, 'no-connection');
  const answering = setTimeout(give, answerMs, 'too-slow');
  const forget = stop.onStop(() => {
    give('stopped');
  });
  let isConnected = false;
  socket.once(login.tls === 'required' ? 'secureConnect' : 'connect', () => {
    isConnected = true;
    clearTimeout(connecting);
  });
  socket.on('error', (error) => {
    const why = whyOf(error);
    give(isConnected && !mayBeSent(why) ? 'no-connection' : why);
  });
  socket.on('data', (bytes: Buffer) => {
    const next = waiting.shift();
    if (next === undefined) arrived.push(bytes);
    else next.resolve(bytes);
  });
  socket.on('close', () => {
    hasEnded = true;
    for (const each of waiting.splice(0)) each.resolve(null);
  });
  const line: Line = {
    read: () => {
      const bytes = arrived.shift();
      if (bytes !== undefined) return Promise.resolve(bytes);
      if (failure !== undefined) return Promise.reject(failure);
      if (hasEnded) return Promise.resolve(null);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    write: (bytes) => {
      socket.write(bytes);
    },
    close: () => {
      socket.destroy();
    },
  };
  try {
    return await talk(line);
  } finally {
    clearTimeout(connecting);
    clearTimeout(answering);
    forget();
    socket.destroy();
  }
};
