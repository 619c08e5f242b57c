// Which row an arrow key leads to: headings are stepped over. Pure.
type Row = { readonly type: string };

const search = (rows: readonly Row[], from: number, step: 1 | -1): number | null => {
  for (let index = from; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.type !== 'heading') return index;
  }
  return null;
};

/** The row to stand on after a key press; null where the key does not move or nothing is there. */
export const nextKeyRow = (
  rows: readonly Row[],
  current: number,
  pressed: string,
  page: number,
): number | null => {
  const last = rows.length - 1;
  const moves: Readonly<Record<string, () => number | null>> = {
    ArrowDown: () => search(rows, current + 1, 1),
    ArrowUp: () => (current < 0 ? search(rows, last, -1) : search(rows, current - 1, -1)),
    Home: () => search(rows, 0, 1),
    End: () => search(rows, last, -1),
    PageDown: () => search(rows, Math.min(last, Math.max(0, current) + page), 1) ?? search(rows, last, -1),
    PageUp: () => search(rows, Math.max(0, current - page), -1) ?? search(rows, 0, 1),
  };
  return moves[pressed]?.() ?? null;
};
