// Paths as the system has them: text where that is exact, bytes where a name is no UTF-8. And what a person is shown of either.
import { sep } from 'node:path';
import { neutralise, neutraliseText } from '../../core/leaks/neutralise.ts';

/** Bytes only where text would name something else. */
export type FilePath = string | Buffer;

const plain = /^[\x20-\x7e]*$/;

/** For people: steering characters and bytes that are no UTF-8 stand as `\xNN`. */
export const shownPath = (path: FilePath): string => {
  if (typeof path !== 'string') return neutralise(path);
  return plain.test(path) ? path : neutraliseText(path);
};

const separator = Buffer.from(sep);

export const joinPath = (folder: FilePath, name: FilePath): FilePath => {
  if (typeof folder === 'string' && typeof name === 'string')
    return folder.endsWith(sep) ? folder + name : folder + sep + name;
  const above = Buffer.from(folder);
  const parts = above.at(-1) === separator[0] ? [above] : [above, separator];
  return Buffer.concat([...parts, Buffer.from(name)]);
};

/** Text where the bytes are exactly that text, else the bytes. */
export const exactPath = (bytes: Buffer): FilePath => {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(bytes) ? bytes : text;
};

/** A name as text for comparing, exact or not. */
export const nameText = (name: FilePath): string =>
  typeof name === 'string' ? name : name.toString('latin1');
