// Finds what belongs to a key beside its secret: the team id of a Circa key, the name of an Appcircle key. By the label in
// front of it, nearest first; an id of a form that occurs only once in the text needs no label.
import { plainName, type Assignment } from './assignments.ts';
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

/** What a text offers as companions, indexed once for all of its keys. */
export type CompanionSource = {
  /** Values by the plain name in front of them. */
  readonly texts: ReadonlyMap<string, readonly TextRange[]>;
  readonly ids: ReadonlyMap<string, readonly TextRange[]>;
  /** The one id of the text, if all of its ids are the same. */
  readonly onlyId: TextRange | undefined;
};

const append = (map: Map<string, TextRange[]>, name: string, range: TextRange): void => {
  const list = map.get(name);
  if (list) list.push(range);
  else map.set(name, [range]);
};

/** Prepares a text for {@link findCompanions}. `isTaken` tells what belongs to a key already. */
export const companionSource = (
  text: string,
  assignments: readonly Assignment[],
  isTaken: (range: TextRange) => boolean,
): CompanionSource => {
  const found = uuidsIn(text).filter((range) => !isTaken(range));
  const byStart = new Map(found.map((range) => [range.start, range]));
  const texts = new Map<string, TextRange[]>();
  const ids = new Map<string, TextRange[]>();
  for (const { plain, value } of assignments) {
    const id = byStart.get(value.start);
    if (id) append(ids, plain, id);
    const fits = value.end - value.start <= maxTextLength && !isTaken(value);
    if (fits && !isPlaceholder(text.slice(value.start, value.end))) append(texts, plain, value);
  }
  const different = new Set(found.map((range) => text.slice(range.start, range.end).toLowerCase()));
  return { texts, ids, onlyId: different.size === 1 ? found[0] : undefined };
};

const nearest = (ranges: readonly TextRange[], main: TextRange): TextRange | undefined =>
  ranges.reduce<TextRange | undefined>(
    (best, range) => (best === undefined || distance(range, main) < distance(best, main) ? range : best),
    undefined,
  );

const findField = (
  source: CompanionSource,
  field: FieldDefinition,
  main: TextRange,
): TextRange | undefined => {
  const byName = field.shape === 'uuid' ? source.ids : source.texts;
  for (const label of [field.variable, ...field.labels]) {
    const found = nearest(byName.get(plainName(label)) ?? [], main);
    if (found) return found;
  }
  return field.shape === 'uuid' ? source.onlyId : undefined;
};

/** The other fields of a key, as far as the text has them. `filled` is the field that the key itself fills. */
export const findCompanions = (
  source: CompanionSource,
  provider: ProviderDefinition,
  filled: string,
  main: TextRange,
): readonly FieldRange[] => {
  const found: FieldRange[] = [];
  for (const field of provider.fields) {
    if (field.name === filled) continue;
    const range = findField(source, field, main);
    if (range && !found.some((entry) => rangesOverlap(entry.range, range)))
      found.push({ name: field.name, range });
  }
  return found;
};
