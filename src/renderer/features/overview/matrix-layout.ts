// What stands in the cells of the matrix: providers of one project by its environments, or projects by the kinds of
// environment. An empty cell names what the others have and it lacks. Pure.
import { keyMark } from '../../lib/key-state.ts';
import { byImportance } from '../../lib/group-keys.ts';
import type { EnvironmentView, KeySummary, ProjectView, ProviderView } from '../../lib/types.ts';
import type { MarkName } from '../../ui/state-mark.tsx';

export type MatrixColumn = { readonly id: string; readonly name: string };
export type MatrixCell = {
  readonly columnId: string;
  readonly keys: readonly KeySummary[];
  /** Marks with how many keys wear them, the loudest first. */
  readonly marks: readonly { readonly mark: MarkName; readonly count: number }[];
  readonly live: number;
  readonly test: number;
  /** Names of variables that the row has elsewhere and not here. */
  readonly missing: readonly string[];
};
export type MatrixRow = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly provider: ProviderView | null;
  readonly cells: readonly MatrixCell[];
};
export type Matrix = { readonly columns: readonly MatrixColumn[]; readonly rows: readonly MatrixRow[] };

/** The loudest first: the mark of a cell is that of the key that wants a person most. */
const loudness: readonly MarkName[] = [
  'leaked',
  'refused',
  'expired',
  'blocked',
  'waiting',
  'overdue',
  'expiring',
  'silent',
  'unasked',
  'date',
  'works',
];

const marksOf = (keys: readonly KeySummary[], nowMs: number): MatrixCell['marks'] => {
  const counts = new Map<MarkName, number>();
  for (const key of keys) {
    const { mark } = keyMark(key, nowMs);
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return loudness.flatMap((mark) => {
    const count = counts.get(mark);
    return count === undefined ? [] : [{ mark, count }];
  });
};

const namesOf = (keys: readonly KeySummary[]): ReadonlySet<string> =>
  new Set(keys.flatMap(({ variables }) => variables));

const cellsOf = (
  perColumn: ReadonlyMap<string, readonly KeySummary[]>,
  columns: readonly MatrixColumn[],
  known: ReadonlySet<string>,
  nowMs: number,
): readonly MatrixCell[] =>
  columns.map(({ id: columnId }) => {
    const keys = perColumn.get(columnId) ?? [];
    const here = namesOf(keys);
    return {
      columnId,
      keys,
      marks: marksOf(keys, nowMs),
      live: keys.filter(({ kind }) => kind === 'live').length,
      test: keys.filter(({ kind }) => kind === 'test').length,
      missing: [...known].filter((name) => !here.has(name)).sort(),
    };
  });

const group = <T>(items: readonly T[], namesIn: (item: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const name of namesIn(item)) {
      const known = groups.get(name);
      if (known === undefined) groups.set(name, [item]);
      else known.push(item);
    }
  }
  return groups;
};

const noProvider = '';

/** Providers of one project by its environments. */
export const providerMatrix = (
  keys: readonly KeySummary[],
  environments: readonly EnvironmentView[],
  providers: ReadonlyMap<string, ProviderView>,
  nowMs: number,
): Matrix => {
  const columns = byImportance(environments).map(({ id, name }) => ({ id, name }));
  const groups = group(keys, (key) => [key.provider ?? noProvider]);
  const rows = [...groups].map(([id, own]): MatrixRow => {
    const provider = providers.get(id) ?? null;
    // Names without a provider have nothing to do with one another: one that is elsewhere is not missing here.
    const known = id === noProvider ? new Set<string>() : namesOf(own);
    return {
      id,
      name: provider?.name ?? 'No provider',
      note: provider?.domain ?? '',
      provider,
      cells: cellsOf(
        group(own, (key) => key.environmentIds),
        columns,
        known,
        nowMs,
      ),
    };
  });
  return { columns, rows: rows.sort(byName) };
};

const byName = (left: MatrixRow, right: MatrixRow): number => {
  if ((left.id === noProvider) !== (right.id === noProvider)) return left.id === noProvider ? 1 : -1;
  return left.name.localeCompare(right.name) || left.note.localeCompare(right.note);
};

const kindWords: Readonly<Record<EnvironmentView['kind'], string>> = {
  production: 'Production',
  staging: 'Staging',
  test: 'Test',
  ci: 'CI',
  development: 'Development',
  own: 'Others',
};

/** All projects by the kinds of their environments. */
export const projectMatrix = (
  keys: readonly KeySummary[],
  projects: readonly ProjectView[],
  nowMs: number,
): Matrix => {
  const environments = projects.flatMap((project) => project.environments);
  const kindOf = new Map<string, string>(environments.map(({ id, kind }) => [id, kind]));
  const used = new Set<string>(environments.map(({ kind }) => kind));
  const columns = Object.entries(kindWords).flatMap(([id, name]) => (used.has(id) ? [{ id, name }] : []));
  const perProject = group(keys, (key) => [key.projectId]);
  const rows = projects.map(({ id, name, keys: count }): MatrixRow => {
    const own = perProject.get(id) ?? [];
    const perKind = group(own, (key) => [
      ...new Set(key.environmentIds.map((each) => kindOf.get(each) ?? '')),
    ]);
    const note = `${count} ${count === 1 ? 'key' : 'keys'}`;
    return { id, name, note, provider: null, cells: cellsOf(perKind, columns, new Set(), nowMs) };
  });
  return { columns, rows };
};

/** Where an arrow key leads in a grid of so many rows and columns; null where it does not move. */
export const nextCell = (
  at: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number },
  pressed: string,
): { readonly row: number; readonly column: number } | null => {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowDown: [at.row + 1, at.column],
    ArrowUp: [at.row - 1, at.column],
    ArrowRight: [at.row, at.column + 1],
    ArrowLeft: [at.row, at.column - 1],
    Home: [at.row, 0],
    End: [at.row, size.columns - 1],
  };
  const [row, column] = moves[pressed] ?? [-1, -1];
  return row >= 0 && row < size.rows && column >= 0 && column < size.columns ? { row, column } : null;
};
