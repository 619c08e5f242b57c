// Answer of calls whose part is being built: an honest error, never an invented result. Goes with the last of them.
import { fail } from '../../core/model/app-error.ts';
import type { Result } from '../../core/model/result.ts';

export const notYet = (): Result<never> =>
  fail(
    'refused',
    'This version of Keyturn cannot do that yet.',
    'Update Keyturn when the next version is out.',
  );
