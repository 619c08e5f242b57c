// Pasted keys, in the palette: where they stand, what a scan reads, what watches.
import { CalendarSearch, Eye, Flame, FolderSearch, Grid3x3, ScanSearch } from 'lucide-react';
import { openLeaks } from '../leaks/leaks-store.ts';
import { isScanning, lookOrChoose } from '../leaks/scan-acts.ts';
import type { Action } from './action.ts';

export const leaks = (): readonly Action[] => [
  { id: 'go leaks', words: 'Pasted keys', icon: Flame, chord: 'L', run: () => openLeaks() },
  ...(isScanning()
    ? []
    : [{ id: 'scan', words: 'Look for pasted keys now', icon: ScanSearch, run: lookOrChoose }]),
  {
    id: 'leaks map',
    words: 'Map of pasted keys: which stand where',
    icon: Grid3x3,
    run: () => openLeaks('map'),
  },
  {
    id: 'leaks day',
    words: 'What could be read on this disk on a day',
    icon: CalendarSearch,
    run: () => openLeaks('day'),
  },
  {
    id: 'leaks watch',
    words: 'Watch for pasted keys, and guard repositories',
    icon: Eye,
    run: () => openLeaks('watch'),
  },
  {
    id: 'leaks roots',
    words: 'Where to look for pasted keys',
    icon: FolderSearch,
    run: () => openLeaks('roots'),
  },
];
