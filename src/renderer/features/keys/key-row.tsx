// One key in the list: mark, name, provider, state in a word, LIVE or TEST, mask, expiry, what else wants a person. All at a glance.
import { Moon, UserX } from 'lucide-react';
import { memo, type CSSProperties, type ReactNode } from 'react';
import type { Held } from '../../app/clipboard-store.ts';
import { attentionWords, keyMark } from '../../lib/key-state.ts';
import { counted, expiryWords, shortExpiry } from '../../lib/time-words.ts';
import type { KeySummary, ProviderView, Warning } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { WarningMark } from '../../ui/note.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { StateMark, toneOf, type MarkName } from '../../ui/state-mark.tsx';
import { SeenSign } from '../leaks/key-places.tsx';
import { AskedMark, HeldMark } from './copy-button.tsx';
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
  /** A copy of it was asked for and waits for a yes. */
  readonly asked: boolean;
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

/** What wants a person besides what the mark of the key says already. */
const Signs = ({ data, mark }: { readonly data: KeySummary; readonly mark: MarkName }): ReactNode => {
  const { attention } = data;
  const turn = (['lost', 'overdue'] as const).find((each) => attention.includes(each));
  return (
    <>
      <SeenSign keyId={data.id} />
      {turn !== undefined && mark !== 'overdue' ? (
        <StateMark name="overdue" size={14} label={attentionWords[turn]} />
      ) : null}
      {attention.includes('waiting') && mark !== 'waiting' ? (
        <StateMark name="waiting" size={14} label={attentionWords.waiting} />
      ) : null}
      {attention.includes('owner-left') ? (
        <UserX size={14} strokeWidth={1.75} role="img" aria-label={attentionWords['owner-left']} />
      ) : null}
      {attention.includes('unused') ? (
        <Moon size={14} strokeWidth={1.75} role="img" aria-label={attentionWords.unused} />
      ) : null}
    </>
  );
};

/** What the last press did, while that counts; else the state in a word. */
const Answer = ({ held, asked, short }: KeyRowProps & { readonly short: string }): ReactNode => {
  if (held !== null) return <HeldMark held={held} />;
  return asked ? <AskedMark /> : <span aria-hidden="true">{short}</span>;
};

const KeyRowPlain = (props: KeyRowProps): ReactNode => {
  const { id, rowIndex, data, provider, where, now, chosen, style } = props;
  const { mark, word, short } = keyMark(data, now);
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
      <span role="gridcell" className={classNames(styles.state, styles[toneOf(mark)])} title={word}>
        <Answer {...props} short={short} />
      </span>
      <span role="gridcell" className={styles.masked}>
        {data.masked}
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
      <span role="gridcell" className={styles.signs}>
        <Signs data={data} mark={mark} />
        <WarningCell warnings={data.warnings} />
      </span>
    </div>
  );
};

/** Ten thousand of these are scrolled through: a row is drawn again only when something of its own has changed. */
export const KeyRow = memo(KeyRowPlain, (before, after) => {
  const names = ['id', 'data', 'provider', 'where', 'now', 'chosen', 'held', 'asked', 'rowIndex'] as const;
  return (
    names.every((name) => before[name] === after[name]) && before.style.transform === after.style.transform
  );
});
