// What was found: the list by key on the left, the place in sight on the right. Below 1100 px the detail slides over the list.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { narrowQuery, useMedia } from '../../lib/use-media.ts';
import { classNames } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LeaksPicture, NothingFoundPicture } from '../../ui/pictures.tsx';
import { Splitter, usePaneWidth } from '../../ui/splitter.tsx';
import { FindingDetail, findingDetailId } from './finding-detail.tsx';
import { FindingFilter } from './finding-filter.tsx';
import { FindingList } from './finding-list.tsx';
import { FirstLook } from './first-look.tsx';
import { noFilter } from './group-findings.ts';
import { focusLeakList } from './leak-keys.ts';
import { filterLeaks, leaksStore } from './leaks-store.ts';
import { hasLooked, isScanning } from './scan-acts.ts';
import { ScanStrip } from './scan-strip.tsx';
import { useRows } from './use-rows.ts';
import styles from './leaks.module.css';

const NothingAtAll = (): ReactNode =>
  useStore(leaksStore, isScanning) ? (
    <EmptyState picture={<LeaksPicture />} title="Nothing found yet">
      What is found stands here at once, the worst first. The scan goes on when you leave this place.
    </EmptyState>
  ) : (
    <EmptyState picture={<LeaksPicture />} title="Nothing was found">
      What was looked through holds none of your keys and nothing that looks like one. What was not read is
      named above.
    </EmptyState>
  );

const NoneFits = (): ReactNode => {
  const { state, ...rest } = useStore(leaksStore, (store) => store.filter);
  const isFiltered =
    rest.text !== '' || rest.severity !== 'all' || rest.place !== 'all' || rest.group !== null;
  return (
    <EmptyState
      picture={<NothingFoundPicture />}
      title={isFiltered || state !== 'wants-you' ? 'No place fits' : 'Nothing wants you'}
      action={<Button onClick={() => filterLeaks({ ...noFilter, state: 'all' })}>Show all places</Button>}
    >
      {isFiltered || state !== 'wants-you'
        ? 'Other places were found; the filters leave them out.'
        : 'All places that were found are accepted, or resolved.'}
    </EmptyState>
  );
};

const Panes = (): ReactNode => {
  const narrow = useMedia(narrowQuery);
  const pane = usePaneWidth('finding', 440, 360, 680);
  const findingId = useStore(leaksStore, (store) => store.findingId);
  const total = useStore(leaksStore, (store) => store.findings.length);
  const [open, setOpen] = useState(false);
  const rows = useRows();
  const over = narrow && open && findingId !== null;
  const openDetail = (): void => {
    setOpen(true);
    requestAnimationFrame(() => document.getElementById(findingDetailId)?.focus());
  };
  const back = (): void => {
    setOpen(false);
    focusLeakList();
  };
  return (
    <div className={styles.panes}>
      <div className={styles.list}>
        <FindingFilter shown={rows.shown} total={total} />
        {rows.rows.length === 0 ? (
          <NoneFits />
        ) : (
          <FindingList rows={rows.rows} onOpen={openDetail} onChoose={() => setOpen(true)} />
        )}
      </div>
      {narrow ? null : <Splitter label="Width of the detail" pane={pane} side="after" />}
      {!narrow || over ? (
        <div
          role="presentation"
          className={classNames(styles.detail, narrow && styles.over)}
          style={narrow ? {} : { width: pane.width }}
          onKeyDown={(event) => {
            // A dialog that was opened from here stands elsewhere on the page, and has an Escape of its own.
            const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
            if (event.key !== 'Escape' || !isHere) return;
            event.stopPropagation();
            back();
          }}
        >
          <FindingDetail onBack={narrow ? back : null} />
        </div>
      ) : null}
    </div>
  );
};

export const Found = (): ReactNode => {
  const looked = useStore(leaksStore, hasLooked);
  const total = useStore(leaksStore, (store) => store.findings.length);
  if (!looked) return <FirstLook />;
  return (
    <>
      <ScanStrip />
      {total === 0 ? <NothingAtAll /> : <Panes />}
    </>
  );
};
