// Import of a .env file: choose where to and which file, look at every line, then take it in. Nothing is imported unseen.
import { FileInput } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../core/model/app-error.ts';
import { goTo } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { ImportPreview } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { FilePicture } from '../../ui/pictures.tsx';
import { keysStore, refreshKeys, selectProjects, showEnvironment } from '../keys/store.ts';
import { FirstProject, TargetPicker, type Target } from '../projects/target-picker.tsx';
import { startTarget } from '../add/start-target.ts';
import { ImportResult, type Imported } from './import-result.tsx';
import { countOf, ImportTable, startChoices, type Choices } from './import-table.tsx';
import styles from './import.module.css';

type Stage =
  | { readonly type: 'choose' }
  | { readonly type: 'preview'; readonly preview: ImportPreview }
  | { readonly type: 'done'; readonly imported: Imported };

const Choose = (props: {
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
  readonly onFile: () => void;
  readonly busy: boolean;
  readonly error: AppError | null;
}): ReactNode => (
  <div className={styles.choose}>
    <EmptyState
      picture={<FilePicture />}
      title="Take keys out of a file"
      action={
        <div className={styles.target}>
          <TargetPicker single target={props.target} onChange={props.onTarget} />
          <Button
            tone="primary"
            icon={FileInput}
            busy={props.busy}
            disabled={props.target.environmentIds.length === 0}
            onClick={props.onFile}
          >
            Choose a file…
          </Button>
          <ErrorNote error={props.error} />
        </div>
      }
    >
      Every line is shown before anything is taken in. The file itself is not changed.
    </EmptyState>
  </div>
);

const discard = (preview: ImportPreview): void =>
  void call('import.discard', { previewId: preview.previewId });

export const ImportPlace = (): ReactNode => {
  const projects = useStore(keysStore, selectProjects);
  const [target, setTarget] = useState<Target>(() => startTarget('unknown'));
  const [stage, setStage] = useState<Stage>({ type: 'choose' });
  const [choices, setChoices] = useState<Choices>(new Map());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const open = useRef<ImportPreview | null>(null);
  useEffect(
    () => () => {
      if (open.current !== null) discard(open.current);
    },
    [],
  );
  const place = target.projectId === '' ? startTarget('unknown') : target;
  const [environmentId] = place.environmentIds;
  const into = { projectId: place.projectId, environmentId: environmentId ?? '' };

  const choose = async (): Promise<void> => {
    setBusy(true);
    const result = await call('import.chooseFile', into);
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok || result.value === null) return;
    open.current = result.value;
    setChoices(startChoices(result.value));
    setStage({ type: 'preview', preview: result.value });
  };

  const back = (): void => {
    if (open.current !== null) discard(open.current);
    open.current = null;
    setError(null);
    setStage({ type: 'choose' });
  };

  const apply = async (preview: ImportPreview): Promise<void> => {
    setBusy(true);
    const list = [...choices].map(([index, choice]) => ({ index, ...choice }));
    const result = await call('import.apply', { previewId: preview.previewId, ...into, choices: list });
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    open.current = null;
    await refreshKeys();
    setStage({ type: 'done', imported: result.value });
  };

  if (projects.length === 0) {
    return (
      <Page title="Import" lead="Keys and variables go into an environment of a project.">
        <div className={styles.narrow}>
          <FirstProject />
        </div>
      </Page>
    );
  }
  if (stage.type === 'done') {
    const show = (): void => {
      showEnvironment(into.environmentId);
      goTo('keys');
    };
    return (
      <ImportResult imported={stage.imported} onShow={show} onAgain={() => setStage({ type: 'choose' })} />
    );
  }
  if (stage.type === 'choose') {
    return (
      <Page title="Import" lead="A .env file becomes keys and plain variables of one environment.">
        <Choose target={place} onTarget={setTarget} onFile={() => void choose()} busy={busy} error={error} />
      </Page>
    );
  }
  const { preview } = stage;
  const count = countOf(choices);
  const name =
    projects.flatMap((each) => each.environments).find(({ id }) => id === environmentId)?.name ?? '';
  return (
    <Page
      title={preview.file}
      lead={`${counted(count.key, 'key')} and ${counted(count.variable, 'variable')} will go into ${name}.${count.skip === 0 ? '' : ` ${counted(count.skip, 'line')} will be left out.`}`}
      actions={
        <>
          <Button onClick={back}>Back</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={count.key + count.variable === 0}
            onClick={() => void apply(preview)}
          >
            Import {count.key + count.variable}
          </Button>
        </>
      }
    >
      <ErrorNote error={error} />
      <ImportTable preview={preview} choices={choices} onChoices={setChoices} />
    </Page>
  );
};
