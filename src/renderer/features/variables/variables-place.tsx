// Plain variables of one environment: what is no secret but belongs into the file that an export gives back.
import { Plus, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { goTo } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { PlainVariable } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { VariablesPicture } from '../../ui/pictures.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import table from '../../ui/table.module.css';
import { keysStore, refreshKeys } from '../keys/store.ts';
import styles from './variables.module.css';

const put = async (environmentId: string, name: string, value: string): Promise<AppError | null> => {
  const result = await call('variables.put', { environmentId, name, value });
  if (!result.ok) return result.error;
  await refreshKeys();
  return null;
};

const useVariables = (
  environmentId: string,
): { readonly variables: readonly PlainVariable[] | null; readonly error: AppError | null } => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [variables, setVariables] = useState<readonly PlainVariable[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const result = await call('variables.list', { environmentId });
    if (result.ok) setVariables(result.value);
    setError(result.ok ? null : result.error);
  }, [environmentId]);
  useEffect(() => {
    void read();
  }, [read, generation]);
  return { variables, error };
};

const Row = (props: { readonly environmentId: string; readonly variable: PlainVariable }): ReactNode => {
  const { environmentId, variable } = props;
  const save = async (value: string): Promise<void> => {
    if (value === variable.value) return;
    const failed = await put(environmentId, variable.name, value);
    if (failed === null) {
      sayDone(`${variable.name} is saved.`, () => void put(environmentId, variable.name, variable.value));
    } else sayFailed(failed);
  };
  const remove = async (): Promise<void> => {
    const result = await call('variables.remove', { id: variable.id });
    if (!result.ok) {
      sayFailed(result.error);
      return;
    }
    await refreshKeys();
    sayDone(`${variable.name} was removed.`, () => void put(environmentId, variable.name, variable.value));
  };
  return (
    <tr>
      <td className={table.mono}>{variable.name}</td>
      <td>
        <TextInput
          mono
          aria-label={`Value of ${variable.name}`}
          key={variable.value}
          defaultValue={variable.value}
          onBlur={(event) => void save(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </td>
      <td className={styles.last}>
        <IconButton icon={Trash2} label={`Remove ${variable.name}`} small onClick={() => void remove()} />
      </td>
    </tr>
  );
};

const NewVariable = ({ environmentId }: { readonly environmentId: string }): ReactNode => {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const failed = await put(environmentId, name.trim(), value);
    setError(failed);
    if (failed !== null) return;
    setName('');
    setValue('');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.row}>
        <TextInput
          mono
          aria-label="Name of a new variable"
          placeholder="NAME"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          mono
          aria-label="Value of the new variable"
          placeholder="value"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" icon={Plus} disabled={name.trim() === ''}>
          Add
        </Button>
      </div>
      <ErrorNote error={error} />
    </form>
  );
};

export const VariablesPlace = (): ReactNode => {
  const { overview, environmentId } = useStore(keysStore);
  const environment = overview?.projects
    .flatMap((project) => project.environments)
    .find(({ id }) => id === environmentId);
  const { variables, error } = useVariables(environmentId ?? '');
  if (environment === undefined) return null;
  return (
    <Page
      title={`Variables of ${environment.name}`}
      lead="Ports, addresses, switches: no secrets. They stand beside the keys in an export."
      actions={<Button onClick={() => goTo('keys')}>Back to the keys</Button>}
    >
      <div className={styles.content}>
        <NewVariable environmentId={environment.id} />
        <ErrorNote error={error} />
        {variables !== null && variables.length === 0 ? (
          <EmptyState picture={<VariablesPicture />} title="No plain variable yet">
            Add one above, or import a .env file: what is no key is kept here.
          </EmptyState>
        ) : null}
        {variables !== null && variables.length > 0 ? (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Value</th>
                <th scope="col">
                  <span className="visually-hidden">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {variables.map((variable) => (
                <Row key={variable.id} environmentId={environment.id} variable={variable} />
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
    </Page>
  );
};
