// How long old and new live side by side after everybody has the new one: the usual lengths, or one of one's own.
import { useState, type ReactNode } from 'react';
import { Segmented } from '../../ui/segmented.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { graceParts, readGrace, usualGraces } from './plan-form.ts';
import styles from './plan.module.css';

const own = 'own';

const usualOf = (ms: number): string => usualGraces.find(({ value }) => value === String(ms))?.value ?? own;

export const GraceField = (props: {
  readonly value: number;
  readonly onGrace: (ms: number) => void;
}): ReactNode => {
  const { value, onGrace } = props;
  const [choice, setChoice] = useState(() => usualOf(value));
  const [parts, setParts] = useState(() => graceParts(value === 0 ? 3 * 86_400_000 : value));
  const ms = readGrace(parts.count, parts.unit);
  const send = (next: typeof parts): void => {
    const length = readGrace(next.count, next.unit);
    if (length !== null && length !== value) onGrace(length);
  };
  return (
    <div className={styles.grace}>
      <span className={styles.graceLabel} aria-hidden="true">
        Grace
      </span>
      <div className={styles.graceRow}>
        <Segmented
          label="Grace: how long both live"
          value={choice}
          choices={[...usualGraces, { value: own, label: 'Own' }]}
          onChange={(next) => {
            setChoice(next);
            if (next === own) send(parts);
            else onGrace(Number(next));
          }}
        />
        {choice === own ? (
          <>
            <span className={styles.count}>
              <TextInput
                aria-label="Length of the grace"
                inputMode="numeric"
                maxLength={4}
                aria-invalid={ms === null || undefined}
                value={parts.count}
                onChange={(event) => setParts({ ...parts, count: event.currentTarget.value })}
                onBlur={() => send(parts)}
              />
            </span>
            <Segmented
              label="Unit of the grace"
              value={parts.unit}
              choices={[
                { value: 'hours', label: 'hours' },
                { value: 'days', label: 'days' },
              ]}
              onChange={(unit) => {
                setParts({ ...parts, unit });
                send({ ...parts, unit });
              }}
            />
          </>
        ) : null}
      </div>
      {choice === own && ms === null ? (
        <p className={styles.barred}>Write whole hours or days, at most a year.</p>
      ) : null}
    </div>
  );
};
