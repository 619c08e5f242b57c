// The bar above the list of keys: finding as you type, filters, adding.
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { SearchField } from '../../ui/search-field.tsx';
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

export const FindBar = (): ReactNode => {
  const query = useStore(keysStore, (store) => store.query);
  const found = useStore(keysStore, (store) => store.rows.length);
  return (
    <div className={styles.bar} role="search">
      <SearchField
        id={findElementId}
        label="Find a key"
        placeholder="Find a key, or run anything…"
        className={styles.field}
        text={query}
        onText={setQuery}
        onLeave={focusList}
        onFocus={prepareFind}
        hint={
          <button
            type="button"
            className={styles.palette}
            aria-label="Do anything"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => openOverlay({ type: 'palette' })}
          >
            <Kbd chord="Mod+K" />
          </button>
        }
        said={
          <span className={styles.count} role="status">
            {found} found
          </span>
        }
      />
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
