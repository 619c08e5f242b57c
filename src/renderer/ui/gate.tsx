// The narrow column of every screen before the vault is open: the mark, one heading, one thing to do.
import type { ReactNode } from 'react';
import styles from './gate.module.css';

/** Keyturn's mark: a keyhole in a dial that has been turned a quarter. */
export const BrandMark = ({ size = 44 }: { readonly size?: number }): ReactNode => (
  <svg width={size} height={size} viewBox="0 0 44 44" fill="none" aria-hidden="true" className={styles.mark}>
    <path d="M22 4a18 18 0 1 0 18 18" className={styles.dial} />
    <path d="M29.5 5.600a18 18 0 0 1 8.9 8.9" className={styles.turned} />
    <circle cx="22" cy="19.5" r="4.5" className={styles.hole} />
    <path d="M22 22v8" className={styles.bit} />
  </svg>
);

export type GateProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  /** "2 of 3" on the way through several screens. */
  readonly step?: string;
  readonly wide?: boolean;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
};

export const Gate = ({ title, lead, step, wide = false, foot, children }: GateProps): ReactNode => (
  <main className={styles.gate}>
    <div className={styles.column} data-wide={wide || undefined}>
      <header className={styles.header}>
        <BrandMark />
        {step === undefined ? null : <p className={styles.step}>{step}</p>}
        <h1 className={styles.title}>{title}</h1>
        {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      </header>
      {children}
      {foot === undefined ? null : <footer className={styles.foot}>{foot}</footer>}
    </div>
  </main>
);

/** A way out in words. */
export const TextButton = (props: {
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode => (
  <button type="button" className={styles.text} onClick={props.onClick}>
    {props.children}
  </button>
);
