// The left pane: which project, which place, which environment, and the lock with the time that is left.
import {
  CalendarClock,
  Factory,
  FileInput,
  FileOutput,
  Flame,
  History,
  KeyRound,
  LayoutGrid,
  Lock,
  RotateCw,
  Settings,
  Trash2,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore, goTo, lockVault, type Place } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { byImportance } from '../../lib/group-keys.ts';
import { clockTime } from '../../lib/time-words.ts';
import type { EnvironmentView, Overview } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { keysStore, showEnvironment } from '../keys/store.ts';
import { leaksStore, openLeaks } from '../leaks/leaks-store.ts';
import { needYou, showTurn, turnsStore } from '../turns/turns-store.ts';
import { ProjectMenu } from '../projects/project-menu.tsx';
import styles from './sidebar.module.css';

type ItemProps = {
  readonly icon?: LucideIcon;
  readonly count?: number;
  readonly current: boolean;
  readonly indent?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

const Item = ({
  icon: Icon,
  count = 0,
  current,
  indent = false,
  onSelect,
  children,
}: ItemProps): ReactNode => (
  <li>
    <button
      type="button"
      className={styles.item}
      data-indent={indent || undefined}
      aria-current={current ? 'page' : undefined}
      onClick={onSelect}
    >
      {Icon === undefined ? null : <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      <span className={styles.itemText}>{children}</span>
      {count > 0 ? <span className={styles.count}>{count.toLocaleString('en-GB')}</span> : null}
    </button>
  </li>
);

const LockButton = (): ReactNode => {
  const locksAtMs = useStore(appStore, (store) => store.state?.locksAtMs ?? null);
  const longestMs = useStore(appStore, (store) => (store.state?.settings.lockAfterMinutes ?? 0) * 60_000);
  const now = useNow(1_000);
  return (
    <Tooltip
      label={locksAtMs === null ? 'Lock now' : 'Lock now. Locks by itself when you are away'}
      chord="Mod+L"
    >
      <button type="button" className={styles.lock} aria-keyshortcuts="Control+L Meta+L" onClick={lockVault}>
        <Lock size={15} strokeWidth={1.75} aria-hidden="true" />
        <span className={styles.itemText}>Lock</span>
        {locksAtMs === null ? (
          <Kbd chord="Mod+L" />
        ) : (
          <span className={styles.count}>{clockTime(Math.min(locksAtMs - now, longestMs))}</span>
        )}
      </button>
    </Tooltip>
  );
};

const showKeys = (environmentId: string | null): void => {
  showEnvironment(environmentId);
  goTo('keys');
};

const Environments = (props: {
  readonly environments: readonly EnvironmentView[];
  readonly place: Place;
}): ReactNode => {
  const chosen = useStore(keysStore, (store) => store.environmentId);
  const inPlace = props.place === 'keys' || props.place === 'variables';
  return (
    <nav aria-label="Environments">
      <ul className={styles.items}>
        {byImportance(props.environments).map((environment) => (
          <Item
            key={environment.id}
            indent
            count={environment.keys}
            current={inPlace && chosen === environment.id}
            onSelect={() => showKeys(environment.id)}
          >
            {environment.name}
          </Item>
        ))}
      </ul>
    </nav>
  );
};

const places: readonly { readonly place: Place; readonly icon: LucideIcon; readonly word: string }[] = [
  { place: 'due', icon: CalendarClock, word: 'Due' },
  { place: 'turns', icon: RotateCw, word: 'Turns' },
  { place: 'leaks', icon: Flame, word: 'Pasted keys' },
  { place: 'providers', icon: Factory, word: 'Providers' },
  { place: 'import', icon: FileInput, word: 'Import' },
  { place: 'export', icon: FileOutput, word: 'Export' },
  { place: 'activity', icon: History, word: 'Activity' },
  { place: 'bin', icon: Trash2, word: 'Bin' },
  { place: 'settings', icon: Settings, word: 'Settings' },
];

/** Numbers stand only where there is something to do. */
const countOf = (place: Place, overview: Overview | null, turns: number, leaks: number): number => {
  if (place === 'turns') return turns;
  if (place === 'leaks') return leaks;
  return place === 'bin' ? (overview?.removed ?? 0) : place === 'due' ? (overview?.due ?? 0) : 0;
};

const showPlace = (place: Place): void => {
  if (place === 'turns') showTurn(null);
  if (place === 'leaks') openLeaks();
  else goTo(place);
};

const goOnline = (): void => {
  void call('settings.change', { offline: false }).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

/** Stands in sight as long as nothing is asked, with the way out of it. */
const OfflineMark = (): ReactNode => {
  const offline = useStore(appStore, (store) => store.state?.settings.offline ?? false);
  return offline ? (
    <Tooltip label="No provider is asked. Press to go online">
      <button type="button" className={styles.offline} onClick={goOnline}>
        <WifiOff size={15} strokeWidth={1.75} aria-hidden="true" />
        <span className={styles.itemText}>Offline</span>
        <span className={styles.count}>Go online</span>
      </button>
    </Tooltip>
  ) : null;
};

export const Sidebar = (): ReactNode => {
  const place = useStore(appStore, (store) => store.place);
  const { overview, projectId, environmentId } = useStore(keysStore);
  const turns = useStore(turnsStore, (store) => needYou(store.open));
  const leaks = useStore(leaksStore, (store) => store.summary.groups);
  const project = overview?.projects.find(({ id }) => id === projectId);
  return (
    <div className={styles.sidebar}>
      <ProjectMenu />
      <div className={styles.scroll}>
        <nav aria-label="At a glance">
          <ul className={styles.items}>
            <Item icon={LayoutGrid} current={place === 'overview'} onSelect={() => goTo('overview')}>
              Overview
            </Item>
          </ul>
        </nav>
        <nav aria-label="Keys">
          <ul className={styles.items}>
            <Item
              icon={KeyRound}
              count={project?.keys ?? 0}
              current={place === 'keys' && environmentId === null}
              onSelect={() => showKeys(null)}
            >
              Keys
            </Item>
          </ul>
        </nav>
        <Environments environments={project?.environments ?? []} place={place} />
        <hr className={styles.line} />
        <nav aria-label="Places">
          <ul className={styles.items}>
            {places.map(({ place: each, icon, word }) => (
              <Item
                key={each}
                icon={icon}
                count={countOf(each, overview, turns, leaks)}
                current={place === each}
                onSelect={() => showPlace(each)}
              >
                {word}
              </Item>
            ))}
          </ul>
        </nav>
      </div>
      <div className={styles.foot}>
        <OfflineMark />
        <LockButton />
      </div>
    </div>
  );
};
