// Pasted keys: what was found, by key; a map of it; what could be read on a day; watching; where to look.
import { ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Blast } from './blast.tsx';
import { Found } from './found.tsx';
import type { LeakSummary } from './group-findings.ts';
import { HeatMap } from './heat-map.tsx';
import { placesWords } from './leak-words.ts';
import { leaksStore, readLeaks, showLeaksTab, type LeaksTab } from './leaks-store.ts';
import { Roots } from './roots.tsx';
import { hasLooked, isScanning, lookNow } from './scan-acts.ts';
import { Watching } from './watching.tsx';
import styles from './leaks.module.css';

const leadOf = ({ groups, places, worst }: LeakSummary, hasScanned: boolean, busy: boolean): string => {
  if (groups > 0) {
    const stand = groups === 1 ? 'key stands' : 'keys stand';
    return `${groups.toLocaleString('en-GB')} ${stand} in ${placesWords(places)}, the worst of them ${worst ?? ''}.`;
  }
  if (busy) return 'Looking through what you chose. Nothing is changed by it.';
  return hasScanned
    ? 'Nothing was found where it should not be, as far as was looked.'
    : 'Files, histories and logs in which one of your keys, or an unknown one, was left.';
};

const tabs: readonly { readonly value: LeaksTab; readonly label: string }[] = [
  { value: 'found', label: 'Found' },
  { value: 'map', label: 'Map' },
  { value: 'day', label: 'On a day' },
  { value: 'watch', label: 'Watching' },
  { value: 'roots', label: 'Where to look' },
];

const bodies: Readonly<Record<LeaksTab, () => ReactNode>> = {
  found: () => <Found />,
  map: () => <HeatMap />,
  day: () => <Blast />,
  watch: () => <Watching />,
  roots: () => <Roots />,
};

const Body = ({ tab }: { readonly tab: LeaksTab }): ReactNode =>
  tab === 'found' ? bodies.found() : <div className={styles.scroll}>{bodies[tab]()}</div>;

export const LeaksPlace = (): ReactNode => {
  const { summary, scan, tab, loaded, error, findings } = useStore(leaksStore);
  const busy = useStore(leaksStore, isScanning);
  // Until the first look there is one thing to do, and it has its own button.
  const looked = useStore(leaksStore, hasLooked);
  return (
    <Page
      fill
      title="Pasted keys"
      lead={leadOf(summary, looked && scan?.startedAtMs !== null, busy)}
      {...(!looked || !loaded
        ? {}
        : {
            actions: (
              <Button
                tone={tab === 'found' && summary.groups === 0 ? 'primary' : 'plain'}
                icon={ScanSearch}
                disabled={busy}
                onClick={() => void lookNow()}
              >
                Look now
              </Button>
            ),
          })}
    >
      <div className={styles.tabs}>
        <Segmented small label="What to see" value={tab} choices={tabs} onChange={showLeaksTab} />
      </div>
      {error === null ? null : (
        <div className={styles.problem}>
          <ErrorNote error={error} action={<Button onClick={() => void readLeaks()}>Try again</Button>} />
        </div>
      )}
      {loaded ? error === null || findings.length > 0 ? <Body tab={tab} /> : null : <SkeletonRows />}
    </Page>
  );
};
