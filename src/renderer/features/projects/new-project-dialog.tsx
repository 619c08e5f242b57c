// A new project, with the five environments that every project starts with.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay, goTo } from '../../app/app-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { addProject } from './target-picker.tsx';

export const NewProjectDialog = (): ReactNode => {
  const [name, setName] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const failed = await addProject(name.trim());
    setError(failed);
    if (failed === null) {
      closeOverlay();
      goTo('keys');
    }
  };
  return (
    <Dialog
      title="New project"
      description="It starts with development, test, staging, production and CI. You may add your own."
      size="small"
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={name.trim() === ''}>
            Make the project
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
      <ErrorNote error={error} />
    </Dialog>
  );
};
