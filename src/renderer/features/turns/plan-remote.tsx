// What the provider's list shows and a person must choose from: which key goes first where all places are taken, and which one is the old one.
import type { ReactNode } from 'react';
import type { TurnPlan } from '../../lib/types.ts';
import { RadioList } from './radio-list.tsx';
import { isFull, type PlanChoices } from './plan-form.ts';
import styles from './plan.module.css';

type Props = {
  readonly plan: TurnPlan;
  readonly choices: PlanChoices;
  readonly onChoices: (part: PlanChoices) => void;
};

const Slots = ({ plan }: { readonly plan: TurnPlan }): ReactNode => {
  const { quota } = plan;
  if (quota === null) return null;
  const from = quota.from === 'provider' ? `at ${plan.providerName}` : 'as far as this vault knows';
  return (
    <div className={styles.slots} data-full={isFull(plan) || undefined}>
      <span>
        <strong className="tabular">
          {quota.used} of {quota.max}
        </strong>{' '}
        places for keys are taken {from}.
      </span>
      <meter aria-label="Places taken" min={0} max={quota.max} value={Math.min(quota.used, quota.max)} />
    </div>
  );
};

/** How many places are taken; at the limit, which unused key goes first. */
export const RemoveFirst = ({ plan, choices, onChoices }: Props): ReactNode => {
  const { quota } = plan;
  if (quota === null) return null;
  return (
    <div className={styles.stack}>
      <Slots plan={plan} />
      {!isFull(plan) || quota.unused.length === 0 ? null : (
        <RadioList
          legend="Remove one that nobody uses, to make room. It is gone for good."
          value={choices.removeFirst ?? ''}
          choices={quota.unused.map(({ id, name, lastUsedAt }) => ({
            value: id,
            label: name === '' ? id : name,
            note: lastUsedAt === '' ? 'never used' : `last used ${lastUsedAt}`,
          }))}
          onChange={(removeFirst) => onChoices({ removeFirst })}
        />
      )}
    </div>
  );
};

export const OldKeyChoice = ({
  plan,
  listed,
  choices,
  onChoices,
}: Props & { readonly listed: TurnPlan['choices'] }): ReactNode =>
  listed.length === 0 ? null : (
    <RadioList
      legend={`Which of these at ${plan.providerName} is the old one? It will be revoked.`}
      value={choices.oldRemoteId ?? ''}
      choices={listed.map(({ id, name, createdAt }) => ({
        value: id,
        label: name === '' ? id : name,
        note: createdAt === '' ? id : `made ${createdAt}`,
      }))}
      onChange={(oldRemoteId) => onChoices({ oldRemoteId })}
    />
  );
