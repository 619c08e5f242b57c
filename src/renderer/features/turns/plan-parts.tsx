// Parts of a plan that are read: how old and new overlap, what follows, the steps with who does each, and who gets the new value.
import { Cloud, User } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TurnPlan } from '../../lib/types.ts';
import { KeyturnMark } from './keyturn-mark.tsx';
import { graceWords, sentence, stepNames } from './turn-words.ts';
import styles from './plan.module.css';

const Part = (props: { readonly title: string; readonly children: ReactNode }): ReactNode => (
  <section className={styles.part} aria-label={props.title}>
    <h3 className={styles.partTitle}>{props.title}</h3>
    {props.children}
  </section>
);

const isInPlace = ({ shape }: TurnPlan): boolean => shape === 'swap' || shape === 'chain';

const overlapWords = (plan: TurnPlan): string => {
  if (plan.order === 'revoke-first')
    return 'The old key dies first. Until the new one is here, there is none.';
  if (!plan.overlap)
    return isInPlace(plan)
      ? 'The new key ends the old one at once.'
      : 'There is no place for a second key beside this one: remove one that nobody uses first.';
  return plan.graceMs === 0
    ? 'Old and new live side by side until the new one is proven and everybody has it.'
    : `Old and new live side by side, and then for ${graceWords(plan.graceMs)} more.`;
};

/** From left to right is time: the old key's bar, the new key's, and what lies between. */
const bars = {
  overlap: { old: [0, 190], fresh: [110, 300] },
  touch: { old: [0, 150], fresh: [152, 300] },
  gap: { old: [0, 110], fresh: [190, 300] },
} as const;

export const Overlap = ({ plan }: { readonly plan: TurnPlan }): ReactNode => {
  const how = plan.overlap ? 'overlap' : isInPlace(plan) ? 'touch' : 'gap';
  const { old, fresh } = bars[plan.order === 'revoke-first' ? 'gap' : how];
  return (
    <div className={styles.overlap}>
      <svg className={styles.bars} viewBox="0 0 300 34" aria-hidden="true">
        <rect className={styles.old} x={old[0]} y="3" width={old[1] - old[0]} height="12" rx="4" />
        <rect className={styles.fresh} x={fresh[0]} y="19" width={fresh[1] - fresh[0]} height="12" rx="4" />
        <text className={styles.barName} x={old[0] + 8} y="9.5" dominantBaseline="central">
          old
        </text>
        <text className={styles.freshName} x={fresh[0] + 8} y="25.5" dominantBaseline="central">
          new
        </text>
      </svg>
      <p className={styles.overlapWords}>{overlapWords(plan)}</p>
    </div>
  );
};

export const Consequences = ({ plan }: { readonly plan: TurnPlan }): ReactNode =>
  plan.consequences.length === 0 ? null : (
    <Part title="What follows">
      <ul className={styles.list}>
        {plan.consequences.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Part>
  );

type Who = TurnPlan['steps'][number]['who'];

const whoWords = ({ providerName }: TurnPlan): Readonly<Record<Who, string>> => ({
  keyturn: 'Keyturn',
  you: 'You',
  provider: providerName,
});

const whoIcons: Readonly<Record<Who, ReactNode>> = {
  keyturn: <KeyturnMark />,
  you: <User size={14} strokeWidth={2} aria-hidden="true" />,
  provider: <Cloud size={14} strokeWidth={2} aria-hidden="true" />,
};

export const Steps = ({ plan }: { readonly plan: TurnPlan }): ReactNode => (
  <Part title="Steps">
    <ol className={styles.steps}>
      {plan.steps.map(({ step, who, text }) => (
        <li key={step} className={styles.step} data-who={who}>
          <span className={styles.stepName}>{stepNames[step]}</span>
          <span className={styles.who}>
            {whoIcons[who]}
            {whoWords(plan)[who]}
          </span>
          <span className={styles.stepText}>{sentence(text)}</span>
        </li>
      ))}
    </ol>
  </Part>
);

/** Who and what gets the new value. */
export const Parties = ({ plan }: { readonly plan: TurnPlan }): ReactNode =>
  plan.consumers.length === 0 && plan.files.length === 0 ? null : (
    <Part title="Where the new value goes">
      <ul className={styles.parties}>
        {plan.files.map(({ path, environment }) => (
          <li key={path} className={styles.party}>
            <span className={styles.path}>{path}</span>
            <span className={styles.quiet}>{environment}, written by Keyturn</span>
          </li>
        ))}
        {plan.consumers.map(({ name, purpose }) => (
          <li key={name} className={styles.party}>
            <span>{name}</span>
            <span className={styles.quiet}>{purpose === '' ? 'told by you' : `${purpose}; told by you`}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
