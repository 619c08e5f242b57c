// Shows what the agent has to say in time, as one notice of the system: opened, or put off by its buttons. Where a system shows no buttons, a
// click opens the list of what is due, where everything can be put off. Free of Electron, so that it is tested on Node.
import type { EventPayload } from '../../contract/events.ts';

export type ReminderEvent = EventPayload<'reminders.due'>;

export type NoticeText = {
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
};

/** A notice that is shown; the handlers may be called at any time later. */
export type ShownNotice = { readonly close: () => void };
export type ShowNotice = (
  text: NoticeText,
  onClick: () => void,
  onAction: (index: number) => void,
) => ShownNotice | null;

export type NoticePorts = {
  readonly show: ShowNotice;
  /** Leads the person to what is due. */
  readonly open: () => void;
  readonly snooze: (ids: readonly string[], untilMs: number) => void;
  /** Told how many entries want somebody. */
  readonly count: (count: number) => void;
  readonly nowMs: () => number;
};

const hourMs = 3_600_000;

/** In the order in which they are shown. Without a span the person is led to where one is chosen. */
export const noticeActions = [
  { word: 'Open', afterMs: null },
  { word: 'In an hour', afterMs: hourMs },
  { word: 'Tomorrow', afterMs: 24 * hourMs },
  { word: 'Until a date…', afterMs: null },
] as const;

/** Takes the agent's news. One notice at a time: a newer one takes the place of the one before. */
export const createNotices = (ports: NoticePorts): ((event: ReminderEvent) => void) => {
  // Held here: a notice that nobody holds is collected, and its buttons with it.
  let shown: ShownNotice | null = null;

  const act = (ids: readonly string[], index: number): void => {
    const action = noticeActions[index];
    if (action === undefined || action.afterMs === null) ports.open();
    else ports.snooze(ids, ports.nowMs() + action.afterMs);
  };

  return ({ count, news }) => {
    ports.count(count);
    if (count === 0) {
      shown?.close();
      shown = null;
    }
    if (news === null) return;
    shown?.close();
    const { title, body, ids } = news;
    const text = { title, body, actions: noticeActions.map(({ word }) => word) };
    shown = ports.show(text, ports.open, (index) => {
      act(ids, index);
    });
  };
};
