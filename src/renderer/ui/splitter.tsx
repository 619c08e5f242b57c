// The line between two panes: dragged with the pointer, moved with the arrow keys, remembered.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { rememberWidth, rememberedWidth } from './layout-memory.ts';
import styles from './splitter.module.css';

export type PaneWidth = {
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly set: (width: number) => void;
};

/** A pane's width between two bounds, remembered under a name. */
export const usePaneWidth = (name: string, initial: number, min: number, max: number): PaneWidth => {
  const clamp = (width: number): number => Math.round(Math.max(min, Math.min(max, width)));
  const [width, setWidth] = useState(() => clamp(rememberedWidth(name, initial)));
  useEffect(() => rememberWidth(name, width), [name, width]);
  return { width, min, max, set: (next) => setWidth(clamp(next)) };
};

export type SplitterProps = {
  readonly label: string;
  readonly pane: PaneWidth;
  /** The pane lies before or after the line. */
  readonly side: 'before' | 'after';
};

const stepPx = 16;

export const Splitter = ({ label, pane, side }: SplitterProps): ReactNode => {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const sign = side === 'before' ? 1 : -1;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: pane.width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current !== null) pane.set(start.current.width + sign * (event.clientX - start.current.x));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next: Readonly<Record<string, number>> = {
      ArrowRight: pane.width + sign * stepPx,
      ArrowLeft: pane.width - sign * stepPx,
      Home: side === 'before' ? pane.min : pane.max,
      End: side === 'before' ? pane.max : pane.min,
    };
    const width = next[event.key];
    if (width === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pane.set(width);
  };
  const end = (): void => {
    start.current = null;
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={pane.width}
      aria-valuemin={pane.min}
      aria-valuemax={pane.max}
      tabIndex={0}
      className={styles.splitter}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    />
  );
};
