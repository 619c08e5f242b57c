// axe on the screens of the built app, in its real window with its real policies, in both themes. The screens' rarer states are
// walked through in renderer-axe.spec.ts.
import { expect, test, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHome, sample } from '../support/cli.ts';
import {
  goTo,
  grid,
  leave,
  lookBack,
  openKey,
  pressLock,
  showKeys,
  sitDown,
  startTimeoutMs,
  typePassword,
  vaultWindow,
  type Seat,
} from './support/person.ts';
import { look as lookInBoth, lookIn, themes, type Theme } from './support/look.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let seat: Seat;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  seat = await sitDown(newHome(), { args: ['--demo'] });
  await expect(grid(seat.page)).toBeVisible();
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

/** The system of the person changes its mind, and every window of the app with it. */
const turn = (_page: Page, theme: Theme): Promise<void> =>
  seat.app.evaluateMain(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);

const look = (page: Page, name: string): Promise<void> => lookInBoth(page, name, { turn });

const dialogs = [
  ['an edit', 'e'],
  ['a removal', 'Delete'],
  ['the keys of the keyboard', '?'],
  ['the palette', 'ControlOrMeta+k'],
  ['a key to add', 'ControlOrMeta+v'],
] as const;

const keysAndDialogs = async (page: Page): Promise<void> => {
  await showKeys(page);
  await openKey(page, 'payouts-prod');
  await look(page, 'keys with one in sight');
  await seat.app.control.writeClipboard(sample.circleTest());
  for (const [name, chord] of dialogs) {
    await grid(page).focus();
    await page.keyboard.press(chord);
    await expect(page.getByRole('dialog')).toBeVisible();
    if (chord === 'ControlOrMeta+v') await expect(page.getByText(/^Recognised/)).toBeVisible();
    await look(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
};

const places = async (page: Page): Promise<void> => {
  const file = join(seat.home.folder, 'sample.env');
  writeFileSync(file, `PORT=1\nCIRCLE_API_KEY=${sample.circleTest()}\nnot a line\n`);
  await goTo(page, 'Import');
  await look(page, 'an import to choose');
  await seat.app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [file] }] });
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'an import’s preview');
  await page.getByRole('button', { name: 'Back' }).click();
  for (const place of ['Export', 'Activity', 'Bin', 'Settings']) {
    await goTo(page, place);
    await expect(page.getByRole('heading', { name: place, exact: true })).toBeVisible();
    await look(page, place);
  }
};

test('the open vault in both themes', async () => {
  const { page } = seat;
  await keysAndDialogs(page);
  await places(page);
  await page.getByRole('button', { name: 'About Keyturn' }).click();
  const about = await seat.app.waitForWindow((each) => each.evaluate(() => 'about' in globalThis));
  await expect(about.getByRole('heading', { name: 'Keyturn' })).toBeVisible();
  await look(about, 'About');
  await about.getByText(/^Licences of the \d+ packages inside$/).click();
  await about.getByText(/^react \d/).click();
  await look(about, 'About, with its licences');
  await about.close();
});

test('the locked vault in both themes', async () => {
  const before = seat.page;
  await pressLock(before);
  const page = await vaultWindow(seat.app, before);
  seat.page = page;
  await expect(page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
  await look(page, 'unlock');
  await typePassword(page, 'not the password');
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  await look(page, 'unlock after a wrong password');
  await page.getByRole('button', { name: 'I lost my password' }).click();
  await expect(page.getByRole('heading', { name: 'Open with the recovery code' })).toBeVisible();
  await look(page, 'recovery');
  await page.getByRole('button', { name: /^Back/ }).click();
  await typePassword(page, 'keyturn-demo');
  await expect(grid(page)).toBeVisible();
});

test('a theme that is chosen in the settings holds before and after a lock', async () => {
  for (const theme of themes) {
    await goTo(seat.page, 'Settings');
    await seat.page.getByRole('radio', { name: theme === 'dark' ? 'Dark' : 'Light' }).click();
    await expect(seat.page.locator('html')).toHaveAttribute('data-theme', theme);
    await lookIn(seat.page, theme, 'Settings, chosen there');
    const before = seat.page;
    await pressLock(before);
    seat.page = await vaultWindow(seat.app, before);
    await expect(seat.page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
    await expect(seat.page.locator('html')).toHaveAttribute('data-theme', theme);
    await lookIn(seat.page, theme, 'unlock, as chosen');
    await typePassword(seat.page, 'keyturn-demo');
    await expect(grid(seat.page)).toBeVisible();
  }
});

test('the first screen in both themes', async () => {
  for (const theme of themes) {
    const first = await sitDown(newHome(), { colorScheme: theme });
    await expect(first.page.getByRole('heading', { name: 'A vault for your keys' })).toBeVisible();
    await lookIn(first.page, theme, 'create');
    await leave(first);
  }
});
