// One key in the list: mark, name, provider, LIVE or TEST, mask, expiry, warnings. Everything a person looks for at a glance.
import { memo, type CSSProperties, type ReactNode } from 'react';
import type { Held } from '../../app/clipboard-store.ts';
import { keyMark } from '../../lib/key-state.ts';
import { counted, expiryWords, shortExpiry } from '../../lib/time-words.ts';
import type { KeySummary, ProviderView, Warning } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { WarningMark } from '../../ui/note.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { HeldMark } from './copy-button.tsx';
import styles from './key-row.module.css';

export type KeyRowProps = {
  readonly id: string;
  readonly rowIndex: number;
  readonly data: KeySummary;
  readonly provider: ProviderView | null;
  /** Names of the environments, in a flat list of what was found; null under a heading. */
  readonly where: string | null;
  readonly now: number;
  readonly chosen: boolean;
  readonly held: Held | null;
  readonly style: CSSProperties;
};

const worstFirst = ['danger', 'warning', 'info'] as const;

const worst = (warnings: readonly Warning[]): Warning | undefined =>
  worstFirst
    .map((severity) => warnings.find((each) => each.severity === severity))
    .find((each) => each !== undefined);

const WarningCell = ({ warnings }: { readonly warnings: readonly Warning[] }): ReactNode => {
  const first = worst(warnings);
  if (first === undefined || first.severity === 'info') return null;
  const more = warnings.length > 1 ? ` and ${counted(warnings.length - 1, 'more remark')}` : '';
  return <WarningMark severity={first.severity} label={`${first.message}${more}`} />;
};

const KeyRowPlain = (props: KeyRowProps): ReactNode => {
  const { id, rowIndex, data, provider, where, now, chosen, held, style } = props;
  const { mark, word } = keyMark(data, now);
  const expiryStyle = mark === 'expired' ? styles.expired : mark === 'expiring' ? styles.expiring : undefined;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={rowIndex}
      aria-selected={chosen}
      className={styles.row}
      style={style}
    >
      <span role="gridcell" className={styles.mark} title={word}>
        <StateMark name={mark} label={word} />
      </span>
      <span role="gridcell" className={styles.name}>
        <span className={styles.nameText}>{data.name}</span>
        {where === null ? null : <span className={styles.where}>{where}</span>}
      </span>
      <span role="gridcell" className={styles.provider} title={provider?.domain ?? ''}>
        <ProviderTile provider={provider} />
        <span className={styles.providerName}>
          {provider?.name ?? <span className={styles.none}>no provider</span>}
          {provider === null ? null : <span className="visually-hidden"> ({provider.domain})</span>}
        </span>
      </span>
      <span role="gridcell" className={styles.masked}>
        {held === null ? data.masked : <HeldMark held={held} />}
      </span>
      <span role="gridcell" className={styles.kind}>
        <KindBadge kind={data.kind} />
      </span>
      <span
        role="gridcell"
        className={classNames(styles.expiry, expiryStyle)}
        title={
          data.expiresOn === null
            ? 'no expiry known'
            : `${expiryWords(data.expiresOn, now)} (${data.expiresOn})`
        }
      >
        {shortExpiry(data.expiresOn, now)}
      </span>
      <span role="gridcell" className={styles.warning}>
        <WarningCell warnings={data.warnings} />
      </span>
    </div>
  );
};

/** Ten thousand of these are scrolled through: a row is drawn again only when something of its own has changed. */
export const KeyRow = memo(KeyRowPlain, (before, after) => {
  const names = ['id', 'data', 'provider', 'where', 'now', 'chosen', 'held', 'rowIndex'] as const;
  return (
    names.every((name) => before[name] === after[name]) && before.style.transform === after.style.transform
  );
});
