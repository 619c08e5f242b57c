// A word about a control that shows no word of its own, after a short rest of the pointer or on keyboard focus.
import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import { usePopupLayer } from './popup-layer.ts';
import styles from './tooltip.module.css';

export type TooltipProps = {
  readonly label: ReactNode;
  readonly chord?: string;
  readonly children: ReactElement<Record<string, unknown>>;
};

export const Tooltip = ({ label, chord, children }: TooltipProps): ReactNode => {
  const container = usePopupLayer();
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {label}
            {chord === undefined ? null : <Kbd chord={chord} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
};

export const TooltipProvider = Base.Provider;
