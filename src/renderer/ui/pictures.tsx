// Small line pictures of what will stand in an empty place. Own drawings on one grid: ink lines, one brass touch.
import type { ReactNode } from 'react';
import styles from './pictures.module.css';

const Frame = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <svg className={styles.picture} width="144" height="96" viewBox="0 0 144 96" fill="none">
    {children}
  </svg>
);

/** Three rows of a key list, the first with a key that waits to be put in. */
export const KeysPicture = (): ReactNode => (
  <Frame>
    <rect x="18.5" y="10.5" width="108" height="76" rx="9" className={styles.card} />
    <circle cx="34" cy="28" r="5.5" className={styles.brass} />
    <path d="M39.5 28H62m-5 0v5m-6-5v3.5" className={styles.brass} />
    <path d="M92 28h20" className={styles.line} />
    <path d="M19 40.5h107M19 63.5h107" className={styles.thin} />
    <circle cx="34" cy="52" r="4" className={styles.line} />
    <path d="M46 52h26m28 0h12" className={styles.faint} />
    <circle cx="34" cy="75" r="4" className={styles.line} />
    <path d="M46 75h18m36 0h12" className={styles.faint} />
  </Frame>
);

/** A key lying on its side: nothing is chosen yet. */
export const OneKeyPicture = (): ReactNode => (
  <Frame>
    <circle cx="48" cy="48" r="16" className={styles.line} />
    <circle cx="48" cy="48" r="6" className={styles.faint} />
    <path d="M64 48h48m-8 0v12m-14-12v8" className={styles.line} />
    <path d="M24 76h96" className={styles.thin} />
  </Frame>
);

/** An open bin with nothing in it. */
export const BinPicture = (): ReactNode => (
  <Frame>
    <path d="M48 36h48l-5 44a5 5 0 0 1-5 4H58a5 5 0 0 1-5-4z" className={styles.line} />
    <path d="M44 30l50-10M64 24l-1-5 9-2 2 5" className={styles.brass} />
    <path d="M64 48l1.5 24M80 48l-1.5 24M72 48v24" className={styles.faint} />
  </Frame>
);

/** A lens over rows: nothing was found. */
export const NothingFoundPicture = (): ReactNode => (
  <Frame>
    <path d="M28 26h88M28 44h60M28 62h72" className={styles.faint} />
    <circle cx="84" cy="48" r="18" className={styles.card} />
    <circle cx="84" cy="48" r="18" className={styles.brass} />
    <path d="M97 61l14 14" className={styles.brass} />
  </Frame>
);

/** A file whose lines are recognised one by one. */
export const FilePicture = (): ReactNode => (
  <Frame>
    <path
      d="M46.5 10.5h36l15 15v56a4 4 0 0 1-4 4h-47a4 4 0 0 1-4-4v-67a4 4 0 0 1 4-4z"
      className={styles.card}
    />
    <path d="M82.5 10.5v15h15" className={styles.thin} />
    <path d="M52 40h20m4 0h12M52 52h14m4 0h18M52 64h22m4 0h8" className={styles.faint} />
    <path d="M104 46l5 5 10-11" className={styles.brass} />
  </Frame>
);

/** Plain variables: names and values, no lock. */
export const VariablesPicture = (): ReactNode => (
  <Frame>
    <rect x="22.5" y="20.5" width="100" height="56" rx="9" className={styles.card} />
    <path d="M36 36h22M36 48h30M36 60h18" className={styles.line} />
    <path d="M70 36h4M78 48h4M66 60h4" className={styles.brass} />
    <path d="M82 36h24M90 48h18M78 60h26" className={styles.faint} />
  </Frame>
);

/** A line of entries, each bound to the one before. */
export const ActivityPicture = (): ReactNode => (
  <Frame>
    <path d="M40 18v60" className={styles.thin} />
    <circle cx="40" cy="24" r="4" className={styles.brass} />
    <circle cx="40" cy="48" r="4" className={styles.dot} />
    <circle cx="40" cy="72" r="4" className={styles.dot} />
    <path d="M54 24h44M54 48h32M54 72h52" className={styles.faint} />
  </Frame>
);

/** A broken seal: the vault's file is not what it should be. */
export const DamagedPicture = (): ReactNode => (
  <Frame>
    <rect x="36.5" y="30.5" width="72" height="50" rx="9" className={styles.card} />
    <path d="M54 30V24a18 18 0 0 1 34-8" className={styles.line} />
    <circle cx="72" cy="52" r="5" className={styles.brass} />
    <path d="M72 57v9" className={styles.brass} />
    <path d="M92 31l-6 12 8 6-5 12 5 19" className={styles.thin} />
  </Frame>
);

/** A line of time with a mark that comes near. */
export const DuePicture = (): ReactNode => (
  <Frame>
    <path d="M20 66h104" className={styles.line} />
    <path d="M36 62v8M60 62v8M84 62v8M108 62v8" className={styles.faint} />
    <path d="M44 20v52" className={styles.thin} />
    <circle cx="96" cy="42" r="10" className={styles.brass} />
    <path d="M96 36v6l4 3" className={styles.brass} />
    <path d="M96 52v10" className={styles.faint} />
  </Frame>
);

/** A grid of places with a mark in some of them. */
export const OverviewPicture = (): ReactNode => (
  <Frame>
    <rect x="18.5" y="14.5" width="108" height="68" rx="9" className={styles.card} />
    <path d="M54 15v67M90 15v67M19 37h107M19 60h107" className={styles.thin} />
    <circle cx="72" cy="26" r="4" className={styles.brass} />
    <circle cx="36" cy="48" r="4" className={styles.dot} />
    <circle cx="72" cy="48" r="4" className={styles.dot} />
    <circle cx="108" cy="71" r="4" className={styles.line} />
  </Frame>
);

/** A dial that has almost closed around a keyhole. */
export const TurnsPicture = (): ReactNode => (
  <Frame>
    <path d="M72 18a30 30 0 1 0 30 30" className={styles.line} />
    <path d="M87 22a30 30 0 0 1 11 11" className={styles.brass} />
    <circle cx="72" cy="44" r="7" className={styles.brass} />
    <path d="M72 51v12" className={styles.brass} />
    <circle cx="42" cy="48" r="4" className={styles.dot} />
    <circle cx="72" cy="78" r="4" className={styles.dot} />
    <circle cx="102" cy="48" r="4" className={styles.dot} />
  </Frame>
);

/** A page on which a key lies that does not belong there. */
export const LeaksPicture = (): ReactNode => (
  <Frame>
    <path
      d="M36.5 12.5h44l15 15v52a4 4 0 0 1-4 4h-55a4 4 0 0 1-4-4v-63a4 4 0 0 1 4-4z"
      className={styles.card}
    />
    <path d="M80.5 12.5v15h15" className={styles.thin} />
    <path d="M44 32h24M44 68h40" className={styles.faint} />
    <circle cx="50" cy="50" r="6" className={styles.brass} />
    <path d="M56 50h26m-6 0v6m-8-6v4" className={styles.brass} />
    <circle cx="104" cy="58" r="13" className={styles.card} />
    <circle cx="104" cy="58" r="13" className={styles.line} />
    <path d="M113.500 67.500l11 11" className={styles.line} />
  </Frame>
);
