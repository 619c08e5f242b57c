// Calls about findings: reading, judging and acting on them. docs/scanning.md §4.
import type { SessionGroup } from '../handler.ts';
import { notYet } from './not-yet.ts';

export const leakHandlers: SessionGroup<'leaks'> = {
  'leaks.list': notYet,
  'leaks.context': notYet,
  'leaks.heat': notYet,
  'leaks.blast': notYet,
  'leaks.accept': notYet,
  'leaks.reopen': notYet,
  'leaks.take': notYet,
  'leaks.ask': notYet,
  'leaks.planScrub': notYet,
  'leaks.scrub': notYet,
  'leaks.undoScrub': notYet,
  'leaks.where': notYet,
  'leaks.clipboard': notYet,
};
