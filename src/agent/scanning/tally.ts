// What a scan tells of itself while it runs: counts, what was not read and why, how long it will take.
import type { NotRead } from '../../core/leaks/matching.ts';
import type { ScanProgress } from './messages.ts';

const mostSamples = 200;
/** Of one reason, so that ten thousand links do not hide the one file that could not be read. */
const samplesPerReason = 25;

export type Tally = {
  readonly step: (files: number, bytes: number, unchanged: number, label: string) => void;
  readonly notRead: (list: readonly NotRead[]) => void;
  /** So many files are known of; `final` once no more will come. */
  readonly known: (files: number, final: boolean) => void;
  readonly progress: (state: ScanProgress['state']) => ScanProgress;
};

/** @param nowMs a clock that never goes back */
export const createTally = (nowMs: () => number): Tally => {
  const startedMs = nowMs();
  let files = 0;
  let bytes = 0;
  let unchanged = 0;
  let label = '';
  let known = 0;
  let isFinal = false;
  const counts = new Map<NotRead['reason'], number>();
  const samples: NotRead[] = [];
  const perReason = new Map<NotRead['reason'], number>();

  const left = (): number | null => {
    const done = files + unchanged;
    if (!isFinal || done === 0 || known < done) return null;
    return Math.round(((nowMs() - startedMs) / done) * (known - done));
  };

  return {
    step: (moreFiles, moreBytes, moreUnchanged, now) => {
      files += moreFiles;
      bytes += moreBytes;
      unchanged += moreUnchanged;
      if (now !== '') label = now;
    },
    notRead: (list) => {
      for (const entry of list) {
        counts.set(entry.reason, (counts.get(entry.reason) ?? 0) + (entry.count ?? 1));
        const shown = perReason.get(entry.reason) ?? 0;
        if (shown >= samplesPerReason || samples.length >= mostSamples) continue;
        perReason.set(entry.reason, shown + 1);
        samples.push(entry);
      }
    },
    known: (more, final) => {
      known = more;
      isFinal = final;
    },
    progress: (state) => ({
      state,
      label: label.slice(0, 16_000),
      filesScanned: files,
      bytesScanned: bytes,
      filesUnchanged: unchanged,
      // Sizes are not asked for, since that would cost as much as reading: told from what was read so far.
      bytesTotal:
        isFinal && files > 0
          ? Math.max(bytes, Math.round((bytes / files) * Math.max(files, known - unchanged)))
          : null,
      msLeft: state === 'running' ? left() : null,
      notRead: [...counts].map(([reason, count]) => ({ reason, count })),
      notReadSamples: samples.map(({ path, inside, reason }) => ({
        path: path.slice(0, 16_000),
        inside: inside.slice(0, 16_000),
        reason,
      })),
    }),
  };
};
