// The system's clipboards through Electron 45, whose API is asynchronous and knows the raw formats of each system. Values go
// in and come out as bytes in a Blob: a string could not be wiped.
import { clipboard, ClipboardItem } from 'electron';
import type { Board } from './board.ts';
import { concealmentFormats } from './concealment.ts';

type SystemClipboard = typeof clipboard;

const plainText = 'text/plain';

// A Blob takes a copy, which is Electron's and cannot be wiped; another one of ours must not lie beside it.
const blobOf = (bytes: Uint8Array, type: string): Blob => new Blob([bytes], { type });

const readBytes = async (source: SystemClipboard): Promise<Uint8Array> => {
  for (const item of await source.read()) {
    if (item.types.includes(plainText)) {
      const blob = await item.getType(plainText);
      return new Uint8Array(await blob.arrayBuffer());
    }
  }
  return new Uint8Array();
};

const boardOf = (name: Board['name'], source: SystemClipboard, platform: string): Board => ({
  name,
  write: (bytes) => {
    const formats: Record<string, Blob> = { [plainText]: blobOf(bytes, plainText) };
    for (const [format, payload] of Object.entries(concealmentFormats(platform))) {
      formats[format] = blobOf(payload, 'application/octet-stream');
    }
    return source.write([new ClipboardItem(formats)]);
  },
  read: () => readBytes(source),
  clear: () => {
    source.clear();
    return Promise.resolve();
  },
});

/** The clipboard's text as UTF-8; empty where there is none. The caller wipes it. */
export const readClipboardBytes = (): Promise<Uint8Array> => readBytes(clipboard);

/** The clipboards of this system; PRIMARY only where there is one. */
export const electronBoards = (platform: string): readonly Board[] => {
  const main = boardOf('clipboard', clipboard, platform);
  return platform === 'linux' ? [main, boardOf('primary', clipboard.selection, platform)] : [main];
};
