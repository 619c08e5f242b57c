// Objects that git has not packed yet: one file each, a zlib stream of `kind size\0` and the content.
import { closeSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { reasonOf } from '../not-read.ts';
import type { PieceSink } from '../source.ts';
import { createGitEngine, type GitEngine } from './git-engine.ts';
import { createInflater, type Inflater } from './inflater.ts';
import { openRegular } from './pack-index.ts';
import { mostObjectBytes } from './pack-reader.ts';
import type { Share } from './pack-shares.ts';

export type LooseReading = {
  readonly engine: GitEngine;
  readonly inflater: Inflater;
  readonly sink: PieceSink;
  /** Begins the piece of an object. */
  readonly begin: (id: string) => void;
  readonly notRead: (reason: NotReadReason) => void;
};

const mostInFolder = 200_000;
const longestHead = 32;
const head = /^(commit|tree|blob|tag) (\d{1,15})\0/;

const namesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Gives the content of one object; what it says of its size bounds it. */
const readOne = (reading: LooseReading, path: string, id: string): void => {
  const { engine, inflater, sink } = reading;
  const { file } = openRegular(path);
  let at = 0;
  let left = -1;
  let isTree = false;
  let isBroken = false;
  let isTooLarge = false;
  try {
    const isWhole = inflater.long(
      (to, length) => {
        const count = readSync(file, engine.bytes(), to, length, at);
        at += count;
        return count;
      },
      (bytes) => {
        let content = bytes;
        if (left < 0) {
          const found = head.exec(Buffer.from(bytes.subarray(0, longestHead)).toString('latin1'));
          isTree = found?.[1] === 'tree';
          isBroken = found === null;
          if (found === null || isTree) return false;
          left = Number(found[2]);
          isTooLarge = left > mostObjectBytes;
          left = Math.min(left, mostObjectBytes);
          content = bytes.subarray(found[0].length);
          reading.begin(id);
        }
        if (content.length > left) {
          isBroken = true;
          return false;
        }
        left -= content.length;
        sink.write(content);
        return !sink.cancelled();
      },
    );
    if (left >= 0) sink.end();
    if (isTooLarge) reading.notRead('too-large');
    else if (!isTree && (!isWhole || isBroken || (left > 0 && !sink.cancelled())))
      reading.notRead('broken-archive');
  } finally {
    closeSync(file);
  }
};

/** Reads the share's part of the loose objects of a folder of objects. */
export const readLooseObjects = (
  reading: LooseReading,
  objects: string,
  idBytes: number,
  share: Share,
): void => {
  const rest = new RegExp(`^[0-9a-f]{${String(idBytes * 2 - 2)}}$`);
  for (let first = share.index; first < 256; first += share.of) {
    const prefix = first.toString(16).padStart(2, '0');
    const names = namesOf(join(objects, prefix)).filter((name) => rest.test(name));
    if (names.length > mostInFolder) reading.notRead('too-many');
    for (const name of names.slice(0, mostInFolder)) {
      if (reading.sink.cancelled()) return;
      try {
        readOne(reading, join(objects, prefix, name), prefix + name);
      } catch (problem) {
        reading.notRead(reasonOf(problem));
      }
    }
  }
};

const readBlob = (engine: GitEngine, inflater: Inflater, path: string, mostBytes: number): Buffer | null => {
  const { file } = openRegular(path);
  const parts: Buffer[] = [];
  let at = 0;
  let length = 0;
  try {
    const isWhole = inflater.long(
      (to, most) => {
        const count = readSync(file, engine.bytes(), to, most, at);
        at += count;
        return count;
      },
      (bytes) => {
        length += bytes.length;
        parts.push(Buffer.from(bytes));
        return length <= mostBytes + longestHead;
      },
    );
    const whole = Buffer.concat(parts);
    const [words = '', kind, size] = head.exec(whole.toString('latin1', 0, longestHead)) ?? [];
    const content = whole.subarray(words.length);
    return isWhole && kind === 'blob' && Number(size) === content.length ? content : null;
  } finally {
    closeSync(file);
  }
};

/**
 * Reads blobs by id, as long as they lie loose: what was just staged does. Without git, whose start costs more than a small blob.
 * @param folders of objects
 * @returns for an id the content; null where it does not lie loose, is no blob of at most `mostBytes`, or is broken: git knows more
 */
export const createLooseReader = (
  folders: readonly string[],
  mostBytes: number,
): ((id: string) => Uint8Array | null) => {
  const engine = createGitEngine();
  const inflater = createInflater(engine);
  return (id) => {
    for (const folder of folders)
      try {
        return readBlob(engine, inflater, join(folder, id.slice(0, 2), id.slice(2)), mostBytes);
      } catch {
        // Not there: perhaps in the next, else in a pack.
      }
    return null;
  };
};
