// Everything that can be done, as a list that the palette searches. What cannot be done now is not in it.
import {
  BellRing,
  CalendarClock,
  CalendarPlus,
  ClipboardPaste,
  Copy,
  Factory,
  FileInput,
  FileOutput,
  FolderPlus,
  History,
  Info,
  KeyRound,
  LayoutGrid,
  ListChecks,
  Radar,
  Keyboard,
  Lock,
  PencilLine,
  Plus,
  RefreshCw,
  Search,
  Settings,
  SunMoon,
  Trash2,
  WifiOff,
  UserRoundPlus,
} from 'lucide-react';
import { appStore, goTo, lockVault, openOverlay, type Place } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { sayFailed } from '../../ui/toast-store.ts';
import { checkAll, checkKey, checkStore, showLastCheck } from '../checks/check-store.ts';
import { copyKey } from '../keys/actions.ts';
import { focusFind } from '../keys/find-field.tsx';
import { keysStore, showEnvironment, showProject } from '../keys/store.ts';
import type { Action } from './action.ts';
import { leaks } from './leak-actions.ts';
import { turning, turns } from './turn-actions.ts';

const go = (place: Place, words: string, icon: Action['icon'], chord?: string): Action => ({
  id: `go ${place}`,
  words,
  icon,
  ...(chord === undefined ? {} : { chord }),
  run: () => goTo(place),
});

const forKey = (): readonly Action[] => {
  const { keyId, keys } = keysStore.getState();
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) return [];
  const { id, name } = key;
  return [
    { id: 'copy', words: `Copy ${name}`, icon: Copy, chord: 'C', run: () => void copyKey(id) },
    { id: 'check', words: `Check ${name}`, icon: Radar, chord: 'K', run: () => void checkKey(id) },
    ...turning(id, name),
    {
      id: 'watch',
      words: `What to watch about ${name}`,
      icon: BellRing,
      chord: 'W',
      run: () => openOverlay({ type: 'care', keyId: id }),
    },
    {
      id: 'edit',
      words: `Edit ${name}`,
      icon: PencilLine,
      chord: 'E',
      run: () => openOverlay({ type: 'edit', keyId: id }),
    },
    {
      id: 'replace',
      words: `Put a new value into ${name}`,
      icon: RefreshCw,
      run: () => openOverlay({ type: 'replace', keyId: id }),
    },
    {
      id: 'hand over',
      words: `Note whom ${name} was handed to`,
      icon: UserRoundPlus,
      run: () => openOverlay({ type: 'hand-over', keyId: id }),
    },
    {
      id: 'remove',
      words: `Remove ${name}`,
      icon: Trash2,
      chord: 'Del',
      run: () => openOverlay({ type: 'remove', keyId: id }),
    },
  ];
};

const places = (): readonly Action[] => {
  const { overview, projectId } = keysStore.getState();
  const projects = overview?.projects ?? [];
  const current = projects.find(({ id }) => id === projectId);
  return [
    ...(current?.environments ?? []).map((environment): Action => ({
      id: `environment ${environment.id}`,
      words: `Show ${environment.name}`,
      icon: KeyRound,
      run: () => {
        showEnvironment(environment.id);
        goTo('keys');
      },
    })),
    ...projects
      .filter(({ id }) => id !== projectId)
      .map((project): Action => ({
        id: `project ${project.id}`,
        words: `Go to project ${project.name}`,
        icon: KeyRound,
        run: () => {
          showProject(project.id);
          goTo('keys');
        },
      })),
  ];
};

const changeTheme = (): void => {
  const theme = appStore.getState().state?.settings.theme ?? 'system';
  const dark =
    theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  void call('settings.change', { theme: dark ? 'light' : 'dark' }).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

const openAbout = (): void => {
  void call('about.open', {}).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

const toggleOffline = (offline: boolean): void => {
  void call('settings.change', { offline }).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

const asking = (): readonly Action[] => {
  const offline = appStore.getState().state?.settings.offline ?? false;
  const { last } = checkStore.getState();
  return [
    {
      id: 'check all',
      words: 'Check all keys',
      icon: Radar,
      chord: 'Shift+K',
      run: () => void checkAll(),
    },
    ...(last === null
      ? []
      : [{ id: 'last check', words: 'What the last check changed', icon: ListChecks, run: showLastCheck }]),
    {
      id: 'offline',
      words: offline ? 'Go online: ask providers again' : 'Go offline: ask no provider',
      icon: WifiOff,
      run: () => toggleOffline(!offline),
    },
    {
      id: 'calendar',
      words: 'Put what is due into a calendar',
      icon: CalendarPlus,
      run: () => openOverlay({ type: 'calendar' }),
    },
  ];
};

/** All that can be done now: the key in sight first. */
export const allActions = (): readonly Action[] => [
  ...forKey(),
  {
    id: 'paste',
    words: 'Add the key on the clipboard',
    icon: ClipboardPaste,
    chord: 'Mod+V',
    run: () => openOverlay({ type: 'add', paste: true }),
  },
  {
    id: 'add',
    words: 'Add a key',
    icon: Plus,
    chord: 'N',
    run: () => openOverlay({ type: 'add', paste: false }),
  },
  {
    id: 'find',
    words: 'Find a key in this project',
    icon: Search,
    chord: '/',
    run: () => {
      goTo('keys');
      requestAnimationFrame(focusFind);
    },
  },
  ...asking(),
  go('keys', 'Keys', KeyRound),
  go('overview', 'Overview', LayoutGrid, 'O'),
  go('due', 'Due', CalendarClock, 'D'),
  ...turns(),
  ...leaks(),
  go('providers', 'Providers', Factory, 'P'),
  go('import', 'Import a .env file', FileInput, 'I'),
  go('export', 'Export an environment', FileOutput, 'X'),
  go('activity', 'Activity', History),
  go('bin', 'Bin', Trash2),
  go('settings', 'Settings', Settings, 'Mod+,'),
  ...places(),
  {
    id: 'new project',
    words: 'New project',
    icon: FolderPlus,
    run: () => openOverlay({ type: 'new-project' }),
  },
  { id: 'theme', words: 'Change between light and dark', icon: SunMoon, run: changeTheme },
  {
    id: 'cheat sheet',
    words: 'Keys of the keyboard',
    icon: Keyboard,
    chord: '?',
    run: () => openOverlay({ type: 'cheat-sheet' }),
  },
  { id: 'about', words: 'About Keyturn', icon: Info, run: openAbout },
  { id: 'lock', words: 'Lock', icon: Lock, chord: 'Mod+L', run: lockVault },
];

/** Actions whose words hold every word of the query. */
export const matchingActions = (actions: readonly Action[], query: string): readonly Action[] => {
  const terms = query.toLowerCase().trim().split(/\s+/);
  return actions.filter(({ words }) => terms.every((term) => words.toLowerCase().includes(term)));
};
