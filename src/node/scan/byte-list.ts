// Bytes that are gathered one after another, in room that is wiped when it grows and when it is no longer needed.

export type ByteList = {
  readonly add: (bytes: Uint8Array) => void;
  /** Eight bytes from `at` on, without a view of them being made. */
  readonly addWord: (bytes: Uint8Array, at: number) => void;
  readonly addU32: (value: number) => void;
  readonly length: () => number;
  /** Borrowed: until the next call that adds. */
  readonly bytes: () => Uint8Array;
  readonly wipe: () => void;
};

export const createByteList = (): ByteList => {
  let room = new Uint8Array(4_096);
  let view = new DataView(room.buffer);
  let length = 0;
  const make = (more: number): void => {
    if (length + more <= room.length) return;
    const larger = new Uint8Array(2 * room.length + more);
    larger.set(room);
    room.fill(0);
    room = larger;
    view = new DataView(room.buffer);
  };
  return {
    add: (bytes) => {
      make(bytes.length);
      room.set(bytes, length);
      length += bytes.length;
    },
    addWord: (bytes, at) => {
      if (length + 8 > room.length) make(8);
      for (let index = 0; index < 8; index += 1) room[length + index] = bytes[at + index] ?? 0;
      length += 8;
    },
    addU32: (value) => {
      make(4);
      view.setUint32(length, value, true);
      length += 4;
    },
    length: () => length,
    bytes: () => room.subarray(0, length),
    wipe: () => {
      room.fill(0);
      length = 0;
    },
  };
};
