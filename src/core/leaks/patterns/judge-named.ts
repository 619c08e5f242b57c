// Judges values without a fixed beginning: by a provider's name before them, else by the generic rule, if that is on. Called where a
// word such as `token` stands and src/engine/prefixes.ts saw a value behind it.
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { UnknownMatch } from '../matching.ts';
import { namedValueAt } from './assignment-at.ts';
import { isCutOff } from './boundaries.ts';
import { isGenericSecret } from './generic.ts';
import { createKnownTest } from './known-forms.ts';
import { createShapeTest } from './shapes-by-name.ts';
import { textWindow } from './text-window.ts';

/** How a generic finding is called. */
export const genericPattern = 'generic';

/** What is read around a word: its name, its value, and for hosts of providers what stands about. */
const nameReach = 80;
const valueReach = 640;
const contextReach = 400;
/** No format by shape is shorter, and the generic rule asks for as much. */
const shortestValue = 16;

export type NamedJudge = (bytes: Uint8Array, at: number, wordLength: number) => UnknownMatch | null;

/** Judges the word at `at`; generic findings only where asked for. */
export const createNamedJudge = (catalogue: readonly ProviderDefinition[], generic: boolean): NamedJudge => {
  const shapeOf = createShapeTest(catalogue);
  const isKnown = createKnownTest(catalogue);
  return (bytes, at, wordLength) => {
    const { text, from } = textWindow(bytes, at - nameReach, at + valueReach);
    const named = namedValueAt(text, at - from, at - from + wordLength);
    if (named === undefined || named.end - named.start < shortestValue || isCutOff(text, named.end))
      return null;
    const [start, end] = [from + named.start, from + named.end];
    const context = (): string => textWindow(bytes, start - contextReach, end + contextReach).text;
    const isGeneric = (): boolean =>
      generic &&
      isGenericSecret(text, named) &&
      ![named.nameStart, named.start].some((place) => isKnown(text, place));
    const pattern =
      shapeOf(named, text.slice(named.start, named.end), context) ??
      (isGeneric() ? genericPattern : undefined);
    return pattern === undefined ? null : { what: 'unknown', pattern, start, end };
  };
};
