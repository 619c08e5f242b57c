// Notices of the system: what they keep of what they were made with, and what is heard of them.
import { expect, test } from './conform.ts';

test('a notice keeps what it was made with, and can be changed before it is shown', async ({ running }) => {
  const seen = await running.evaluateMain(({ Notification }) => {
    const actions = [{ type: 'button' as const, text: 'Open' }];
    const notice = new Notification({ title: 'Due', body: 'soon', silent: true, actions });
    const before = [notice.title, notice.body, notice.silent, notice.hasReply];
    notice.title = 'Due now';
    notice.body = 'today';
    return {
      before,
      after: [notice.title, notice.body],
      actions: notice.actions.map(({ type, text }) => [type, text]),
      isSupported: typeof Notification.isSupported(),
    };
  });
  expect(seen).toEqual({
    before: ['Due', 'soon', true, false],
    after: ['Due now', 'today'],
    actions: [['button', 'Open']],
    isSupported: 'boolean',
  });
});

test('a click and a button are heard, the button by its place', async ({ running }) => {
  const seen = await running.evaluateMain(({ Notification }) => {
    const heard: unknown[] = [];
    const notice = new Notification({
      title: 'Due',
      actions: [
        { type: 'button', text: 'Open' },
        { type: 'button', text: 'Tomorrow' },
      ],
    });
    notice.on('click', () => heard.push('click'));
    notice.on('action', (details) => heard.push(details.actionIndex));
    notice.emit('click', {});
    notice.emit('action', { actionIndex: 1, selectionIndex: -1 }, 1, -1);
    return heard;
  });
  expect(seen).toEqual(['click', 1]);
});

test('to close one that was never shown is nothing, and to show one again is allowed', async ({
  running,
}) => {
  const seen = await running.evaluateMain(async ({ Notification }) => {
    const heard: string[] = [];
    const notice = new Notification({ title: 'Due' });
    for (const name of ['show', 'close'] as const) notice.on(name as 'show', () => heard.push(name));
    notice.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const beforeShow = [...heard];
    notice.show();
    notice.show();
    notice.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { beforeShow, heard };
  });
  expect(seen.beforeShow).toEqual([]);
  // Whether a service showed it is the machine's affair: on the stand-in each is heard.
  if (running.which === 'stand-in') expect(seen.heard).toEqual(['show', 'close', 'show', 'close']);
});

test('a number on the icon is taken or refused, never thrown over', async ({ running }) => {
  const seen = await running.evaluateMain(({ app }) => [
    process.platform === 'win32' ? 'boolean' : typeof app.setBadgeCount(2),
    process.platform === 'win32' ? 'boolean' : typeof app.setBadgeCount(0),
  ]);
  expect(seen).toEqual(['boolean', 'boolean']);
});
