// How the key is asked: its history as a strip, what a question costs and where it goes, and whether it is put unattended.
import { useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import { momentWords } from '../../lib/time-words.ts';
import type { KeyChecks } from '../../lib/types.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { Section } from '../keys/detail-sections.tsx';
import { readKeysSoon } from '../keys/store.ts';
import { Strip } from './strip.tsx';
import styles from './asking.module.css';

type Consent = KeyChecks['unattended']['consent'];

const choices: readonly { readonly value: Consent; readonly label: string }[] = [
  { value: 'as-provided', label: 'As usual' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

const Unattended = (props: {
  readonly keyId: string;
  readonly unattended: KeyChecks['unattended'];
  readonly now: number;
}): ReactNode => {
  const { keyId, unattended, now } = props;
  const [consent, setConsent] = useState(unattended.consent);
  const change = async (scheduled: Consent): Promise<void> => {
    setConsent(scheduled);
    const result = await call('keys.care', { id: keyId, care: { scheduled } });
    if (result.ok) readKeysSoon();
    else {
      setConsent(unattended.consent);
      sayFailed(result.error);
    }
  };
  return (
    <div className={styles.unattended}>
      <div className={styles.consent}>
        <p>Ask once a day by itself</p>
        <Segmented
          small
          label="Ask once a day by itself"
          value={consent}
          choices={choices}
          onChange={(value) => void change(value)}
        />
      </div>
      <p className={styles.why}>
        {unattended.happens ? 'Yes: ' : 'No: '}
        {unattended.why}
        {unattended.nextAtMs === null ? '' : ` Next ${momentWords(unattended.nextAtMs, now)}.`}
      </p>
    </div>
  );
};

export const Asking = (props: {
  readonly keyId: string;
  readonly checks: KeyChecks;
  readonly now: number;
}): ReactNode => {
  const { keyId, checks, now } = props;
  return (
    <Section title="Checks">
      <Strip runs={checks.runs} now={now} />
      {checks.cannotAsk === null ? (
        <dl className={styles.facts}>
          <div>
            <dt>Asking</dt>
            <dd>{checks.cost}</dd>
          </div>
          {checks.asks === null ? null : (
            <div>
              <dt>Address</dt>
              <dd>
                <code className="selectable">{checks.asks}</code>
              </dd>
            </div>
          )}
        </dl>
      ) : null}
      <Unattended key={checks.unattended.consent} keyId={keyId} unattended={checks.unattended} now={now} />
    </Section>
  );
};
