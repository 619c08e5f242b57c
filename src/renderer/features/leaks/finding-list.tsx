// The list of places by key: a grid of which only the rows in sight exist, so that thousands are no more work than ten.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../app/app-store.ts';
import { useNow } from '../../lib/use-now.ts';
import { nextKeyRow } from '../keys/list-moves.ts';
import { FindingRow, GroupRow } from './finding-row.tsx';
import type { LeakRow } from './group-findings.ts';
import { leakListId } from './leak-keys.ts';
import { chooseFinding, leaksStore } from './leaks-store.ts';
import styles from './finding-list.module.css';

const headingPx = 40;
const rowElementId = (index: number): string => `leak-row-${index}`;

/** The finding whose row holds an element; null for headings. */
const findingAt = (rows: readonly LeakRow[], target: EventTarget): string | null => {
  const element = target instanceof Element ? target.closest('[role="row"]') : null;
  const row = rows[Number(element?.getAttribute('aria-rowindex') ?? 0) - 1];
  return row?.type === 'finding' ? row.id : null;
};

export const FindingList = (props: {
  readonly rows: readonly LeakRow[];
  /** Goes into the detail. */
  readonly onOpen: () => void;
  readonly onChoose: () => void;
}): ReactNode => {
  const { rows, onOpen, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const findingId = useStore(leaksStore, (store) => store.findingId);
  const compact = useStore(appStore, (store) => store.state?.settings.rowHeight === 'compact');
  const now = useNow(60_000);
  const rowPx = compact ? 44 : 52;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? headingPx : rowPx),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    paddingStart: 4,
    paddingEnd: 16,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx, rows]);
  const chosen = useMemo(() => rows.findIndex((row) => row.id === findingId), [rows, findingId]);
  useEffect(() => {
    if (chosen >= 0) virtualizer.scrollToIndex(chosen, { align: 'auto' });
  }, [virtualizer, chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && findingId !== null) {
      event.preventDefault();
      onOpen();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowPx) - 1);
    const next = nextKeyRow(rows, chosen, event.key, page);
    if (next === null) return;
    event.preventDefault();
    chooseFinding(rows[next]?.id ?? null);
  };

  return (
    <div
      ref={scroller}
      id={leakListId}
      role="grid"
      aria-label="Places where keys were pasted"
      aria-rowcount={rows.length}
      aria-activedescendant={chosen < 0 ? undefined : rowElementId(chosen)}
      tabIndex={0}
      className={styles.list}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const id = findingAt(rows, event.target);
        if (id === null) return;
        chooseFinding(id);
        onChoose();
      }}
    >
      <div role="rowgroup" className={styles.inner} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const place = { rowIndex: item.index + 1, offset: item.start };
          return row.type === 'heading' ? (
            <GroupRow key={item.key} group={row.group} height={headingPx} {...place} />
          ) : (
            <FindingRow
              key={item.key}
              id={rowElementId(item.index)}
              finding={row.finding}
              chosen={row.id === findingId}
              height={rowPx}
              now={now}
              {...place}
            />
          );
        })}
      </div>
    </div>
  );
};
