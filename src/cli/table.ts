// Plain columns for people: padded, no borders, nothing when there is nothing.
import { printable } from './terminal.ts';

const widthOf = (text: string): number => [...text].length;

/**
 * Lays rows out in columns.
 * @param header column titles
 * @param rows cells in the order of the header; control characters are replaced
 */
export const columns = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
