// All facts of a key that a person may state, as one form: at entry (folded away) and in an edit.
import type { ReactNode } from 'react';
import { arrivalWords, choicesOf, classWords, revealWords } from '../../lib/fact-words.ts';
import type { KeyFacts } from '../../lib/types.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea, TextInput } from '../../ui/text-input.tsx';
import styles from './form.module.css';

export type SomeFacts = { readonly [N in keyof KeyFacts]?: KeyFacts[N] | undefined };

export type FactsFormProps = {
  readonly facts: SomeFacts;
  readonly onChange: (part: SomeFacts) => void;
};

type TextFact =
  'portalName' | 'account' | 'organisation' | 'team' | 'owner' | 'quotaPool' | 'auditEmail' | 'portalUrl';
type DayFact = 'createdOn' | 'expiresOn';
type ListFact = 'ipAllowlist' | 'roles' | 'tags';

const splitList = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

const TextFactField = (
  props: FactsFormProps & { readonly name: TextFact; readonly label: string },
): ReactNode => (
  <Field label={props.label}>
    {(ids) => (
      <TextInput
        {...ids}
        value={props.facts[props.name] ?? ''}
        onChange={(event) => props.onChange({ [props.name]: event.currentTarget.value })}
      />
    )}
  </Field>
);

const DayField = (props: FactsFormProps & { readonly name: DayFact; readonly label: string }): ReactNode => (
  <Field label={props.label}>
    {(ids) => (
      <TextInput
        {...ids}
        type="date"
        value={props.facts[props.name] ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChange({ [props.name]: value === '' ? null : value });
        }}
      />
    )}
  </Field>
);

/** Kept as typed while it has the focus, read as a list when it is left. */
const ListField = (
  props: FactsFormProps & { readonly name: ListFact; readonly label: string; readonly help: string },
): ReactNode => (
  <Field label={props.label} help={props.help}>
    {(ids) => (
      <TextInput
        {...ids}
        key={(props.facts[props.name] ?? []).join(', ')}
        defaultValue={(props.facts[props.name] ?? []).join(', ')}
        onBlur={(event) => props.onChange({ [props.name]: splitList(event.currentTarget.value) })}
      />
    )}
  </Field>
);

const Dates = (props: FactsFormProps): ReactNode => (
  <>
    <div className={styles.pair}>
      <DayField {...props} name="createdOn" label="Created" />
      <DayField {...props} name="expiresOn" label="Expires" />
    </div>
    <Checkbox
      checked={props.facts.expiryFixed ?? false}
      onChange={(expiryFixed) => props.onChange({ expiryFixed })}
      label="The provider does not let the expiry be changed"
    />
    <Checkbox
      checked={props.facts.movesMoney ?? false}
      onChange={(movesMoney) => props.onChange({ movesMoney })}
      label="It can move money or spend credits"
    />
  </>
);

const Choices = ({ facts, onChange }: FactsFormProps): ReactNode => (
  <>
    <div className={styles.pair}>
      <Field label="Class">
        {(ids) => (
          <Select
            {...ids}
            value={facts.class ?? 'unknown'}
            choices={choicesOf(classWords)}
            onChange={(value) => onChange({ class: value })}
          />
        )}
      </Field>
      <Field label="How it came">
        {(ids) => (
          <Select
            {...ids}
            value={facts.arrival ?? 'unknown'}
            choices={choicesOf(arrivalWords)}
            onChange={(arrival) => onChange({ arrival })}
          />
        )}
      </Field>
    </div>
    <Field label="Can the value be seen again?">
      {(ids) => (
        <Select
          {...ids}
          value={facts.revealable ?? 'unknown'}
          choices={choicesOf(revealWords)}
          onChange={(revealable) => onChange({ revealable })}
        />
      )}
    </Field>
  </>
);

export const FactsForm = (props: FactsFormProps): ReactNode => (
  <div className={styles.form}>
    <TextFactField {...props} name="portalName" label="Name in the portal" />
    <Dates {...props} />
    <Choices {...props} />
    <div className={styles.pair}>
      <TextFactField {...props} name="account" label="Account" />
      <TextFactField {...props} name="organisation" label="Organisation" />
      <TextFactField {...props} name="team" label="Team" />
      <TextFactField {...props} name="owner" label="Owner" />
    </div>
    <ListField {...props} name="ipAllowlist" label="IP allowlist" help="Addresses, with commas between." />
    <ListField {...props} name="roles" label="Roles" help="What it may do, with commas between." />
    <div className={styles.pair}>
      <TextFactField {...props} name="quotaPool" label="Quota pool" />
      <TextFactField {...props} name="auditEmail" label="Audit e-mail" />
    </div>
    <TextFactField {...props} name="portalUrl" label="Address in the portal" />
    <ListField {...props} name="tags" label="Tags" help="With commas between." />
    <Field label="Notes" help="Not for values: notes are shown in the open.">
      {(ids) => (
        <TextArea
          {...ids}
          value={props.facts.notes ?? ''}
          onChange={(event) => props.onChange({ notes: event.currentTarget.value })}
        />
      )}
    </Field>
  </div>
);
