// Everything at a glance: how many keys want somebody, what stands where, what comes when, what grows old.
import { Radar } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import { byImportance } from '../../lib/group-keys.ts';
import type { DueEntry, KeySummary, ProjectView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { OverviewPicture } from '../../ui/pictures.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { checkAll, checkStore } from '../checks/check-store.ts';
import { keysStore, selectProjects, showFound } from '../keys/store.ts';
import { useDue } from '../due/use-due.ts';
import { layAges } from './age-layout.ts';
import { AgesPicture } from './ages.tsx';
import { openKey, showList } from './go.ts';
import { MatrixTable, type CellChoice } from './matrix.tsx';
import { projectMatrix, providerMatrix } from './matrix-layout.ts';
import { StateChips } from './state-chips.tsx';
import { Timeline, type TimelineMark } from './timeline.tsx';
import type { Lane } from './timeline-layout.ts';
import styles from './overview.module.css';

type Scope = 'project' | 'all';

const lanesOf = (
  scope: Scope,
  project: ProjectView | undefined,
  projects: readonly ProjectView[],
): readonly Lane[] => (scope === 'all' ? projects : byImportance(project?.environments ?? []));

const marksOf = (
  entries: readonly DueEntry[],
  scope: Scope,
  projects: readonly ProjectView[],
): readonly TimelineMark[] => {
  const projectOf = new Map(
    projects.flatMap(({ id, environments }) => environments.map((each) => [each.id, id])),
  );
  return entries.map((entry) => ({
    ...entry,
    day: entry.due,
    laneIds:
      scope === 'project'
        ? entry.environmentIds
        : [...new Set(entry.environmentIds.flatMap((id) => projectOf.get(id) ?? []))],
  }));
};

const chooseCell = (scope: Scope, projectId: string | null, { row, cell }: CellChoice): void => {
  const [only] = cell.keys;
  if (only !== undefined && cell.keys.length === 1) {
    openKey(only.id);
    return;
  }
  if (scope === 'all') {
    showList(row.id, null, '');
    return;
  }
  if (projectId === null) return;
  if (cell.keys.length > 0) showList(projectId, cell.columnId, `provider:${row.id === '' ? 'none' : row.id}`);
  else {
    showFound(projectId, cell.columnId, '');
    openOverlay({ type: 'add', paste: false });
  }
};

const Card = (props: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}): ReactNode => (
  <section aria-label={props.title} className={styles.card}>
    <header className={styles.cardHead}>
      <h2 className={styles.title}>{props.title}</h2>
      {props.lead === undefined ? null : <p className={styles.lead}>{props.lead}</p>}
    </header>
    {props.children}
  </section>
);

const yearDays = 366;

const Pictures = ({
  scope,
  keys,
}: {
  readonly scope: Scope;
  readonly keys: readonly KeySummary[];
}): ReactNode => {
  const now = useNow(300_000);
  const { entries, error } = useDue(yearDays);
  const projects = useStore(keysStore, selectProjects);
  const { projectId, providers } = useStore(keysStore);
  const project = projects.find(({ id }) => id === projectId);
  const matrix = useMemo(
    () =>
      scope === 'all'
        ? projectMatrix(keys, projects, now)
        : providerMatrix(keys, project?.environments ?? [], providers, now),
    [scope, keys, projects, project, providers, now],
  );
  const lanes = useMemo(() => lanesOf(scope, project, projects), [scope, project, projects]);
  const marks = useMemo(() => {
    const ids = new Set(keys.map(({ id }) => id));
    return marksOf(
      (entries ?? []).filter(({ keyId }) => ids.has(keyId)),
      scope,
      projects,
    );
  }, [entries, keys, scope, projects]);
  const ages = useMemo(() => layAges(keys, now), [keys, now]);
  return (
    <>
      <Card
        title={scope === 'all' ? 'Projects and environments' : 'Providers and environments'}
        lead="A name that other environments have and one lacks stands in its place."
      >
        <MatrixTable
          label={scope === 'all' ? 'Projects by environment' : 'Providers by environment'}
          matrix={matrix}
          onChoose={(choice) => chooseCell(scope, projectId, choice)}
        />
      </Card>
      <Card title="The next twelve months" lead="What expires, what is to be turned, and dates of your own.">
        <ErrorNote error={error} />
        <Timeline lanes={lanes} entries={marks} now={now} onOpen={openKey} />
      </Card>
      <Card title="Age of the values" lead="Against the age at which each is to be turned.">
        <AgesPicture ages={ages} onOpen={openKey} />
      </Card>
    </>
  );
};

export const OverviewPlace = (): ReactNode => {
  const [scope, setScope] = useState<Scope>('project');
  const { keys: all, loaded, projectId } = useStore(keysStore);
  const projects = useStore(keysStore, selectProjects);
  const askingAll = useStore(checkStore, (store) => store.askingAll);
  const shown = projects.length > 1 ? scope : 'project';
  const keys = useMemo(
    () => (shown === 'all' ? all : all.filter((key) => key.projectId === projectId)),
    [all, shown, projectId],
  );
  const project = projects.find(({ id }) => id === projectId);
  return (
    <Page
      title="Overview"
      lead={shown === 'all' ? 'All projects.' : `What stands where in ${project?.name ?? 'this project'}.`}
      actions={
        <>
          {projects.length > 1 ? (
            <Segmented
              small
              label="Which projects"
              value={scope}
              choices={[
                { value: 'project', label: 'This project' },
                { value: 'all', label: 'All' },
              ]}
              onChange={setScope}
            />
          ) : null}
          <Button icon={Radar} chord="Shift+K" busy={askingAll} onClick={() => void checkAll()}>
            Check all
          </Button>
        </>
      }
    >
      {loaded ? null : <SkeletonRows />}
      {loaded && keys.length === 0 ? (
        <EmptyState
          picture={<OverviewPicture />}
          title="Nothing to see yet"
          action={<Button onClick={() => openOverlay({ type: 'add', paste: false })}>Add a key</Button>}
        >
          Put a key in, and you see here what stands where and what comes when.
        </EmptyState>
      ) : null}
      {keys.length > 0 ? (
        <div className={styles.content}>
          <StateChips keys={keys} projectId={shown === 'all' ? null : projectId} />
          <Pictures scope={shown} keys={keys} />
        </div>
      ) : null}
    </Page>
  );
};
