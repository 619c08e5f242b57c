// The one way of a value to the clipboard, and off it again: after its time, on a second press, on lock and on quit, and only
// where the content is still ours. The bytes are kept for that comparison until the same moment at which they leave the
// clipboard, where every program can read them anyway; so clearing needs no other process, which matters most on lock.
import { fail, ok } from '../answers.ts';
import type { Result } from '../../core/model/result.ts';
import { sameBytes, type Board } from './board.ts';
import type { ClipboardMark, MarkerFile } from './marker.ts';

export type Held = { readonly keyId: string; readonly field: string; readonly clearsAtMs: number };
export type ClipboardChange = { readonly held: Held | null; readonly proven: boolean };

export type ClipboardPorts = {
  readonly boards: readonly Board[];
  readonly marker: MarkerFile;
  /** Asks the agent for a mark; null where it cannot answer, and then a crash would not be tidied up after. */
  readonly mark: (value: Uint8Array) => Promise<ClipboardMark | null>;
  /** Asks the agent whether text is what a mark was made of; rejects where it does not answer. */
  readonly recognise: (mark: ClipboardMark, value: Uint8Array) => Promise<boolean>;
  readonly changed: (change: ClipboardChange) => void;
  readonly nowMs: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
};

type Place = { readonly keyId: string; readonly field: string };

type Current = {
  readonly held: Held;
  readonly value: Uint8Array;
  readonly boards: readonly Board[];
  readonly mark: ClipboardMark | null;
  readonly cancel: () => void;
};
type IsOurs = (found: Uint8Array) => Promise<boolean> | boolean;

const holds = async (board: Board, isOurs: IsOurs): Promise<boolean> => {
  const found = await board.read();
  try {
    return found.length > 0 && (await isOurs(found));
  } finally {
    found.fill(0);
  }
};

/** Clears one clipboard if the value is ours and proves it by reading back. */
const clearBoard = async (board: Board, isOurs: IsOurs): Promise<boolean> => {
  try {
    if (!(await holds(board, isOurs))) return true;
    await board.clear();
    return !(await holds(board, isOurs));
  } catch {
    return false;
  }
};

const clearBoards = (boards: readonly Board[], isOurs: IsOurs): Promise<readonly boolean[]> =>
  Promise.all(boards.map((board) => clearBoard(board, isOurs)));

/**
 * Writes to the first clipboard and, as a convenience, to the others: where PRIMARY does not take it, the copy still counts.
 * @returns those that took the value; none where the first did not
 */
const writeBoards = async (boards: readonly Board[], value: Uint8Array): Promise<readonly Board[]> => {
  const [first, ...others] = boards;
  const outcomes: boolean[] = [];
  for (const board of first === undefined ? [] : [first, ...others]) {
    const took = await board.write(value).then(
      () => true,
      () => false,
    );
    if (!took && board === first) return [];
    outcomes.push(took);
  }
  return boards.filter((_board, index) => outcomes[index]);
};

const notWritten = fail(
  'io',
  'The clipboard did not take the value; it holds nothing of this key.',
  'Try again, or reveal the value.',
);

export class ClipboardSession {
  readonly #ports: ClipboardPorts;
  #current: Current | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ports: ClipboardPorts) {
    this.#ports = ports;
  }

  get held(): Held | null {
    return this.#current?.held ?? null;
  }

  /** Puts a value on every clipboard for some seconds. Takes over `value` and wipes it in the end. */
  copy(place: Place, value: Uint8Array, seconds: number): Promise<Result<Held>> {
    return this.#inTurn(() => this.#copyNow(place, value, seconds));
  }

  /** Takes our value off every clipboard that still holds it. True: read back, and it is gone. */
  clear(): Promise<boolean> {
    return this.#inTurn(() => this.#clearNow());
  }

  /** Once at the start: clears what a crashed run left behind. */
  tidyUp(): Promise<void> {
    return this.#inTurn(async () => {
      const { marker, boards, recognise } = this.#ports;
      const mark = marker.read();
      if (mark === null || this.#current !== null) return;
      const [firstProven] = await clearBoards(boards, (found) => recognise(mark, found));
      // Not proven: the mark stays, so that the next start tries again.
      if (firstProven === true) marker.remove();
    });
  }

  /** One thing at a time: a timer, a second press and a lock may fall together. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task, task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #forget(): Current | null {
    const old = this.#current;
    this.#current = null;
    old?.cancel();
    return old;
  }

  async #clearNow(): Promise<boolean> {
    const old = this.#forget();
    if (old === null) return true;
    const proofs = await clearBoards(old.boards, (found) => sameBytes(found, old.value));
    const proven = proofs.every(Boolean);
    old.value.fill(0);
    if (proven) this.#ports.marker.remove();
    this.#ports.changed({ held: null, proven });
    return proven;
  }

  async #copyNow(place: Place, value: Uint8Array, seconds: number): Promise<Result<Held>> {
    // The mark first: a crash between the two lines must find it, not the other way round.
    const mark = await this.#ports.mark(value);
    this.#leaveMark(mark);
    const boards = await writeBoards(this.#ports.boards, value);
    if (boards.length === 0) {
      value.fill(0);
      this.#leaveMark(this.#current?.mark ?? null);
      return notWritten;
    }
    this.#forget()?.value.fill(0);
    const held = { ...place, clearsAtMs: this.#ports.nowMs() + seconds * 1_000 };
    const cancel = this.#ports.after(seconds * 1_000, () => void this.clear());
    this.#current = { held, value, boards, mark, cancel };
    this.#ports.changed({ held, proven: false });
    return ok(held);
  }

  #leaveMark(mark: ClipboardMark | null): void {
    if (mark === null) this.#ports.marker.remove();
    else this.#ports.marker.write(mark);
  }
}
