// utilityProcess: a child process of plain Node with `process.parentPort`, in which `electron` cannot be imported.
import { fork as forkProcess, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { cloneCodec } from './clone-codec.ts';
import type { MessagePortMain, PortRoute } from './message-port.ts';
import { news, shared } from './state.ts';
import type { ForkOptions } from 'electron';

export type ChildMessage = {
  readonly t: string;
  readonly data?: string;
  readonly id?: number;
  readonly ports?: number[];
};

const stdioOf = (stdio: ForkOptions['stdio']): ('pipe' | 'ignore' | 'inherit')[] => {
  const list = (
    typeof stdio === 'string' ? [stdio, stdio, stdio] : (stdio ?? ['ignore', 'inherit', 'inherit'])
  ) as ('pipe' | 'ignore' | 'inherit')[];
  return ['ignore', list[1] ?? 'inherit', list[2] ?? 'inherit'];
};

/** Loaded into each child before its own module, by whoever starts the app for a test. */
const imported = process.env['KEYTURN_STAND_IN_UTILITY_IMPORT'];
/** A matter of the stand-in alone, whatever surroundings the app gives its child: what Node makes of a file is kept for the next child. */
const compiled = process.env['NODE_COMPILE_CACHE'];

export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, PortRoute>();
  #lastPort = 0;
  pid: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;

  constructor(modulePath: string, parts: readonly string[], options: ForkOptions) {
    super();
    const bootstrap = pathToFileURL(`${import.meta.dirname}/utility-child.ts`).href;
    this.#child = forkProcess(modulePath, parts, {
      execArgv: [
        ...(options.execArgv ?? []),
        ...(imported === undefined ? [] : ['--import', imported]),
        '--import',
        bootstrap,
      ],
      env: {
        ...((options.env as NodeJS.ProcessEnv | undefined) ?? process.env),
        ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
      },
      stdio: [...stdioOf(options.stdio), 'ipc'],
      serialization: 'advanced',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid;
      news.emit('child-spawned', this.pid);
      this.emit('spawn');
    });
    this.#child.once('error', (error) => this.emit('error', 'FatalError', 'spawn', String(error)));
    this.#child.on('message', (message: ChildMessage) => this.#receive(message));
    this.#child.once('exit', (code, signal) => this.#ended(code, signal, options.serviceName));
    news.once('exit', () => this.#child.kill('SIGKILL'));
  }

  #ended(code: number | null, signal: NodeJS.Signals | null, name = 'Node Utility Process'): void {
    this.pid = undefined;
    const exitCode = code ?? (signal === 'SIGTERM' ? 15 : 9);
    for (const port of this.#ports.values()) port.close();
    if (exitCode !== 0) {
      const reason = signal === null ? 'abnormal-exit' : 'killed';
      news.emit('child-gone', {
        type: 'Utility',
        reason,
        exitCode,
        serviceName: 'node.mojom.NodeService',
        name,
      });
    }
    this.emit('exit', exitCode);
  }

  #receive(message: ChildMessage): void {
    const port = this.#ports.get(message.id ?? 0);
    if (message.t === 'message') this.emit('message', cloneCodec.decode(message.data ?? 'null'));
    else if (message.t === 'port') port?.receive(message.data ?? 'null');
    else if (message.t === 'port-close') port?.close();
  }

  #send(message: ChildMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const data = cloneCodec.encode(message);
    const ports = transfer.map((port) => {
      const id = ++this.#lastPort;
      const out = {
        post: (text: string): void => this.#send({ t: 'port', id, data: text }),
        close: (): void => this.#send({ t: 'port-close', id }),
      };
      // The child learns of the port before anything that was waiting in it.
      queueMicrotask(() => this.#ports.set(id, port.moveTo(out)));
      return id;
    });
    this.#send({ t: 'message', data, ports });
  }

  /** Ends the child; true where there was one to end. */
  kill(): boolean {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return false;
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork: (modulePath: string, parts: readonly string[] = [], options: ForkOptions = {}): UtilityProcess => {
    if (!shared.isReady) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityProcess(modulePath, parts, options);
  },
};
