// A small client of the X window system, enough for selections, the idle time and key grabs: requests as bytes, replies
// by their sequence number, events to listeners. (X Window System Protocol, X11R7; little-endian.)
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

type Waiting = { readonly resolve: (reply: Buffer) => void; readonly reject: (error: Error) => void };
export type Screen = { readonly root: number; readonly width: number; readonly height: number };

const pad4 = (length: number): number => (4 - (length % 4)) % 4;
export const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(pad4(bytes.length))]);
export const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value >>> 0, index * 4));
  return bytes;
};

const parseDisplay = (text: string): { host: string; number: number } => {
  const match = /^(?:unix)?([^:]*):(\d+)(?:\.\d+)?$/.exec(text);
  if (!match) throw new Error(`DISPLAY is not an X display: ${text}`);
  return { host: match[1] ?? '', number: Number(match[2]) };
};

/** The display's cookie from the authority file: entries of family, address, number, name, data. */
const findCookie = (number: number): Buffer => {
  const file = process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (!existsSync(file)) return Buffer.alloc(0);
  const bytes = readFileSync(file);
  let at = 0;
  const field = (): Buffer => {
    const length = bytes.readUInt16BE(at);
    at += 2 + length;
    return bytes.subarray(at - length, at);
  };
  while (at + 2 < bytes.length) {
    const family = bytes.readUInt16BE(at);
    at += 2;
    const [address, display, name, data] = [field(), field(), field(), field()];
    const isHere = family !== 256 || address.toString() === hostname();
    const isThis = display.length === 0 || Number(display.toString()) === number;
    if (isHere && isThis && name.toString() === 'MIT-MAGIC-COOKIE-1') return data;
  }
  return Buffer.alloc(0);
};

/** Emits `event` (32 bytes) for everything the server sends unasked. */
export class X11 extends EventEmitter {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #atoms = new Map<string, Promise<number>>();
  readonly #names = new Map<number, string>();
  #buffer = Buffer.alloc(0);
  #sequence = 0;
  #lastId = 0;
  #resourceBase = 0;
  #isSetUp = false;
  maxRequestBytes = 0;
  keycodes: readonly [number, number] = [8, 255];
  screen: Screen = { root: 0, width: 0, height: 0 };

  private constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
  }

  /** Connects to `display`; the connection keeps no process alive. */
  static async connect(display = process.env['DISPLAY'] ?? ''): Promise<X11> {
    const { host, number } = parseDisplay(display);
    const socket =
      host === ''
        ? createConnection({ path: `/tmp/.X11-unix/X${String(number)}` })
        : createConnection({ host, port: 6000 + number });
    const x = new X11(socket);
    const cookie = findCookie(number);
    const name = Buffer.from(cookie.length > 0 ? 'MIT-MAGIC-COOKIE-1' : '');
    const hello = Buffer.alloc(12);
    hello.write('l');
    hello.writeUInt16LE(11, 2);
    hello.writeUInt16LE(name.length, 6);
    hello.writeUInt16LE(cookie.length, 8);
    const ready = new Promise<void>((resolve, reject) => {
      x.once('ready', resolve);
      x.once('refused', (why: string) => reject(new Error(`The X display refused the connection: ${why}`)));
      x.once('end', () => reject(new Error('The X display cannot be reached')));
    });
    socket.write(Buffer.concat([hello, padded(name), padded(cookie)]));
    await ready;
    socket.unref();
    return x;
  }

  newId(): number {
    this.#lastId += 1;
    return this.#resourceBase + this.#lastId;
  }

  /** Sends a request; `body` must be a multiple of four bytes. */
  tell(opcode: number, data: number, body: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt8(opcode, 0);
    head.writeUInt8(data, 1);
    head.writeUInt16LE(1 + body.length / 4, 2);
    this.#sequence += 1;
    this.#socket.write(Buffer.concat([head, body]));
  }
  ask(opcode: number, data: number, body: Buffer): Promise<Buffer> {
    this.tell(opcode, data, body);
    const key = this.#sequence & 0xffff;
    return new Promise((resolve, reject) => this.#waiting.set(key, { resolve, reject }));
  }

  atom(name: string): Promise<number> {
    const known = this.#atoms.get(name);
    if (known) return known;
    const bytes = Buffer.from(name, 'latin1');
    const head = Buffer.alloc(4);
    head.writeUInt16LE(bytes.length, 0);
    const asked = this.ask(16, 0, Buffer.concat([head, padded(bytes)])).then((reply) =>
      reply.readUInt32LE(8),
    );
    this.#atoms.set(name, asked);
    return asked;
  }
  async atomName(atom: number): Promise<string> {
    const known = this.#names.get(atom);
    if (known !== undefined) return known;
    const reply = await this.ask(17, 0, words(atom));
    const name = reply.toString('latin1', 32, 32 + reply.readUInt16LE(8));
    this.#names.set(atom, name);
    return name;
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    if (!this.#isSetUp && !this.#setUp()) return;
    while (this.#buffer.length >= 32) {
      const kind = this.#buffer.readUInt8(0) & 0x7f;
      const size = 32 + (kind === 1 || kind === 35 ? this.#buffer.readUInt32LE(4) * 4 : 0);
      if (this.#buffer.length < size) return;
      const message = this.#buffer.subarray(0, size);
      this.#buffer = this.#buffer.subarray(size);
      this.#dispatch(kind, message);
    }
  }
  #dispatch(kind: number, message: Buffer): void {
    if (kind > 1) {
      this.emit('event', message);
      return;
    }
    const key = message.readUInt16LE(2);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (kind === 1) waiting?.resolve(message);
    else {
      const error = new Error(
        `X error ${String(message.readUInt8(1))} on request ${String(message.readUInt8(10))}`,
      );
      waiting?.reject(error);
      this.emit('x-error', message);
    }
  }

  #setUp(): boolean {
    const bytes = this.#buffer;
    if (bytes.length < 8) return false;
    const size = 8 + bytes.readUInt16LE(6) * 4;
    if (bytes.length < size) return false;
    this.#buffer = bytes.subarray(size);
    if (bytes.readUInt8(0) !== 1) {
      this.emit('refused', bytes.toString('latin1', 8, 8 + bytes.readUInt8(1)));
      return false;
    }
    this.#isSetUp = true;
    this.#resourceBase = bytes.readUInt32LE(12);
    this.maxRequestBytes = bytes.readUInt16LE(26) * 4;
    this.keycodes = [bytes.readUInt8(34), bytes.readUInt8(35)];
    const vendor = bytes.readUInt16LE(24);
    const at = 40 + vendor + pad4(vendor) + bytes.readUInt8(29) * 8;
    this.screen = {
      root: bytes.readUInt32LE(at),
      width: bytes.readUInt16LE(at + 20),
      height: bytes.readUInt16LE(at + 22),
    };
    this.emit('ready');
    return true;
  }

  #end(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('The X display is gone'));
    this.#waiting.clear();
    this.emit('end');
  }
  close(): void {
    this.#socket.destroy();
  }
}
