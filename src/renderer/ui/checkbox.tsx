// A yes or no that takes effect with the form it stands in, and a switch for one that takes effect at once.
import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import styles from './checkbox.module.css';

export type CheckboxProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
  /** Of several things that it stands for some are chosen and others not. */
  readonly some?: boolean;
};

export const Checkbox = (props: CheckboxProps): ReactNode => {
  const { checked, onChange, label, help, disabled = false, some = false } = props;
  const id = useId();
  const Mark = some ? Minus : Check;
  return (
    <div className={styles.line}>
      <BaseCheckbox.Root
        id={id}
        checked={checked}
        indeterminate={some}
        disabled={disabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onCheckedChange={(next) => onChange(next)}
        className={styles.box}
      >
        <BaseCheckbox.Indicator className={styles.tick}>
          <Mark size={12} strokeWidth={3} aria-hidden="true" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <div>
        <label htmlFor={id}>{label}</label>
        {help === undefined ? null : (
          <p id={`${id}-help`} className={styles.help}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
};

/** A switch without words of its own; a setting's row names it. */
export const Switch = ({
  checked,
  onChange,
  labelledBy,
  disabled = false,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly labelledBy: string;
  readonly disabled?: boolean;
}): ReactNode => (
  <BaseSwitch.Root
    checked={checked}
    disabled={disabled}
    onCheckedChange={(next) => onChange(next)}
    aria-labelledby={labelledBy}
    className={styles.switch}
  >
    <BaseSwitch.Thumb className={styles.thumb} />
  </BaseSwitch.Root>
);
