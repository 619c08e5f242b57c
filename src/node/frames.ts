// Messages on a stream: four bytes of length, most significant first, then so many bytes. Bounded before anything is kept, so
// that a peer cannot make us hold what it only announced. Knows nothing of what the bytes mean.
export type FrameReader = {
  /** Takes what arrived; gives the whole frames. Null once the peer broke the rules: end the connection. */
  readonly take: (chunk: Uint8Array) => readonly Uint8Array[] | null;
  /** Overwrites what is held of an unfinished frame. */
  readonly wipe: () => void;
};

const headBytes = 4;

/** @param maxBytes longest frame that is accepted */
export const createFrameReader = (maxBytes: number): FrameReader => {
  let held = new Uint8Array(0);
  let broken = false;

  const keep = (bytes: Uint8Array): void => {
    const before = held;
    held = bytes.slice();
    before.fill(0);
  };

  const cut = (): readonly Uint8Array[] | null => {
    const frames: Uint8Array[] = [];
    let at = 0;
    while (held.length - at >= headBytes) {
      const length = new DataView(held.buffer, held.byteOffset + at, headBytes).getUint32(0);
      if (length === 0 || length > maxBytes) return null;
      if (held.length - at < headBytes + length) break;
      frames.push(held.slice(at + headBytes, at + headBytes + length));
      at += headBytes + length;
    }
    if (at > 0) keep(held.subarray(at));
    return frames;
  };

  return {
    take: (chunk) => {
      if (broken) return null;
      const joined = new Uint8Array(held.length + chunk.length);
      joined.set(held);
      joined.set(chunk, held.length);
      held.fill(0);
      held = joined;
      const frames = cut();
      if (frames === null) {
        broken = true;
        held.fill(0);
        held = new Uint8Array(0);
      }
      return frames;
    },
    wipe: () => {
      held.fill(0);
      held = new Uint8Array(0);
    },
  };
};

/** The bytes of a frame, its length in front. */
export const frameOf = (bytes: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(headBytes + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length);
  frame.set(bytes, headBytes);
  return frame;
};
