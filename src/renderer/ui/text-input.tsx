// One-line and many-line text. Never for a password or a secret: password-input.tsx and the draft's fields are.
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-input.module.css';

export type TextInputProps = Omit<ComponentProps<'input'>, 'className'> & { readonly mono?: boolean };

const plain = { autoComplete: 'off', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false } as const;

export const TextInput = ({ mono = false, ...rest }: TextInputProps): ReactNode => (
  <input type="text" {...plain} {...rest} className={classNames(styles.input, mono && styles.mono)} />
);

export type TextAreaProps = Omit<ComponentProps<'textarea'>, 'className'> & { readonly mono?: boolean };

export const TextArea = ({ mono = false, ...rest }: TextAreaProps): ReactNode => (
  <textarea
    rows={3}
    {...plain}
    {...rest}
    className={classNames(styles.input, styles.area, mono && styles.mono)}
  />
);
