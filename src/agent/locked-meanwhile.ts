// What is said of work during which the vault was locked.
import { fail } from '../core/model/app-error.ts';

export const lockedMeanwhile = fail(
  'locked',
  'The vault was locked before this was done.',
  'Unlock it and try again.',
);
