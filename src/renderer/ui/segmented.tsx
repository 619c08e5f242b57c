// A choice of one from two to five short words, all of them in sight.
import { useId, type ReactNode } from 'react';
import styles from './segmented.module.css';

export type SegmentedProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly small?: boolean;
};

export const Segmented = <T extends string>(props: SegmentedProps<T>): ReactNode => {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      className={styles.group}
      data-small={props.small || undefined}
    >
      {props.choices.map(({ value, label }) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span className={styles.word}>{label}</span>
        </label>
      ))}
    </div>
  );
};
