// The one way a file states how its provider's keys are turned: checked and frozen. A wrong built-in file is a bug and stops the
// program at load, where the author sees it at once.
import { freezeDeep } from '../define-provider.ts';
import type { TurnDefinition } from './turn-definition.ts';
import { turnProblems } from './validate-turn.ts';

/**
 * States how keys of a provider are turned.
 * @throws Error naming every problem, since a wrong built-in file is a bug
 */
export const defineTurn = (definition: TurnDefinition): TurnDefinition => {
  const problems = turnProblems(definition);
  if (problems.length > 0) throw new Error(`turn ${definition.provider}: ${problems.join('; ')}`);
  return freezeDeep(definition);
};
