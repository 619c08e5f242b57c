// The middle pane: all keys of a project by environment, or what was found. A grid of which only the rows in sight exist.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore, goTo } from '../../app/app-store.ts';
import { clipboardStore } from '../../app/clipboard-store.ts';
import type { ListRow } from '../../lib/group-keys.ts';
import { counted } from '../../lib/time-words.ts';
import type { EnvironmentView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { copyQuestionStore } from './copy-question.ts';
import { KeyRow } from './key-row.tsx';
import { nextKeyRow } from './list-moves.ts';
import { chooseRow, currentProject, keysStore, showEnvironment } from './store.ts';
import styles from './key-list.module.css';

export const listElementId = 'key-list';
const headingPx = 36;
const rowElementId = (index: number): string => `key-row-${index}`;

const Heading = (props: {
  readonly row: Extract<ListRow, { type: 'heading' }>;
  readonly rowIndex: number;
  readonly offset: number;
}): ReactNode => {
  const { environment, keys } = props.row;
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={styles.heading}
      style={{ height: headingPx, transform: `translateY(${props.offset}px)` }}
    >
      <span role="rowheader" className={styles.headingName}>
        {environment.name}
      </span>
      <span role="gridcell" className={styles.headingCount}>
        {keys}
        <span className="visually-hidden"> keys</span>
      </span>
      <span role="gridcell" className={styles.headingMore}>
        {environment.variables === 0 ? null : (
          <button type="button" className={styles.headingLink} onClick={() => openVariables(environment)}>
            {counted(environment.variables, 'plain variable')}
          </button>
        )}
      </span>
    </div>
  );
};

const openVariables = (environment: EnvironmentView): void => {
  showEnvironment(environment.id);
  goTo('variables');
};

const whereOf = (row: Extract<ListRow, { type: 'key' }>): string | null => {
  if (row.environmentId !== null) return null;
  const environments = currentProject()?.environments ?? [];
  return row.key.environmentIds
    .map((id) => environments.find((environment) => environment.id === id)?.name)
    .filter((name) => name !== undefined)
    .join(', ');
};

/** Chooses the key row that holds an element. False for headings and their buttons. */
const chooseAt = (rows: readonly ListRow[], target: EventTarget): boolean => {
  const element = target instanceof Element ? target.closest('[role="row"]') : null;
  const row = rows[Number(element?.getAttribute('aria-rowindex') ?? 0) - 1];
  if (row?.type !== 'key') return false;
  chooseRow(row);
  return true;
};

export const KeyList = ({ onOpen }: { readonly onOpen: () => void }): ReactNode => {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useStore(keysStore, (store) => store.rows);
  const rowId = useStore(keysStore, (store) => store.rowId);
  const providers = useStore(keysStore, (store) => store.providers);
  const compact = useStore(appStore, (store) => store.state?.settings.rowHeight === 'compact');
  const held = useStore(clipboardStore, (store) => store.held);
  const asked = useStore(copyQuestionStore, (store) => store.asked?.key.id);
  const now = useNow(60_000);
  const rowPx = compact ? 32 : 40;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? headingPx : rowPx),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    paddingStart: 4,
    paddingEnd: 16,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx, rows]);

  // A frame of scrolling draws this again: it must not look through 10,000 rows each time.
  const chosen = useMemo(() => rows.findIndex((row) => row.id === rowId), [rows, rowId]);
  // What is pressed is in sight. A list that moved between press and release would lose the click.
  const pressed = useRef(false);
  useEffect(() => {
    if (chosen >= 0 && !pressed.current) virtualizer.scrollToIndex(chosen, { align: 'auto' });
    pressed.current = false;
  }, [virtualizer, chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && rowId !== null) {
      event.preventDefault();
      onOpen();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowPx) - 1);
    const next = nextKeyRow(rows, chosen, event.key, page);
    if (next === null) return;
    event.preventDefault();
    chooseRow(rows[next] ?? null);
  };

  return (
    <div
      ref={scroller}
      id={listElementId}
      role="grid"
      aria-label="Keys"
      aria-rowcount={rows.length}
      aria-activedescendant={chosen < 0 ? undefined : rowElementId(chosen)}
      tabIndex={0}
      className={styles.list}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (chosen < 0 && event.currentTarget.matches(':focus-visible'))
          chooseRow(rows[nextKeyRow(rows, -1, 'Home', 1) ?? -1] ?? null);
      }}
      onPointerDown={(event) => {
        pressed.current = chooseAt(rows, event.target);
      }}
      onClick={(event) => {
        if (chooseAt(rows, event.target)) onOpen();
        pressed.current = false;
      }}
    >
      <div role="rowgroup" className={styles.inner} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          if (row.type === 'heading') {
            return <Heading key={item.key} row={row} rowIndex={item.index + 1} offset={item.start} />;
          }
          return (
            <KeyRow
              key={item.key}
              id={rowElementId(item.index)}
              rowIndex={item.index + 1}
              data={row.key}
              provider={row.key.provider === null ? null : (providers.get(row.key.provider) ?? null)}
              where={whereOf(row)}
              now={now}
              chosen={row.id === rowId}
              held={held?.keyId === row.key.id ? held : null}
              asked={asked === row.key.id}
              style={{ height: rowPx, transform: `translateY(${item.start}px)` }}
            />
          );
        })}
      </div>
    </div>
  );
};
