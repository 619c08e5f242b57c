// Whether what a list shows of a value fits a value of ours. Too little shown fits nothing: it would fit every key of the provider.
import { literalPrefixOf } from '../../pattern.ts';
import type { ProviderDefinition } from '../../provider.ts';
import type { Listing } from '../turn-definition.ts';

type How = NonNullable<Listing['hint']>['how'];

/** Characters that tell one key from another, at least: the public beginning tells nothing. */
const leastShown = 3;
const gaps = /(?:\*|•|…|\.{2,}|\u00b7){1,}/u;

const publicStart = ({ formats }: ProviderDefinition, value: string): number =>
  Math.max(
    0,
    ...formats
      .map(({ pattern }) => literalPrefixOf(pattern))
      .flatMap((start) => (value.startsWith(start) ? [start.length] : [])),
  );

/** Visible parts in their order: the first begins the value, the last ends it. */
const fitsMask = (parts: readonly string[], value: string): boolean => {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!value.startsWith(first) || !value.endsWith(last) || first.length + last.length > value.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= value.length - last.length;
};

const shownBeyond = (parts: readonly string[], start: number): number =>
  parts.reduce((sum, part, index) => sum + Math.max(0, part.length - (index === 0 ? start : 0)), 0);

/**
 * @param hint as the list shows it
 * @returns null where it shows nothing that tells one key from another
 */
export const fitsHint = (
  definition: ProviderDefinition,
  how: How,
  hint: unknown,
  values: readonly string[],
): boolean | null => {
  if (typeof hint !== 'string' || hint.length > 500 || values.length === 0) return null;
  const shown = hint.trim();
  const parts = shown.split(gaps);
  const told = values.flatMap((value) => {
    const start = publicStart(definition, value);
    if (how === 'ends-with') {
      const end = parts.at(-1) ?? '';
      return end.length < leastShown ? [] : [value.length > end.length && value.endsWith(end)];
    }
    if (how === 'begins-with') {
      const begin = parts[0] ?? '';
      return begin.length - start < leastShown
        ? []
        : [value.length > begin.length && value.startsWith(begin)];
    }
    if (parts.length === 1) return shown.length - start < leastShown ? [] : [value === shown];
    return shownBeyond(parts, value.startsWith(parts[0] ?? '') ? start : 0) < leastShown
      ? []
      : [fitsMask(parts, value)];
  });
  return told.length === 0 ? null : told.some(Boolean);
};
