// Calls about the git hook. docs/scanning.md §6.
import type { OpenHandlers } from '../handler.ts';
import { notYet } from './not-yet.ts';

export const guardHandlers: OpenHandlers<'guard.status' | 'guard.install' | 'guard.remove'> = {
  'guard.status': notYet,
  'guard.install': notYet,
  'guard.remove': notYet,
};
