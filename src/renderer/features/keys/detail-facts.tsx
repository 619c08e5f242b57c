// The facts of a key that are known; what is not known takes no room.
import type { ReactNode } from 'react';
import { arrivalWords, classWords, revealWords } from '../../lib/fact-words.ts';
import { expiryWords, shortDay } from '../../lib/time-words.ts';
import type { KeyFacts } from '../../lib/types.ts';
import styles from './detail.module.css';

type Line = readonly [label: string, value: ReactNode];

const day = (text: string | null, now: number): string => (text === null ? '' : shortDay(text, now));

const expiry = (facts: KeyFacts, now: number): string => {
  if (facts.expiresOn === null) return '';
  const fixed = facts.expiryFixed ? ', the provider does not change it' : '';
  return `${shortDay(facts.expiresOn, now)}: ${expiryWords(facts.expiresOn, now)}${fixed}`;
};

const linesOf = (facts: KeyFacts, now: number): readonly Line[] => [
  ['Name in the portal', facts.portalName],
  ['Class', facts.class === 'unknown' ? '' : classWords[facts.class]],
  ['Account', facts.account],
  ['Organisation', facts.organisation],
  ['Team', facts.team],
  ['Owner', facts.owner],
  ['Created', day(facts.createdOn, now)],
  ['Expires', expiry(facts, now)],
  ['Moves money', facts.movesMoney ? 'Yes: whoever holds it can spend' : ''],
  ['Value', facts.revealable === 'unknown' ? '' : revealWords[facts.revealable]],
  ['IP allowlist', facts.ipAllowlist.join(', ')],
  ['Roles', facts.roles.join(', ')],
  ['Quota pool', facts.quotaPool],
  ['Audit e-mail', facts.auditEmail],
  ['How it came', facts.arrival === 'unknown' ? '' : arrivalWords[facts.arrival]],
];

export const DetailFacts = ({
  facts,
  now,
}: {
  readonly facts: KeyFacts;
  readonly now: number;
}): ReactNode => {
  const lines = linesOf(facts, now).filter(([, value]) => value !== '');
  if (lines.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {lines.map(([label, value]) => (
        <div key={label} className={styles.fact}>
          <dt>{label}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
};
