// Notes that a key was handed to somebody, so that a turn or a removal knows who must be told.
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { today } from '../../lib/time-words.ts';
import type { Overview } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { keysStore, refreshKeys } from '../keys/store.ts';
import { KnownConsumer } from './known-consumer.tsx';

const noConsumers: Overview['consumers'] = [];

export const HandOverDialog = ({ keyId }: { readonly keyId: string }): ReactNode => {
  const keyName = useStore(
    keysStore,
    (store) => store.keys.find(({ id }) => id === keyId)?.name ?? 'this key',
  );
  const consumers = useStore(keysStore, (store) => store.overview?.consumers ?? noConsumers);
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [handedOn, setHandedOn] = useState(() => today(Date.now()));
  const [exception, setException] = useState('');
  const [error, setError] = useState<AppError | null>(null);

  const known = consumers.find((each) => each.name.toLowerCase() === name.trim().toLowerCase());

  const save = async (): Promise<void> => {
    const consumer = {
      name: name.trim(),
      purpose: purpose.trim(),
      handedOn,
      exception: exception.trim() === '' ? null : exception.trim(),
    };
    const result = await call('keys.handOver', { id: keyId, consumer });
    if (!result.ok) {
      setError(result.error);
      return;
    }
    closeOverlay();
    await refreshKeys();
    sayDone(`Noted: ${keyName} was handed to ${consumer.name}.`);
  };

  return (
    <Dialog
      title={`Whom was ${keyName} handed to?`}
      description="A colleague, a company, a machine: whoever stops working when the key does."
      size="small"
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={name.trim() === '' || handedOn === ''}>
            Note it
          </Button>
        </>
      }
    >
      <Field label="Name">
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      {known === undefined ? null : <KnownConsumer consumer={known} />}
      <Field label="What for">
        {(ids) => (
          <TextInput
            {...ids}
            value={purpose}
            maxLength={500}
            onChange={(event) => setPurpose(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Day">
        {(ids) => (
          <TextInput
            {...ids}
            type="date"
            value={handedOn}
            onChange={(event) => setHandedOn(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Exception" help={known?.exception ?? 'Why a rule was set aside for this, if one was.'}>
        {(ids) => (
          <TextInput
            {...ids}
            value={exception}
            maxLength={500}
            onChange={(event) => setException(event.currentTarget.value)}
          />
        )}
      </Field>
      <ErrorNote error={error} />
    </Dialog>
  );
};
