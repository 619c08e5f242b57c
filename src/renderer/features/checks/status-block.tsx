// Whether the key works, said large: mark, word, why, what to do, since when. And the button that asks.
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { isSilent, keyMark } from '../../lib/key-state.ts';
import { exactTime, expiryWords, shortDay } from '../../lib/time-words.ts';
import type { KeyChecks, KeyDetail } from '../../lib/types.ts';
import { classNames } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { StateMark, toneOf, type MarkTone } from '../../ui/state-mark.tsx';
import { checkKey, checkStore } from './check-store.ts';
import { askedSentence, lifePassed, sinceSentence } from './status-words.ts';
import styles from './status-block.module.css';

const CheckButton = (props: {
  readonly keyId: string;
  readonly name: string;
  readonly possible: boolean;
}): ReactNode => {
  const asking = useStore(checkStore, (store) => store.asking.has(props.keyId));
  return (
    <Button
      chord="K"
      busy={asking}
      disabled={!props.possible}
      aria-label={`Check ${props.name}`}
      aria-keyshortcuts="K"
      onClick={() => void checkKey(props.keyId)}
    >
      {asking ? 'Asking…' : 'Check'}
    </Button>
  );
};

const LifeBar = (props: {
  readonly detail: KeyDetail;
  readonly tone: MarkTone;
  readonly now: number;
}): ReactNode => {
  const { facts, summary } = props.detail;
  const startMs = facts.createdOn === null ? summary.valueSinceMs : Date.parse(facts.createdOn);
  const passed = lifePassed(startMs, summary.expiresOn, props.now);
  if (passed === null || summary.expiresOn === null) return null;
  const words = expiryWords(summary.expiresOn, props.now);
  const end = shortDay(summary.expiresOn, props.now);
  return (
    <div className={styles.life}>
      <svg
        className={classNames(styles.bar, styles[props.tone])}
        role="img"
        aria-label={`${Math.round(passed * 100)} % of its time has passed: ${words}`}
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
      >
        <rect className={styles.rest} width="100" height="4" />
        <rect className={styles.passed} width={passed * 100} height="4" />
      </svg>
      <span className="tabular">{words.includes(end) ? words : `${words}, ${end}`}</span>
    </div>
  );
};

/** Why it cannot be asked at all, in place of what it answered. */
const CannotAsk = ({ why }: { readonly why: NonNullable<KeyChecks['cannotAsk']> }): ReactNode => (
  <div className={styles.cannot}>
    <p>
      <strong>It cannot be asked.</strong> {why.reason}
    </p>
    {why.next === '' ? null : <Next>{why.next}</Next>}
  </div>
);

const Next = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <p className={styles.next}>
    <ArrowRight size={14} strokeWidth={2} aria-hidden="true" />
    <span>
      <span className="visually-hidden">Next step: </span>
      {children}
    </span>
  </p>
);

export const StatusBlock = (props: {
  readonly detail: KeyDetail;
  readonly checks: KeyChecks | null;
  readonly now: number;
}): ReactNode => {
  const { detail, checks, now } = props;
  const { summary } = detail;
  const { status } = summary;
  const { mark, word } = keyMark(summary, now);
  const cannot = checks?.cannotAsk ?? null;
  const since = sinceSentence(status, now);
  // What was known before stays the state; what is said is why nobody answers now.
  const silence = isSilent(status) ? checks?.runs.at(-1) : undefined;
  const { reason, next } = silence ?? status;
  // Said by the line below, or by the button beside it.
  const plain = status.state === 'not-checked' || (status.state === 'valid' && !isSilent(status));
  return (
    <section className={styles.block} aria-label="State">
      <div className={styles.head}>
        <StateMark name={mark} size={20} />
        <p className={classNames(styles.word, styles[toneOf(mark)])}>{word}</p>
        <CheckButton keyId={summary.id} name={summary.name} possible={cannot === null} />
      </div>
      {plain || reason === '' ? null : <p className="selectable">{reason}</p>}
      {plain || next === '' ? null : <Next>{next}</Next>}
      {cannot === null ? null : <CannotAsk why={cannot} />}
      <p className={styles.when}>
        {since === '' ? null : (
          <>
            <strong>{since}</strong> ·{' '}
          </>
        )}
        <span title={status.checkedAt === null ? '' : exactTime(status.checkedAt)}>
          {askedSentence(status, now)}
        </span>
      </p>
      <LifeBar detail={detail} tone={toneOf(mark)} now={now} />
    </section>
  );
};
