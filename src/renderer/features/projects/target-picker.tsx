// Where something goes: a project and one or several of its environments. Makes the first project where there is none.
import { useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import { byImportance } from '../../lib/group-keys.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import styles from '../edit/form.module.css';
import { keysStore, refreshKeys, selectProjects, showProject } from '../keys/store.ts';

/** Makes a project and brings it into sight. */
export const addProject = async (name: string): Promise<AppError | null> => {
  const result = await call('project.add', { name });
  if (!result.ok) return result.error;
  await refreshKeys();
  showProject(result.value.id);
  return null;
};

export const FirstProject = (): ReactNode => {
  const [error, setError] = useState<AppError | null>(null);
  const [name, setName] = useState('');
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    setError(await addProject(name.trim()));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
      <Field
        label="Name your first project"
        help="A project holds environments: development, test, staging, production and CI."
      >
        {(ids) => (
          <div className={styles.row}>
            <TextInput
              {...ids}
              autoFocus
              placeholder="For example the name of the repository"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" tone="primary" disabled={name.trim() === ''}>
              Continue
            </Button>
          </div>
        )}
      </Field>
      <ErrorNote error={error} />
    </form>
  );
};

export type Target = { readonly projectId: string; readonly environmentIds: readonly string[] };

export type TargetPickerProps = {
  readonly target: Target;
  readonly onChange: (target: Target) => void;
  /** One environment alone, as for an import. */
  readonly single?: boolean;
  /** A key stays in its project. */
  readonly fixedProject?: boolean;
};

const toggled = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];

export const TargetPicker = (props: TargetPickerProps): ReactNode => {
  const { target, onChange, single = false, fixedProject = false } = props;
  const projects = useStore(keysStore, selectProjects);
  const project = projects.find(({ id }) => id === target.projectId);
  const environments = byImportance(project?.environments ?? []);
  const name = single ? 'target-environment' : undefined;
  return (
    <>
      {projects.length > 1 && !fixedProject ? (
        <Field label="Project">
          {(ids) => (
            <Select
              {...ids}
              value={target.projectId}
              choices={projects.map((each) => ({ value: each.id, label: each.name }))}
              onChange={(projectId) => onChange({ projectId, environmentIds: [] })}
            />
          )}
        </Field>
      ) : null}
      <fieldset className={styles.set}>
        <legend className={styles.legend}>{single ? 'Environment' : 'Environments'}</legend>
        <div className={styles.chips}>
          {environments.map((environment) => (
            <label key={environment.id} className={styles.chip}>
              <input
                type={single ? 'radio' : 'checkbox'}
                name={name}
                checked={target.environmentIds.includes(environment.id)}
                onChange={() =>
                  onChange({
                    ...target,
                    environmentIds: single
                      ? [environment.id]
                      : toggled(target.environmentIds, environment.id),
                  })
                }
              />
              <span>{environment.name}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
};
