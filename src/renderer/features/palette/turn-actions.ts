// Turning, in the palette: of the key in sight, and turns as a whole.
import { CalendarDays, FileOutput, Flame, RotateCw, SlidersHorizontal } from 'lucide-react';
import { openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { sayFailed } from '../../ui/toast-store.ts';
import { openTurnOf, openTurns, turnKey, turnsStore } from '../turns/turns-store.ts';
import type { Action } from './action.ts';

export const turning = (keyId: string, name: string): readonly Action[] => [
  {
    id: 'turn',
    words: openTurnOf(keyId) === undefined ? `Turn ${name}` : `Open the turn of ${name}`,
    icon: RotateCw,
    chord: 'R',
    run: () => turnKey(keyId),
  },
  {
    id: 'turn leaked',
    words: `${name} leaked: turn it now`,
    icon: Flame,
    run: () => turnKey(keyId, true),
  },
  {
    id: 'turn care',
    words: `How ${name} is turned`,
    icon: SlidersHorizontal,
    run: () => openOverlay({ type: 'turn-care', keyId }),
  },
];

const goOnWithAll = (): void => {
  void call('rotation.resume', {}).then((result) => {
    if (!result.ok) sayFailed(result.error);
  });
};

/** Turns as a whole. */
export const turns = (): readonly Action[] => [
  { id: 'go turns', words: 'Turns', icon: RotateCw, chord: 'T', run: () => openTurns() },
  {
    id: 'turn calendar',
    words: 'Calendar of turns',
    icon: CalendarDays,
    run: () => openTurns('calendar'),
  },
  {
    id: 'leaked keys',
    words: 'Leaked keys: turn several, the worst first',
    icon: Flame,
    run: () => openOverlay({ type: 'leaked' }),
  },
  {
    id: 'tracked files',
    words: 'Env files that turns keep up to date',
    icon: FileOutput,
    run: () => openTurns('files'),
  },
  ...(turnsStore.getState().open.some(({ state }) => state === 'waiting')
    ? [{ id: 'go on', words: 'Go on with all turns that wait', icon: RotateCw, run: goOnWithAll }]
    : []),
];
