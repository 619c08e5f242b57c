// Loaded into every child of utilityProcess before its own module: gives it `process.parentPort`, takes `electron` away,
// and ends it when the app ends, as Chromium does with its children.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { cloneCodec } from './clone-codec.ts';
import { MessagePortMain, type PortRoute } from './message-port.ts';
import type { ChildMessage } from './utility-process.ts';

const send = (message: ChildMessage): void => {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
};

class ParentPort extends EventEmitter {
  readonly #ports = new Map<number, PortRoute>();
  readonly #waiting: ChildMessage[] = [];

  constructor() {
    super();
    // Queued until somebody listens, and from then on the port keeps the process alive.
    this.on('newListener', (name) => {
      if (name === 'message') setImmediate(() => this.#drain());
    });
    process.on('message', (message: ChildMessage) => this.#receive(message));
  }

  postMessage(message: unknown): void {
    send({ t: 'message', data: cloneCodec.encode(message) });
  }

  #receive(message: ChildMessage): void {
    const port = this.#ports.get(message.id ?? 0);
    if (message.t === 'port') port?.receive(message.data ?? 'null');
    else if (message.t === 'port-close') port?.close();
    else {
      this.#waiting.push(message);
      this.#drain();
    }
  }
  #drain(): void {
    if (this.listenerCount('message') === 0) return;
    for (const { data, ports } of this.#waiting.splice(0)) {
      this.emit('message', {
        data: cloneCodec.decode(data ?? 'null'),
        ports: (ports ?? []).map((id) => this.#port(id)),
      });
    }
  }
  #port(id: number): MessagePortMain {
    const { port1, port2 } = MessagePortMain.pair();
    const route = port2.moveTo({
      post: (data) => send({ t: 'port', id, data }),
      close: () => send({ t: 'port-close', id }),
    });
    this.#ports.set(id, route);
    return port1;
  }
}

Object.assign(process, { parentPort: new ParentPort(), type: 'utility' });
process.on('disconnect', () => process.exit(0));
registerHooks({
  resolve: (specifier, context, next) => {
    if (/^electron(\/|$)/.test(specifier)) {
      throw Object.assign(
        new Error(`Cannot find package 'electron' imported from ${context.parentURL ?? 'here'}`),
        {
          code: 'ERR_MODULE_NOT_FOUND',
        },
      );
    }
    return next(specifier, context);
  },
});
