// Buttons: one primary (brass) per screen, plain for the rest, quiet inside rows, danger only where something ends, asking where
// a press was answered with a question and the next one is the yes.
import type { ComponentProps, ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';
import styles from './button.module.css';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger' | 'asking';

export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  readonly tone?: ButtonTone;
  readonly icon?: LucideIcon;
  /** Shown at the right edge; the shortcut itself is handled by the shortcuts of the screen. */
  readonly chord?: string;
  /** Work is under way: keeps its size, takes no second press. */
  readonly busy?: boolean;
  readonly wide?: boolean;
};

export const Button = (props: ButtonProps): ReactNode => {
  const { tone = 'plain', icon: Icon, chord, busy = false, wide = false, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles[tone], wide && styles.wide)}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : null}
      {!busy && Icon !== undefined ? <Icon size={15} strokeWidth={1.75} aria-hidden="true" /> : null}
      <span>{children}</span>
      {chord === undefined ? null : <Kbd chord={chord} />}
    </button>
  );
};

export type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'children'> & {
  readonly icon: LucideIcon;
  /** What it does; the accessible name and the tooltip. */
  readonly label: string;
  readonly chord?: string;
  readonly active?: boolean;
  readonly small?: boolean;
};

export const IconButton = (props: IconButtonProps): ReactNode => {
  const { icon: Icon, label, chord, active = false, small = false, ...rest } = props;
  return (
    <Tooltip label={label} {...(chord === undefined ? {} : { chord })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classNames(styles.icon, small && styles.small, active && styles.active)}
      >
        <Icon size={small ? 14 : 16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Tooltip>
  );
};
