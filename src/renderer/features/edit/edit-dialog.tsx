// Edits what is known about a key: name, places, variables, facts. The value is another matter: a new version.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay, closerOfOverlay } from '../../app/app-store.ts';
import { choicesOf, kindWords } from '../../lib/fact-words.ts';
import type { KeyDetail } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { nobody, providerChoices } from '../add/recognised.tsx';
import { keysStore } from '../keys/store.ts';
import { useDetail } from '../keys/use-detail.ts';
import { TargetPicker, type Target } from '../projects/target-picker.tsx';
import { FactsForm, type SomeFacts } from './facts-form.tsx';
import { saveEdit } from './save-edit.ts';
import styles from './form.module.css';

const Identity = (props: {
  readonly facts: SomeFacts;
  readonly onChange: (part: SomeFacts) => void;
}): ReactNode => {
  const { facts, onChange } = props;
  return (
    <>
      <Field label="Name">
        {(ids) => (
          <TextInput
            {...ids}
            value={facts.name ?? ''}
            maxLength={200}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Provider">
        {(ids) => (
          <Select
            {...ids}
            value={facts.provider ?? nobody}
            choices={providerChoices([], keysStore.getState().providers.values())}
            onChange={(value) => onChange({ provider: value === nobody ? null : value })}
          />
        )}
      </Field>
      <fieldset className={styles.set}>
        <legend className={styles.legend}>Kind</legend>
        <Segmented
          label="Kind"
          value={facts.kind ?? 'unknown'}
          choices={choicesOf(kindWords)}
          onChange={(kind) => onChange({ kind })}
        />
      </fieldset>
    </>
  );
};

const Variables = (props: {
  readonly detail: KeyDetail;
  readonly typed: Readonly<Record<string, string>>;
  readonly onTyped: (typed: Readonly<Record<string, string>>) => void;
}): ReactNode => (
  <fieldset className={styles.set}>
    <legend className={styles.legend}>Exported as</legend>
    <div className={styles.variables}>
      {props.detail.fields.map((field) => (
        <div key={field.name} className={styles.variable}>
          <span aria-hidden="true">{field.label}</span>
          <TextInput
            mono
            aria-label={`Variable of ${field.label}`}
            placeholder="not exported"
            value={props.typed[field.name] ?? field.variable ?? ''}
            onChange={(event) => props.onTyped({ ...props.typed, [field.name]: event.currentTarget.value })}
          />
        </div>
      ))}
    </div>
  </fieldset>
);

const EditForm = ({ detail }: { readonly detail: KeyDetail }): ReactNode => {
  const [own, setOwn] = useState<SomeFacts>({});
  const [target, setTarget] = useState<Target>({
    projectId: detail.summary.projectId,
    environmentIds: detail.summary.environmentIds,
  });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [correction, setCorrection] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const facts = { ...detail.facts, ...own };
  const change = (part: SomeFacts): void => setOwn({ ...own, ...part });
  const asksCorrection = detail.facts.expiryFixed && facts.expiresOn !== detail.facts.expiresOn;

  const save = async (): Promise<void> => {
    const close = closerOfOverlay();
    setBusy(true);
    const failed = await saveEdit(detail, { own, environmentIds: target.environmentIds, typed, correction });
    setBusy(false);
    setError(failed);
    if (failed === null) close();
  };

  return (
    <Dialog
      title={`Edit ${detail.summary.name}`}
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button
            tone="primary"
            type="submit"
            busy={busy}
            disabled={(facts.name ?? '').trim() === '' || target.environmentIds.length === 0}
          >
            Save
          </Button>
        </>
      }
    >
      <Identity facts={facts} onChange={change} />
      <TargetPicker target={target} onChange={setTarget} fixedProject />
      <Variables detail={detail} typed={typed} onTyped={setTyped} />
      <FactsForm facts={facts} onChange={change} />
      {asksCorrection ? (
        <Checkbox
          checked={correction}
          onChange={setCorrection}
          label="The expiry was entered wrongly before"
          help="The provider does not change it after creation, so this is noted in the activity as a correction."
        />
      ) : null}
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const EditDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const { detail, error } = useDetail(keyId);
  if (detail !== null) return <EditForm key={detail.summary.id} detail={detail} />;
  if (error === null) return null;
  return (
    <Dialog title="Edit" size="small" onClose={closeOverlay}>
      <ErrorNote error={error} />
    </Dialog>
  );
};
