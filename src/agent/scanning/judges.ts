// The judges of unknown values; the same in every thread, since the same catalogue makes them. Loaded where unknown values are looked for:
// the catalogue is large, and what reads a person's own definitions is wanted by few.
import type { UnknownJudge } from '../../core/leaks/matching.ts';
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import { builtInCatalogue } from '../../core/providers/whole-catalogue.ts';

/**
 * @param generic with the generic rule; the literals are the same with it and without
 * @param added definitions of the vault, see `writeAdded`; '' for none
 */
export const judgeOf = async (generic: boolean, added: string): Promise<UnknownJudge> => {
  const providers =
    added === '' ? builtInCatalogue.providers : (await import('./added-providers.ts')).providersWith(added);
  return patternsFor(providers, { generic, encoded: true });
};
