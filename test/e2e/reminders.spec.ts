// In time: a vault that has been locked since the day before yesterday says that a key is about to end, to a person who has only started the
// app. What was due by then was written by the real agent, whose clock stood two days back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parseSchedule } from '../../src/core/keys/reminders/parse-schedule.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, newAgent, placeOf } from '../support/agents.ts';
import { newHome, sample, type Home } from '../support/cli.ts';
import {
  folderOf,
  leave,
  lookBack,
  sitDown,
  startTimeoutMs,
  unlock,
  vaultWindow,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const dayMs = 86_400_000;
const name = 'ledger-of-mr-brown';
let seat: Seat;

/** The day whose reminder a week before came to pass between two days ago and now. */
const dayInAWeek = (): string => new Date(Date.now() + 7 * dayMs).toISOString().slice(0, 10);

const lockedSinceTwoDays = async (): Promise<Home> => {
  const home = newHome();
  const real = await nodePorts({ targetMs: 0 });
  const clock = { ...real.clock, nowMs: () => real.clock.nowMs() - 2 * dayMs };
  const tested = await newAgent({ home: folderOf(home), ports: { ...real, clock } });
  await tested.get('vault.create', { password: bytesOf(home.password) });
  // Whatever the hour at which this test runs.
  await tested.get('settings.change', { quietHours: { from: 0, to: 0 } });
  const place = await placeOf(tested);
  const environmentIds = [place.environments.get('production') ?? ''];
  const facts = { name, kind: 'live' as const, expiresOn: dayInAWeek() };
  const fields = [{ name: 'secret', value: bytesOf(sample.anything()) }];
  await tested.get('keys.add', { projectId: place.projectId, environmentIds, facts, fields });
  await tested.get('vault.lock', {});
  tested.agent.close();
  return home;
};

const labels = async (): Promise<readonly string[]> =>
  (await seat.app.control.tray()).flatMap(({ items }) => items.map(({ label }) => label));
const schedule = () => parseSchedule(readFileSync(join(seat.folder, 'reminders.json'), 'utf8'));

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  seat = await sitDown(await lockedSinceTwoDays());
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

test('a reminder arrives for a vault that has been locked since the day before yesterday', async () => {
  await expect.poll(() => seat.app.control.notifications()).toHaveLength(1);
  const [notice] = await seat.app.control.notifications();
  expect(notice?.title).toBe('A key wants you');
  expect(notice?.body).toMatch(/^1 expires within [78] days\.$/);
  await expect(seat.page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
  const [tray] = await seat.app.control.tray();
  expect(tray?.toolTip).toBe('Keyturn: locked, 1 reminder');
  expect(await labels()).toContain('1 reminder');
  expect(JSON.stringify([notice, tray])).not.toContain(name);
});

test('nothing is said twice, and after a restart it still counts', async () => {
  await seat.app.close();
  seat = await sitDown(seat.home);
  await expect.poll(labels).toContain('1 reminder');
  // The machine wakes up: looked at once, and there is nothing new.
  await seat.app.control.powerMonitor('resume');
  await expect.poll(() => schedule()?.shown.length).toBe(1);
  expect(await seat.app.control.notifications()).toEqual([]);
});

test('the tray leads to what is due, once the vault is open', async () => {
  await seat.app.control.clickTray('1 reminder');
  await unlock(seat);
  await expect(seat.page.getByRole('heading', { name: 'Due', exact: true })).toBeVisible();
  await expect(seat.page.getByText(name).first()).toBeVisible();
});

test('a lock keeps what is due, and a new date is told by a notice that can be put off', async () => {
  const before = seat.page;
  await seat.app.control.clickTray('Lock');
  seat.page = await vaultWindow(seat.app, before);
  await expect.poll(labels).toContain('1 reminder');
  // As if the machine had been off: what was told before is forgotten by the schedule.
  const now = schedule();
  expect(now?.entries).toHaveLength(1);
  await seat.app.close();
  const [entry] = now?.entries ?? [];
  writeFileSync(join(seat.folder, 'reminders.json'), `${JSON.stringify({ ...now, shown: [] })}\n`);
  seat = await sitDown(seat.home);
  await expect.poll(() => seat.app.control.notifications()).toHaveLength(1);
  await seat.app.control.pressNotice('Tomorrow');
  await expect.poll(labels).not.toContain('1 reminder');
  const untilMs = schedule()?.snoozed.find(({ id }) => id === entry?.id)?.untilMs ?? 0;
  expect(Math.abs(untilMs - Date.now() - dayMs)).toBeLessThan(60_000);
  // The vault takes it in when it is opened.
  await unlock(seat);
  await expect.poll(() => schedule()?.snoozed[0]?.taken).toBe(true);
});
