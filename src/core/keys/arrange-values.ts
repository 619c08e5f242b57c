// Puts given values where their provider has a place for them: a lone value into its main field, a connection string into the fields it
// holds, or whole where a program reads it whole. Pure.
import type { ProviderDefinition } from '../providers/provider.ts';
import { connectionFieldOf, mainFieldOf, putInto, takeApart } from '../providers/take-apart.ts';
import type { GivenValues } from './fields.ts';

type Values = Readonly<Record<string, string>>;

/** What a key holds already, secrets included; nothing where it is new. */
const nothing: Values = {};

/**
 * A connection string that is exported under a variable, or that the key held before, stays whole: a program reads it so. Any other
 * is taken apart; what was given in a field of its own wins.
 * @param current the values that the key has so far
 */
export const arrangeValues = (
  provider: ProviderDefinition | undefined,
  { values, variables }: GivenValues,
  current: Values = nothing,
): GivenValues => {
  if (provider === undefined) return { values, variables };
  const known = new Set(provider.fields.map(({ name }) => name));
  const main = mainFieldOf(provider);
  const whole = connectionFieldOf(provider);
  const arranged: Record<string, string> = {};
  const taken: Record<string, string> = {};
  const names: Record<string, string | null> = { ...variables };
  for (const [name, value] of Object.entries(values)) {
    const field = name === 'secret' && !known.has(name) ? main : name;
    const pieces = takeApart(provider, value);
    const variable = variables[name];
    if (variable !== undefined) delete names[name];
    if (pieces === undefined || whole === undefined) {
      arranged[field] = value;
      if (variable !== undefined) names[field] = variable;
    } else if (typeof variable === 'string' || current[whole] !== undefined) {
      arranged[whole] = value;
      if (variable !== undefined) names[whole] = variable;
    } else Object.assign(taken, pieces);
  }
  return { values: withConnection(provider, { ...taken, ...arranged }, current), variables: names };
};

/** A new password of a key that is kept as a connection string goes into that string, or the two would differ. */
const withConnection = (provider: ProviderDefinition, values: Values, current: Values): Values => {
  const field = connectionFieldOf(provider);
  const before = field === undefined ? undefined : current[field];
  if (field === undefined || before === undefined || values[field] !== undefined) return values;
  const changed = putInto(provider, before, values);
  if (changed === undefined) return values;
  const rest = Object.entries(values).filter(([name]) => !changed.placed.has(name));
  return Object.fromEntries([...rest, [field, changed.value]]);
};
