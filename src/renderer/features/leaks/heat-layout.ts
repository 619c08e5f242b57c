// The map of keys against kinds of places: which cells there are, how dark, in which order. Pure.
import type { HeatCell, PlaceKind, Severity } from '../../lib/types.ts';
import { groupIdOf } from './group-findings.ts';
import { placeKinds, severityRank } from './leak-words.ts';

export type HeatRow = {
  readonly id: string;
  readonly name: string;
  readonly total: number;
  readonly worst: Severity;
  /** One for each column; null where nothing was found. */
  readonly cells: readonly (HeatCell | null)[];
};

export type Heat = { readonly columns: readonly PlaceKind[]; readonly rows: readonly HeatRow[] };

const worse = (left: Severity, right: Severity): Severity =>
  severityRank(left) <= severityRank(right) ? left : right;

/** Keys that are worst first; only kinds of places in which something was found, in the order of the words' table. */
export const layHeat = (cells: readonly HeatCell[]): Heat => {
  const full = cells.filter(({ count }) => count > 0);
  const found = new Set(full.map(({ place }) => place));
  const columns = placeKinds.filter((kind) => found.has(kind));
  const members = new Map<string, HeatCell[]>();
  for (const cell of full) {
    const id = groupIdOf(cell);
    const row = members.get(id);
    if (row === undefined) members.set(id, [cell]);
    else row.push(cell);
  }
  const rows = [...members].flatMap(([id, row]): readonly HeatRow[] => {
    const [first] = row;
    if (first === undefined) return [];
    return [
      {
        id,
        name: first.name,
        total: row.reduce((sum, { count }) => sum + count, 0),
        worst: row.reduce((least, cell) => worse(least, cell.worst), first.worst),
        cells: columns.map((kind) => row.find(({ place }) => place === kind) ?? null),
      },
    ];
  });
  return {
    columns,
    rows: rows.toSorted(
      (left, right) =>
        severityRank(left.worst) - severityRank(right.worst) ||
        right.total - left.total ||
        left.name.localeCompare(right.name),
    ),
  };
};
