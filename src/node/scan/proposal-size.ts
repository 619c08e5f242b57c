// How much there is to read in a place, as far as it is counted: by the walk that a scan makes, so that what it leaves out is not counted, and
// by sizes alone. Not for long: a person waits for it.
import { lstatSync } from 'node:fs';
import { createWalk, pathInGroup } from './walk.ts';

export type Size = { readonly files: number; readonly bytes: number; readonly isWhole: boolean };

/** Files and folders that are counted in one place. */
const mostCounted = 2_000;
const filesAtOnce = 200;

/** Files and bytes of a place, as far as they are counted. @param path absolute */
export const countSize = (path: string): Size => {
  let [files, bytes, folders] = [0, 0, 0];
  const isEnough = (): boolean => files + folders >= mostCounted;
  const walk = createWalk([path], {
    notRead: () => undefined,
    onRepository: () => undefined,
    onFolder: () => {
      folders += 1;
    },
    cancelled: isEnough,
  });
  for (let groups = walk.next(filesAtOnce); groups !== null; groups = walk.next(filesAtOnce)) {
    for (const group of groups) {
      for (let at = 0; at < group.names.length; at += 1) {
        if (isEnough()) return { files, bytes, isWhole: false };
        const facts = lstatSync(pathInGroup(group, at), { throwIfNoEntry: false });
        files += 1;
        bytes += facts?.size ?? 0;
      }
    }
  }
  return { files, bytes, isWhole: !isEnough() };
};

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const bytesWord = (bytes: number): string => {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : String(Math.round(value))} ${units[step] ?? ''}`;
};

export const sizeWords = ({ files, bytes, isWhole }: Size): string =>
  `${isWhole ? '' : 'More than '}${files.toLocaleString('en-GB')} ${files === 1 ? 'file' : 'files'}, ${bytesWord(bytes)}.`;
