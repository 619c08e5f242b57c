// Paths that come from outside. The agent may run in another folder than whoever asks, so a relative one would mean another file.
import { isAbsolute } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';

export const requireAbsolute = (path: string): Result<string> =>
  isAbsolute(path)
    ? ok(path)
    : fail('bad-input', 'The path does not begin at the root.', 'Give the whole path of the file.', {
        file: path,
      });
