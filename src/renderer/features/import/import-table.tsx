// The preview: one row per variable or pair, what it was recognised as and why, and the choice that is the person's.
import type { ReactNode } from 'react';
import { counted } from '../../lib/time-words.ts';
import type { ImportPreview, ImportRow } from '../../lib/types.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Note, WarningMark } from '../../ui/note.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import table from '../../ui/table.module.css';
import styles from './import.module.css';

export type Choice = { readonly as: ImportRow['as'] };
export type Choices = ReadonlyMap<number, Choice>;

/** What the preview proposes; sent back in full, so that what was seen is what is done. */
export const startChoices = (preview: ImportPreview): Choices =>
  new Map(preview.rows.map((row) => [row.index, { as: row.as }]));

export const countOf = (choices: Choices): Readonly<Record<ImportRow['as'], number>> => {
  const count = { key: 0, variable: 0, skip: 0 };
  for (const { as } of choices.values()) count[as] += 1;
  return count;
};

const words = [
  { value: 'key', label: 'Key' },
  { value: 'variable', label: 'Variable' },
  { value: 'skip', label: 'Leave out' },
] as const;

const Recognised = ({ row }: { readonly row: ImportRow }): ReactNode => (
  <div className={styles.recognised}>
    {row.provider === null ? null : <ProviderTile provider={row.provider} />}
    <div>
      {row.provider === null ? null : (
        <p className={styles.provider}>
          {row.provider.name} <KindBadge kind={row.kind} />
        </p>
      )}
      <p className={styles.reason}>{row.reason}</p>
    </div>
  </div>
);

const RowWarnings = ({ row }: { readonly row: ImportRow }): ReactNode => (
  <>
    {row.warnings.map((warning) => (
      <p key={`${warning.code} ${warning.message}`} className={styles.warning}>
        <WarningMark severity={warning.severity} label="Remark:" />
        <span>
          {warning.message} <span className={styles.reason}>{warning.next}</span>
        </span>
      </p>
    ))}
  </>
);

const Row = (props: {
  readonly row: ImportRow;
  readonly as: ImportRow['as'];
  readonly onAs: (as: ImportRow['as']) => void;
}): ReactNode => {
  const { row, as, onAs } = props;
  return (
    <tr data-skipped={as === 'skip' || undefined} className={styles.row}>
      <td className={`${table.quiet ?? ''} ${styles.line ?? ''}`}>{row.line}</td>
      <td className={`${table.mono ?? ''} ${styles.names ?? ''}`}>
        {row.names.map((name) => (
          <p key={name}>{name}</p>
        ))}
      </td>
      <td className={`${table.mono ?? ''} ${styles.masked ?? ''}`}>{row.masked}</td>
      <td>
        <Recognised row={row} />
        <RowWarnings row={row} />
      </td>
      <td className={table.end}>
        <Segmented
          small
          label={`Take ${row.names.join(' and ')} as`}
          value={as}
          choices={words}
          onChange={onAs}
        />
      </td>
    </tr>
  );
};

export type ImportTableProps = {
  readonly preview: ImportPreview;
  readonly choices: Choices;
  readonly onChoices: (choices: Choices) => void;
};

const Unread = ({ preview }: { readonly preview: ImportPreview }): ReactNode =>
  preview.unread.length === 0 ? null : (
    <Note
      severity="warning"
      next={preview.unread.map(({ line, reason }) => `Line ${line}: ${reason}`).join(' ')}
    >
      {counted(preview.unread.length, 'line')} could not be read and will not be taken in.
    </Note>
  );

export const ImportTable = ({ preview, choices, onChoices }: ImportTableProps): ReactNode => (
  <div className={styles.tablePlace}>
    <Unread preview={preview} />
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
          <th scope="col">Recognised as</th>
          <th scope="col" className={table.end}>
            Take as
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.rows.map((row) => (
          <Row
            key={row.index}
            row={row}
            as={choices.get(row.index)?.as ?? row.as}
            onAs={(as) => onChoices(new Map(choices).set(row.index, { as }))}
          />
        ))}
      </tbody>
    </table>
  </div>
);
