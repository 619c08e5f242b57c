// Find as you type. Enter and the down arrow lead into the list; Esc empties, then leaves.
import { Plus, Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { listElementId } from './key-list.tsx';
import { keysStore, prepareFind, setQuery } from './store.ts';
import styles from './find-field.module.css';

export const findElementId = 'find';

export const focusList = (): void => document.getElementById(listElementId)?.focus();
export const focusFind = (): void => {
  const field = document.getElementById(findElementId);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
};

const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
  if (event.key === 'ArrowDown' || event.key === 'Enter') {
    event.preventDefault();
    focusList();
  }
  if (event.key === 'Escape') {
    event.stopPropagation();
    if (event.currentTarget.value === '') focusList();
    else setQuery('');
  }
};

export const FindBar = (): ReactNode => {
  const query = useStore(keysStore, (store) => store.query);
  const found = useStore(keysStore, (store) => store.rows.length);
  return (
    <div className={styles.bar} role="search">
      <div className={styles.field}>
        <Search size={16} strokeWidth={1.75} aria-hidden="true" className={styles.icon} />
        <input
          id={findElementId}
          type="text"
          className={styles.input}
          placeholder="Find a key, or run anything…"
          aria-label="Find a key"
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onFocus={prepareFind}
          onKeyDown={onKeyDown}
        />
        <span className={styles.end}>
          {query === '' ? (
            <>
              <Kbd chord="/" />
              <button
                type="button"
                className={styles.palette}
                aria-label="Do anything"
                aria-keyshortcuts="Control+K Meta+K"
                onClick={() => openOverlay({ type: 'palette' })}
              >
                <Kbd chord="Mod+K" />
              </button>
            </>
          ) : (
            <>
              <span className={styles.count} role="status">
                {found} found
              </span>
              <IconButton icon={X} label="Empty the field" small onClick={() => setQuery('')} />
            </>
          )}
        </span>
      </div>
      <FilterMenu query={query} />
      <Button
        tone="primary"
        icon={Plus}
        chord="N"
        aria-keyshortcuts="N"
        onClick={() => openOverlay({ type: 'add', paste: false })}
      >
        Add
      </Button>
    </div>
  );
};
