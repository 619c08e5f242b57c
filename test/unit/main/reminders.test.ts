// What the shell does with the agent's reminders: one notice at a time, its buttons, the number on the icon, the way to what is due.
import { describe, expect, it } from 'vitest';
import { followReminders } from '../../../src/main/reminders/follow-reminders.ts';
import { noticeActions, type NoticeText, type ReminderEvent } from '../../../src/main/reminders/notices.ts';
import { dueWords, trayTip } from '../../../src/main/tray-words.ts';
import type { AgentEvent } from '../../../src/main/agent-child.ts';

const now = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const one = 'a'.repeat(32);
const two = 'b'.repeat(32);

type Shown = {
  readonly text: NoticeText;
  readonly click: () => void;
  readonly act: (index: number) => void;
  isClosed: boolean;
};

const make = (hasNotices = true) => {
  const listeners: ((event: AgentEvent) => void)[] = [];
  const power = new Map<string, () => void>();
  const said: unknown[] = [];
  const shown: Shown[] = [];
  const state = { unlocked: false };
  const goDue = followReminders({
    supervisor: {
      onEvent: (listener) => listeners.push(listener),
      get unlocked() {
        return state.unlocked;
      },
    },
    ask: ((name: string, input: unknown) => {
      said.push([name, input]);
      return Promise.resolve({ ok: true, value: undefined });
    }) as never,
    window: {
      show: () => said.push('show'),
      send: (event, payload) => said.push([event, payload]),
    },
    show: (text, click, act) => {
      if (!hasNotices) return null;
      const notice: Shown = { text, click, act, isClosed: false };
      shown.push(notice);
      return { close: () => (notice.isClosed = true) };
    },
    badge: (count) => said.push(['badge', count]),
    tray: (count) => said.push(['tray', count]),
    power: { on: (event, listener) => power.set(event, listener) },
    nowMs: () => now,
  });
  const tell = (event: string, payload: unknown): void => {
    for (const listener of listeners) listener({ event, payload } as AgentEvent);
  };
  const take = (): unknown[] => said.splice(0);
  return {
    tell: (payload: ReminderEvent) => tell('reminders.due', payload),
    event: tell,
    power,
    take,
    shown,
    state,
    goDue,
  };
};

const news = (ids: string[]): ReminderEvent => ({
  count: ids.length,
  ids,
  news: { title: 'A key wants you', body: '1 expires today.', ids },
});

describe('a reminder', () => {
  it('is one notice with its buttons, a number and nothing else', () => {
    const made = make();
    made.tell(news([one]));
    expect(made.take()).toEqual([
      ['badge', 1],
      ['tray', 1],
    ]);
    expect(made.shown.map(({ text }) => text)).toEqual([
      {
        title: 'A key wants you',
        body: '1 expires today.',
        actions: ['Open', 'In an hour', 'Tomorrow', 'Until a date…'],
      },
    ]);
  });

  it('takes the place of the one before, and goes when nothing is due any more', () => {
    const made = make();
    made.tell(news([one]));
    made.tell({ count: 1, ids: [one], news: null });
    expect(made.shown[0]?.isClosed).toBe(false);
    made.tell(news([one, two]));
    expect(made.shown.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    made.tell({ count: 0, ids: [], news: null });
    expect(made.shown.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it.each([
    [1, hour],
    [2, 24 * hour],
  ])('is put off by button %i, with what it told and nothing more', (index, span) => {
    const made = make();
    made.tell({ ...news([one]), ids: [one, two], count: 2 });
    made.take();
    made.shown[0]?.act(index);
    expect(made.take()).toEqual([['reminders.snooze', { ids: [one], untilMs: now + span }]]);
  });

  it.each([0, 3, noticeActions.length, -1])('leads to what is due by button %i', (index) => {
    const made = make();
    made.state.unlocked = true;
    made.tell(news([one]));
    made.take();
    made.shown[0]?.act(index);
    expect(made.take()).toEqual(['show', ['window.go', { to: 'due' }]]);
  });

  it('leads there after the unlock where the vault is locked, once', () => {
    const made = make();
    made.tell(news([one]));
    made.take();
    made.shown[0]?.click();
    expect(made.take()).toEqual(['show']);
    made.event('state.changed', {});
    expect(made.take()).toEqual([]);
    made.state.unlocked = true;
    made.event('state.changed', {});
    expect(made.take()).toEqual(['show', ['window.go', { to: 'due' }]]);
    made.event('state.changed', {});
    expect(made.take()).toEqual([]);
  });

  it('counts where the system shows no notices', () => {
    const made = make(false);
    made.tell(news([one, two]));
    expect(made.take()).toEqual([
      ['badge', 2],
      ['tray', 2],
    ]);
    made.goDue();
    expect(made.take()).toEqual(['show']);
  });

  it('is looked for at once when the machine wakes up', () => {
    const made = make();
    for (const event of ['resume', 'unlock-screen']) made.power.get(event)?.();
    expect(made.take()).toEqual([
      ['reminders.read', {}],
      ['reminders.read', {}],
    ]);
  });
});

describe('the icon in the bar', () => {
  it('says how many and nothing else', () => {
    expect([dueWords(1), dueWords(3)]).toEqual(['1 reminder', '3 reminders']);
    expect([trayTip(false, 0), trayTip(true, 2)]).toEqual([
      'Keyturn: locked',
      'Keyturn: unlocked, 2 reminders',
    ]);
  });
});
