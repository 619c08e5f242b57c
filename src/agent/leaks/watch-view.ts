// Watching, before the scanner has said anything of it.
import type { WatchState } from '../scanning/messages.ts';

export const notWatching: WatchState = { watching: false, folders: 0, polling: 0, warnings: [] };
