// What can be chosen in a plan: way, the key that may do it, what it needs to know, how long both live, until when the new one lives.
import { useState, type ReactNode } from 'react';
import type { TurnPlan, TurnWayView } from '../../lib/types.ts';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { GraceField } from './grace-field.tsx';
import { type PlanChoices } from './plan-form.ts';
import { shapeWords } from './turn-words.ts';
import styles from './plan.module.css';

type Props = {
  readonly plan: TurnPlan;
  readonly choices: PlanChoices;
  readonly onChoices: (part: PlanChoices) => void;
  readonly onWay: (way: string) => void;
};

export const WaySelect = (props: {
  readonly ways: readonly TurnWayView[];
  readonly way: string;
  readonly onWay: (way: string) => void;
}): ReactNode => {
  const way = props.ways.find(({ id }) => id === props.way);
  return (
    <Field
      label="Way"
      {...(way === undefined || way.permission === '' ? {} : { help: `Needs: ${way.permission}` })}
    >
      {(ids) => (
        <Select
          {...ids}
          value={props.way}
          choices={props.ways.map(({ id, label, shape }) => ({ value: id, label, note: shapeWords[shape] }))}
          onChange={props.onWay}
        />
      )}
    </Field>
  );
};

const nobody = '-';

export const ManagerSelect = (props: {
  readonly manager: NonNullable<TurnWayView['manager']>;
  readonly value: string | null;
  readonly onManager: (keyId: string | null) => void;
}): ReactNode => {
  const { keys, needs } = props.manager;
  return (
    <Field label="Done with the key" help={needs}>
      {(ids) => (
        <Select
          {...ids}
          value={props.value ?? keys[0]?.id ?? nobody}
          choices={
            keys.length === 0
              ? [{ value: nobody, label: 'No key of this vault may do it' }]
              : keys.map(({ id, name, provider }) => ({ value: id, label: name, note: provider }))
          }
          onChange={(id) => props.onManager(id === nobody ? null : id)}
        />
      )}
    </Field>
  );
};

/** Sent when it is left, not at each letter: every change reads the provider again. */
const InputField = (props: {
  readonly input: TurnWayView['inputs'][number];
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode => {
  const { input, value, onValue } = props;
  const [text, setText] = useState(value);
  return (
    <Field
      label={input.required ? input.label : `${input.label} (optional)`}
      {...(input.help === '' ? {} : { help: input.help })}
    >
      {(ids) => (
        <TextInput
          {...ids}
          maxLength={500}
          value={text}
          required={input.required}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => {
            if (text !== value) onValue(text);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || text === value) return;
            // The plan on the screen is not of this text yet: the first Enter sends it, the next one begins.
            event.preventDefault();
            onValue(text);
          }}
        />
      )}
    </Field>
  );
};

export const InputFields = (props: {
  readonly inputs: TurnWayView['inputs'];
  readonly values: Readonly<Record<string, string>>;
  readonly onValues: (values: Readonly<Record<string, string>>) => void;
}): ReactNode =>
  props.inputs.map((input) => (
    <InputField
      key={input.name}
      input={input}
      value={props.values[input.name] ?? input.value}
      onValue={(value) => props.onValues({ ...props.values, [input.name]: value })}
    />
  ));

const Expiry = ({ plan, choices, onChoices }: Props): ReactNode => {
  const [before] = useState(plan.expiresOn);
  const day = choices.expiresOn === undefined ? plan.expiresOn : choices.expiresOn;
  if (plan.expiresOn === null && choices.expiresOn === undefined) return null;
  return (
    <Field
      label="The new key ends"
      aside={
        <Segmented
          small
          label="Whether the new key ends"
          value={day === null ? 'never' : 'day'}
          choices={[
            { value: 'day', label: 'On a day' },
            { value: 'never', label: 'No end' },
          ]}
          onChange={(choice) => onChoices({ expiresOn: choice === 'never' ? null : before })}
        />
      }
    >
      {(ids) => (
        <TextInput
          {...ids}
          type="date"
          disabled={day === null}
          value={day ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value !== '') onChoices({ expiresOn: value });
          }}
        />
      )}
    </Field>
  );
};

export const PlanOptions = (props: Props): ReactNode => {
  const { plan, choices, onChoices, onWay } = props;
  const way = plan.ways.find(({ id }) => id === plan.way);
  const grace = plan.overlap && plan.order !== 'revoke-first';
  return (
    <div className={styles.options}>
      {plan.ways.length < 2 ? null : (
        <div className={styles.wide}>
          <WaySelect ways={plan.ways} way={plan.way} onWay={onWay} />
        </div>
      )}
      {way === undefined || way.manager === null ? null : (
        <ManagerSelect
          manager={way.manager}
          value={plan.managerKeyId}
          onManager={(managerKeyId) => onChoices({ managerKeyId })}
        />
      )}
      {way === undefined ? null : (
        <InputFields
          key={way.id}
          inputs={way.inputs}
          values={choices.inputs ?? {}}
          onValues={(inputs) => onChoices({ inputs })}
        />
      )}
      {grace ? <GraceField value={plan.graceMs} onGrace={(graceMs) => onChoices({ graceMs })} /> : null}
      <Expiry {...props} />
    </div>
  );
};
