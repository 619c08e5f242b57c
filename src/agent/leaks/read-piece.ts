// Reads one place anew, in this process: the bytes of the piece that a finding is in, of a file, of something inside it, or of an object of a
// repository. The caller wipes them. Nothing is read that is not at that place.
import { isAbsolute } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import type { Place } from '../../core/model/finding.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { createFileReader } from '../../node/scan/readers/read-file.ts';
import { isOwnSocket, readTmuxServer } from '../../node/scan/readers/tmux.ts';
import type { PieceLabel, PieceSink } from '../../node/scan/source.ts';
import { readObject } from './read-object.ts';

/** Larger pieces are not read as a whole. */
export const mostBytes = 64 * 1024 * 1024;
const roomBytes = 1024 * 1024;

type Capture = {
  readonly sink: PieceSink;
  readonly taken: () => Uint8Array | null;
  readonly tooLarge: () => boolean;
};

/** Keeps the pieces that a place names; of several, such as the rows of a table, one behind the other. */
const createCapture = (wanted: (label: PieceLabel) => boolean): Capture => {
  const room = new Uint8Array(roomBytes);
  let kept: Uint8Array<ArrayBuffer> | null = null;
  let length = 0;
  let isWanted = false;
  let isTooLarge = false;

  const keep = (bytes: Uint8Array): void => {
    if (!isWanted || isTooLarge) return;
    if (length + bytes.length > mostBytes) {
      isTooLarge = true;
      return;
    }
    if (kept === null || kept.length < length + bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length + length, (kept?.length ?? 0) * 2));
      larger.set(kept?.subarray(0, length) ?? []);
      kept?.fill(0);
      kept = larger;
    }
    kept.set(bytes, length);
    length += bytes.length;
  };

  return {
    sink: {
      begin: (label) => {
        isWanted = wanted(label);
      },
      room: () => room,
      filled: (count) => {
        keep(room.subarray(0, count));
        room.fill(0, 0, count);
      },
      write: keep,
      end: () => {
        isWanted = false;
      },
      notRead: () => undefined,
      cancelled: () => isTooLarge,
    },
    taken: () => kept?.subarray(0, length) ?? null,
    tooLarge: () => isTooLarge,
  };
};

const gone = fail(
  'not-found',
  'It does not stand there any more.',
  'Scan again to see where the key is now.',
);
const tooLarge = fail('refused', 'The file is too large to be read as a whole.', 'Open it in an editor.');

const readFilePiece = (place: Place): Result<Uint8Array> => {
  // A path with bytes that are no UTF-8 is shown in a form that names no file.
  if (!isAbsolute(place.path)) return gone;
  const capture = createCapture(({ inside }) => inside === place.inside);
  if (place.kind === 'terminal' && isOwnSocket(place.path))
    readTmuxServer(capture.sink, place.path, process.env, (inside) => inside === place.inside);
  else createFileReader(capture.sink).read(place.path, place.path, place.kind);
  if (capture.tooLarge()) {
    capture.taken()?.fill(0);
    return tooLarge;
  }
  const bytes = capture.taken();
  return bytes === null || bytes.length === 0 ? gone : ok(bytes);
};

/** The bytes of the piece at a place. `not-found` where it is gone, `refused` where it is too large. */
export const readPiece = async (place: Place): Promise<Result<Uint8Array>> => {
  if (place.commit === null && place.kind !== 'staged') return readFilePiece(place);
  const object = await readObject(place, mostBytes);
  return object === null ? gone : ok(object);
};
