// Whether a place where something was found is not there any more, as far as its shown path can say.
import { lstatSync } from 'node:fs';
import type { SeenFile } from '../scanning/messages.ts';

/** What a shown path has for bytes that are no text: such a path cannot be opened, so nobody can say that it is gone. */
const isNoPath = /\\x[0-9a-f]{2}/;

/** Only where the system says so: a folder that may not be read says nothing. */
export const isMissing = (path: string): boolean => {
  if (isNoPath.test(path)) return false;
  try {
    lstatSync(path);
    return false;
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? problem.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR';
  }
};

/** What is seen where nothing is any more. */
export const nothingAt = {
  what: 'seen',
  scan: '',
  generation: '',
  kind: null,
  whole: true,
  list: [],
  more: 0,
} as const satisfies Partial<SeenFile>;
