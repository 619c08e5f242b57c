// clipboard and ClipboardItem as Electron 44 and later have them: asynchronous, after the W3C's, on the real X selections.
import { XSelection, type Formats } from './x-selection.ts';
import type { ClipboardBookmark } from 'electron';

type Payload = string | Blob | ClipboardBookmark | Promise<Blob | string>;

const bookmarkType = 'electron application/bookmark';
const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'TEXT', 'STRING'];
/** Names that belong to the protocol of selections and not to the content. */
const protocolTargets = new Set(['TARGETS', 'TIMESTAMP', 'MULTIPLE', 'SAVE_TARGETS', 'DELETE']);
const knownTypes = new Set([
  'text/html',
  'text/rtf',
  'image/png',
  'image/jpeg',
  'image/svg+xml',
  'text/uri-list',
]);

const rawName = (type: string): string | undefined =>
  /^electron application\/osclipboard;format="(.+)"$/.exec(type)?.[1];
const rawType = (name: string): string => `electron application/osclipboard;format="${name}"`;

const targetsOf = (type: string): readonly string[] => {
  if (type === 'text/plain') return textTargets;
  if (type === bookmarkType) return ['text/x-moz-url'];
  return [rawName(type) ?? type];
};
const typeOf = (target: string): string | undefined => {
  if (protocolTargets.has(target)) return undefined;
  if (textTargets.includes(target)) return 'text/plain';
  if (target === 'text/x-moz-url') return bookmarkType;
  return knownTypes.has(target) || target.startsWith('web ') ? target : rawType(target);
};

export class ClipboardItem {
  readonly #payloads: ReadonlyMap<string, () => Payload>;

  constructor(items: Readonly<Record<string, Payload>>) {
    const entries = Object.entries(items ?? {});
    if (entries.length === 0) throw new TypeError('ClipboardItem requires at least one entry');
    this.#payloads = new Map(entries.map(([type, payload]) => [type, () => payload]));
  }
  get types(): string[] {
    return [...this.#payloads.keys()];
  }
  async getType(type: string): Promise<Blob | ClipboardBookmark> {
    const payload = this.#payloads.get(type);
    if (!payload) throw new Error(`The type '${type}' was not found`);
    const value = await payload();
    if (typeof value === 'string') return new Blob([value], { type });
    return value;
  }
}

const toBytes = async (item: ClipboardItem, type: string): Promise<Buffer> => {
  const value = await item.getType(type);
  if (value instanceof Blob) return Buffer.from(await value.arrayBuffer());
  if (type !== bookmarkType) throw new TypeError(`The payload of '${type}' must be a string or a Blob`);
  return Buffer.from(`${value.url}\n${value.title}`, 'utf16le');
};

const toFormats = async (items: readonly ClipboardItem[]): Promise<Formats> => {
  const formats = new Map<string, Buffer>();
  for (const item of items) {
    for (const type of item.types) {
      const bytes = await toBytes(item, type);
      for (const target of targetsOf(type)) formats.set(target, bytes);
    }
  }
  return formats;
};

export class SelectionClipboard {
  readonly #selection: XSelection;
  constructor(name: 'CLIPBOARD' | 'PRIMARY') {
    this.#selection = new XSelection(name);
  }

  async #find(type: string): Promise<Buffer | undefined> {
    const offered = await this.#selection.targets();
    const target = targetsOf(type).find((each) => offered.includes(each));
    return target === undefined ? undefined : this.#selection.read(target);
  }

  async write(items: readonly ClipboardItem[]): Promise<void> {
    if (!items.every((item) => item instanceof ClipboardItem)) {
      throw new TypeError('clipboard.write takes an array of ClipboardItem');
    }
    await this.#selection.write(await toFormats(items));
  }
  writeText(text: string): Promise<void> {
    return this.write([new ClipboardItem({ 'text/plain': text })]);
  }
  async readText(): Promise<string> {
    return (await this.#find('text/plain'))?.toString('utf8') ?? '';
  }
  async read(): Promise<ClipboardItem[]> {
    const types = new Set((await this.#selection.targets()).map((target) => typeOf(target)));
    types.delete(undefined);
    const payloads: Record<string, Payload> = {};
    for (const type of types as Set<string>) {
      const bytes = (await this.#find(type)) ?? Buffer.alloc(0);
      const [url = '', title = ''] = bytes.toString('utf16le').split('\n');
      payloads[type] = type === bookmarkType ? { title, url } : new Blob([new Uint8Array(bytes)], { type });
    }
    return Object.keys(payloads).length === 0 ? [] : [new ClipboardItem(payloads)];
  }
  async has(type: string): Promise<boolean> {
    const offered = await this.#selection.targets();
    return targetsOf(type).some((target) => offered.includes(target));
  }
  clear(): void {
    this.#selection.clear().catch(() => {});
  }
}

const board = new SelectionClipboard('CLIPBOARD');
export const clipboard = Object.assign(board, { selection: new SelectionClipboard('PRIMARY') });
