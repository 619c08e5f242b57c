// A choice of one from a list that would not fit as buttons.
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePopupLayer } from './popup-layer.ts';
import styles from './select.module.css';

export type Choice<T extends string> = {
  readonly value: T;
  readonly label: string;
  /** Stands after the label, quieter. */
  readonly note?: string;
  readonly before?: ReactNode;
};

export type SelectProps<T extends string> = {
  readonly id?: string;
  readonly label?: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
};

const Row = <T extends string>({ choice }: { readonly choice: Choice<T> | undefined }): ReactNode =>
  choice === undefined ? null : (
    <span className={styles.row}>
      {choice.before}
      <span className={styles.label}>{choice.label}</span>
      {choice.note === undefined ? null : <span className={styles.note}>{choice.note}</span>}
    </span>
  );

export const Select = <T extends string>(props: SelectProps<T>): ReactNode => {
  const { id, label, value, choices, onChange, disabled = false, ...rest } = props;
  const container = usePopupLayer();
  return (
    <Base.Root
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger {...rest} id={id} aria-label={label} className={styles.trigger}>
        <Base.Value className={styles.value}>
          {(current: T) => <Row choice={choices.find((choice) => choice.value === current)} />}
        </Base.Value>
        <Base.Icon className={styles.icon}>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal container={container}>
        <Base.Positioner className={styles.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={styles.popup}>
            <Base.List className={styles.list}>
              {choices.map((choice) => (
                <Base.Item
                  key={choice.value}
                  value={choice.value}
                  label={choice.label}
                  className={styles.item}
                >
                  <Base.ItemText className={styles.itemText}>
                    <Row choice={choice} />
                  </Base.ItemText>
                  <Base.ItemIndicator className={styles.indicator}>
                    <Check size={14} aria-hidden="true" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};
