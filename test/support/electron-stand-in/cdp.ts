// A client for Chromium's debugging protocol over the pipe of `--remote-debugging-pipe`: zero-separated JSON on two
// file descriptors. Chromium ends with the pipe, so no browser is left behind when the app is killed.
import type { Readable, Writable } from 'node:stream';

// What the protocol hands over is checked by nobody: it is described where it is used.
// oxlint-disable-next-line typescript/no-explicit-any
export type Fields = Record<string, any>;
export type Listener = (params: Fields) => void;

type Waiting = {
  readonly method: string;
  readonly resolve: (value: Fields) => void;
  readonly reject: (error: Error) => void;
};
type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
};

const separator = '\0';

/** One connection; a session of a page is addressed by its id on the same connection. */
export class Cdp {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #last = 0;
  #closed = false;
  #chunks: Buffer[] = [];

  constructor(out: Writable, incoming: Readable) {
    this.#out = out;
    incoming.on('data', (chunk: Buffer) => this.#read(chunk));
    const end = (): void => this.#end();
    incoming.on('close', end);
    incoming.on('error', end);
    out.on('error', end);
  }

  send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    if (this.#closed) return Promise.reject(new Error(`${method}: the browser is gone`));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#out.write(
        JSON.stringify(sessionId === undefined ? { id, method, params } : { id, method, params, sessionId }) +
          separator,
      );
    });
  }

  /** Sends what may fail because its page has just gone, and does not care. */
  tell(method: string, params: Fields = {}, sessionId?: string): void {
    this.send(method, params, sessionId).catch(() => {});
  }

  on(method: string, listener: Listener, sessionId = ''): () => void {
    const key = `${sessionId} ${method}`;
    const set = this.#listeners.get(key) ?? new Set();
    set.add(listener);
    this.#listeners.set(key, set);
    return () => set.delete(listener);
  }

  forget(sessionId: string): void {
    for (const key of this.#listeners.keys())
      if (key.startsWith(`${sessionId} `)) this.#listeners.delete(key);
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...this.#chunks, rest.subarray(0, end)]).toString('utf8');
      this.#chunks = [];
      rest = rest.subarray(end + 1);
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (rest.length > 0) this.#chunks.push(rest);
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      const key = `${message.sessionId ?? ''} ${message.method ?? ''}`;
      for (const listener of this.#listeners.get(key) ?? []) listener(message.params ?? {});
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result ?? {});
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.values())
      waiting.reject(new Error(`${waiting.method}: the browser is gone`));
    this.#waiting.clear();
    for (const listener of this.#listeners.get(' closed') ?? []) listener({});
  }
}
