// Providers or projects by environments: which keys there are, of which kind, in which state; what is missing is named. It is a
// table, so that the picture and what a screen reader hears are one thing. Arrow keys go from cell to cell.
import { Plus } from 'lucide-react';
import { Fragment, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { counted } from '../../lib/time-words.ts';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { markWord, StateMark } from '../../ui/state-mark.tsx';
import { nextCell, type Matrix, type MatrixCell, type MatrixRow } from './matrix-layout.ts';
import styles from './matrix.module.css';

export type CellChoice = { readonly row: MatrixRow; readonly cell: MatrixCell };

const kindsOf = ({ live, test }: MatrixCell): string =>
  [live > 0 ? `${live} live` : '', test > 0 ? `${test} test` : ''].filter((word) => word !== '').join(', ');

const missingWords = (missing: readonly string[]): string =>
  missing.length === 0 ? '' : `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;

/** What a cell says aloud. */
const labelOf = (row: MatrixRow, column: string, cell: MatrixCell): string => {
  const marks = cell.marks.map(({ mark, count }) => `${count} ${markWord(mark)}`).join(', ');
  const inside =
    cell.keys.length === 0 ? 'no key' : `${counted(cell.keys.length, 'key')}: ${marks}; ${kindsOf(cell)}`;
  return [`${row.name}, ${column}: ${inside}`, missingWords(cell.missing)]
    .filter((each) => each !== '')
    .join('. ');
};

const Kinds = ({ cell }: { readonly cell: MatrixCell }): ReactNode => (
  <span className={styles.kinds}>
    {cell.live > 0 ? <span className={styles.live}>LIVE{cell.live > 1 ? ` ${cell.live}` : ''}</span> : null}
    {cell.test > 0 ? <span className={styles.test}>TEST{cell.test > 1 ? ` ${cell.test}` : ''}</span> : null}
  </span>
);

const Full = ({ cell }: { readonly cell: MatrixCell }): ReactNode => (
  <>
    <span className={styles.marks}>
      {cell.marks.map(({ mark, count }) => (
        <Fragment key={mark}>
          <StateMark name={mark} />
          {count > 1 ? <span className={styles.number}>{count}</span> : null}
        </Fragment>
      ))}
    </span>
    <Kinds cell={cell} />
  </>
);

/** A long name may be broken after an underscore. */
const Broken = ({ name }: { readonly name: string }): ReactNode =>
  name.split(/(?<=_)/).map((part, index) => (
    <Fragment key={`${name.indexOf(part)} ${part}`}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));

const Empty = ({ cell }: { readonly cell: MatrixCell }): ReactNode => {
  const [first] = cell.missing;
  if (first === undefined) return <span className={styles.none}>–</span>;
  return (
    <span className={styles.missing}>
      <Plus size={12} strokeWidth={2} aria-hidden="true" />
      <code>
        <Broken name={first} />
      </code>
      {cell.missing.length > 1 ? <span className={styles.others}>+{cell.missing.length - 1}</span> : null}
    </span>
  );
};

const RowHead = ({ row }: { readonly row: MatrixRow }): ReactNode => (
  <th scope="row" className={styles.rowHead}>
    <span className={styles.rowName}>
      {row.provider === null ? null : <ProviderTile provider={row.provider} />}
      <span className={styles.rowText}>
        <span>{row.name}</span>
        {row.note === '' ? null : <span className={styles.note}>{row.note}</span>}
      </span>
    </span>
  </th>
);

export const MatrixTable = (props: {
  readonly label: string;
  readonly matrix: Matrix;
  readonly onChoose: (choice: CellChoice) => void;
}): ReactNode => {
  const { columns, rows } = props.matrix;
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const stop = { row: Math.min(at.row, rows.length - 1), column: Math.min(at.column, columns.length - 1) };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextCell(stop, { rows: rows.length, columns: columns.length }, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row}.${next.column}"]`)?.focus();
  };
  return (
    <div role="presentation" className={styles.scroll} onKeyDown={onKeyDown}>
      <table ref={table} className={styles.table} aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{props.label.split(' ')[0]}</span>
            </th>
            {columns.map(({ id, name }) => (
              <th key={id} scope="col" className={styles.columnHead}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.id}>
              <RowHead row={row} />
              {row.cells.map((cell, column) => (
                <td key={cell.columnId} className={styles.cell}>
                  <button
                    type="button"
                    data-at={`${rowIndex}.${column}`}
                    tabIndex={rowIndex === stop.row && column === stop.column ? 0 : -1}
                    className={styles.press}
                    data-empty={cell.keys.length === 0 || undefined}
                    aria-label={labelOf(row, columns[column]?.name ?? '', cell)}
                    title={missingWords(cell.missing)}
                    onFocus={() => setAt({ row: rowIndex, column })}
                    onClick={() => props.onChoose({ row, cell })}
                  >
                    {cell.keys.length === 0 ? <Empty cell={cell} /> : <Full cell={cell} />}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
