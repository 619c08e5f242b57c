// A ring that drains with the time left. The number of seconds stands beside it in words, so it may be still.
import type { ReactNode } from 'react';
import styles from './ring.module.css';

const radius = 6;
const around = 2 * Math.PI * radius;

export const Ring = ({ left, size = 16 }: { readonly left: number; readonly size?: number }): ReactNode => (
  <svg className={styles.ring} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    <circle className={styles.track} cx="8" cy="8" r={radius} />
    <circle
      className={styles.drain}
      cx="8"
      cy="8"
      r={radius}
      strokeDasharray={around}
      strokeDashoffset={around * (1 - Math.max(0, Math.min(1, left)))}
    />
  </svg>
);
