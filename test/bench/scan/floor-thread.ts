// Opens, reads and closes files as the scanner does, and looks at nothing: floor.ts.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const filesAtOnce = 128;
const room = new Uint8Array(4_194_304);

let paths: readonly string[] = [];
let next = new Int32Array(new SharedArrayBuffer(4));

const readFrom = (at: number): void => {
  for (const path of paths.slice(at, at + filesAtOnce)) {
    const file = openSync(path, flags);
    while (readSync(file, room, 0, room.length, null) === room.length);
    closeSync(file);
  }
};

parentPort?.on(
  'message',
  (words: 'read' | { readonly paths: readonly string[]; readonly next: SharedArrayBuffer }) => {
    if (words === 'read')
      for (
        let at = Atomics.add(next, 0, filesAtOnce);
        at < paths.length;
        at = Atomics.add(next, 0, filesAtOnce)
      )
        readFrom(at);
    else {
      ({ paths } = words);
      next = new Int32Array(words.next);
    }
    parentPort?.postMessage('done');
  },
);
