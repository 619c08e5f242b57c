// The first minutes with Keyturn, as a person lives them: create a vault, keep its code, paste the first key, copy it, look at
// it, lock, come back, lose the password. One app from the first screen to the last, driven by its screens alone.
import { expect, test } from '@playwright/test';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newHome, sample } from '../support/cli.ts';
import {
  agentOf,
  expectNotInWindow,
  heapOf,
  isAlive,
  systemClipboard,
  textOfPage,
} from './support/outside.ts';
import {
  choose,
  goTo,
  grid,
  lookBack,
  leave,
  lock,
  message,
  moneyQuestion,
  openKey,
  rowOf,
  showKeys,
  sitDown,
  typePassword,
  unlock,
  startTimeoutMs,
  type Seat,
} from './support/person.ts';
import { confirmCode, readCode } from './support/recovery.ts';

// The whole derivation, a dozen times, on a machine with much else to do.
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const firstPassword = 'seven-owls-under-a-brass-lamp';
const live = sample.circleLive();
let seat: Seat;
let code: string;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  seat = await sitDown(newHome({ derivation: 'full' }));
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

test('a vault is created: strength told, code shown, kept and proven', async () => {
  const { page } = seat;
  await expect(page.getByRole('heading', { name: 'A vault for your keys' })).toBeVisible();
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('letmein');
  await expect(page.getByText(/^Very weak|^Weak/)).toBeVisible();
  await page.getByLabel('The same again', { exact: true }).fill('letmein');
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await expect(page.getByText('Too easy to guess. Add a word or two.')).toBeVisible();
  expect(existsSync(join(seat.folder, 'vault.keyturn'))).toBe(false);

  await password.fill(firstPassword);
  await expect(page.getByText(/^Strong/)).toBeVisible();
  await page.getByLabel('The same again', { exact: true }).fill(`${firstPassword}s`);
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await expect(page.getByText('The two are not the same. Type it again.')).toBeVisible();
  await page.getByLabel('The same again', { exact: true }).fill(firstPassword);
  await page.keyboard.press('Enter');

  code = await readCode(page);
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'I have written it down or printed it' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await confirmCode(page, 'AAAAA-'.repeat(8));
  await expect(page.getByText(/^That is not what was shown/)).toBeVisible();
  await confirmCode(page, code);
  await expect(page.getByRole('heading', { name: 'Put in your first key' })).toBeVisible();

  const file = join(seat.folder, 'vault.keyturn');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file).includes(code.slice(0, 11))).toBe(false);
});

test('a key is pasted: recognised before it is saved, and its value never enters the window', async () => {
  const { page, app } = seat;
  await app.control.writeClipboard(live);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText('Recognised: a live key of Circle Mint.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'production' })).toBeChecked();
  expect((await textOfPage(page)).includes(live.slice(13, -6)), 'stands in the page').toBe(false);
  await page.getByRole('textbox', { name: 'Name' }).fill('payouts');
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(message(page, 'payouts is in the vault.')).toBeVisible();
  await expect(rowOf(page, 'payouts')).toContainText('Circle Mint');
  await expect(rowOf(page, 'payouts')).toContainText(/live/i);
  await expect(page.getByRole('heading', { name: 'payouts', exact: true })).toBeVisible();
  await expectNotInWindow(page, live);
  const vault = readFileSync(join(seat.folder, 'vault.keyturn'));
  for (const word of ['payouts', 'circle', 'production', live.slice(13, 30)]) {
    expect(vault.includes(word), 'in the clear in the file').toBe(false);
  }
});

test('the command line finds it in the vault that the window has open', async () => {
  const [key] = await seat.home.json<{ name: string; provider: string; kind: string }[]>(['list'], {
    bare: true,
  });
  expect(key).toMatchObject({ name: 'payouts', provider: 'circle-mint', kind: 'live' });
  const revealed = await seat.home.run(['reveal', 'payouts', '--yes'], { bare: true });
  expect(revealed.out.trim() === live, 'reveal gives the value').toBe(true);
});

test('settings take effect and last: theme, lock, clearing', async () => {
  const { page } = seat;
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose(page, 'Clear a copied value', 'after 10 seconds');
  await choose(page, 'Lock when nobody is there', 'after 10 minutes');
  await expect
    .poll(() => JSON.parse(readFileSync(join(seat.folder, 'settings.json'), 'utf8')) as unknown)
    .toMatchObject({ theme: 'dark', clipboardSeconds: 10, lockAfterMinutes: 10 });
});

test('a key that moves money is copied after a question, which goes by Escape, by itself and with another place', async () => {
  const { page, app } = seat;
  await showKeys(page);
  await openKey(page, 'payouts');
  await app.control.writeClipboard('a shopping list');
  const copy = page.getByRole('button', { name: /^Copy .* of payouts$/ });
  const question = moneyQuestion(page);
  await copy.dblclick();
  await expect(question).toBeFocused();
  await expect(page.getByText('This key moves money. Press again to copy it')).toBeAttached();
  await expect(rowOf(page, 'payouts')).toContainText('copy it?');
  expect(await systemClipboard(app), 'the second half of a double click is no yes').toBe('a shopping list');
  await page.keyboard.press('Escape');
  await expect(copy).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeFocused();
  await expect(copy).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press('c');
  await expect(question).toBeVisible();
  await goTo(page, 'Settings');
  await showKeys(page);
  await expect(copy).toBeVisible();
  expect(await systemClipboard(app)).toBe('a shopping list');
  const { out } = await seat.home.run(['audit', '--json'], { bare: true });
  expect(out).toContain('key-revealed');
  expect(out).not.toContain('key-copied');
});

test('a copy lies on the clipboard for its time, counted down, and is gone after it', async () => {
  const { page, app } = seat;
  await showKeys(page);
  await openKey(page, 'payouts');
  await page.getByRole('button', { name: /^Copy .* of payouts$/ }).click();
  await moneyQuestion(page).click();
  await expect(page.getByRole('button', { name: /^Copied, clears in (10|[6-9]) s/ })).toBeVisible();
  expect((await systemClipboard(app)) === live, 'another program can paste it').toBe(true);
  await expect(page.getByRole('button', { name: /^Copied, clears in [1-5] s/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Copy .* of payouts$/ })).toBeVisible({ timeout: 15_000 });
  expect(await systemClipboard(app)).toBe('');
  await expect(page.getByText('Clipboard cleared')).toBeAttached();
});

test('a yes counts until the lock; a second press clears it at once, and what was copied since is left alone', async () => {
  const { page, app } = seat;
  await grid(page).focus();
  await page.keyboard.press('c');
  await expect.poll(async () => (await systemClipboard(app)) === live).toBe(true);
  await expect(page.getByRole('button', { name: /^Copied, clears in/ })).toBeVisible();
  const copied = page.getByRole('button', { name: /^Copied/ });
  await page.keyboard.press('c');
  await expect.poll(() => systemClipboard(app)).toBe('');
  // The window is told once it is proven: until then another press would be one to clear.
  await expect(copied).toHaveCount(0);
  await page.keyboard.press('c');
  await expect.poll(async () => (await systemClipboard(app)) === live).toBe(true);
  await expect(copied).toBeVisible();
  await app.control.writeClipboard('a shopping list');
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: /^Copied, clears in/ })).toHaveCount(0);
  expect(await systemClipboard(app)).toBe('a shopping list');
  await expectNotInWindow(page, live);
});

test('a value is shown only while it is held, by the mouse and by the space bar', async () => {
  const { page } = seat;
  const value = page.getByTestId('secret-value');
  const masked = (await value.textContent()) ?? '';
  const isShown = async (): Promise<boolean> => (await value.textContent()) === live;
  expect(masked).not.toBe(live);
  await page.getByRole('button', { name: /^Reveal .* of payouts while held$/ }).hover();
  await page.mouse.down();
  await expect.poll(isShown).toBe(true);
  await page.mouse.up();
  await expect(value).toHaveText(masked);
  await grid(page).focus();
  await page.keyboard.down(' ');
  await expect.poll(isShown).toBe(true);
  await page.keyboard.up(' ');
  await expect(value).toHaveText(masked);
});

test('after a lock it is asked again, and Enter in the list is a yes', async () => {
  await lock(seat);
  await unlock(seat, firstPassword);
  const { page, app } = seat;
  await openKey(page, 'payouts');
  await grid(page).focus();
  await page.keyboard.press('c');
  await expect(moneyQuestion(page)).toBeVisible();
  expect((await systemClipboard(app)) === live).toBe(false);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await systemClipboard(app)) === live).toBe(true);
  await expect(page.getByRole('button', { name: /^Copied/ })).toBeVisible();
  await page.keyboard.press('c');
  await expect.poll(() => systemClipboard(app)).toBe('');
  await expect(page.getByRole('button', { name: /^Copied/ })).toHaveCount(0);
});

test('a lock ends the agent, makes the window anew and clears the clipboard', async () => {
  const { page, app } = seat;
  await grid(page).focus();
  await page.keyboard.press('c');
  await expect.poll(async () => (await systemClipboard(app)) === live).toBe(true);
  const pid = await agentOf(seat);
  expect(isAlive(pid)).toBe(true);
  const old = await lock(seat);
  await expect.poll(() => old.isClosed()).toBe(true);
  await expect.poll(() => isAlive(pid)).toBe(false);
  await expect.poll(() => systemClipboard(app)).toBe('');
  const held = await heapOf(seat.page);
  for (const word of [live.slice(13, -6), 'payouts', 'CIRCLE_API_KEY']) {
    expect(held.includes(word), 'in the locked window').toBe(false);
  }
  const told = await seat.home.run(['list'], { bare: true, stdin: '' });
  expect(told.code).toBe(3);
});

test('wrong passwords are answered in words, then with a growing wait', async () => {
  const { page } = seat;
  const wait = page.getByText(/^Too many wrong passwords. Try again in/);
  const wrong = async (): Promise<void> => {
    await typePassword(page, 'not the password');
    await expect(page.getByRole('button', { name: 'Unlocking' })).toHaveCount(0);
  };
  await wrong();
  await expect(page.getByRole('alert').filter({ hasText: 'password' })).toBeVisible();
  await wrong();
  // A wait of a second, and of two: looked for at once, not after something else was.
  await typePassword(page, 'not the password');
  await expect(wait).toBeVisible();
  await expect(wait).toHaveCount(0);
  await typePassword(page, 'not the password');
  await expect(page.getByText(/Try again in [12] s/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeDisabled();
  await expect(wait).toHaveCount(0);
  await unlock(seat, firstPassword);
  await goTo(page, 'Activity');
  await expect(page.getByText(/wrong password/i).first()).toBeVisible();
});

test('the recovery code opens the vault, and is used up by that', async () => {
  await lock(seat);
  const { page } = seat;
  const second = 'nine-herons-beside-a-tin-kettle';
  const fill = async (typed: string): Promise<void> => {
    await page.getByLabel('Recovery code', { exact: true }).fill(typed);
    await page.getByLabel('New password', { exact: true }).fill(second);
    await page.getByLabel('The same again', { exact: true }).fill(second);
    await expect(page.getByText(/^Strong/)).toBeVisible();
    await page.getByRole('button', { name: 'Open the vault' }).click();
  };
  await page.getByRole('button', { name: 'I lost my password' }).click();
  await fill(code.replace(/[A-Z0-9]/, (sign) => (sign === 'A' ? 'B' : 'A')));
  await expect(page.getByRole('alert').filter({ hasText: /code/ })).toBeVisible();
  await fill(code.toLowerCase());
  const next = await readCode(page);
  expect(next === code, 'the code is a new one').toBe(false);
  await page.getByRole('checkbox', { name: 'I have written it down or printed it' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await confirmCode(page, next);
  await expect(rowOf(page, 'payouts')).toBeVisible();
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Check mine…' }).click();
  await page.getByLabel('Recovery code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Check it' }).click();
  await expect(page.getByText('This code does not open the vault.')).toBeVisible();
  await page.getByLabel('Recovery code', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Check it' }).click();
  await expect(page.getByText('This code opens the vault.')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByLabel('Present password', { exact: true }).fill(second);
  await page.getByLabel('New password', { exact: true }).fill(seat.home.password);
  await page.getByLabel('The same again', { exact: true }).fill(seat.home.password);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(message(page, /^The password is changed/)).toBeVisible({ timeout: 60_000 });
  await lock(seat);
  await typePassword(seat.page, second);
  await expect(seat.page.getByRole('alert').filter({ hasText: 'password' })).toBeVisible();
  await unlock(seat);
  await expect(rowOf(seat.page, 'payouts')).toBeVisible();
  const revealed = await seat.home.run(['reveal', 'payouts', '--yes']);
  expect(revealed.out.trim() === live, 'the value came through all of it').toBe(true);
});
