// A choice of one from lines that each say more than a word.
import { useId, type ReactNode } from 'react';
import styles from './plan.module.css';

export const RadioList = (props: {
  readonly legend: string;
  readonly value: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly note: ReactNode;
  }[];
  readonly onChange: (value: string) => void;
}): ReactNode => {
  const name = useId();
  return (
    <fieldset className={styles.radios}>
      <legend className={styles.partTitle}>{props.legend}</legend>
      {props.choices.map(({ value, label, note }) => (
        <label key={value} className={styles.radio}>
          <input
            type="radio"
            name={name}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span className={styles.radioLabel}>{label}</span>
          <span className={styles.quiet}>{note}</span>
        </label>
      ))}
    </fieldset>
  );
};
