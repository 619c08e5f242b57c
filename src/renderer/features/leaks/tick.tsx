// A checkbox in a cell of a table: what it is about stands in the row's and the column's heading, and in its own name.
import { Checkbox } from '../../ui/checkbox.tsx';
import type { ReactNode } from 'react';

export const Tick = (props: {
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly label: string;
  readonly onChange: (on: boolean) => void;
}): ReactNode => (
  <Checkbox
    checked={props.checked}
    disabled={props.disabled ?? false}
    label={<span className="visually-hidden">{props.label}</span>}
    onChange={props.onChange}
  />
);
