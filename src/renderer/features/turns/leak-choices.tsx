// After a leak: when it was found, and whether the new key or the end of the old one comes first, with what follows from each in view.
import { useId, type ReactNode } from 'react';
import type { TurnPlan } from '../../lib/types.ts';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import {
  localMoment,
  planInput,
  readMoment,
  type Leak,
  type PlanChoices,
  type TurnOrder,
} from './plan-form.ts';
import { usePlan } from './use-plan.ts';
import styles from './plan.module.css';

export const FoundAt = (props: {
  readonly foundAtMs: number;
  readonly onFound: (atMs: number) => void;
}): ReactNode => (
  <Field label="Found" help="The time from finding to dead key is counted from here.">
    {(ids) => (
      <TextInput
        {...ids}
        type="datetime-local"
        defaultValue={localMoment(props.foundAtMs)}
        onChange={(event) => {
          const atMs = readMoment(event.currentTarget.value, Date.now());
          if (atMs !== null) props.onFound(atMs);
        }}
      />
    )}
  </Field>
);

const titles: Readonly<Record<TurnOrder, string>> = {
  overlap: 'New key first',
  'revoke-first': 'Revoke first',
};

export const orderWords: Readonly<Record<TurnOrder, string>> = {
  overlap: 'Your services go on. Whoever found the key can use it until the new one is in place.',
  'revoke-first': 'The leaked key dies at once. Your services stand still until the new one is in place.',
};

const Card = (props: {
  readonly order: TurnOrder;
  readonly group: string;
  readonly chosen: boolean;
  readonly plan: TurnPlan | null;
  /** The other order's plan: what both have in common is said below, once. */
  readonly other: TurnPlan | null;
  readonly onChoose: () => void;
}): ReactNode => {
  const { order, group, chosen, plan, other, onChoose } = props;
  const isBarred = plan !== null && plan.order !== order;
  const own = plan?.consequences.filter((each) => other?.consequences.includes(each) !== true) ?? [];
  const barred =
    order === 'overlap' ? undefined : plan?.blockers.find(({ message }) => /successor/.test(message));
  return (
    <label className={styles.card}>
      <input type="radio" name={group} className={styles.cardInput} checked={chosen} onChange={onChoose} />
      <span className={styles.cardBody}>
        <span className={styles.cardTitle}>{titles[order]}</span>
        <span>{orderWords[order]}</span>
        {(isBarred ? [] : own).map((each) => (
          <span key={each} className={styles.quiet}>
            {each}
          </span>
        ))}
        {isBarred ? (
          <span className={styles.barred}>
            {order === 'overlap'
              ? 'Not with this key: there is no place for a second one beside it.'
              : 'Not with this key: making the new one is what ends the old one.'}
          </span>
        ) : null}
        {barred === undefined ? null : <span className={styles.barred}>{barred.message}</span>}
      </span>
    </label>
  );
};

export const LeakChoices = (props: {
  readonly plan: TurnPlan;
  readonly choices: PlanChoices;
  readonly leak: NonNullable<Leak>;
  readonly onLeak: (leak: Leak) => void;
  readonly onChoices: (part: PlanChoices) => void;
}): ReactNode => {
  const { plan, choices, leak, onLeak, onChoices } = props;
  const group = useId();
  const chosen = choices.order ?? plan.order;
  const otherOrder: TurnOrder = chosen === 'overlap' ? 'revoke-first' : 'overlap';
  const other = usePlan({ ...planInput(plan.keyId, { ...choices, order: otherOrder }), local: true });
  return (
    <div className={styles.leak}>
      <fieldset className={styles.cards}>
        <legend className={styles.partTitle}>What comes first</legend>
        {(['overlap', 'revoke-first'] as const).map((order) => (
          <Card
            key={order}
            order={order}
            group={group}
            chosen={order === chosen}
            plan={order === chosen ? plan : other.plan}
            other={order === chosen ? other.plan : plan}
            onChoose={() => onChoices({ order })}
          />
        ))}
      </fieldset>
      <div className={styles.found}>
        <FoundAt foundAtMs={leak.foundAtMs} onFound={(foundAtMs) => onLeak({ foundAtMs })} />
      </div>
    </div>
  );
};
