// MessageChannelMain and MessagePortMain. Both ends live here until one is transferred to a page or to a child
// process; from then on that end is a route: what its partner posts leaves as text, what arrives is given to its partner.
import { EventEmitter } from 'node:events';
import { cloneCodec } from './clone-codec.ts';

/** How text reaches the place to which an end was moved, and how what comes from there is handed in. */
export type PortOut = { readonly post: (data: string) => void; readonly close: () => void };
export type PortRoute = {
  readonly out: PortOut;
  readonly receive: (data: string) => void;
  readonly close: () => void;
};

export class MessagePortMain extends EventEmitter {
  #partner: MessagePortMain | undefined;
  #queue: string[] = [];
  #isStarted = false;
  #isClosed = false;
  #out: PortOut | undefined;

  /** Two ends that are connected to each other. */
  static pair(): { port1: MessagePortMain; port2: MessagePortMain } {
    const port1 = new MessagePortMain();
    const port2 = new MessagePortMain();
    port1.#partner = port2;
    port2.#partner = port1;
    return { port1, port2 };
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in for Electron does not send ports over ports.');
    const data = cloneCodec.encode(message);
    if (!this.#isClosed && this.#out === undefined) this.#partner?.accept(data);
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#queue.splice(0)) this.#announce(data);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#out?.close();
    setImmediate(() => {
      this.emit('close');
      this.#partner?.close();
    });
  }

  accept(data: string): void {
    if (this.#isClosed) return;
    if (this.#out) this.#out.post(data);
    else if (this.#isStarted) this.#announce(data);
    else this.#queue.push(data);
  }

  #announce(data: string): void {
    setImmediate(() => this.emit('message', { data: cloneCodec.decode(data), ports: [] }));
  }

  /** Moves this end elsewhere; it can no longer be used here, as in Electron. */
  moveTo(out: PortOut): PortRoute {
    if (this.#out) throw new Error('A port that was transferred cannot be transferred again');
    this.#out = out;
    for (const data of this.#queue.splice(0)) out.post(data);
    return { out, receive: (data) => this.#partner?.accept(data), close: () => this.close() };
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    ({ port1: this.port1, port2: this.port2 } = MessagePortMain.pair());
  }
}
