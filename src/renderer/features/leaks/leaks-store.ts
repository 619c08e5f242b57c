// Places where keys were pasted, as the agent tells them, and what the place shows of them. Masks and paths, never a value.
import { createStore } from 'zustand/vanilla';
import type { AppError } from '../../../core/model/app-error.ts';
import { goTo } from '../../app/app-store.ts';
import { call, onEvent } from '../../lib/call.ts';
import type { FindingView, ScanView, WatchView } from '../../lib/types.ts';
import { keysStore } from '../keys/store.ts';
import { noFilter, summarise, wantsYou, type LeakFilter, type LeakSummary } from './group-findings.ts';

export type LeaksTab = 'found' | 'map' | 'day' | 'watch' | 'roots';

export type LeaksStore = {
  readonly findings: readonly FindingView[];
  readonly summary: LeakSummary;
  readonly loaded: boolean;
  readonly error: AppError | null;
  readonly scan: ScanView | null;
  readonly watch: WatchView | null;
  readonly tab: LeaksTab;
  readonly filter: LeakFilter;
  /** The finding in sight. */
  readonly findingId: string | null;
  /** Counts each reading, for what else is read with it. */
  readonly generation: number;
};

const start: LeaksStore = {
  findings: [],
  summary: summarise([]),
  loaded: false,
  error: null,
  scan: null,
  watch: null,
  tab: 'found',
  filter: noFilter,
  findingId: null,
  generation: 0,
};

export const leaksStore = createStore<LeaksStore>()(() => start);

export const showLeaksTab = (tab: LeaksTab): void => leaksStore.setState({ tab });
export const filterLeaks = (part: Partial<LeakFilter>): void =>
  leaksStore.setState(({ filter }) => ({ filter: { ...filter, ...part } }));
export const chooseFinding = (findingId: string | null): void => leaksStore.setState({ findingId });

/** Shows the place: all that wants somebody, or what belongs to one key. */
export const openLeaks = (tab: LeaksTab = 'found', part: Partial<LeakFilter> = {}): void => {
  leaksStore.setState({ tab, filter: { ...noFilter, ...part } });
  goTo('leaks');
};

/** Brings one finding into sight, whatever was filtered. */
export const openFinding = ({ id, state }: FindingView): void => {
  openLeaks('found', wantsYou(state) ? {} : { state: 'all' });
  chooseFinding(id);
};

const withFindings = (findings: readonly FindingView[]): Pick<LeaksStore, 'findings' | 'summary'> => ({
  findings,
  summary: summarise(findings),
});

/** Puts a finding that an action has changed in place of the one before. */
export const takeFinding = (changed: FindingView): void =>
  leaksStore.setState(({ findings }) =>
    withFindings(findings.map((each) => (each.id === changed.id ? changed : each))),
  );

export const takeScan = (scan: ScanView): void => leaksStore.setState({ scan });

const isOpen = (): boolean => keysStore.getState().loaded;

const readAll = async (): Promise<void> => {
  const [list, scan, watch] = await Promise.all([
    call('leaks.list', {}),
    call('scan.read', {}),
    call('watch.read', {}),
  ]);
  // Locked again in the meantime: then there is nothing to show any more.
  if (!isOpen()) return;
  leaksStore.setState(({ generation }) => ({
    ...(list.ok ? { ...withFindings(list.value.findings), error: null } : { error: list.error }),
    ...(scan.ok ? { scan: scan.value } : {}),
    ...(watch.ok ? { watch: watch.value } : {}),
    loaded: true,
    generation: generation + 1,
  }));
};

let reading: Promise<void> | null = null;
let again = false;

/** Reads what was found; once for all that ask while it reads. */
export const readLeaks = (): Promise<void> => {
  if (reading !== null) {
    again = true;
    return reading;
  }
  reading = readAll().finally(() => {
    reading = null;
    if (!again) return;
    again = false;
    void readLeaks();
  });
  return reading;
};

/** When the vault locks, nothing of it stays here. */
export const forgetLeaks = (): void => leaksStore.setState(start);

export const startLeaksStore = (): void => {
  keysStore.subscribe((next, before) => {
    if (next.loaded && !before.loaded) void readLeaks();
  });
  onEvent('scan.progress', (scan) => {
    if (isOpen()) takeScan(scan);
  });
  onEvent('leaks.changed', ({ watch }) => {
    if (!isOpen()) return;
    leaksStore.setState({ watch });
    void readLeaks();
  });
};
