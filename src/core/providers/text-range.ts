// Ranges into a pasted text instead of copies of it, and the reading of such a text: what editors, chats and web pages
// slip in unseen (zero-width characters, a byte order mark, no-break spaces) is set aside without moving the ranges.

/** UTF-16 offsets, end exclusive. */
export type TextRange = { readonly start: number; readonly end: number };

const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;
const hasInvisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/;
const oddSpace = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;

/** The visible part of a text, with a way back to the offsets of the original. */
export type CleanText = {
  readonly text: string;
  readonly toOriginal: (range: TextRange) => TextRange;
};

/** Sets invisible characters aside and turns odd spaces into plain ones. Linear. */
export const cleanText = (original: string): CleanText => {
  if (!hasInvisible.test(original))
    return { text: original.replace(oddSpace, ' '), toOriginal: (range) => range };
  const kept: number[] = [];
  let last = 0;
  let text = '';
  for (const found of original.matchAll(invisible)) {
    for (let index = last; index < found.index; index += 1) kept.push(index);
    text += original.slice(last, found.index);
    last = found.index + 1;
  }
  for (let index = last; index < original.length; index += 1) kept.push(index);
  text += original.slice(last);
  const at = (index: number): number => kept[index] ?? original.length;
  return {
    text: text.replace(oddSpace, ' '),
    toOriginal: ({ start, end }) => ({ start: at(start), end: end > start ? at(end - 1) + 1 : at(start) }),
  };
};

/** The characters of a range of the original text, without invisible ones: the value to keep. */
export const readRange = (original: string, range: TextRange): string =>
  original.slice(range.start, range.end).replace(invisible, '');

/** True where two ranges share a character. */
export const rangesOverlap = (left: TextRange, right: TextRange): boolean =>
  left.start < right.end && right.start < left.end;

/** A test for overlap with any of many ranges that do not overlap one another; logarithmic for each question. */
export const overlapTest = (ranges: readonly TextRange[]): ((range: TextRange) => boolean) => {
  const sorted = ranges.toSorted((left, right) => left.start - right.start);
  return (range) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.end ?? 0) <= range.start) low = middle + 1;
      else high = middle;
    }
    const next = sorted[low];
    return next !== undefined && rangesOverlap(next, range);
  };
};

/** The stretches of a text of `length` that none of the ranges covers. */
export const uncovered = (length: number, ranges: readonly TextRange[]): readonly TextRange[] => {
  const sorted = ranges.toSorted((left, right) => left.start - right.start);
  const gaps: TextRange[] = [];
  let position = 0;
  for (const range of sorted) {
    if (range.start > position) gaps.push({ start: position, end: range.start });
    position = Math.max(position, range.end);
  }
  if (position < length) gaps.push({ start: position, end: length });
  return gaps;
};
