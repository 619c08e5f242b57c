// Living with keys: find, edit, put in a new value, hand over, remove and take back; the palette; and the command line at work
// on the same vault at the same time. The vault is made by the command line.
import { expect, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { sample } from '../support/cli.ts';
import { expectNotInWindow, systemClipboard } from './support/outside.ts';
import {
  goTo,
  grid,
  lookBack,
  leave,
  lock,
  message,
  moneyQuestion,
  openKey,
  preparedHome,
  rowOf,
  showKeys,
  sitDown,
  unlock,
  startTimeoutMs,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

type Listed = { readonly id: string; readonly name: string };
type Shown = {
  readonly environments: readonly string[];
  readonly expiresAt: string | null;
  readonly versions: readonly unknown[];
  readonly consumers: readonly { readonly name: string }[];
};

const first = sample.circleLive();
const second = sample.circleLive();
const third = sample.circaLive();
let seat: Seat;

const add = async (name: string, environment: string, value: string, bare: boolean): Promise<void> => {
  await seat.home.json<unknown>(['add', name, '--env', environment, '--value-stdin'], {
    stdin: value,
    bare,
  });
};
const list = (): Promise<Listed[]> => seat.home.json<Listed[]>(['list'], { bare: true });
const show = (name: string): Promise<Shown> => seat.home.json<Shown>(['show', name], { bare: true });
const reveal = async (name: string): Promise<string> =>
  (await seat.home.run(['reveal', name, '--yes'], { bare: true })).out.trim();

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  const home = await preparedHome();
  await home.json<unknown>(['add', 'payouts', '--env', 'production', '--value-stdin'], { stdin: first });
  seat = await sitDown(home);
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

test('what the command line adds appears in the open window, and the other way round', async () => {
  const { page, app } = seat;
  await expect(rowOf(page, 'payouts')).toBeVisible();
  await add('datapoints', 'production', third, true);
  await expect(rowOf(page, 'datapoints')).toBeVisible();
  await expect(rowOf(page, 'datapoints')).toContainText('Circa');

  await app.control.writeClipboard(sample.circaTest());
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await expect(dialog.getByText('Recognised: a test key of Circa.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('datapoints-test');
  // Circa's keys are a pair: without the team's id the key is kept, but does not work, and that is said.
  await expect(dialog.getByText('Team id is missing')).toBeVisible();
  const teamId = randomUUID();
  await dialog.getByRole('textbox', { name: 'Team id', exact: true }).fill(teamId);
  await page.keyboard.press('Enter');
  // At once: what was typed is still on its way to the agent, and is not left behind.
  await dialog.getByRole('button', { name: 'Add the key' }).click();
  await expect(rowOf(page, 'datapoints-test')).toBeVisible();
  const revealed = await seat.home.run(['reveal', 'datapoints-test', '--field', 'teamId', '--yes'], {
    bare: true,
  });
  expect(revealed.out.trim() === teamId, 'the team’s id came along').toBe(true);
  expect((await list()).map(({ name }) => name).toSorted()).toEqual([
    'datapoints',
    'datapoints-test',
    'payouts',
  ]);
});

test('another process with the password of its own changes the same vault', async () => {
  const { page } = seat;
  // Given a password it does not ask the app's agent: it opens the file itself.
  await seat.home.json<unknown>(['edit', 'datapoints', '--name', 'datapoints-live']);
  await expect(rowOf(page, 'datapoints-live')).toBeVisible();
});

test('a key is edited: name, environment, expiry', async () => {
  const { page } = seat;
  await openKey(page, 'payouts');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit payouts' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('payouts-eu');
  await dialog.getByRole('checkbox', { name: 'staging' }).click();
  await dialog.getByLabel('Expires').fill('2031-05-06');
  await dialog.getByRole('textbox', { name: 'Owner' }).fill('Dana');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'payouts-eu', exact: true })).toBeVisible();
  await expect(page.getByText(/production, staging|staging, production/).first()).toBeVisible();
  const shown = await show('payouts-eu');
  expect([...shown.environments].toSorted()).toEqual(['production', 'staging']);
  expect(shown.expiresAt).toContain('2031-05-06');
  expect((await reveal('payouts-eu')) === first, 'the value is as it was').toBe(true);
});

test('a new value is a new version; the old one stays until it is deleted', async () => {
  const { page, app } = seat;
  await app.control.writeClipboard(second);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /^Put in a new value/ }).click();
  const dialog = page.getByRole('dialog', { name: /^A new value for/ });
  await expect(dialog.getByRole('button', { name: 'Put in the new value' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Paste' }).first().click();
  await dialog.getByRole('button', { name: 'Put in the new value' }).click();
  await expect(message(page, /has a new value/)).toBeVisible();
  expect((await reveal('payouts-eu')) === second, 'the value is the new one').toBe(true);
  expect((await show('payouts-eu')).versions).toHaveLength(2);
  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(versions.getByText('v2')).toBeVisible();
  await expect(versions.getByText('v1')).toBeVisible();
  await expectNotInWindow(page, second);
  await versions.getByRole('button', { name: 'Delete older values…' }).click();
  await versions.getByRole('button', { name: 'Delete for good' }).click();
  await expect(versions.getByText('v1')).toHaveCount(0);
});

test('it is noted whom a key was handed to', async () => {
  const { page } = seat;
  await page.getByRole('button', { name: 'Note whom it was handed to' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill('Bookkeeper');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Handed to' })).toContainText('Bookkeeper');
  expect((await show('payouts-eu')).consumers.map(({ name }) => name)).toEqual(['Bookkeeper']);
});

test('finding answers while one types, across name, provider and kind', async () => {
  const { page } = seat;
  await page.keyboard.press('/');
  await page.keyboard.type('circa liv');
  await expect(page.getByText('1 found')).toBeVisible();
  await expect(rowOf(page, 'datapoints-live')).toBeVisible();
  await expect(rowOf(page, 'payouts-eu')).toHaveCount(0);
  await page.keyboard.type('zzz');
  await expect(page.getByText(/^Nothing called/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'payouts-eu').first()).toBeVisible();
});

test('the palette finds keys and does things', async () => {
  const { page, app } = seat;
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Do anything' });
  const field = palette.getByRole('combobox');
  await expect(field).toBeFocused();
  await page.keyboard.type('datapoints-li');
  await expect(palette.getByRole('option').first()).toContainText('datapoints-live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'datapoints-live', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('copy datapoints');
  await page.keyboard.press('Enter');
  await expect(moneyQuestion(page)).toBeVisible();
  expect((await systemClipboard(app)) === third).toBe(false);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(moneyQuestion(page), 'behind a dialog it is taken away').toHaveCount(0);
  await expect(field).toBeFocused();
  await page.keyboard.type('copy datapoints');
  await page.keyboard.press('Enter');
  await expect(moneyQuestion(page)).toBeVisible();
  await page.keyboard.press('c');
  await expect.poll(async () => (await systemClipboard(app)) === third).toBe(true);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('bin');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Bin', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();
});

test('a key is removed by typing its name, taken back, and deleted for good', async () => {
  const { page } = seat;
  await openKey(page, 'datapoints-test');
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Remove datapoints-test?' });
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill('datapoints');
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill('datapoints-test');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(message(page, /^datapoints-test was removed/)).toBeVisible();
  await expect(rowOf(page, 'datapoints-test')).toHaveCount(0);
  // The way back is offered for eight seconds: nothing that takes long comes in between.
  await page.keyboard.press('ControlOrMeta+z');
  await expect(message(page, 'datapoints-test is back.')).toBeVisible();
  expect((await list()).map(({ name }) => name)).toContain('datapoints-test');

  await openKey(page, 'datapoints-test');
  await page.keyboard.press('Delete');
  await page.getByLabel(/^Type/).fill('datapoints-test');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await goTo(page, 'Bin');
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('The bin is empty')).toBeVisible();
  await showKeys(page);
  await openKey(page, 'datapoints-test');
  await page.keyboard.press('Delete');
  await page.getByLabel(/^Type/).fill('datapoints-test');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await goTo(page, 'Bin');
  await page.getByRole('button', { name: 'Delete datapoints-test for good' }).click();
  await page.getByLabel(/^Type/).fill('datapoints-test');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The bin is empty')).toBeVisible();
});

test('warnings say what is wrong: one value twice, a live key outside production', async () => {
  const { page, app } = seat;
  await showKeys(page);
  await app.control.writeClipboard(third);
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('copy');
  await dialog.getByRole('checkbox', { name: 'production' }).click();
  await dialog.getByRole('checkbox', { name: 'development' }).click();
  const remarks = dialog.getByRole('list', { name: 'Remarks' });
  await expect(remarks).toContainText(/datapoints-live/);
  await expect(remarks).toContainText(/live/i);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await list()).map(({ name }) => name)).not.toContain('copy');
});

test('all of it is there after a lock', async () => {
  await lock(seat);
  await unlock(seat);
  await expect(rowOf(seat.page, 'payouts-eu').first()).toBeVisible();
  await expect(rowOf(seat.page, 'datapoints-live')).toBeVisible();
});

test('what could not be pasted keeps nobody from adding the key as it was', async () => {
  const { page, app } = seat;
  await app.control.writeClipboard(sample.circaTest());
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('datapoints-spare');
  await app.control.writeClipboard('');
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'Team id' })
    .getByRole('button', { name: 'Paste' })
    .click();
  await expect(dialog.getByRole('alert').filter({ hasText: /clipboard/i })).toBeVisible();
  await dialog.getByRole('button', { name: 'Add the key' }).click();
  await expect(rowOf(page, 'datapoints-spare')).toBeVisible();
});
