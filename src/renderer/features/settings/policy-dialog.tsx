// One rule: for which keys, when to remind, how often to turn, when a key counts as unused.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PolicyRule } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import form from '../edit/form.module.css';
import { keysStore, selectProjects } from '../keys/store.ts';
import { emptyPolicy, placesOf, policyFormOf, ruleOf, type PolicyForm } from './policy-form.ts';

const kindChoices = [
  { value: '', label: 'All keys' },
  { value: 'live', label: 'Live keys' },
  { value: 'test', label: 'Test keys' },
] as const;

const texts = [
  {
    name: 'rotateEveryDays',
    label: 'Turn it every so many days',
    help: 'Counted from when the value was put in. 0: never.',
    placeholder: '90',
  },
  {
    name: 'leadDays',
    label: 'Remind so many days before',
    help: 'Before an expiry, a turn and a date of its own.',
    placeholder: '30, 14, 7, 3, 1, 0',
  },
  {
    name: 'unusedAfterDays',
    label: 'Unused after so many days',
    help: 'Not copied, revealed, exported or run with.',
    placeholder: '90',
  },
] as const;

export const PolicyDialog = (props: {
  readonly rule: PolicyRule | null;
  readonly onSave: (rule: PolicyRule) => void;
  readonly onClose: () => void;
}): ReactNode => {
  const { rule, onSave, onClose } = props;
  const projects = useStore(keysStore, selectProjects);
  const [value, setValue] = useState<PolicyForm>(() => (rule === null ? emptyPolicy : policyFormOf(rule)));
  const change = (part: Partial<PolicyForm>): void => setValue((before) => ({ ...before, ...part }));
  const result = ruleOf(value);
  return (
    <Dialog
      title={rule === null ? 'A new rule' : 'Change the rule'}
      description="What is left empty is said by the next rule that fits, or is as usual."
      onClose={onClose}
      onSubmit={() => {
        if (result.ok) onSave(result.rule);
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!result.ok}>
            Save
          </Button>
        </>
      }
    >
      <div className={form.pair}>
        <Field label="Which keys">
          {(ids) => (
            <Select {...ids} value={value.kind} choices={kindChoices} onChange={(kind) => change({ kind })} />
          )}
        </Field>
        <Field label="Where">
          {(ids) => (
            <Select
              {...ids}
              value={value.where}
              choices={placesOf(projects)}
              onChange={(where) => change({ where })}
            />
          )}
        </Field>
      </div>
      {texts.map(({ name, label, help, placeholder }) => (
        <Field
          key={name}
          label={label}
          help={help}
          error={!result.ok && result.field === name ? result.message : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              placeholder={placeholder}
              value={value[name]}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </Dialog>
  );
};
