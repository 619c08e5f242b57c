// Which of the well-known places are read: what a person said of each, and what holds where nobody has said anything. Pure.
import type { PlaceChoice } from '../../model/leak-care.ts';
import type { ProposedPlace } from './proposal.ts';

type Named = Pick<ProposedPlace, 'path' | 'pattern'>;

const partsOf = (path: string): readonly string[] => path.split(/[\\/]/);

const fits = (path: string, pattern: string): boolean => {
  if (!pattern.includes('*')) return path === pattern;
  const [own, wanted] = [partsOf(path), partsOf(pattern)];
  return own.length === wanted.length && wanted.every((part, at) => part === '*' || part === own[at]);
};

/**
 * Whether a place is read. What was said of another version of the same program holds for a new one too, where it was the same of all: who
 * left out one year's folder does not want the next year's read.
 * @param proposed what holds where nobody has said anything
 */
export const isPlaceChosen = (
  { path, pattern }: Named,
  choices: readonly PlaceChoice[],
  proposed: boolean,
): boolean => {
  const own = choices.find((choice) => choice.path === path);
  if (own !== undefined) return own.chosen;
  const [first, ...others] = choices.filter((choice) => fits(choice.path, pattern));
  return first !== undefined && others.every(({ chosen }) => chosen === first.chosen)
    ? first.chosen
    : proposed;
};

/** More than there are rows in the tables, several times over. */
const mostChoices = 2_000;

/** The choices with those that were just made; of one path the last counts. */
export const withChoices = (
  before: readonly PlaceChoice[],
  said: readonly PlaceChoice[],
): readonly PlaceChoice[] => {
  const byPath = new Map([...before, ...said].map(({ path, chosen }) => [path, chosen]));
  return [...byPath].map(([path, chosen]) => ({ path, chosen })).slice(-mostChoices);
};
