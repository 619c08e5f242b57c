// A process that reads folders as a scan thread does, with a room that is overwritten behind each chunk, says so, and waits: for a test
// that looks into its memory. It knows nothing of what stands in the files.
import { createFileReader } from '../../../src/node/scan/readers/read-file.ts';
import type { PieceSink } from '../../../src/node/scan/source.ts';
import { createWalk, pathInGroup } from '../../../src/node/scan/walk.ts';
import { shownPath } from '../../../src/node/scan/file-path.ts';

const room = new Uint8Array(new SharedArrayBuffer(2 ** 22));
let bytes = 0;
let used = 0;
const wipe = (): void => {
  room.fill(0, 0, used);
  used = 0;
};
const sink: PieceSink = {
  begin: () => undefined,
  room: () => {
    wipe();
    return room;
  },
  filled: (length) => {
    bytes += length;
    used = length;
  },
  write: (given) => {
    for (let at = 0; at < given.length; at += room.length) {
      const part = given.subarray(at, at + room.length);
      room.set(part);
      bytes += part.length;
      used = part.length;
    }
  },
  end: wipe,
  notRead: () => undefined,
  cancelled: () => false,
};
const reader = createFileReader(sink);
const walk = createWalk(process.argv.slice(2), { notRead: sink.notRead });
for (let groups = walk.next(64); groups !== null; groups = walk.next(64))
  for (const group of groups)
    for (const [at, kind] of group.kinds.entries()) {
      const path = pathInGroup(group, at);
      reader.read(path, shownPath(path), kind);
    }
process.stdout.write(`read ${String(bytes)}\n`);
process.stdin.resume();
