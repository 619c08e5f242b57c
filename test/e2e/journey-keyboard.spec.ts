// The main path without a mouse, in the smallest window, and the widths between which the layout changes.
import { expect, test } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHome, sample } from '../support/cli.ts';
import { systemClipboard } from './support/outside.ts';
import {
  copyMoney,
  grid,
  lookBack,
  leave,
  moneyQuestion,
  resize,
  sitDown,
  startTimeoutMs,
  vaultWindow,
  type Seat,
  pressLock,
} from './support/person.ts';
import { readCode } from './support/recovery.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const key = sample.circleLive();
let seat: Seat;

/** Presses Tab until the wanted thing has the focus, as a person does; fails where it cannot be reached. */
const tabTo = async (
  name: string | RegExp,
  role: 'button' | 'checkbox' | 'radio' | 'textbox' | 'combobox',
) => {
  const { page } = seat;
  const wanted = page.getByRole(role, { name });
  for (let count = 0; count < 60; count += 1) {
    if (await wanted.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to the ${role} ${String(name)}`);
};

const fitsWithoutScrolling = (): Promise<boolean> =>
  seat.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  seat = await sitDown(newHome());
  await resize(seat, 900, 560);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

test('create, keep the code, paste, copy, reveal, import, export and lock by the keyboard alone', async () => {
  const { page, app, home } = seat;
  await page.keyboard.type('eleven-moths-over-wet-slate');
  await expect(page.getByText(/^Strong/)).toBeVisible();
  await tabTo('The same again', 'textbox').catch(() => page.getByLabel('The same again').focus());
  await page.keyboard.type('eleven-moths-over-wet-slate');
  await page.keyboard.press('Enter');
  const groups = (await readCode(page)).split('-');
  await tabTo('I have written it down or printed it', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Continue', 'button');
  await page.keyboard.press('Enter');
  for (const label of await page.getByText(/^Group \d+$/).allTextContents()) {
    await tabTo(label, 'textbox');
    await page.keyboard.type(groups[Number(label.slice(6)) - 1] ?? '');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Put in your first key' })).toBeVisible();
  expect(await fitsWithoutScrolling()).toBe(true);

  await app.control.writeClipboard(key);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add a key' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText(/^Recognised: a live key of/)).toBeVisible();
  await tabTo('Name', 'textbox');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('datapoints');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await expect(grid(page)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('datap');
  await page.keyboard.press('Enter');
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'datapoints', exact: true })).toBeVisible();
  await page.keyboard.down(' ');
  await expect.poll(async () => (await page.getByTestId('secret-value').textContent()) === key).toBe(true);
  await page.keyboard.up(' ');
  await expect.poll(async () => (await page.getByTestId('secret-value').textContent()) === key).toBe(false);
  await app.control.writeClipboard('a shopping list');
  await page.keyboard.press('c');
  await expect(moneyQuestion(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(moneyQuestion(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'datapoints', exact: true })).toBeVisible();
  expect(await systemClipboard(app)).toBe('a shopping list');
  await copyMoney(page);
  await expect.poll(async () => (await systemClipboard(app)) === key).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'datapoints', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');

  const path = join(home.folder, '.env.sample');
  writeFileSync(path, `PORT=3000\nCIRCLE_API_KEY=${sample.circleTest()}\n`);
  await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [path] }] });
  await page.keyboard.press('i');
  await tabTo('Choose a file…', 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toBeVisible();
  expect(await fitsWithoutScrolling()).toBe(true);
  await tabTo(/^Import 2/, 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();

  await page.keyboard.press('x');
  const out = join(home.folder, 'out.env');
  await app.control.dialogs({ showSaveDialog: [{ canceled: false, filePath: out }] });
  await expect(page.getByRole('button', { name: 'Write the file…' })).toBeEnabled();
  await tabTo('Write the file…', 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/written to/)).toBeVisible();
  await pressLock(page);
  seat.page = await vaultWindow(app, page);
  await seat.page.getByRole('heading', { name: 'Unlock your vault' }).waitFor();
  await seat.page.keyboard.type('eleven-moths-over-wet-slate');
  await seat.page.keyboard.press('Enter');
  await expect(grid(seat.page)).toBeVisible();
});

test('the layout changes with the width: the detail slides over, or stands beside', async () => {
  const { page } = seat;
  const detail = page.getByRole('complementary', { name: 'Key' });
  await expect(detail).toHaveCount(0);
  await resize(seat, 1180, 720);
  await expect(detail).toBeVisible();
  const list = await grid(page).boundingBox();
  const beside = await detail.boundingBox();
  expect(beside!.x).toBeGreaterThanOrEqual(list!.x + list!.width - 1);
  expect(await fitsWithoutScrolling()).toBe(true);
  await resize(seat, 900, 560);
  await expect(detail).toHaveCount(0);
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(detail).toBeVisible();
  const over = await detail.boundingBox();
  expect(over!.x).toBeLessThan(list!.x + list!.width);
  await page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
});
