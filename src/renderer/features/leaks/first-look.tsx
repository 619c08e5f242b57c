// Before the first scan: what it does, what it would read, and the one button that begins it.
import { ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { LeaksPicture } from '../../ui/pictures.tsx';
import { leaksStore } from './leaks-store.ts';
import { RootsTable } from './roots-table.tsx';
import { isScanning, lookNow } from './scan-acts.ts';
import { ScanStrip } from './scan-strip.tsx';
import { useRoots } from './use-roots.ts';
import leaks from './leaks.module.css';
import styles from './roots.module.css';

export const FirstLook = (): ReactNode => {
  const work = useRoots();
  const busy = useStore(leaksStore, isScanning);
  const chosen = work.roots?.filter((root) => root.chosen).length ?? 0;
  const start = async (): Promise<void> => {
    if (await work.keep()) await lookNow();
  };
  return (
    <>
      <ScanStrip />
      <div className={leaks.scroll}>
        <div className={styles.stack}>
          <div className={styles.first}>
            <div aria-hidden="true">
              <LeaksPicture />
            </div>
            <div className={styles.teach}>
              <h2 className={styles.title}>Find every place where a key was left</h2>
              <p>
                Keyturn knows your keys, so it finds them in any form: as they are, as base64, cut in two,
                deep in a git history. The part that reads your files is given no key and no name, and nothing
                leaves this computer.
              </p>
              <p className={styles.quiet}>Choose what may be read. Nothing is changed by looking.</p>
              <div className={styles.start}>
                <Button
                  tone="primary"
                  icon={ScanSearch}
                  disabled={chosen === 0 || busy}
                  onClick={() => void start()}
                >
                  {chosen === 0 ? 'Look' : `Look through ${counted(chosen, 'place')}`}
                </Button>
              </div>
            </div>
          </div>
          <RootsTable work={work} />
        </div>
      </div>
    </>
  );
};
