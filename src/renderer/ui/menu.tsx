// A list of actions under a button.
import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { usePopupLayer } from './popup-layer.ts';
import styles from './menu.module.css';

export type MenuProps = {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
};

export const Menu = ({ trigger, align = 'start', children }: MenuProps): ReactNode => {
  const container = usePopupLayer();
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner className={styles.positioner} sideOffset={4} align={align}>
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};

export type MenuItemProps = {
  readonly icon?: LucideIcon;
  readonly chord?: string;
  readonly danger?: boolean;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

export const MenuItem = (props: MenuItemProps): ReactNode => {
  const { icon: Icon, chord, danger = false, checked, disabled = false, onSelect, children } = props;
  return (
    <Base.Item
      className={classNames(styles.item, danger && styles.danger)}
      disabled={disabled}
      onClick={onSelect}
      {...(checked === undefined ? {} : { 'aria-current': checked })}
    >
      <span className={styles.icon}>
        {checked === true ? <Check size={15} aria-hidden="true" /> : null}
        {Icon === undefined ? null : <Icon size={15} strokeWidth={1.75} aria-hidden="true" />}
      </span>
      <span className={styles.words}>{children}</span>
      {chord === undefined ? null : <Kbd chord={chord} />}
    </Base.Item>
  );
};

export const MenuLine = (): ReactNode => <Base.Separator className={styles.line} />;
