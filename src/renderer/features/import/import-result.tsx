// What an import did, as a sentence, with what was left out and why.
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../contract/contract.ts';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './import.module.css';

export type Imported = CallOutput<'import.apply'>;

export const ImportResult = (props: {
  readonly imported: Imported;
  readonly onShow: () => void;
  readonly onAgain: () => void;
}): ReactNode => {
  const { imported, onShow, onAgain } = props;
  return (
    <Page
      title="Imported"
      lead={`${counted(imported.keys, 'key')} and ${counted(imported.variables, 'plain variable')} are in the vault.`}
      actions={
        <>
          <Button onClick={onAgain}>Import another file</Button>
          <Button tone="primary" onClick={onShow}>
            Show them
          </Button>
        </>
      }
    >
      <div className={styles.result}>
        {imported.skipped.length === 0 ? null : (
          <section aria-label="Left out">
            <h2>Left out</h2>
            <ul>
              {imported.skipped.map(({ name, reason }) => (
                <li key={`${name} ${reason}`}>
                  <code>{name}</code> {reason}
                </li>
              ))}
            </ul>
          </section>
        )}
        {imported.warnings.map((warning) => (
          <Note key={`${warning.code} ${warning.message}`} severity={warning.severity} next={warning.next}>
            {warning.message}
          </Note>
        ))}
        <Note
          severity="info"
          next="Delete it, or keep it out of the repository, once your tools read from Keyturn."
        >
          The values still stand in the open in the file you imported.
        </Note>
      </div>
    </Page>
  );
};
