// How one key is turned: way, the key that may do it, grace, and whether, when and at which hours it may begin by itself.
import { useEffect, useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { TurnCare, TurnPlan } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { keysStore, readKeysSoon } from '../keys/store.ts';
import { GraceField } from './grace-field.tsx';
import { InputFields, ManagerSelect, WaySelect } from './plan-options.tsx';
import { careFormOf, hourChoices, readCare, type TurnCareForm } from './turn-care-form.ts';
import form from '../edit/form.module.css';
import styles from './plan.module.css';

type PartProps = {
  readonly value: TurnCareForm;
  readonly onChange: (part: Partial<TurnCareForm>) => void;
};

const Way = (props: PartProps & { readonly plan: TurnPlan }): ReactNode => {
  const { value, onChange, plan } = props;
  const way = plan.ways.find(({ id }) => id === (value.way ?? plan.way)) ?? plan.ways[0];
  if (way === undefined) return null;
  const bothLive = way.shape !== 'swap' && way.shape !== 'chain';
  return (
    <div className={styles.options}>
      {plan.ways.length < 2 ? null : (
        <div className={styles.wide}>
          <WaySelect
            ways={plan.ways}
            way={way.id}
            onWay={(id) => onChange({ way: id, managerKeyId: null, inputs: {} })}
          />
        </div>
      )}
      {way.manager === null ? null : (
        <ManagerSelect
          manager={way.manager}
          value={value.managerKeyId}
          onManager={(managerKeyId) => onChange({ managerKeyId })}
        />
      )}
      <InputFields
        key={way.id}
        inputs={way.inputs}
        values={value.inputs}
        onValues={(inputs) => onChange({ inputs })}
      />
      {bothLive ? (
        <GraceField value={value.graceMs ?? 0} onGrace={(graceMs) => onChange({ graceMs })} />
      ) : null}
    </div>
  );
};

const Hours = ({ value, onChange, wrong }: PartProps & { readonly wrong: string | undefined }): ReactNode => (
  <>
    <Checkbox
      checked={!value.anyHour}
      onChange={(only) => onChange({ anyHour: !only })}
      label="Only in given hours"
      help="Local time. A turn that began goes on whatever the hour."
    />
    {value.anyHour ? null : (
      <div className={form.pair}>
        <Field label="From">
          {(ids) => (
            <Select
              {...ids}
              value={value.from}
              choices={hourChoices(0)}
              onChange={(from) => onChange({ from })}
            />
          )}
        </Field>
        <Field label="To" error={wrong}>
          {(ids) => (
            <Select {...ids} value={value.to} choices={hourChoices(1)} onChange={(to) => onChange({ to })} />
          )}
        </Field>
      </div>
    )}
  </>
);

const Alone = (
  props: PartProps & { readonly guided: boolean; readonly errorAt: (name: string) => string | undefined },
): ReactNode => {
  const { value, onChange, guided, errorAt } = props;
  return (
    <>
      <Field
        label="Turn it so many days before its end"
        help="Empty: only by age, or when you press R."
        error={errorAt('beforeExpiry')}
      >
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="numeric"
            maxLength={3}
            placeholder="14"
            value={value.beforeExpiry}
            onChange={(event) => onChange({ beforeExpiry: event.currentTarget.value })}
          />
        )}
      </Field>
      <Checkbox
        checked={value.unattended && !guided}
        disabled={guided}
        onChange={(unattended) => onChange({ unattended })}
        label="May be turned when nobody is there"
        help={
          guided
            ? 'A turn that you make in the portal never begins by itself.'
            : 'A due turn then begins by itself while the vault is unlocked: the provider makes a new key, env files get it, and the old one is revoked after the grace. Without it, a due turn is a line in Due.'
        }
      />
      {value.unattended && !guided ? (
        <Hours value={value} onChange={onChange} wrong={errorAt('hours')} />
      ) : null}
    </>
  );
};

const CareForm = (props: {
  readonly keyId: string;
  readonly name: string;
  readonly care: TurnCare;
  readonly plan: TurnPlan;
}): ReactNode => {
  const { keyId, name, care, plan } = props;
  const [value, setValue] = useState<TurnCareForm>(() => careFormOf(care));
  const [error, setError] = useState<AppError | null>(null);
  const next = readCare(keyId, value);
  const change = (part: Partial<TurnCareForm>): void => setValue((before) => ({ ...before, ...part }));
  const way = plan.ways.find(({ id }) => id === (value.way ?? plan.way));
  const save = async (): Promise<void> => {
    if (!next.ok) return;
    const result = await call('rotation.setCare', next.care);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    closeOverlay();
    readKeysSoon();
    sayDone(`Noted how ${name} is turned.`);
  };
  return (
    <Dialog
      title={`How ${name} is turned`}
      size="large"
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
      <Way value={value} onChange={change} plan={plan} />
      <Alone
        value={value}
        onChange={change}
        guided={way?.shape === 'guided'}
        errorAt={(field) => (!next.ok && next.field === field ? next.message : undefined)}
      />
      <ErrorNote error={error} />
    </Dialog>
  );
};

type Known = { readonly care: TurnCare; readonly plan: TurnPlan };

export const TurnCareDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const name = keysStore.getState().keys.find(({ id }) => id === keyId)?.name ?? 'this key';
  const [known, setKnown] = useState<Known | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    void Promise.all([call('rotation.care', { keyId }), call('rotation.plan', { keyId, local: true })]).then(
      ([care, plan]) => {
        if (!care.ok) setError(care.error);
        else if (!plan.ok) setError(plan.error);
        else setKnown({ care: care.value, plan: plan.value });
      },
    );
  }, [keyId]);
  if (known !== null) return <CareForm keyId={keyId} name={name} {...known} />;
  return (
    <Dialog title={`How ${name} is turned`} size="large" onClose={closeOverlay}>
      {error === null ? <SkeletonRows rows={4} /> : <ErrorNote error={error} />}
    </Dialog>
  );
};
