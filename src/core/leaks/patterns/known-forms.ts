// What begins like a key that the catalogue knows is judged by its own format and by no rule for values of nobody's: if it were a key, that
// format would say so, and the beginning alone is what a portal shows.
import { compilePattern, literalPrefixOf } from '../../providers/pattern.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';

/** Shorter beginnings are those of words, too. */
const tellingBeginning = 4;

/** True where a value of a known form, or what begins like one, stands at a place of a text. */
export type KnownTest = (text: string, at: number) => boolean;

/** The test for a catalogue. */
export const createKnownTest = (catalogue: readonly ProviderDefinition[]): KnownTest => {
  const prefixed = catalogue.flatMap(({ formats }) => formats).filter(({ match }) => match === 'prefix');
  const beginnings = prefixed
    .map(({ pattern }) => literalPrefixOf(pattern))
    .filter((prefix) => prefix.length >= tellingBeginning);
  const publicForms = prefixed
    .filter(({ sensitivity }) => sensitivity !== 'secret')
    .map(({ pattern }) => compilePattern(pattern).sticky);
  return (text, at) =>
    beginnings.some((beginning) => text.startsWith(beginning, at)) ||
    publicForms.some((form) => {
      form.lastIndex = at;
      return form.test(text);
    });
};
