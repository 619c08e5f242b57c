// Where to look, after the first time: what is read, its history, what is watched, and folders of one's own.
import type { ReactNode } from 'react';
import { RootsTable } from './roots-table.tsx';
import { useRoots } from './use-roots.ts';
import styles from './roots.module.css';

export const Roots = (): ReactNode => {
  const work = useRoots();
  return (
    <div className={styles.stack}>
      <p className={styles.lead}>
        Only what is ticked is read, and only on this computer. A <code>.gitignore</code> is no excuse here:
        an ignored file can hold a key. A file <code>.keyturnignore</code> in a folder leaves things out, and
        what it leaves out is counted.
      </p>
      <RootsTable work={work} />
    </div>
  );
};
