// One place in the list, and the heading of a key's places: how bad, where, how the value stands there, what became of it.
import { memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { ago, exactTime } from '../../lib/time-words.ts';
import type { FindingView } from '../../lib/types.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { StateWord } from '../../ui/state-mark.tsx';
import { keysStore } from '../keys/store.ts';
import type { FindingGroup } from './group-findings.ts';
import {
  encodingWords,
  findingStateWords,
  liveMark,
  placesWords,
  placeWords,
  shortPath,
  shortSpot,
  spotWords,
} from './leak-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import styles from './finding-list.module.css';

export const GroupRow = (props: {
  readonly group: FindingGroup;
  readonly rowIndex: number;
  readonly offset: number;
  readonly height: number;
}): ReactNode => {
  const { group, rowIndex, offset, height } = props;
  const { first } = group;
  const providers = useStore(keysStore, (store) => store.providers);
  const provider = first.provider === null ? null : (providers.get(first.provider) ?? null);
  const live = first.liveState === null ? null : liveMark(first.liveState);
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={styles.heading}
      style={{ height, transform: `translateY(${offset}px)` }}
    >
      <span role="rowheader" className={styles.headingName}>
        <ProviderTile provider={provider} />
        <span className={styles.headingText}>{group.name}</span>
        <KindBadge kind={first.kind} />
      </span>
      <span role="gridcell" className={styles.headingLive}>
        {live === null ? null : <StateWord name={live.mark} word={live.word} />}
      </span>
      <span role="gridcell" className={styles.headingCount}>
        {placesWords(group.findings.length)}
      </span>
    </div>
  );
};

export type FindingRowProps = {
  readonly id: string;
  readonly finding: FindingView;
  readonly rowIndex: number;
  readonly offset: number;
  readonly height: number;
  readonly chosen: boolean;
  readonly now: number;
};

const FindingRowPlain = (props: FindingRowProps): ReactNode => {
  const { id, finding, rowIndex, offset, height, chosen, now } = props;
  const { place, severity, encoding, masked, state, lastSeenMs } = finding;
  const spot = spotWords(place);
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={rowIndex}
      aria-selected={chosen}
      className={styles.row}
      style={{ height, transform: `translateY(${offset}px)` }}
    >
      <span role="gridcell" className={styles.mark} title={severity}>
        <SeverityMark severity={severity} label={severity} />
      </span>
      <span role="gridcell" className={styles.where}>
        <span className={styles.path} title={place.path}>
          {shortPath(place)}
          {spot === '' ? null : (
            <>
              <span aria-hidden="true" className={styles.spot}>
                {place.commit === null ? `:${shortSpot(place)}` : ` ${shortSpot(place)}`}
              </span>
              <span className="visually-hidden">, {spot}</span>
            </>
          )}
        </span>
        <span className={styles.kind}>
          {placeWords[place.kind]}
          {encoding === 'plain' ? '' : `, ${encodingWords[encoding]}`}
        </span>
      </span>
      <span role="gridcell" className={styles.masked}>
        {masked}
      </span>
      <span role="gridcell" className={styles.state} data-state={state}>
        {findingStateWords[state]}
      </span>
      <span role="gridcell" className={styles.when} title={exactTime(lastSeenMs)}>
        {ago(lastSeenMs, now)}
      </span>
    </div>
  );
};

/** Thousands of these are scrolled through: a row is drawn again only when something of its own has changed. */
export const FindingRow = memo(FindingRowPlain);
