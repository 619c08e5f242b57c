// Danger is slow on purpose: the name must be typed before the button works.
import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import styles from './remove.module.css';

export const ConfirmName = (props: {
  readonly name: string;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}): ReactNode => (
  <Field
    label={
      <>
        Type <strong className={`${styles.name ?? ''} selectable`}>{props.name}</strong> to confirm
      </>
    }
  >
    {(ids) => (
      <TextInput
        {...ids}
        value={props.typed}
        onChange={(event) => props.onTyped(event.currentTarget.value)}
      />
    )}
  </Field>
);
