// globalShortcut: keys grabbed from the X server, so that they arrive whichever window has the focus.
import { parseAccelerator, type Accelerator } from './accelerator.ts';
import { shared } from './state.ts';
import { xConnection } from './x-selection.ts';
import { words, type X11 } from './x11.ts';
import type { GlobalShortcut as Real } from 'electron';

type Grab = { readonly accelerator: Accelerator; readonly callback: () => void };

const keyPress = 2;
const masks = { shift: 1, control: 4, alt: 8, meta: 64 } as const;
/** Caps Lock and Num Lock: a shortcut works whether they are on or off. */
const lockMasks = [0, 2, 16, 18];
const keysyms: Readonly<Record<string, number>> = {
  ' ': 0x20,
  enter: 0xff0d,
  escape: 0xff1b,
  tab: 0xff09,
  delete: 0xffff,
  arrowleft: 0xff51,
  arrowup: 0xff52,
  arrowright: 0xff53,
  arrowdown: 0xff54,
};

const grabs = new Map<string, Grab>();
let isSuspended = false;
let prepared: Promise<{ x: X11; codeOf: (key: string) => number | undefined }> | undefined;

const keysymOf = (key: string): number | undefined => {
  const functionKey = /^f(\d{1,2})$/.exec(key);
  if (functionKey) return 0xffbd + Number(functionKey[1]);
  return keysyms[key] ?? (key.length === 1 ? key.codePointAt(0) : undefined);
};
const maskOf = (accelerator: Accelerator): number =>
  (['shift', 'control', 'alt', 'meta'] as const).reduce(
    (sum, name) => sum + (accelerator[name] ? masks[name] : 0),
    0,
  );

const prepare = (): NonNullable<typeof prepared> => {
  prepared ??= (async () => {
    const x = await xConnection();
    const [first, last] = x.keycodes;
    const count = Buffer.alloc(4);
    count.writeUInt8(first, 0);
    count.writeUInt8(last - first + 1, 1);
    const reply = await x.ask(101, 0, count);
    const perKey = reply.readUInt8(1);
    const codes = new Map<number, number>();
    for (let code = last; code >= first; code -= 1)
      codes.set(reply.readUInt32LE(32 + (code - first) * perKey * 4), code);
    const codeOf = (key: string): number | undefined => codes.get(keysymOf(key) ?? -1);
    x.on('event', (event: Buffer) => {
      if ((event.readUInt8(0) & 0x7f) !== keyPress || isSuspended) return;
      const state = event.readUInt16LE(28) & (masks.shift | masks.control | masks.alt | masks.meta);
      for (const { accelerator, callback } of grabs.values()) {
        if (codeOf(accelerator.key) === event.readUInt8(1) && maskOf(accelerator) === state) callback();
      }
    });
    return { x, codeOf };
  })();
  return prepared;
};

const grab = async (accelerator: Accelerator, isOn: boolean): Promise<void> => {
  const { x, codeOf } = await prepare();
  const code = codeOf(accelerator.key);
  if (code === undefined) return;
  for (const lock of lockMasks) {
    const mask = maskOf(accelerator) | lock;
    const keys = Buffer.alloc(8);
    keys.writeUInt16LE(mask, 0);
    if (isOn) {
      keys.writeUInt8(code, 2);
      keys.writeUInt8(1, 3);
      keys.writeUInt8(1, 4);
      x.tell(33, 1, Buffer.concat([words(x.screen.root), keys]));
    } else x.tell(34, code, Buffer.concat([words(x.screen.root), keys.subarray(0, 4)]));
  }
};

export const globalShortcut = {
  register: (text: string, callback: () => void): boolean => {
    if (!shared.isReady) throw new Error('globalShortcut cannot be used before the app is ready');
    const accelerator = parseAccelerator(text);
    if (!accelerator)
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${text}`);
    if (grabs.has(text)) return false;
    grabs.set(text, { accelerator, callback });
    grab(accelerator, true).catch(() => grabs.delete(text));
    return true;
  },
  registerAll: (texts: string[], callback: () => void): void => {
    for (const text of texts) globalShortcut.register(text, callback);
  },
  isRegistered: (text: string): boolean => grabs.has(text),
  unregister: (text: string): void => {
    const found = grabs.get(text);
    grabs.delete(text);
    if (found) grab(found.accelerator, false).catch(() => {});
  },
  unregisterAll: (): void => {
    for (const text of grabs.keys()) globalShortcut.unregister(text);
  },
  setSuspended: (suspended: boolean): void => {
    isSuspended = suspended;
  },
  isSuspended: (): boolean => isSuspended,
} satisfies Real;
