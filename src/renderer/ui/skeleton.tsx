// Keeps the place of what loads, so that nothing jumps. Appears only after a moment: most loads are quicker than that.
import type { ReactNode } from 'react';
import styles from './skeleton.module.css';

const widths = [62, 48, 70, 55, 40, 66, 52, 45] as const;

export const SkeletonRows = ({ rows = 8 }: { readonly rows?: number }): ReactNode => (
  <div className={styles.rows} role="status" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className={styles.row}>
        <span className={styles.dot} />
        <span className={styles.bar} style={{ width: `${widths[row % widths.length] ?? 50}%` }} />
      </div>
    ))}
  </div>
);
