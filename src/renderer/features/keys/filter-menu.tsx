// Filters the list by what state its keys are in. The choice is a word of the find field, so that it can be typed as well.
import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { countStates, stateOf, withState } from '../../lib/key-filter.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { keysInSight, setQuery } from './store.ts';
import styles from './find-field.module.css';

const Items = ({ query }: { readonly query: string }): ReactNode => {
  const states = countStates(keysInSight());
  const chosen = stateOf(query);
  return (
    <>
      <MenuItem checked={chosen === null} onSelect={() => setQuery(withState(query, null))}>
        All states
      </MenuItem>
      <MenuLine />
      {states.map(({ word, label, count }) => (
        <MenuItem
          key={word}
          checked={chosen === word}
          onSelect={() => setQuery(withState(query, chosen === word ? null : word))}
        >
          <span className={styles.choice}>
            {label} <span className={styles.count}>{count.toLocaleString('en-GB')}</span>
          </span>
        </MenuItem>
      ))}
    </>
  );
};

export const FilterMenu = ({ query }: { readonly query: string }): ReactNode => (
  <Menu
    align="end"
    trigger={<IconButton icon={ListFilter} label="Filter by state" active={stateOf(query) !== null} />}
  >
    <Items query={query} />
  </Menu>
);
