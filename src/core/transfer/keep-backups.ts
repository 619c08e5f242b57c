// How many backups are kept, and when the daily one is due. Decides by names alone; removes nothing itself.
import type { BackupName, BackupReason } from './backup-names.ts';

/** Kept of each family. What was replaced or is damaged is in a family of its own: it neither pushes good copies out, nor they it. */
export const keptOfEach = 10;

type Family = 'daily' | 'asked' | 'before' | 'replaced' | 'damaged' | 'brought';

const families: Readonly<Record<BackupReason, Family>> = {
  daily: 'daily',
  asked: 'asked',
  'before-password': 'before',
  'before-code': 'before',
  'before-key': 'before',
  'before-format': 'before',
  'before-restore': 'replaced',
  damaged: 'damaged',
  brought: 'brought',
};

/** A clock may be ahead of itself by so much before a name counts as coming from the future. */
const slackMs = 86_400_000;

/** Newest first. What a clock that was set wrongly dated into the future counts as oldest: it must not push good copies out. */
export const sortBackups = <T extends BackupName>(backups: readonly T[], nowMs: number): readonly T[] => {
  const rank = ({ atMs }: T): number =>
    atMs > nowMs + slackMs ? atMs - nowMs - Number.MAX_SAFE_INTEGER : atMs;
  return [...backups].sort((left, right) => rank(right) - rank(left) || right.name.localeCompare(left.name));
};

/**
 * Names that are no longer kept.
 * @param made the one that was just written: never among them, whatever the clock says
 */
export const surplusBackups = (
  backups: readonly BackupName[],
  nowMs: number,
  made: string,
): readonly string[] => {
  const counts = new Map<Family, number>();
  const days = new Set<string>();
  const surplus: string[] = [];
  const first = backups.filter(({ name }) => name === made);
  const rest = sortBackups(backups, nowMs).filter(({ name }) => name !== made);
  for (const { name, reason, atMs } of [...first, ...rest]) {
    const family = families[reason];
    // The daily copy is brought up to date during the day: the newest stands for it.
    const isOutdated = family === 'daily' && days.has(dayOf(atMs));
    const count = (counts.get(family) ?? 0) + (isOutdated ? 0 : 1);
    counts.set(family, count);
    if (family === 'daily') days.add(dayOf(atMs));
    if (isOutdated || count > keptOfEach) surplus.push(name);
  }
  return surplus;
};

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** The daily copy is not written more often. */
const refreshedMs = 3_600_000;

/** Whether no copy holds what the vault holds now, and the newest daily one is not of this very hour. */
export const isDailyDue = (backups: readonly BackupName[], mark: string, nowMs: number): boolean =>
  !backups.some((backup) => backup.mark === mark && backup.reason !== 'brought') &&
  !backups.some(({ reason, atMs }) => reason === 'daily' && Math.abs(nowMs - atMs) < refreshedMs);
