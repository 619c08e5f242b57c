// One X selection (CLIPBOARD or PRIMARY): owned by this process while it holds our content, so that the content goes
// with the process, as Chromium's does; read from whoever owns it. Rules: Inter-Client Communication Conventions, 2.
import { padded, words, X11 } from './x11.ts';

const selectionClear = 29;
const selectionRequest = 30;
const selectionNotify = 31;
const atomAtom = 4;
const integerAtom = 19;
const inputOnly = 2;
const replyWithinMs = 3000;

/** Bytes by target name. */
export type Formats = ReadonlyMap<string, Buffer>;

let connection: Promise<X11> | undefined;
export const xConnection = (): Promise<X11> => {
  connection ??= X11.connect();
  return connection;
};

const makeWindow = (x: X11): number => {
  const window = x.newId();
  const geometry = Buffer.alloc(12);
  geometry.writeUInt16LE(1, 4);
  geometry.writeUInt16LE(1, 6);
  geometry.writeUInt16LE(inputOnly, 10);
  x.tell(1, 0, Buffer.concat([words(window, x.screen.root), geometry, words(0, 0)]));
  return window;
};

const setProperty = (
  x: X11,
  window: number,
  property: number,
  type: number,
  format: 8 | 32,
  data: Buffer,
): void => {
  const count = format === 8 ? data.length : data.length / 4;
  x.tell(18, 0, Buffer.concat([words(window, property, type, format, count), padded(data)]));
};

type Side = { readonly x: X11; readonly window: number; readonly selection: number };

export class XSelection {
  readonly #name: string;
  #side: Promise<Side> | undefined;
  #held: Formats | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(name: 'CLIPBOARD' | 'PRIMARY') {
    this.#name = name;
  }

  #open(): Promise<Side> {
    this.#side ??= (async (): Promise<Side> => {
      const x = await xConnection();
      const side = { x, window: makeWindow(x), selection: await x.atom(this.#name) };
      x.on('event', (event: Buffer) => this.#onEvent(side, event));
      return side;
    })();
    return this.#side;
  }

  async write(formats: Formats): Promise<void> {
    const { x, window, selection } = await this.#open();
    const total = Math.max(0, ...[...formats.values()].map((bytes) => bytes.length));
    if (total > x.maxRequestBytes - 64)
      throw new Error('The stand-in copies no more than the X server takes at once.');
    this.#held = formats;
    x.tell(22, 0, words(window, selection, 0));
    await this.#owner();
  }
  async clear(): Promise<void> {
    const { x, selection } = await this.#open();
    this.#held = undefined;
    x.tell(22, 0, words(0, selection, 0));
    await this.#owner();
  }
  /** A round trip: when it is back, the server has done everything before it. */
  async #owner(): Promise<number> {
    const { x, selection } = await this.#open();
    return (await x.ask(23, 0, words(selection))).readUInt32LE(8);
  }

  /** The target names that the owner offers; none where there is no owner. */
  async targets(): Promise<string[]> {
    const { x } = await this.#open();
    const bytes = await this.read('TARGETS');
    if (bytes === undefined) return [];
    const atoms = Array.from({ length: Math.floor(bytes.length / 4) }, (_item, index) =>
      bytes.readUInt32LE(index * 4),
    );
    return Promise.all(atoms.map((atom) => x.atomName(atom)));
  }

  /** One format's bytes, or undefined where the owner does not have it. Reads follow one another. */
  read(target: string): Promise<Buffer | undefined> {
    const next = this.#queue.then(() => this.#read(target));
    this.#queue = next.catch(() => {});
    return next;
  }
  async #read(target: string): Promise<Buffer | undefined> {
    const { x, window, selection } = await this.#open();
    if ((await this.#owner()) === 0) return undefined;
    const [targetAtom, property] = [await x.atom(target), await x.atom('STAND_IN_SELECTION')];
    const notified = new Promise<Buffer | undefined>((resolve) => {
      const stop = (event?: Buffer): void => {
        x.off('event', onEvent);
        clearTimeout(tooLate);
        resolve(event);
      };
      const onEvent = (event: Buffer): void => {
        const isOurs = (event.readUInt8(0) & 0x7f) === selectionNotify && event.readUInt32LE(8) === window;
        if (isOurs && event.readUInt32LE(16) === targetAtom) stop(event);
      };
      const tooLate = setTimeout(stop, replyWithinMs);
      x.on('event', onEvent);
    });
    x.tell(24, 0, words(window, selection, targetAtom, property, 0));
    const event = await notified;
    if (event === undefined || event.readUInt32LE(20) === 0) return undefined;
    const reply = await x.ask(20, 1, words(window, property, 0, 0, 0x1f_ff_ff_ff));
    const type = await x.atomName(reply.readUInt32LE(8));
    if (type === 'INCR') throw new Error('The stand-in reads no selection that comes in parts.');
    const unit = reply.readUInt8(1) / 8;
    return Buffer.from(reply.subarray(32, 32 + reply.readUInt32LE(16) * unit));
  }

  #onEvent(side: Side, event: Buffer): void {
    const kind = event.readUInt8(0) & 0x7f;
    if (
      kind === selectionClear &&
      event.readUInt32LE(12) === side.selection &&
      event.readUInt32LE(8) === side.window
    ) {
      this.#held = undefined;
    }
    if (
      kind === selectionRequest &&
      event.readUInt32LE(16) === side.selection &&
      event.readUInt32LE(8) === side.window
    ) {
      this.#answer(side, event).catch(() => {});
    }
  }

  /** Another program, or we ourselves, asks for a format: put it where they said and tell them. */
  async #answer({ x }: Side, event: Buffer): Promise<void> {
    const [time, requestor, selection, target, wanted] = [4, 12, 16, 20, 24].map((at) =>
      event.readUInt32LE(at),
    ) as [number, number, number, number, number];
    const property = wanted === 0 ? target : wanted;
    const name = await x.atomName(target);
    const held = this.#held;
    const data = held?.get(name);
    let isGiven = true;
    if (name === 'TARGETS') {
      const names = ['TARGETS', 'TIMESTAMP', ...(held?.keys() ?? [])];
      const atoms = await Promise.all(names.map((each) => x.atom(each)));
      setProperty(x, requestor, property, atomAtom, 32, words(...atoms));
    } else if (name === 'TIMESTAMP') setProperty(x, requestor, property, integerAtom, 32, words(time));
    else if (data === undefined) isGiven = false;
    else setProperty(x, requestor, property, target, 8, data);
    const notice = Buffer.alloc(32);
    notice.writeUInt8(selectionNotify, 0);
    words(time, requestor, selection, target, isGiven ? property : 0).copy(notice, 4);
    x.tell(25, 0, Buffer.concat([words(requestor, 0), notice]));
  }
}
