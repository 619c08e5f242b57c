// How far a scan is, and how to hold it; afterwards what it read, and what it did not read, counted and named.
import { Pause, Play, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { counted, momentWords } from '../../lib/time-words.ts';
import type { NotReadReason, ScanView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords, leftWords, notReadWords, placesWords } from './leak-words.ts';
import { leaksStore } from './leaks-store.ts';
import { cancelScan, isScanning, pauseScan, resumeScan } from './scan-acts.ts';
import styles from './scan-strip.module.css';

const filesWords = ({ filesScanned, bytesScanned, bytesTotal }: ScanView): string => {
  const of = bytesTotal === null ? '' : ` of ${bytesWords(bytesTotal)}`;
  return `${counted(filesScanned, 'file')}, ${bytesWords(bytesScanned)}${of}`;
};

const Running = ({ scan }: { readonly scan: ScanView }): ReactNode => {
  const { state, label, bytesScanned, bytesTotal, msLeft, findings } = scan;
  const paused = state === 'paused';
  const left = paused ? 'paused' : leftWords(msLeft);
  return (
    <div className={styles.running}>
      <div className={styles.main}>
        <p className={styles.label}>{label === '' ? 'Looking for pasted keys' : label}</p>
        <progress
          aria-label="Looking for pasted keys"
          className={styles.bar}
          data-paused={paused || undefined}
          {...(bytesTotal === null ? {} : { value: Math.min(bytesScanned, bytesTotal), max: bytesTotal })}
        />
        <p className={styles.numbers}>
          {[filesWords(scan), left, findings === 0 ? '' : `${placesWords(findings)} found`]
            .filter((each) => each !== '')
            .join(' · ')}
        </p>
      </div>
      {paused ? (
        <Button icon={Play} onClick={() => void resumeScan()}>
          Resume
        </Button>
      ) : (
        <Button icon={Pause} disabled={state === 'waiting'} onClick={() => void pauseScan()}>
          Pause
        </Button>
      )}
      <Button icon={X} onClick={() => void cancelScan()}>
        Cancel
      </Button>
    </div>
  );
};

const endWords: Readonly<Partial<Record<ScanView['state'], string>>> = {
  cancelled: 'Stopped by you. ',
  failed: 'It broke off. ',
};

const pathWords = (path: string, inside: string): string => (inside === '' ? path : `${path} › ${inside}`);

const NotRead = ({ scan }: { readonly scan: ScanView }): ReactNode => {
  const total = scan.notRead.reduce((sum, { count }) => sum + count, 0);
  const sampleOf = (reason: NotReadReason) => scan.notReadSamples.filter((each) => each.reason === reason);
  if (total === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>{counted(total, 'thing was', 'things were')} not read</summary>
      <ul className={styles.reasons}>
        {scan.notRead.map(({ reason, count }) => (
          <li key={reason}>
            <p>
              <span className={styles.reasonCount}>{count.toLocaleString('en-GB')}</span>{' '}
              {notReadWords[reason]}
            </p>
            <ul className={styles.samples}>
              {sampleOf(reason).map(({ path, inside }) => (
                <li key={pathWords(path, inside)}>{pathWords(path, inside)}</li>
              ))}
              {count > sampleOf(reason).length ? (
                <li className={styles.more}>
                  and {(count - sampleOf(reason).length).toLocaleString('en-GB')} more
                </li>
              ) : null}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
};

const Ended = ({ scan, endedAtMs }: { readonly scan: ScanView; readonly endedAtMs: number }): ReactNode => {
  const now = useNow(60_000);
  const { filesUnchanged } = scan;
  const same = filesUnchanged === 0 ? '' : `; ${filesUnchanged.toLocaleString('en-GB')} had not changed`;
  return (
    <div className={styles.ended}>
      <p className={styles.numbers}>
        {endWords[scan.state] ?? ''}Looked {momentWords(endedAtMs, now)} through {filesWords(scan)}
        {same}.
      </p>
      <NotRead scan={scan} />
    </div>
  );
};

export const ScanStrip = (): ReactNode => {
  const scan = useStore(leaksStore, (store) => store.scan);
  if (scan === null) return null;
  if (isScanning()) return <Running scan={scan} />;
  return scan.endedAtMs === null ? null : <Ended scan={scan} endedAtMs={scan.endedAtMs} />;
};
