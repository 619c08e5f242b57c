// What readers read from: bytes in order, or bytes at positions. Synchronous, since a scan thread does one thing at a time. What is
// wrong with an input is thrown as `Unreadable` and becomes an entry of what was not read; nothing else leaves a reader.
import { readSync } from 'node:fs';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { readRooms } from './rooms.ts';

export class Unreadable extends Error {
  readonly reason: NotReadReason;
  constructor(reason: NotReadReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Bytes in order. `read` fills a part of `into` and says how much; 0 only at the end. */
export type ByteStream = { readonly read: (into: Uint8Array) => number };

/** Bytes at positions. `readAt` fills as much of `into` as there is. */
export type Extent = {
  readonly size: number;
  readonly readAt: (position: number, into: Uint8Array) => number;
};

export const fileExtent = (file: number, size: number): Extent => ({
  size,
  readAt: (position, into) => {
    let done = 0;
    while (done < into.length) {
      const length = readSync(file, into, done, into.length - done, position + done);
      if (length === 0) break;
      done += length;
    }
    return done;
  },
});

export const bytesExtent = (bytes: Uint8Array): Extent => ({
  size: bytes.length,
  readAt: (position, into) => {
    const part = bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  },
});

/** A part of an extent, in order. */
export const streamOf = (extent: Extent, from = 0, length = extent.size - from): ByteStream => {
  let at = from;
  const end = Math.min(from + length, extent.size);
  return {
    read: (into) => {
      const wanted = Math.min(into.length, end - at);
      if (wanted <= 0) return 0;
      const done = extent.readAt(at, wanted === into.length ? into : into.subarray(0, wanted));
      at += done;
      return done;
    },
  };
};

/** Fills as much as there is; less than `into` only at the end. */
export const fill = (stream: ByteStream, into: Uint8Array): number => {
  let done = 0;
  while (done < into.length) {
    const length = stream.read(done === 0 ? into : into.subarray(done));
    if (length === 0) break;
    done += length;
  }
  return done;
};

/** A stream with what was read from it already put back. */
export const withHead = (head: Uint8Array, rest: ByteStream): ByteStream => {
  let at = 0;
  return {
    read: (into) => {
      if (at >= head.length) return rest.read(into);
      const part = head.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
};

/** Reads on without keeping anything. @returns false where the stream ended before */
export const skip = (stream: ByteStream, length: number, scratch: Uint8Array): boolean => {
  for (let left = length; left > 0;) {
    const done = stream.read(left < scratch.length ? scratch.subarray(0, left) : scratch);
    if (done === 0) return false;
    left -= done;
  }
  return true;
};

/** Few large reads instead of many small ones. What is kept of them is wiped by `end`, after which nothing more is read. */
export const buffered = (stream: ByteStream): ByteStream & { readonly end: () => void } => {
  const buffer = readRooms.take();
  let isOpen = true;
  let at = 0;
  let length = 0;
  return {
    read: (into) => {
      if (at === length) {
        if (into.length >= buffer.length) return stream.read(into);
        at = 0;
        length = stream.read(buffer);
      }
      const part = buffer.subarray(at, Math.min(length, at + into.length));
      into.set(part);
      at += part.length;
      return part.length;
    },
    end: () => {
      if (isOpen) readRooms.giveBack(buffer);
      isOpen = false;
    },
  };
};

/** Bytes one by one, for headers. Throws where there are no more. */
export const byteReader = (stream: ByteStream): (() => number) => {
  const one = new Uint8Array(1);
  return () => {
    if (stream.read(one) === 0) throw new Unreadable('broken-archive');
    return one[0] ?? 0;
  };
};

export const isZero = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== 0) return false;
  return true;
};
