// A project's name and its environments: rename, add own ones, remove empty ones.
import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import type { Result } from '../../../core/model/result.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { EnvironmentView, ProjectView } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { keysStore, refreshKeys } from '../keys/store.ts';
import styles from './project-dialog.module.css';

type Change = (change: Promise<Result<unknown>>) => Promise<boolean>;

const contents = (environment: EnvironmentView): string =>
  environment.keys + environment.variables === 0
    ? 'empty'
    : [
        environment.keys > 0 ? counted(environment.keys, 'key') : '',
        environment.variables > 0 ? counted(environment.variables, 'variable') : '',
      ]
        .filter((part) => part !== '')
        .join(', ');

const Row = ({
  environment,
  change,
}: {
  readonly environment: EnvironmentView;
  readonly change: Change;
}): ReactNode => (
  <li className={styles.row}>
    <TextInput
      aria-label={`Name of ${environment.name}`}
      defaultValue={environment.name}
      onBlur={(event) => {
        const name = event.currentTarget.value.trim();
        if (name !== '' && name !== environment.name) {
          void change(call('environment.rename', { id: environment.id, name }));
        }
      }}
    />
    <span className={styles.contents}>{contents(environment)}</span>
    <IconButton
      icon={Trash2}
      label={
        environment.keys + environment.variables === 0
          ? `Remove ${environment.name}`
          : `${environment.name} is not empty: move or remove what it holds first`
      }
      disabled={environment.keys + environment.variables > 0}
      onClick={() => void change(call('environment.remove', { id: environment.id }))}
    />
  </li>
);

const NewEnvironment = ({
  project,
  change,
}: {
  readonly project: ProjectView;
  readonly change: Change;
}): ReactNode => {
  const [name, setName] = useState('');
  const add = async (): Promise<void> => {
    if (name.trim() === '') return;
    if (await change(call('environment.add', { projectId: project.id, name: name.trim() }))) setName('');
  };
  return (
    <div className={styles.row}>
      <TextInput
        aria-label="Name of a new environment"
        placeholder="Another environment"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void add();
        }}
      />
      <Button icon={Plus} disabled={name.trim() === ''} onClick={() => void add()}>
        Add
      </Button>
    </div>
  );
};

export const ProjectDialog = ({ projectId }: { readonly projectId: string }): ReactNode => {
  const project = useStore(keysStore, (store) => store.overview?.projects.find(({ id }) => id === projectId));
  const [error, setError] = useState<AppError | null>(null);
  if (project === undefined) return null;
  const change: Change = async (promise) => {
    const result = await promise;
    setError(result.ok ? null : result.error);
    await refreshKeys();
    return result.ok;
  };
  const empty = project.keys === 0 && project.environments.every((each) => each.keys + each.variables === 0);
  const removeProject = async (): Promise<void> => {
    if (await change(call('project.remove', { id: project.id }))) closeOverlay();
  };
  return (
    <Dialog
      title={project.name}
      onClose={closeOverlay}
      footer={
        <>
          {empty ? (
            <Button tone="quiet" icon={Trash2} onClick={() => void removeProject()}>
              Remove the empty project
            </Button>
          ) : null}
          <Button tone="primary" onClick={closeOverlay}>
            Done
          </Button>
        </>
      }
    >
      <Field label="Name of the project">
        {(ids) => (
          <TextInput
            {...ids}
            defaultValue={project.name}
            onBlur={(event) => {
              const name = event.currentTarget.value.trim();
              if (name !== '' && name !== project.name) {
                void change(call('project.rename', { id: project.id, name }));
              }
            }}
          />
        )}
      </Field>
      <section aria-label="Environments" className={styles.environments}>
        <h3 className={styles.heading}>Environments</h3>
        <ul className={styles.rows}>
          {project.environments.map((environment) => (
            <Row key={`${environment.id} ${environment.name}`} environment={environment} change={change} />
          ))}
        </ul>
        <NewEnvironment project={project} change={change} />
      </section>
      <ErrorNote error={error} />
    </Dialog>
  );
};
