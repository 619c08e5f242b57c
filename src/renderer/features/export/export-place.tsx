// Export of an environment: which one, in what form, exactly which names will be in it, and where that is dangerous.
import { FileOutput } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import type { CallInput, CallOutput } from '../../../contract/contract.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { EnvironmentView } from '../../lib/types.ts';
import { byImportance } from '../../lib/group-keys.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { FilePicture } from '../../ui/pictures.tsx';
import { Select } from '../../ui/select.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import table from '../../ui/table.module.css';
import { keysStore } from '../keys/store.ts';
import { formatChoices } from './formats.ts';
import styles from './export.module.css';

type Format = CallInput<'export.preview'>['format'];
type Preview = CallOutput<'export.preview'>;

const PreviewTable = ({ preview }: { readonly preview: Preview }): ReactNode => (
  <table className={table.table}>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Value</th>
        <th scope="col">From</th>
      </tr>
    </thead>
    <tbody>
      {preview.variables.map((variable) => (
        <tr key={variable.name}>
          <td className={table.mono}>{variable.name}</td>
          <td className={table.mono}>{variable.masked}</td>
          <td className={table.quiet}>{variable.from === '' ? 'plain variable' : variable.from}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Remarks = ({ preview }: { readonly preview: Preview }): ReactNode => (
  <>
    {preview.problems.map((problem) => (
      <Note key={problem} severity="danger" next="Choose another format, or change the value or the name.">
        {problem}
      </Note>
    ))}
    {preview.movesMoney > 0 ? (
      <Note severity="warning" next="Write it only where nobody else reads, and delete it after use.">
        {counted(preview.movesMoney, 'key')} in this file can move money. Values stand in it in the open.
      </Note>
    ) : null}
  </>
);

const usePreview = (
  environmentId: string,
  format: Format,
): { readonly preview: Preview | null; readonly error: AppError | null } => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [state, setState] = useState<{ readonly preview: Preview | null; readonly error: AppError | null }>({
    preview: null,
    error: null,
  });
  useEffect(() => {
    if (environmentId === '') return undefined;
    let live = true;
    void call('export.preview', { environmentId, format }).then((result) => {
      if (!live) return;
      setState(result.ok ? { preview: result.value, error: null } : { preview: null, error: result.error });
    });
    return () => {
      live = false;
    };
  }, [environmentId, format, generation]);
  return state;
};

type Written = NonNullable<CallOutput<'export.toFile'>>;

/** What happened to the file; an old line that still holds a value is said, since it may be a secret. */
const writtenWords = ({ file, variables, changed, added, leftBehind }: Written, name: string): string => {
  if (changed === undefined) return `${counted(variables, 'variable')} of ${name} written to ${file}.`;
  const old = leftBehind ?? [];
  const remark = old.length === 0 ? '' : ` An earlier line of ${old.join(', ')} still holds its old value.`;
  return `${file}: ${String(changed.length)} changed, ${String(added?.length ?? 0)} added.${remark}`;
};

const Chosen = (props: {
  readonly environments: readonly EnvironmentView[];
  readonly environmentId: string;
  readonly onEnvironment: (id: string) => void;
  readonly format: Format;
  readonly onFormat: (format: Format) => void;
}): ReactNode => (
  <div className={styles.choices}>
    <Field label="Environment">
      {(ids) => (
        <Select
          {...ids}
          value={props.environmentId}
          choices={props.environments.map((each) => ({
            value: each.id,
            label: each.name,
            note: counted(each.keys, 'key'),
          }))}
          onChange={props.onEnvironment}
        />
      )}
    </Field>
    <Field label="Format">
      {(ids) => <Select {...ids} value={props.format} choices={formatChoices} onChange={props.onFormat} />}
    </Field>
  </div>
);

const Options = (props: {
  readonly format: Format;
  readonly update: boolean;
  readonly onUpdate: (update: boolean) => void;
  readonly track: boolean;
  readonly onTrack: (track: boolean) => void;
}): ReactNode => (
  <>
    {props.format === 'dotenv' ? (
      <Checkbox
        checked={props.update}
        onChange={props.onUpdate}
        label="If the file is there, change only the values that differ"
        help="Comments, order and every other line stay as they are. Otherwise the file is written anew."
      />
    ) : null}
    <Checkbox
      checked={props.track}
      onChange={props.onTrack}
      label="Keep the file up to date when a key is turned"
      help="The new value is put in before the old key is revoked. You can stop it under Turns, Env files."
    />
  </>
);

export const ExportPlace = (): ReactNode => {
  const { overview, projectId, environmentId: inSight } = useStore(keysStore);
  const project = overview?.projects.find(({ id }) => id === projectId);
  const environments = byImportance(project?.environments ?? []);
  const first = environments.find((each) => each.keys + each.variables > 0) ?? environments[0];
  const [chosen, setChosen] = useState<string | null>(inSight);
  const [format, setFormat] = useState<Format>('dotenv');
  const [update, setUpdate] = useState(true);
  const [track, setTrack] = useState(true);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const environmentId = chosen ?? first?.id ?? '';
  const { preview, error } = usePreview(environmentId, format);
  const name = environments.find(({ id }) => id === environmentId)?.name ?? '';

  const write = async (allowGit: boolean): Promise<void> => {
    setBusy(true);
    const result = await call('export.toFile', {
      environmentId,
      format,
      allowGit,
      update: update && format === 'dotenv',
      track,
    });
    setBusy(false);
    setRefusal(result.ok ? null : result.error);
    if (result.ok && result.value !== null) {
      sayDone(writtenWords(result.value, name));
    }
  };

  if (environments.length === 0) {
    return (
      <Page title="Export">
        <EmptyState picture={<FilePicture />} title="There is no environment to export yet">
          Add a key or import a file first.
        </EmptyState>
      </Page>
    );
  }
  const ready = preview !== null && preview.variables.length > 0 && preview.problems.length === 0;
  return (
    <Page
      title="Export"
      lead="Writes one environment into a file that only you can read. Every export is noted in the activity."
      actions={
        <Button
          tone="primary"
          icon={FileOutput}
          busy={busy}
          disabled={!ready}
          onClick={() => void write(false)}
        >
          Write the file…
        </Button>
      }
    >
      <div className={styles.content}>
        <Chosen
          environments={environments}
          environmentId={environmentId}
          onEnvironment={(id) => {
            setChosen(id);
            setRefusal(null);
          }}
          format={format}
          onFormat={(next) => {
            setFormat(next);
            setRefusal(null);
          }}
        />
        <Options format={format} update={update} onUpdate={setUpdate} track={track} onTrack={setTrack} />
        <ErrorNote
          error={refusal ?? error}
          action={
            refusal?.kind === 'refused' ? (
              <Button onClick={() => void write(true)}>Write anyway…</Button>
            ) : undefined
          }
        />
        {preview === null ? null : (
          <>
            <Remarks preview={preview} />
            {preview.variables.length === 0 ? (
              <p className={styles.none}>
                Nothing of {name} would be written: it has no plain variable, and no key with a variable name.
              </p>
            ) : (
              <PreviewTable preview={preview} />
            )}
          </>
        )}
      </div>
    </Page>
  );
};
