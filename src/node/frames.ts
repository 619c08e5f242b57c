// Messages on a stream: four bytes of length, most significant first, then so many bytes. Bounded before anything is kept, so
// that a peer cannot make us hold what it only announced. Knows nothing of what the bytes mean.
export type FrameReader = {
  /** Takes what arrived; gives the whole frames. Null once the peer broke the rules: end the connection. */
  readonly take: (chunk: Uint8Array) => readonly Uint8Array[] | null;
  /** Overwrites what is held of an unfinished frame. */
  readonly wipe: () => void;
};

const headBytes = 4;
const leastRoom = 256;

/** @param maxBytes longest frame that is accepted */
export const createFrameReader = (maxBytes: number): FrameReader => {
  let held = new Uint8Array(leastRoom);
  let length = 0;
  let broken = false;

  const forget = (): void => {
    held.fill(0);
    held = new Uint8Array(leastRoom);
    length = 0;
  };

  /** Room grows by doubling, with what has come and not with what was announced: a peer that sends byte by byte costs no more. */
  const append = (chunk: Uint8Array): void => {
    if (length + chunk.length > held.length) {
      const before = held;
      held = new Uint8Array(Math.max(length + chunk.length, before.length * 2));
      held.set(before.subarray(0, length));
      before.fill(0);
    }
    held.set(chunk, length);
    length += chunk.length;
  };

  const cut = (): readonly Uint8Array[] | null => {
    const frames: Uint8Array[] = [];
    let at = 0;
    while (length - at >= headBytes) {
      const size = new DataView(held.buffer, held.byteOffset + at, headBytes).getUint32(0);
      if (size === 0 || size > maxBytes) return null;
      if (length - at < headBytes + size) break;
      frames.push(held.slice(at + headBytes, at + headBytes + size));
      at += headBytes + size;
    }
    if (at > 0) {
      const rest = held.slice(at, length);
      forget();
      append(rest);
      rest.fill(0);
    }
    return frames;
  };

  return {
    take: (chunk) => {
      if (broken) return null;
      append(chunk);
      const frames = cut();
      if (frames === null) {
        broken = true;
        forget();
      }
      return frames;
    },
    wipe: forget,
  };
};

/** The bytes of a frame, its length in front. */
export const frameOf = (bytes: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(headBytes + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length);
  frame.set(bytes, headBytes);
  return frame;
};
