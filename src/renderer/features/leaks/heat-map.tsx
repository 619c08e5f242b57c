// Keys against kinds of places: darker is worse, the number and the bars say the same without colour. A real table; arrow keys go from
// cell to cell, and a cell shows what is behind it.
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { HeatCell } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { OverviewPicture } from '../../ui/pictures.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { nextCell } from '../overview/matrix-layout.ts';
import { layHeat, type Heat, type HeatRow } from './heat-layout.ts';
import { placesWords, placeWords, severityNames } from './leak-words.ts';
import { openLeaks } from './leaks-store.ts';
import { SeverityMark, SeverityWord } from './severity-mark.tsx';
import { useLeakRead } from './use-leaks.ts';
import styles from './heat-map.module.css';

type Spot = { readonly row: number; readonly column: number };

const show = (row: HeatRow, cell: HeatCell): void =>
  openLeaks('found', { state: 'all', group: { id: row.id, name: row.name }, place: cell.place });

const Cell = (props: {
  readonly row: HeatRow;
  readonly cell: HeatCell | null;
  readonly spot: Spot;
  readonly isStop: boolean;
  readonly column: string;
  readonly onFocus: () => void;
}): ReactNode => {
  const { row, cell, spot, isStop, column, onFocus } = props;
  const label =
    cell === null
      ? `${row.name}, ${column}: nothing found`
      : `${row.name}, ${column}: ${placesWords(cell.count)}, ${cell.worst}`;
  return (
    <td className={styles.cell}>
      <button
        type="button"
        data-at={`${spot.row}.${spot.column}`}
        tabIndex={isStop ? 0 : -1}
        className={styles.press}
        data-worst={cell?.worst}
        aria-label={label}
        aria-disabled={cell === null || undefined}
        onFocus={onFocus}
        onClick={() => {
          if (cell !== null) show(row, cell);
        }}
      >
        {cell === null ? (
          <span className={styles.none}>–</span>
        ) : (
          <>
            <SeverityMark severity={cell.worst} />
            {cell.count.toLocaleString('en-GB')}
          </>
        )}
      </button>
    </td>
  );
};

const Table = ({ heat, rows }: { readonly heat: Heat; readonly rows: readonly HeatRow[] }): ReactNode => {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Spot>({ row: 0, column: 0 });
  const stop = {
    row: Math.min(at.row, rows.length - 1),
    column: Math.min(at.column, heat.columns.length - 1),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextCell(stop, { rows: rows.length, columns: heat.columns.length }, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row}.${next.column}"]`)?.focus();
  };
  return (
    <div role="presentation" className={styles.scroll} onKeyDown={onKeyDown}>
      <table ref={table} className={styles.table} aria-label="Keys by kinds of places">
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              Key
            </th>
            {heat.columns.map((kind) => (
              <th key={kind} scope="col" className={styles.columnHead}>
                {placeWords[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.id}>
              <th scope="row" className={styles.rowHead}>
                <span className={styles.rowName}>{row.name}</span>
                <span className={styles.total}>{placesWords(row.total)}</span>
              </th>
              {heat.columns.map((kind, column) => (
                <Cell
                  key={kind}
                  row={row}
                  cell={row.cells[column] ?? null}
                  spot={{ row: rowIndex, column }}
                  isStop={rowIndex === stop.row && column === stop.column}
                  column={placeWords[kind]}
                  onFocus={() => setAt({ row: rowIndex, column })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const shownAtFirst = 100;

export const HeatMap = (): ReactNode => {
  const { value, error } = useLeakRead('leaks.heat', {});
  const [all, setAll] = useState(false);
  const heat = useMemo(() => layHeat(value ?? []), [value]);
  if (value === null) return error === null ? <SkeletonRows rows={6} /> : <ErrorNote error={error} />;
  if (heat.rows.length === 0)
    return (
      <EmptyState picture={<OverviewPicture />} title="Nothing to put on a map">
        Once keys were found, you see here which of them stand in which kinds of places.
      </EmptyState>
    );
  const rows = all ? heat.rows : heat.rows.slice(0, shownAtFirst);
  return (
    <div className={styles.map}>
      <ErrorNote error={error} />
      <p className={styles.legend}>
        {severityNames.map((severity) => (
          <SeverityWord key={severity} severity={severity} />
        ))}
        <span className={styles.quiet}>A cell shows its places.</span>
      </p>
      <Table heat={heat} rows={rows} />
      {rows.length < heat.rows.length ? (
        <div>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {heat.rows.length.toLocaleString('en-GB')}
          </Button>
        </div>
      ) : null}
    </div>
  );
};
