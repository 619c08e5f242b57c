// What of the found is in sight: by text, by what became of it, by how bad it is, by kind of place, by key.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PlaceKind, Severity } from '../../lib/types.ts';
import { IconButton } from '../../ui/button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Select, type Choice } from '../../ui/select.tsx';
import type { StateFilter } from './group-findings.ts';
import { focusLeakList, leakFindId } from './leak-keys.ts';
import { findingStateWords, placeWords, severityNames } from './leak-words.ts';
import { filterLeaks, leaksStore } from './leaks-store.ts';
import styles from './finding-filter.module.css';

const stateChoices: readonly Choice<StateFilter>[] = [
  { value: 'wants-you', label: 'Wants you' },
  { value: 'accepted', label: findingStateWords.accepted },
  { value: 'gone', label: findingStateWords.gone },
  { value: 'resolved', label: findingStateWords.resolved },
  { value: 'all', label: 'All' },
];

const severityChoices: readonly Choice<Severity | 'all'>[] = [
  { value: 'all', label: 'Any severity' },
  ...severityNames.map((value) => ({ value, label: value })),
];

/** Kinds that were found, in the order of the table, and the one that is chosen. */
const usePlaceChoices = (): readonly Choice<PlaceKind | 'all'>[] => {
  const { findings, filter } = useStore(leaksStore);
  const found = new Set<PlaceKind | 'all'>([filter.place, ...findings.map(({ place }) => place.kind)]);
  return [
    { value: 'all', label: 'Any place' },
    ...(Object.entries(placeWords) as [PlaceKind, string][])
      .filter(([value]) => found.has(value))
      .map(([value, label]) => ({ value, label })),
  ];
};

export const FindingFilter = (props: { readonly shown: number; readonly total: number }): ReactNode => {
  const { shown, total } = props;
  const { text, state, severity, place, group } = useStore(leaksStore, (store) => store.filter);
  const placeChoices = usePlaceChoices();
  return (
    <div className={styles.bar} role="search" aria-label="Places">
      <SearchField
        id={leakFindId}
        label="Find a place"
        placeholder="Find a key or a path"
        className={styles.field}
        text={text}
        onText={(next) => filterLeaks({ text: next })}
        onLeave={focusLeakList}
      />
      <div className={styles.choices}>
        <Select
          label="What became of it"
          value={state}
          choices={stateChoices}
          onChange={(next) => filterLeaks({ state: next })}
        />
        <Select
          label="Severity"
          value={severity}
          choices={severityChoices}
          onChange={(next) => filterLeaks({ severity: next })}
        />
        <Select
          label="Kind of place"
          value={place}
          choices={placeChoices}
          onChange={(next) => filterLeaks({ place: next })}
        />
      </div>
      {group === null ? null : (
        <span className={styles.chip}>
          <span className={styles.chipName}>{group.name}</span>
          <IconButton
            icon={X}
            label={`Show other keys besides ${group.name}`}
            small
            onClick={() => filterLeaks({ group: null })}
          />
        </span>
      )}
      <span className={styles.count} role="status">
        {shown === total
          ? `${total.toLocaleString('en-GB')} found`
          : `${shown.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`}
      </span>
    </div>
  );
};
