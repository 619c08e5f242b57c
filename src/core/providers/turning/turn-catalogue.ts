// Looking up how a provider's keys are turned. What came from outside has no turn: such providers are guided.
import { builtInTurns } from './turn-list.ts';
import type { TurnDefinition, TurnWay } from './turn-definition.ts';

const byProvider: ReadonlyMap<string, TurnDefinition> = new Map(
  builtInTurns.map((turn) => [turn.provider, turn]),
);

/** The turn of a provider; undefined where it has none, and a person is guided by the provider's own steps. */
export const turnFor = (providerId: string): TurnDefinition | undefined => byProvider.get(providerId);

/**
 * Ways that fit a key, the first of which is proposed.
 * @param formatIds formats that values of the key fit, each in its own field (formatsOfValues): an access key id of AWS tells what its secret
 * does not. Where there are none, only ways that are for all fit
 */
export const waysFor = (definition: TurnDefinition, formatIds: ReadonlySet<string>): readonly TurnWay[] =>
  definition.ways.filter(({ formats }) => formats === undefined || formats.some((id) => formatIds.has(id)));

/** A way by its id; undefined where there is none, such as for `guided` of a provider without one. */
export const findWay = (definition: TurnDefinition | undefined, id: string): TurnWay | undefined =>
  definition?.ways.find((way) => way.id === id);
