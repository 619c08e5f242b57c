// What is left on disk while a copied key is on the clipboard, so that the next start can clear it after a crash. It holds a
// salt and the first three bytes of a keyed hash, made by the agent: enough to tell ours from anything else (1 in 16
// million), too little to confirm a guess, and nothing at all about a value of 80 bits or more.
import * as v from 'valibot';
import { clipboardMark } from '../../contract/calls/clipboard-calls.ts';
import { readJsonFile, removeFile, writeJsonFile } from '../json-file.ts';

export type ClipboardMark = v.InferOutput<typeof clipboardMark>;

const fileShape = v.strictObject({ version: v.literal(1), mark: clipboardMark });

export type MarkerFile = {
  readonly read: () => ClipboardMark | null;
  readonly write: (mark: ClipboardMark) => void;
  readonly remove: () => void;
};

export const markerFile = (path: string): MarkerFile => ({
  read: () => readJsonFile(path, fileShape)?.mark ?? null,
  write: (mark) => {
    writeJsonFile(path, { version: 1, mark });
  },
  remove: () => {
    removeFile(path);
  },
});
