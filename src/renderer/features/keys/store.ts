// The keys of the vault as lists show them: names, masks and facts. What is looked at, and what is sought.
import { createStore } from 'zustand/vanilla';
import type { CallInput } from '../../../contract/contract.ts';
import type { AppError } from '../../../core/model/app-error.ts';
import { appStore } from '../../app/app-store.ts';
import { call, onEvent } from '../../lib/call.ts';
import { find, makeFindIndex, type FindIndex } from '../../lib/find.ts';
import { flatRows, groupKeys, type ListRow } from '../../lib/group-keys.ts';
import { parseQuery } from '../../lib/key-filter.ts';
import type { KeySummary, Overview, ProjectView, ProviderView } from '../../lib/types.ts';

export type KeysStore = {
  readonly overview: Overview | null;
  /** Every key that is not removed, by name. */
  readonly keys: readonly KeySummary[];
  readonly providers: ReadonlyMap<string, ProviderView>;
  readonly loaded: boolean;
  readonly error: AppError | null;
  /** Counts reads: what shows a single key reads it again when this moves. */
  readonly generation: number;
  readonly projectId: string | null;
  /** One environment alone, or all of the project. */
  readonly environmentId: string | null;
  readonly query: string;
  readonly rows: readonly ListRow[];
  /** The row that the arrow keys stand on, and the key that the detail shows. */
  readonly rowId: string | null;
  readonly keyId: string | null;
};

const start: KeysStore = {
  overview: null,
  keys: [],
  providers: new Map(),
  loaded: false,
  error: null,
  generation: 0,
  projectId: null,
  environmentId: null,
  query: '',
  rows: [],
  rowId: null,
  keyId: null,
};

export const keysStore = createStore<KeysStore>()(() => start);

/** The index is made when something is first sought: a list that is read again at every change is mostly only looked at. */
type Scope = { readonly keys: readonly KeySummary[]; readonly index: () => FindIndex };

const scopes = new WeakMap<readonly KeySummary[], Map<string, Scope>>();

const indexOf = (keys: readonly KeySummary[], providers: KeysStore['providers']): FindIndex =>
  makeFindIndex(
    keys.map(({ id, name, portalName, variables, tags, known, handedTo, provider: providerId }) => {
      const provider = providerId === null ? undefined : providers.get(providerId);
      const [providerName, providerDomain] = [provider?.name ?? '', provider?.domain ?? ''];
      return {
        id,
        name,
        portalName,
        variables,
        tags,
        known: [...known, ...handedTo],
        providerName,
        providerDomain,
      };
    }),
  );

/** Keys of a scope that a query finds: by its text, the best first, and by its filters. Null where everything stays. */
const findIn = ({ keys, index }: Scope, query: string): readonly KeySummary[] | null => {
  if (query.trim() === '') return null;
  const { text, fits } = parseQuery(query);
  const found = find(index(), text)?.flatMap((position) => keys[position] ?? []) ?? keys;
  return fits === null ? found : found.filter(fits);
};

/** Makes the index for what is in sight before the first letter is typed. */
export const prepareFind = (): void => void scopeOf(keysStore.getState()).index();

/** Keys in sight of a project and environment with the index over them; made once per read of the vault. */
const scopeOf = (state: Pick<KeysStore, 'keys' | 'providers' | 'projectId' | 'environmentId'>): Scope => {
  const { keys, providers, projectId, environmentId } = state;
  const name = `${projectId ?? ''}/${environmentId ?? ''}`;
  const known = scopes.get(keys) ?? new Map<string, Scope>();
  scopes.set(keys, known);
  let scope = known.get(name);
  if (scope === undefined) {
    const seen = keys.filter(
      (key) =>
        (projectId === null || key.projectId === projectId) &&
        (environmentId === null || key.environmentIds.includes(environmentId)),
    );
    let index: FindIndex | null = null;
    scope = { keys: seen, index: () => (index ??= indexOf(seen, providers)) };
    known.set(name, scope);
  }
  return scope;
};

const projectOf = (state: Pick<KeysStore, 'overview' | 'projectId'>): ProjectView | undefined =>
  state.overview?.projects.find((project) => project.id === state.projectId);

const rowsOf = (state: KeysStore): readonly ListRow[] => {
  const scope = scopeOf(state);
  const found = findIn(scope, state.query);
  if (found !== null) return flatRows(found);
  const environments = projectOf(state)?.environments ?? [];
  const { environmentId } = state;
  return groupKeys(
    scope.keys,
    environmentId === null ? environments : environments.filter(({ id }) => id === environmentId),
  );
};

/** Applies a change and renews the rows; keeps the chosen row where it is still there. */
const change = (part: Partial<KeysStore>, firstIfGone: boolean): void => {
  const next = { ...keysStore.getState(), ...part };
  const rows = rowsOf(next);
  const stays = rows.find((row) => row.type === 'key' && row.id === next.rowId);
  const sameKey = stays ?? rows.find((row) => row.type === 'key' && row.key.id === next.keyId);
  const row = sameKey ?? (firstIfGone ? rows.find((each) => each.type === 'key') : undefined);
  const keyId = row?.type === 'key' ? row.key.id : null;
  keysStore.setState({ ...part, rows, rowId: row?.id ?? null, keyId });
};

/** Every key as the palette finds it, whatever project is in sight. */
export const findEverywhere = (query: string): readonly KeySummary[] =>
  findIn(scopeOf({ ...keysStore.getState(), projectId: null, environmentId: null }), query) ?? [];

/** What is in sight before anything is sought: of the project, or of one environment of it. */
export const keysInSight = (): readonly KeySummary[] => scopeOf(keysStore.getState()).keys;

export const setQuery = (query: string): void => {
  const { rowId, keyId } = keysStore.getState();
  change(
    query === '' ? { query } : { query, rowId: null, keyId: null },
    query !== '' || rowId !== null || keyId !== null,
  );
};

export const showEnvironment = (environmentId: string | null): void =>
  change({ environmentId, query: '' }, false);

/** Brings into sight what a query finds in a project, in all of it or in one environment. */
export const showFound = (projectId: string, environmentId: string | null, query: string): void =>
  change({ projectId, environmentId, query, rowId: null, keyId: null }, true);

export const showProject = (projectId: string): void =>
  change({ projectId, environmentId: null, query: '', rowId: null, keyId: null }, false);

export const chooseRow = (row: ListRow | null): void =>
  keysStore.setState({ rowId: row?.id ?? null, keyId: row?.type === 'key' ? row.key.id : null });

/** Brings a key into sight wherever it is: its project, all environments, no query. */
export const showKey = (keyId: string): void => {
  const key = keysStore.getState().keys.find(({ id }) => id === keyId);
  if (key === undefined) return;
  change({ projectId: key.projectId, environmentId: null, query: '', rowId: null, keyId }, false);
};

const chosenProject = (overview: Overview, projectId: string | null): string | null =>
  overview.projects.some(({ id }) => id === projectId) ? projectId : (overview.projects[0]?.id ?? null);

/** More than a screen shows of any group: the first list of a large vault is not kept waiting for the rest of it. */
const firstKeys = 500;

const readLists = (filter: CallInput<'keys.list'>) =>
  Promise.all([call('overview.read', {}), call('keys.list', filter)]);

const takeLists = ([overview, list]: Awaited<ReturnType<typeof readLists>>): void => {
  if (!overview.ok || !list.ok) {
    const error = overview.ok ? (list.ok ? null : list.error) : overview.error;
    keysStore.setState({ error, loaded: true });
    return;
  }
  const { projectId, environmentId, generation } = keysStore.getState();
  const chosen = chosenProject(overview.value, projectId);
  const project = overview.value.projects.find(({ id }) => id === chosen);
  change(
    {
      overview: overview.value,
      keys: list.value.filter((key) => key.removedAtMs === null),
      providers: new Map(overview.value.providers.map((provider) => [provider.id, provider])),
      projectId: chosen,
      environmentId: project?.environments.some(({ id }) => id === environmentId) ? environmentId : null,
      generation: generation + 1,
      loaded: true,
      error: null,
    },
    false,
  );
};

/** Reads everything that lists show; of a large vault that was just opened first the beginning. */
export const refreshKeys = async (): Promise<void> => {
  const isFirst = !keysStore.getState().loaded;
  takeLists(await readLists(isFirst ? { limit: firstKeys } : {}));
  if (!isFirst || keysStore.getState().keys.length < firstKeys) return;
  const all = await readLists({});
  // Locked again in the meantime: then there is nothing to show any more.
  if (keysStore.getState().loaded) takeLists(all);
};

const noProjects: readonly ProjectView[] = [];

/** All projects; the same empty list each time, so that a screen without any is not drawn again and again. */
export const selectProjects = (store: KeysStore): readonly ProjectView[] =>
  store.overview?.projects ?? noProjects;

export const currentProject = (): ProjectView | undefined => projectOf(keysStore.getState());
export const forgetKeys = (): void => keysStore.setState(start);

const gatherMs = 30;
/** A machine that stood still for a while is not waited for as long again. */
const longestPauseMs = 1_000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const makeReader = (): (() => void) => {
  let isDue = false;
  let isReading = false;
  // An import changes something many times a second, and a read of 10,000 keys takes longer than that: one read at a time, with as
  // long a pause as it took, so that the import does not wait for its own showing. What came meanwhile is in the next one.
  const readWhileDue = async (): Promise<void> => {
    isReading = true;
    await pause(gatherMs);
    while (isDue) {
      isDue = false;
      const startedMs = performance.now();
      await refreshKeys();
      await pause(Math.min(performance.now() - startedMs, longestPauseMs));
    }
    isReading = false;
  };
  return () => {
    isDue = true;
    if (!isReading) void readWhileDue();
  };
};

/** Reads in a moment, once for all that ask meanwhile: an unlock is both another state and a change of the vault. */
export const readKeysSoon = makeReader();

export const startKeysStore = (): void => {
  // An unlock is written down before it is told: who asked at once would be refused, and read again only after a pause.
  onEvent('vault.changed', () => {
    if (appStore.getState().state?.vault === 'unlocked') readKeysSoon();
  });
};
