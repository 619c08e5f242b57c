// The blast list: which keys could be read on this disk on a day, in the order of the damage they can do; and turning them all.
import { Flame } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import { counted, dayWords, today } from '../../lib/time-words.ts';
import type { BlastEntry } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { DuePicture } from '../../ui/pictures.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { openKey } from '../overview/go.ts';
import { turnsStore } from '../turns/turns-store.ts';
import { placesWords, placeWords, shortPath, shortSpot } from './leak-words.ts';
import { useLeakRead } from './use-leaks.ts';
import styles from './blast.module.css';

/** The end of a day in the person's own calendar. */
const endOf = (day: string): number => new Date(`${day}T23:59:59`).getTime();

const fewPlaces = 3;

const Entry = ({ entry, number }: { readonly entry: BlastEntry; readonly number: number }): ReactNode => {
  const { keyId, name, why, places } = entry;
  const isTurning = useStore(turnsStore, ({ open }) => open.some((turn) => turn.keyId === keyId));
  const shown = places.slice(0, fewPlaces);
  return (
    <li className={styles.entry}>
      <span className={styles.number}>{number}</span>
      <div className={styles.text}>
        <p className={styles.names}>
          <button type="button" className={styles.name} onClick={() => openKey(keyId)}>
            {name}
          </button>
          {isTurning ? <span className={styles.turning}>is being turned</span> : null}
        </p>
        <p>{why}</p>
        <ul className={styles.places} aria-label={`Where ${name} could be read`}>
          {shown.map((place) => (
            <li key={`${place.kind} ${place.path} ${place.inside} ${shortSpot(place)}`} title={place.path}>
              <span className={styles.path}>{shortPath(place)}</span> {placeWords[place.kind]}
            </li>
          ))}
          {places.length > shown.length ? (
            <li>and {placesWords(places.length - shown.length)} more</li>
          ) : null}
        </ul>
      </div>
    </li>
  );
};

const List = (props: {
  readonly entries: readonly BlastEntry[];
  readonly foundAtMs: number;
  readonly dayName: string;
}): ReactNode => {
  const { entries, foundAtMs, dayName } = props;
  const ranked = entries.toSorted((left, right) => left.rank - right.rank);
  if (ranked.length === 0)
    return (
      <EmptyState picture={<DuePicture />} title={`No key of yours could be read ${dayName}`}>
        As far as Keyturn has looked. A place that was never read is not in this list.
      </EmptyState>
    );
  return (
    <section aria-label="In the order of the damage" className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.title}>{counted(ranked.length, 'key')}, by the damage they can do</h2>
        <Button
          tone="primary"
          icon={Flame}
          onClick={() =>
            openOverlay({
              type: 'leaked',
              keyIds: ranked.map(({ keyId }) => keyId),
              foundAtMs,
            })
          }
        >
          {ranked.length === 1 ? 'Turn it…' : `Turn all ${ranked.length.toLocaleString('en-GB')}…`}
        </Button>
      </div>
      <ol className={styles.entries}>
        {ranked.map((entry, index) => (
          <Entry key={entry.keyId} entry={entry} number={index + 1} />
        ))}
      </ol>
    </section>
  );
};

export const Blast = (): ReactNode => {
  const now = useNow(60_000);
  const [day, setDay] = useState(() => today(Date.now()));
  const atMs = endOf(day);
  const isToday = day === today(now);
  const { value, error } = useLeakRead('leaks.blast', { atMs });
  return (
    <div className={styles.blast}>
      <div className={styles.ask}>
        <Field
          label="What could be read on this disk on"
          help="If somebody else had your computer that day: a thief, a malicious package, a repair shop."
        >
          {(ids) => (
            <TextInput
              {...ids}
              type="date"
              max={today(now)}
              value={day}
              onChange={(event) => {
                if (event.currentTarget.value !== '') setDay(event.currentTarget.value);
              }}
            />
          )}
        </Field>
      </div>
      <ErrorNote error={error} />
      {value === null && error === null ? <SkeletonRows rows={5} /> : null}
      {value === null ? null : (
        <List
          entries={value}
          foundAtMs={Math.min(atMs, now)}
          dayName={isToday ? 'today' : `on ${dayWords(atMs, now)}`}
        />
      )}
    </div>
  );
};
