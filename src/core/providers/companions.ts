// Finds what belongs to a key beside its secret: the team id of a Circa key, the name of an Appcircle key. By the label in
// front of it, nearest first; an id of a form that occurs only once in the text needs no label.
import { sameName, type Assignment } from './assignments.ts';
import { isPlaceholder } from './placeholder.ts';
import type { FieldDefinition, ProviderDefinition } from './provider.ts';
import type { FieldRange } from './recognition.ts';
import { rangesOverlap, type TextRange } from './text-range.ts';

// No end is demanded: documents run an id into the next word as they do a key.
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const maxTextLength = 200;

const distance = (left: TextRange, right: TextRange): number =>
  left.start >= right.end ? left.start - right.end : right.start - left.end;

const uuidsIn = (text: string): readonly TextRange[] =>
  [...text.matchAll(uuid)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

const labelledUuid = (ids: readonly TextRange[], entry: Assignment): TextRange | undefined =>
  ids.find((id) => id.start === entry.value.start);

const labelledText = (text: string, entry: Assignment): TextRange | undefined => {
  const { start, end } = entry.value;
  return end - start <= maxTextLength && !isPlaceholder(text.slice(start, end)) ? entry.value : undefined;
};

/** Text, its assignments and ids, found once for all candidates. */
export type CompanionSource = {
  readonly text: string;
  readonly assignments: readonly Assignment[];
  readonly ids: readonly TextRange[];
};

/** Prepares a text for {@link findCompanions}. */
export const companionSource = (text: string, assignments: readonly Assignment[]): CompanionSource => ({
  text,
  assignments,
  ids: uuidsIn(text),
});

const findField = (
  source: CompanionSource,
  field: FieldDefinition,
  main: TextRange,
  taken: readonly TextRange[],
): TextRange | undefined => {
  const free = (range: TextRange): boolean => !taken.some((other) => rangesOverlap(range, other));
  for (const label of [field.variable, ...field.labels]) {
    const ranges = source.assignments
      .filter((entry) => sameName(entry.name, label))
      .flatMap((entry) => {
        const range =
          field.shape === 'uuid' ? labelledUuid(source.ids, entry) : labelledText(source.text, entry);
        return range && free(range) ? [range] : [];
      });
    const nearest = ranges.toSorted((left, right) => distance(left, main) - distance(right, main))[0];
    if (nearest) return nearest;
  }
  if (field.shape !== 'uuid') return undefined;
  const values = new Set(source.ids.map((id) => source.text.slice(id.start, id.end).toLowerCase()));
  const only = source.ids[0];
  return values.size === 1 && only && free(only) ? only : undefined;
};

/** The other fields of a key, as far as the text has them. `taken` are ranges of keys. */
export const findCompanions = (
  source: CompanionSource,
  provider: ProviderDefinition,
  filled: string,
  main: TextRange,
  taken: readonly TextRange[],
): readonly FieldRange[] => {
  const found: FieldRange[] = [];
  for (const field of provider.fields) {
    if (field.name === filled) continue;
    const range = findField(source, field, main, [...taken, ...found.map((entry) => entry.range)]);
    if (range) found.push({ name: field.name, range });
  }
  return found;
};
