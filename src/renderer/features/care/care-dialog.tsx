// What a person wants watched about one key: when to be reminded, how often to turn it, dates of one's own, who left, whether its
// value is lost, and what it waits for.
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { KeyCare } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { keysStore, readKeysSoon } from '../keys/store.ts';
import { careOf, formOf, type CareForm } from './care-form.ts';
import { OwnDates } from './own-dates.tsx';
import form from '../edit/form.module.css';

const Waiting = (props: {
  readonly value: CareForm;
  readonly onChange: (part: Partial<CareForm>) => void;
}): ReactNode => {
  const { value, onChange } = props;
  return (
    <>
      <Checkbox
        checked={value.waits}
        onChange={(waits) => onChange({ waits })}
        label="Issued, but not activated yet"
        help="A refusal then means that it waits. You are reminded weekly."
      />
      {value.waits ? (
        <div className={form.pair}>
          <Field label="Who must do something">
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={500}
                placeholder="Circle support"
                value={value.who}
                onChange={(event) => onChange({ who: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label="What">
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={500}
                placeholder="Sign the agreement, enable the product"
                value={value.what}
                onChange={(event) => onChange({ what: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  );
};

const Times = (props: {
  readonly value: CareForm;
  readonly onChange: (part: Partial<CareForm>) => void;
}): ReactNode => {
  const { value, onChange } = props;
  const care = careOf(value, null, 0);
  const errorAt = (name: string): string | undefined =>
    !care.ok && care.field === name ? care.message : undefined;
  return (
    <div className={form.pair}>
      <Field
        label="Remind so many days before"
        help="Empty: as the policy has it."
        error={errorAt('leadDays')}
      >
        {(ids) => (
          <TextInput
            {...ids}
            placeholder="30, 14, 7, 3, 1, 0"
            value={value.leadDays}
            onChange={(event) => onChange({ leadDays: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Turn it every so many days"
        help="Empty: as the policy has it. 0: never."
        error={errorAt('rotateEveryDays')}
      >
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="numeric"
            placeholder="90"
            value={value.rotateEveryDays}
            onChange={(event) => onChange({ rotateEveryDays: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
};

const CareFields = (props: {
  readonly keyId: string;
  readonly name: string;
  readonly care: KeyCare;
}): ReactNode => {
  const { keyId, name, care } = props;
  const [value, setValue] = useState<CareForm>(() => formOf(care));
  const [error, setError] = useState<AppError | null>(null);
  const change = (part: Partial<CareForm>): void => setValue((before) => ({ ...before, ...part }));
  const now = useNow(60_000);
  const next = careOf(value, care, now);
  const save = async (): Promise<void> => {
    if (!next.ok) return;
    const result = await call('keys.care', { id: keyId, care: next.care });
    if (!result.ok) {
      setError(result.error);
      return;
    }
    closeOverlay();
    readKeysSoon();
    sayDone(`Noted what to watch about ${name}.`);
  };
  return (
    <Dialog
      title={`What to watch about ${name}`}
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={!next.ok}>
            Save
          </Button>
        </>
      }
    >
      <Times value={value} onChange={change} />
      <OwnDates dates={value.ownDates} onChange={(ownDates) => change({ ownDates })} />
      <Checkbox
        checked={value.ownerLeft}
        onChange={(ownerLeft) => change({ ownerLeft })}
        label="Its owner left"
        help="Keys of people who left are shown together: state:owner-left."
      />
      <Checkbox
        checked={value.lost}
        onChange={(lost) => change({ lost })}
        label="Its value is lost"
        help="Nobody has it any more. It is due to be turned until it has a new one."
      />
      <Waiting value={value} onChange={change} />
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const CareDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const name = useStore(keysStore, (store) => store.keys.find(({ id }) => id === keyId)?.name ?? 'this key');
  const [care, setCare] = useState<KeyCare | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    void call('keys.readCare', { id: keyId }).then((result) => {
      if (result.ok) setCare(result.value);
      else setError(result.error);
    });
  }, [keyId]);
  if (care !== null) return <CareFields keyId={keyId} name={name} care={care} />;
  return error === null ? null : (
    <Dialog title={`What to watch about ${name}`} onClose={closeOverlay}>
      <ErrorNote error={error} />
    </Dialog>
  );
};
