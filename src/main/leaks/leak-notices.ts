// Tells of a pasted key through the system: by name while the vault is unlocked, without one while it is locked. One notice at a time; a
// click leads to the findings, after unlocking where that is needed.
import type { EventPayload } from '../../contract/events.ts';
import type { ShowNotice, ShownNotice } from '../reminders/notices.ts';

export type LeakEvent = EventPayload<'leaks.changed'>;

export type LeakNoticePorts = {
  readonly show: ShowNotice;
  /** Leads the person to the findings. */
  readonly open: () => void;
  readonly unlocked: () => boolean;
  readonly nowMs: () => number;
};

export type LeakNotices = {
  readonly take: (event: Pick<LeakEvent, 'news'>) => void;
  readonly noticed: (path: string, count: number) => void;
};

/** A program that writes the same key again and again is told of once. */
const lockedEveryMs = 30_000;
const mostPath = 120;

const shortPath = (path: string): string => (path.length <= mostPath ? path : `…${path.slice(1 - mostPath)}`);

export const createLeakNotices = (ports: LeakNoticePorts): LeakNotices => {
  // Held here: a notice that nobody holds is collected, and its click with it.
  let shown: ShownNotice | null = null;
  const toldAtMs = new Map<string, number>();

  const show = (title: string, body: string): void => {
    shown?.close();
    shown = ports.show({ title, body, actions: [] }, ports.open, () => undefined);
  };

  return {
    take: ({ news }) => {
      if (news !== null) show(news.title, news.body);
    },
    noticed: (path, count) => {
      const nowMs = ports.nowMs();
      // The agent tells it with the name in a moment.
      if (ports.unlocked() || nowMs - (toldAtMs.get(path) ?? -lockedEveryMs) < lockedEveryMs) return;
      if (toldAtMs.size > 1_000) toldAtMs.clear();
      toldAtMs.set(path, nowMs);
      const what = count === 1 ? 'A key of yours was pasted' : `${String(count)} keys of yours were pasted`;
      show(what, `Into ${shortPath(path)}. Unlock Keyturn to see which it is.`);
    },
  };
};
