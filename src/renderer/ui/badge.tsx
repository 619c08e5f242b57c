// LIVE is solid ink, TEST is outlined: told apart in greyscale. Where the kind is not known there is nothing to shout.
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './badge.module.css';

export type BadgeKind = 'live' | 'test' | 'unknown';

export const KindBadge = ({ kind }: { readonly kind: BadgeKind }): ReactNode =>
  kind === 'unknown' ? null : (
    <span className={classNames(styles.badge, styles[kind])}>{kind === 'live' ? 'LIVE' : 'TEST'}</span>
  );

export const Tag = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span className={styles.tag}>{children}</span>
);
