// Where to look, after the first time: what is read, its history, what is watched, and folders of one's own.
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/button.tsx';
import { leaksStore } from './leaks-store.ts';
import { RootsTable } from './roots-table.tsx';
import { isScanning, lookAtAll } from './scan-acts.ts';
import { useRoots } from './use-roots.ts';
import styles from './roots.module.css';

export const Roots = (): ReactNode => {
  const work = useRoots();
  const busy = useStore(leaksStore, isScanning);
  return (
    <div className={styles.stack}>
      <p className={styles.lead}>
        Only what is ticked is read, and only on this computer. A <code>.gitignore</code> is no excuse here:
        an ignored file can hold a key. A file <code>.keyturnignore</code> in a folder leaves things out, and
        what it leaves out is counted.
      </p>
      <RootsTable work={work} />
      <div className={styles.again}>
        <Button icon={RefreshCw} disabled={busy} onClick={() => void lookAtAll()}>
          Read everything again
        </Button>
        <p className={styles.quiet}>
          A look reads only what has changed since the last one. This reads it all, as the first time.
        </p>
      </div>
    </div>
  );
};
