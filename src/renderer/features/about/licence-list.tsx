// Whose work is inside and on what terms: a list that opens, and under each name the text of its licence. All of it is the
// browser's own disclosure, so Tab, Enter and Space do what they do everywhere.
import { useMemo, type ReactNode } from 'react';
import { readLicences } from './licences.ts';
import styles from './about.module.css';

export const LicenceList = ({ text }: { readonly text: string | null }): ReactNode => {
  const licences = useMemo(() => readLicences(text), [text]);
  if (licences.length === 0) return null;
  return (
    <details className={styles.licences}>
      <summary>Licences of the {licences.length} packages inside</summary>
      <ul>
        {licences.map(({ name, version, licence, text: words }) => (
          <li key={`${name}@${version}`}>
            <details>
              <summary>
                {name} {version} <span className={styles.licence}>{licence}</span>
              </summary>
              <pre className={`${styles.words ?? ''} selectable`}>{words}</pre>
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
};
